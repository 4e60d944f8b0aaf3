"""What of two PDFs is compared: trees, links, slots and pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name
from PIL import Image, ImageChops

from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import MarkedContent
from handoutpress.proof.pdf.tree import ObjectKey, ObjectReference, StructureElement

DPI = 150
Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True)
class Marker:
    """A plate's slots: by name, the number of the placeholder and of its structure element."""

    images: dict[ObjectKey, str]
    elements: dict[ObjectKey, str]


def marker_of(plate: bytes) -> Marker:
    """The slots that a plate's own dictionary names."""
    with pikepdf.open(io.BytesIO(plate)) as pdf:
        slots = list(pdf.Root.HandoutPlate.Slots)
        images = {slot.Image.objgen: str(slot.Name) for slot in slots}
        owned = {slot.Element.objgen: str(slot.Name) for slot in slots if Name.Element in slot}
    return Marker(images, owned)


def slot_places(pdf: pikepdf.Pdf, marker: Marker) -> Iterator[tuple[int, str, Rectangle]]:
    """Page (from 0), name and rectangle of every slot, found where its form is painted."""
    for number, page in enumerate(pdf.pages):
        objects: Any = page.obj.Resources.get("/XObject", {})
        matrices = [pikepdf.Matrix()]
        for part in pikepdf.parse_content_stream(page, "q Q cm Do"):
            operator = str(part.operator)
            if operator == "q":
                matrices.append(matrices[-1])
            elif operator == "Q":
                matrices.pop()
            elif operator == "cm":
                matrices[-1] = pikepdf.Matrix(*map(float, part.operands)) @ matrices[-1]
            elif name := marker.images.get(objects[str(part.operands[0])].objgen):
                box = matrices[-1].transform(pikepdf.Rectangle(0, 0, 1, 1))
                yield number, name, (box.llx, box.lly, box.urx, box.ury)


def outside(element: StructureElement, slots: dict[ObjectKey, str]) -> Any:
    """The tree below ``element`` as plain values; a slot is its name alone, and a table has no number."""
    if element.key in slots:
        return slots[element.key]
    attributes = sorted((k, re.sub(r'"\d+-', '"', v)) for k, v in element.attributes.items() if k != "BBox")
    kids = [outside(kid, slots) if isinstance(kid, StructureElement) else type(kid).__name__ for kid in element.kids]
    return element.kind, element.alt, attributes, kids


def inside(element: StructureElement) -> Any:
    """The tree of one slot as plain values: kinds, content and references."""
    names = {MarkedContent: "content", ObjectReference: "annotation"}
    return element.kind, [
        inside(kid) if isinstance(kid, StructureElement) else names[type(kid)] for kid in element.kids
    ]


@dataclass(frozen=True)
class Link:
    page: int
    leads: str
    said: str
    place: Rectangle

    def is_at(self, other: Link, within: float = 0.5) -> bool:
        return all(abs(a - b) <= within for a, b in zip(self.place, other.place, strict=True))

    def repeats(self, other: Link) -> bool:
        return (self.page, self.leads) == (other.page, other.leads) and self.is_at(other)

    def is_within(self, other: Link) -> bool:
        """Whether this is a part of a larger link to the same address."""
        (left, bottom, right, top), around = self.place, other.place
        slack = 3.0
        beside = left >= around[0] - slack and right <= around[2] + slack
        beneath = bottom >= around[1] - slack and top <= around[3] + slack
        smaller = right - left < around[2] - around[0] and top - bottom < around[3] - around[1]
        return (
            beside
            and beneath
            and smaller
            and self.place != around
            and (self.page, self.leads) == (other.page, other.leads)
        )


def links(pdf: pikepdf.Pdf) -> list[Link]:
    """All links, by page, address and place; one inside the file leads to its anchor.

    The engine repeats the link of a block for each line of it, and of an element for each in it: only one counts.
    """
    found = []
    for number, page in enumerate(pdf.pages):
        for note in page.obj.get("/Annots", []):
            x1, y1, x2, y2 = (float(value) for value in note.Rect)
            place = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
            leads = str(note.A.URI) if Name.A in note and Name.URI in note.A else f"#{note.get('/Dest')}"
            found.append(Link(number, leads, str(note.Contents), place))
    whole: list[Link] = []
    for link in found:
        if not any(link.is_within(other) for other in found) and not any(link.repeats(other) for other in whole):
            whole.append(link)
    return sorted(whole, key=lambda link: (link.page, link.leads, round(-link.place[3]), round(link.place[0])))


def pixels(pdf: FinishedPdf, page: int, box: Rectangle | None = None, dpi: int = DPI) -> Image.Image:
    """A page (from 0), or the part of it in ``box``, with a pixel to spare."""
    picture = pdf.picture(page + 1, dpi).copy()
    if box is None:
        return picture
    scale, height = dpi / 72, float(pdf.pdf.pages[page].mediabox[3])
    left, right = int(box[0] * scale) - 1, int(box[2] * scale) + 2
    return picture.crop((left, int((height - box[3]) * scale) - 1, right, int((height - box[1]) * scale) + 2))


def levels(first: Image.Image, second: Image.Image) -> Image.Image:
    """By how many levels two pictures differ, the largest of the three channels."""
    red, green, blue = ImageChops.difference(first, second).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def share_over(picture: Image.Image, level: int) -> float:
    """Which part of a grey picture's pixels is over ``level``."""
    counted = picture.histogram()
    return sum(counted[level + 1 :]) / sum(counted)
