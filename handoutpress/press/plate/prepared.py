"""A plate made ready for many brands: all that no brand changes is bytes already, in one prefix."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import Name

from handoutpress.press.plate.pdf_objects import ENTRY, dictionary_bytes, object_bytes, pack_plain, pack_streams
from handoutpress.press.plate.plate_file import KEY, AddressFont, DocumentFacts, address_font
from handoutpress.press.plate.slots import WITH_LINKS

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""Four bytes above 127 tell programs that pass the file on that it is not text (ISO 32000-1, 7.5.2)."""

PdfRectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class SlotPlace:
    """Where one slot is. Numbers are object numbers; ``rectangle`` is left, bottom, right, top in pt.

    ``element_head`` is the slot's structure element without its end, its Alt and its kids, ``bare_head`` the same
    without its type and attributes; ``annotations`` is its page's array of them, 0 where a brand adds no links.
    """

    name: str
    image: int
    element: int = 0
    element_head: bytes = b""
    bare_head: bytes = b""
    page: int = 0
    annotations: int = 0
    mcid: int = 0
    rectangle: PdfRectangle = (0, 0, 0, 0)
    link: int = 0
    link_head: bytes = b""


@dataclass(frozen=True)
class PreparedPlate:
    """A plate as bytes, with the object numbers of what a brand sets.

    A slot may have several ``places``. ``annotations`` has what each array of them holds that brands add to.
    """

    prefix: bytes
    prefix_hash: Any
    entries: bytes
    next_number: int
    root: int
    info: int
    metadata: int
    parent_tree: int
    parent_numbers: bytes
    parent_next: int
    roles: Mapping[str, int]
    places: Mapping[str, tuple[SlotPlace, ...]]
    annotations: Mapping[int, bytes]
    facts: DocumentFacts
    font: AddressFont
    pages: int


def prepare(plate: bytes) -> PreparedPlate:
    """Make the plate PDF ready for ``branding.brand``; this takes about 10 ms."""
    with pikepdf.open(io.BytesIO(plate)) as pdf:
        plate_facts = pdf.Root[KEY]
        facts_number = plate_facts.objgen[0]
        del pdf.Root[KEY]
        tree = pdf.Root.StructTreeRoot
        places = _places(plate_facts.Slots)
        roles = {key[1:]: space.objgen[0] for key, space in plate_facts.Roles.items()}
        annotations = _annotations(pdf, chain(*places.values()))
        dynamic = _dynamic(pdf, chain(*places.values()), roles.values()) | {facts_number, *annotations}
        prefix, entries, next_number = _prefix(pdf, dynamic)
        return PreparedPlate(
            prefix=prefix,
            prefix_hash=hashlib.sha256(prefix),
            entries=_entry_table(entries, next_number),
            next_number=next_number,
            root=pdf.Root.objgen[0],
            info=pdf.trailer.Info.objgen[0],
            metadata=pdf.Root.Metadata.objgen[0],
            parent_tree=tree.ParentTree.objgen[0],
            parent_numbers=tree.ParentTree.Nums.unparse(resolved=True).strip()[1:-1],
            parent_next=int(tree.ParentTreeNextKey),
            roles=roles,
            places=places,
            annotations=annotations,
            facts=DocumentFacts(**{key[1:]: str(value) for key, value in plate_facts.About.items()}),
            font=address_font(plate_facts.Font),
            pages=len(pdf.pages),
        )


def _without(value: pikepdf.Object, *names: str) -> bytes:
    """Return a dictionary's bytes without some keys and without its closing brackets."""
    remaining = pikepdf.Dictionary({key: value[key] for key in value.keys() if key not in names})  # noqa: SIM118
    return remaining.unparse().rstrip()[:-2]


def _places(described: Iterable[Any]) -> dict[str, tuple[SlotPlace, ...]]:
    places: dict[str, tuple[SlotPlace, ...]] = {}
    for place in map(_place, described):
        places[place.name] = (*places.get(place.name, ()), place)
    return places


def _annotations(pdf: pikepdf.Pdf, places: Iterable[SlotPlace]) -> dict[int, bytes]:
    """Return the references in each array of annotations that links of a brand go to, by its number."""
    numbers = {place.annotations for place in places if place.annotations}
    arrays = {number: pdf.get_object(number, 0) for number in sorted(numbers)}
    return {number: array.unparse(resolved=True).strip()[1:-1] for number, array in arrays.items()}


def _place(slot: Any) -> SlotPlace:
    name, image = str(slot.Name), slot.Image.objgen[0]
    if Name.Element not in slot:
        return SlotPlace(name, image)
    element, page = slot.Element, slot.Page
    linked = Name.Link in slot
    return SlotPlace(
        name=name,
        image=image,
        element=element.objgen[0],
        element_head=_without(element, "/Alt", "/K"),
        bare_head=_without(element, "/Alt", "/K", "/A", "/S"),
        page=page.objgen[0],
        annotations=page.Annots.objgen[0] if name in WITH_LINKS else 0,
        mcid=0 if linked else int(element.K[0]),
        rectangle=tuple(float(value) for value in slot.Rect),  # type: ignore[arg-type]
        link=slot.Link.objgen[0] if linked else 0,
        link_head=_without(slot.Link, "/Contents", "/A") if linked else b"",
    )


def _dynamic(pdf: pikepdf.Pdf, places: Iterable[SlotPlace], role_numbers: Iterable[int]) -> set[int]:
    """Return the numbers of the objects that branding writes."""
    numbers = {pdf.Root.Metadata.objgen[0], pdf.trailer.Info.objgen[0], pdf.Root.StructTreeRoot.ParentTree.objgen[0]}
    numbers.update(role_numbers)
    for place in places:
        numbers.add(place.image)
        if place.link:
            numbers.add(place.link)
        elif place.element:
            numbers.add(place.element)
    return numbers


def _prefix(pdf: pikepdf.Pdf, dynamic: set[int]) -> tuple[bytes, dict[int, tuple[int, int, int]], int]:
    """Return all that no brand changes, as bytes; the cross-reference entries of it; and the next free number."""
    # Streams may not stand within object streams (ISO 32000-1, 7.5.7); all else is packed there.
    streams, packed = {}, {}
    for value in pdf.objects:
        number = value.objgen[0]
        if number in dynamic or _is_wrapping(value):
            continue
        if isinstance(value, pikepdf.Stream):
            streams[number] = object_bytes(value)
        else:
            packed[number] = dictionary_bytes(value)
    first_free = len(pdf.objects) + 1
    in_the_open = pack_plain(streams, len(HEADER))
    in_streams = pack_streams(packed, first_free, len(HEADER) + len(in_the_open.data))
    entries = {**in_the_open.entries, **in_streams.entries}
    return HEADER + in_the_open.data + in_streams.data, entries, max([first_free, *entries]) + 1


def _is_wrapping(value: pikepdf.Object | None) -> bool:
    """Return whether an object only held others in the plate's file: we write our own."""
    return value is None or (isinstance(value, pikepdf.Stream) and value.get(Name.Type) in (Name.ObjStm, Name.XRef))


def _entry_table(entries: Mapping[int, tuple[int, int, int]], size: int) -> bytes:
    # Object 0 heads the list of free ones, with generation 65535 (ISO 32000-1, 7.5.4).
    table = bytearray(ENTRY.pack(0, 0, 65535 & 0xFFFF) + ENTRY.pack(0, 0, 0) * (size - 1))
    for number, entry in entries.items():
        ENTRY.pack_into(table, number * ENTRY.size, *entry)
    return bytes(table)
