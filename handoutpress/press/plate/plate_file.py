"""A plate on disk: a PDF that any viewer opens, with a dictionary of ours that says where the brand goes.

``/HandoutPlate`` in the catalog holds ``/Roles`` (a colour space each), ``/Slots`` (the placeholder, its element, its
page and rectangle), and ``/About`` (what goes into the metadata whatever the brand).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from handoutpress.press.plate import roles, slots
from handoutpress.press.plate.code_words import FontMetrics
from handoutpress.press.plate.tags import elements, rename_marks
from handoutpress.yamlfile.problems import HandoutError

KEY = Name.HandoutPlate


class PlateError(HandoutError):
    """A page that cannot become a plate."""


@dataclass(frozen=True)
class FontSubset:
    """A TrueType subset; all measures are in thousandths of the type size."""

    data: bytes
    name: str
    widths: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int
    bbox: tuple[int, int, int, int]


@dataclass(frozen=True)
class DocumentFacts:
    """What the metadata of every edition of a plate say; ``day`` is ISO 8601."""

    title: str
    author: str
    subject: str
    language: str
    day: str


def _streams(pdf: Pdf) -> list[pikepdf.Object]:
    """Return every stream that may hold colour operators: pages, forms and tiling patterns."""
    pages = [page.obj.Contents for page in pdf.pages]
    nested = [
        stream
        for stream in pdf.objects
        if isinstance(stream, pikepdf.Stream) and (stream.get(Name.Subtype) == Name.Form or Name.PatternType in stream)
    ]
    return pages + nested


def set_roles(pdf: Pdf) -> Dictionary:
    """Replace the sentinel colours by colour spaces, and return these by role.

    Raises ``PlateError`` where a sentinel stands in a place that cannot be a role, such as a gradient.
    """
    spaces = {role: _palette(pdf, sentinel) for role, sentinel in roles.SENTINELS.items()}
    for stream in _streams(pdf):
        stream.write(roles.replace_sentinels(stream.read_bytes()))
    holders = [page.obj for page in pdf.pages] + [s for s in _streams(pdf) if Name.Resources in s]
    for holder in holders:
        resources = holder.Resources
        if Name.ColorSpace not in resources:
            resources.ColorSpace = Dictionary()
        for role, space in spaces.items():
            resources.ColorSpace[roles.space_name(role)] = space
    refuse_leftovers(pdf)
    return Dictionary({f"/{role}": space for role, space in spaces.items()})


def _palette(pdf: Pdf, colour: tuple[int, int, int]) -> pikepdf.Object:
    return pdf.make_indirect(Array([Name.Indexed, Name.DeviceRGB, 0, String(bytes(colour))]))


def _number_arrays(value: pikepdf.Object) -> Iterator[list[float]]:
    """Yield every array of plain numbers in ``value``, without following references."""
    if isinstance(value, Array):
        kids = list(value)
        if kids and all(isinstance(kid, int | float | Decimal) for kid in kids):
            yield [float(kid) for kid in kids]
    elif isinstance(value, Dictionary | pikepdf.Stream):
        kids = [value[key] for key in value.keys()]  # noqa: SIM118  a pikepdf dictionary
    else:
        kids = []
    for kid in kids:
        if isinstance(kid, Array | Dictionary) and not kid.is_indirect:
            yield from _number_arrays(kid)


def refuse_leftovers(pdf: Pdf) -> None:
    """Raise ``PlateError`` where a sentinel colour is left in any array or content stream."""
    arrays = (numbers for value in pdf.objects for numbers in _number_arrays(value))
    in_array = any(roles.holds_sentinel(numbers) for numbers in arrays)
    in_stream = any(roles.shows_sentinel(stream.read_bytes()) for stream in _streams(pdf))
    if in_array or in_stream:
        raise PlateError("A brand's colour stands in a gradient. Hint: use the roles for solid colours only.")


def _placeholders(pdf: Pdf) -> dict[str, pikepdf.Object]:
    images: dict[str, pikepdf.Object] = {}
    for image in pdf.objects:
        if isinstance(image, pikepdf.Stream) and image.get(Name.Subtype) == Name.Image and image.Width == 1:
            name = slots.slot_of_pixel(image.read_bytes())
            if name:
                images[name] = image
    return images


def set_slots(pdf: Pdf, text_slots: frozenset[str]) -> Array:
    """Find the slots and make them ready: a slot in ``text_slots`` is a paragraph of words, any other a figure."""
    images = _placeholders(pdf)
    owners: dict[str, list[pikepdf.Object]] = {}
    for element in elements(pdf):
        if Name.Figure == element.S and (name := slots.slot_of_alt(str(element.get(Name.Alt, "")))):
            owners.setdefault(name, []).append(element)
    described = Array()
    for name in slots.NAMES:
        if name in images:
            for owner in owners.get(name, [None]):
                described.append(_described(pdf, name, images[name], owner, is_text=name in text_slots))
    return described


def _described(
    pdf: Pdf, name: str, image: pikepdf.Object, owner: pikepdf.Object | None, *, is_text: bool
) -> Dictionary:
    """Return what a plate says of one place of a slot. Without an owner among the tags, it is in a running head."""
    slot = Dictionary(Name=String(name), Image=image)
    if owner is not None:
        slot.Element = owner
        slot.Page = owner.Pg
        slot.Rect = owner.A.BBox
        if is_text:
            _as_words(pdf, owner)
        if name in slots.LINKED:
            slot.Link = _as_link(pdf, owner, slot.Rect)
    return slot


_OF_WORDS = (Name.P, Name.LBody, Name.LI, Name.Span, Name.Strong, Name.Em)
"""Elements whose words a slot may stand among."""


def _as_words(pdf: Pdf, element: pikepdf.Object) -> None:
    """Turn a slot's figure into a paragraph, or where it stands among words, into some of these."""
    tag = "Span" if element.P.S in _OF_WORDS else "P"
    # A Figure's Alt would replace the words for a screen reader (ISO 32000-1, 14.9.3).
    element.S = Name(f"/{tag}")
    del element["/Alt"]
    del element["/A"]
    page = next(page for page in pdf.pages if page.obj.objgen == element.Pg.objgen)
    rename_marks(pdf, page, int(element.K[0]), tag)


def _as_link(pdf: Pdf, element: pikepdf.Object, rectangle: pikepdf.Object) -> pikepdf.Object:
    """Put the words of a paragraph into a Link with an annotation whose address each brand sets."""
    page, mcid = element.Pg, int(element.K[0])
    action = Dictionary(S=Name.URI, URI=String("slot:"))
    annotation = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=rectangle,
            F=4,  # printed with the page (ISO 32000-1, 12.5.3)
            Border=Array([0, 0, 0]),
            Contents=String("slot:"),
            A=action,
        )
    )
    reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
    link = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Link, P=element, Pg=page, K=Array([mcid, reference]))
    )
    element.K = Array([link])
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[numbers.index(page.StructParents) + 1][mcid] = link
    # Keys of a number tree ascend (ISO 32000-1, 7.9.7): a new one goes to the end.
    annotation.StructParent = int(numbers[len(numbers) - 2]) + 1
    numbers.extend([annotation.StructParent, link])
    if Name.Annots not in page:
        page.Annots = Array()
    page.Annots.append(annotation)
    return annotation


def make_indirect(pdf: Pdf) -> None:
    """Make what branding adds to indirect, so that adding rewrites one small object: annotations and page owners."""
    for page in pdf.pages:
        page.obj.Annots = pdf.make_indirect(page.obj.get(Name.Annots, Array()))
    tree = pdf.Root.StructTreeRoot
    numbers = tree.ParentTree.Nums
    for index in range(1, len(numbers), 2):
        if isinstance(numbers[index], Array) and not numbers[index].is_indirect:
            numbers[index] = pdf.make_indirect(numbers[index])
    tree.ParentTreeNextKey = int(numbers[len(numbers) - 2]) + 1


def print_unscaled(pdf: Pdf) -> None:
    """Ask printers for the page at its own size (ISO 32000-1, 12.2): scaled, type and codes come out too small."""
    pdf.Root.ViewerPreferences.PrintScaling = Name("/None")


def describe(pdf: Pdf, *, roles: Dictionary, slots: Array, font: pikepdf.Object, facts: DocumentFacts) -> None:
    """Write our dictionary into the catalog."""
    about: Mapping[str, object] = {f"/{key}": String(value) for key, value in vars(facts).items()}
    plate = Dictionary(Roles=roles, Slots=slots, Font=font, About=Dictionary(about))
    pdf.Root[KEY] = pdf.make_indirect(plate)


@dataclass(frozen=True)
class AddressFont:
    """The font of the addresses on a plate: its object number and its widths."""

    number: int
    widths: FontMetrics


def add_address_font(pdf: Pdf, subset: FontSubset) -> pikepdf.Object:
    """Embed the font that writes addresses, as a simple TrueType font (ISO 32000-1, 9.6.3)."""
    file = pdf.make_stream(subset.data, Length1=len(subset.data))
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + subset.name),
            Flags=32,  # not symbolic (ISO 32000-1, 9.8.2)
            FontBBox=Array(list(subset.bbox)),
            ItalicAngle=0,
            Ascent=subset.ascent,
            Descent=subset.descent,
            CapHeight=subset.cap_height,
            StemV=80,
            FontFile2=file,
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/" + subset.name),
            FirstChar=32,
            LastChar=126,
            Widths=pdf.make_indirect(Array(list(subset.widths))),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=descriptor,
        )
    )


def address_font(font: pikepdf.Object) -> AddressFont:
    """Read back what ``add_address_font`` wrote."""
    widths = tuple(int(width) for width in font.Widths)
    descriptor = font.FontDescriptor
    return AddressFont(font.objgen[0], FontMetrics(widths, int(descriptor.Ascent), int(descriptor.Descent)))
