"""Art: what a brand puts into its slots, typeset once a brand × slot size, and cached as movable pieces."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import pikepdf
from pikepdf import Name

from handoutpress.press.extras.arrangement import WHOLE, Part
from handoutpress.press.plate.pdf_objects import RelocatableObject, compressed, cut, dictionary_bytes, object_bytes
from handoutpress.store.digests import bytes_digest

SLACK = 0.01
"""How far a link may reach out of another and still lie in it, as a share of the slot."""


@dataclass(frozen=True)
class ArtLink:
    """A link of the art: its rectangle in fractions of the slot (left, bottom, right, top), address and words."""

    rectangle: tuple[float, float, float, float]
    address: str
    words: str


@dataclass(frozen=True)
class SlotArt:
    """The art of one slot: which pieces are its form and the page in that, its links, and its part of the slot."""

    form: int
    page: int
    links: tuple[ArtLink, ...]
    part: Part = WHOLE


@dataclass(frozen=True)
class Art:
    """All art of a brand for one set of slot sizes. References of a piece are places among ``pieces``.

    ``digest`` is of the bytes that it was read from; "" before they are written.
    """

    pieces: tuple[RelocatableObject, ...]
    slots: Mapping[str, SlotArt]
    digest: str = field(default="", compare=False)


def art_from_pdf(data: bytes, parts: Mapping[str, Part], spoken: Mapping[str, str]) -> Art:
    """Take typeset pages, one for each slot of ``parts`` and as large as that part of it, apart into movable pieces."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        needed: dict[int, pikepdf.Object] = {}
        for page in pdf.pages:
            _collect(page.obj.Resources, needed)
        place = {number: index for index, number in enumerate(needed)}
        bodies = [object_bytes(value) for value in needed.values()]
        slots: dict[str, SlotArt] = {}
        free = max(needed, default=0) + 1
        for (name, part), page in zip(parts.items(), pdf.pages, strict=True):
            form, page_number = len(bodies), free + len(slots)
            place[page_number] = form + 1
            slots[name] = SlotArt(form, form + 1, _distinct(list(_links(page, part, spoken))), part)
            bodies += [_form(page, part, page_number), _page_form(page, part)]
    pieces = [cut(body) for body in bodies]
    renumbered = tuple(RelocatableObject(piece.parts, tuple(place[r] for r in piece.references)) for piece in pieces)
    return Art(renumbered, slots)


def art_to_bytes(art: Art) -> bytes:
    """Return the art as one block for the cache: a line of JSON, then the parts of all pieces."""
    head = {
        "pieces": [[[len(part) for part in piece.parts], piece.references] for piece in art.pieces],
        "slots": {name: asdict(slot) for name, slot in art.slots.items()},
    }
    parts = [part for piece in art.pieces for part in piece.parts]
    return json.dumps(head).encode() + b"\n" + b"".join(parts)


def art_from_bytes(data: bytes) -> Art:
    """Read back what ``art_to_bytes`` wrote; raises ``ValueError`` if it is something else."""
    line, _, body = data.partition(b"\n")
    head = json.loads(line)
    pieces, at = [], 0
    for lengths, references in head["pieces"]:
        parts = []
        for length in lengths:
            parts.append(body[at : at + length])
            at += length
        pieces.append(RelocatableObject(tuple(parts), tuple(references)))
    if at != len(body):
        raise ValueError("the art is cut short")
    slots = {name: _slot(slot) for name, slot in head["slots"].items()}
    return Art(tuple(pieces), slots, bytes_digest(data))


def _slot(value: Mapping[str, object]) -> SlotArt:
    links = (ArtLink(tuple(link["rectangle"]), link["address"], link["words"]) for link in value["links"])  # type: ignore[attr-defined]
    return SlotArt(int(value["form"]), int(value["page"]), tuple(links), tuple(value["part"]))  # type: ignore[arg-type, call-overload]


def _collect(value: pikepdf.Object, needed: dict[int, pikepdf.Object]) -> None:
    """Add the indirect objects that ``value`` refers to, in the order in which they are met."""
    kids: Iterator[pikepdf.Object]
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        kids = (value[key] for key in sorted(value.keys()))  # a set, in the order of this process's hash seed
    elif isinstance(value, pikepdf.Array):
        kids = iter(value)
    else:
        return
    for kid in kids:
        if isinstance(kid, pikepdf.Object) and kid.is_indirect:
            if kid.objgen[0] in needed:
                continue
            needed[kid.objgen[0]] = kid
        if isinstance(kid, pikepdf.Object):
            _collect(kid, needed)


def _unmarked(page: pikepdf.Page) -> bytes:
    """Return the page's content without marks: the slot that it goes into has its own."""
    marks = {"BDC", "BMC", "EMC"}
    parts = [part for part in pikepdf.parse_content_stream(page) if str(part.operator) not in marks]
    return pikepdf.unparse_content_stream(parts)


def _scales(page: pikepdf.Page, part: Part) -> tuple[float, float]:
    """Return how wide and high a point of the page is, as shares of the slot."""
    left, bottom, right, top = part
    return (right - left) / float(page.mediabox[2]), (top - bottom) / float(page.mediabox[3])


def _form(page: pikepdf.Page, part: Part, number: int) -> bytes:
    """Return a form that fills the unit square and draws the page, object ``number``, in a part of it (8.10)."""
    # Its words are in a form of their own, in points: pdfium passes over what is less than 0.01 wide in its form.
    drawn = b"%.8f 0 0 %.8f %.8f %.8f cm /P Do" % (*_scales(page, part), part[0], part[1])
    resources = b"/Resources << /XObject << /P %d 0 R >> >>" % number
    return compressed(b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] %b" % resources, drawn)


def _page_form(page: pikepdf.Page, part: Part) -> bytes:
    """Return the page as a form in points, which may paint in the whole of its slot (ISO 32000-1, 8.10)."""
    (across, up), (left, bottom, *_) = _scales(page, part), part
    edges = ((0 - left) / across, (0 - bottom) / up, (1 - left) / across, (1 - bottom) / up)
    head = b"/BBox [%.4f %.4f %.4f %.4f] /Resources %b" % (*edges, dictionary_bytes(page.obj.Resources))
    return compressed(b"/Type /XObject /Subtype /Form %b" % head, _unmarked(page))


def _links(page: pikepdf.Page, part: Part, spoken: Mapping[str, str]) -> Iterator[ArtLink]:
    across, up = part[2] - part[0], part[3] - part[1]
    width, height = float(page.mediabox[2]) / across, float(page.mediabox[3]) / up
    for annotation in page.obj.get(Name.Annots, pikepdf.Array()):
        address = str(annotation.A.URI)
        left, y1, right, y2 = (float(value) for value in annotation.Rect)
        bottom, top = part[1] + min(y1, y2) / height, part[1] + max(y1, y2) / height
        rectangle = (part[0] + left / width, bottom, part[0] + right / width, top)
        yield ArtLink(rectangle, address, spoken.get(address, address))


def _distinct(links: Sequence[ArtLink]) -> tuple[ArtLink, ...]:
    """Return the links without those that lie in another to the same address."""
    # The engine gives each part of a link an annotation of its own.
    distinct: list[ArtLink] = []
    for link in sorted(links, key=lambda link: -_area(link)):
        if not any(larger.address == link.address and _holds(larger, link) for larger in distinct):
            distinct.append(link)
    return tuple(link for link in links if any(link is member for member in distinct))


def _area(link: ArtLink) -> float:
    left, bottom, right, top = link.rectangle
    return (right - left) * (top - bottom)


def _holds(link: ArtLink, inner: ArtLink) -> bool:
    """Return whether a link holds another, but for a hundredth of the slot."""
    left, bottom, right, top = (a - b for a, b in zip(inner.rectangle, link.rectangle, strict=True))
    return left > -SLACK and bottom > -SLACK and right < SLACK and top < SLACK
