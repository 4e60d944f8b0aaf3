"""A plate's pages without the plate's own words, laid over a finished file: what a brand brought is then soon read.

The words and marks of a plate are proved with its first brand, and are the same bytes in the file of every other one.
To load, draw and read them again takes most of the time that a brand's proof needs. So the file is read with an update
at its end (ISO 32000-1, 7.5.6) that has the plate's pages draw only what lies behind and around the words; words beside
a code are black bars, so that no code comes too near to them. All that the brand brought, its forms, fonts, colours and
codes, is read from the file as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf

from handoutpress.press.plate.pdf_objects import ENTRY, dictionary_bytes, pack_plain, stream_bytes
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.grounds import without_text
from handoutpress.store.digests import bytes_digest

XrefEntry = tuple[int, int, int]
"""Where an object is: type, offset or object stream, generation or index (ISO 32000-1, 7.5.8.3)."""

CodeBoxes = Sequence[tuple[int, Box]]
"""Pages, from 1, and boxes on them in points."""

_TABLE = re.compile(
    rb"(\d+) 0 obj\n<< /Type /XRef /Size \d+ /W \[1 4 2\] /Root (\d+) 0 R [^\n]*?/Length (\d+) >>\nstream\n"
)
_DRAWN_BY = ("/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/Rotate", "/Group")
"""What of a page says how it is drawn, but for its contents and resources."""
_WRITTEN_AFRESH = ("/Length", "/Filter", "/DecodeParms")


class _XrefTable(NamedTuple):
    """The cross-reference table that branding put at a file's end: its place, its own and the root's number."""

    start: int
    number: int
    root: int
    packed: bytes

    def entry(self, number: int) -> XrefEntry:
        """Return where an object is; type 0 where there is none."""
        row = self.packed[number * ENTRY.size : (number + 1) * ENTRY.size]
        return _entry(ENTRY.unpack(row)) if len(row) == ENTRY.size else (0, 0, 0)


@dataclass(frozen=True)
class StrippedPlate:
    """What stands for the objects of one plate: by number, where its files have each, and its body.

    The plate is told by its ``plate_bytes``, the length of what all its files begin with, and their SHA-256.
    """

    plate_bytes: int
    digest: str
    objects: Mapping[int, tuple[XrefEntry, bytes]]

    def laid_over(self, data: bytes) -> bytes | None:
        """Return a file with its pages stripped; None where it is not, to the byte, this plate with a brand."""
        table = _table_of(data)
        if table is None or bytes_digest(data[: self.plate_bytes]) != self.digest:
            return None
        if any(table.entry(number) != entry for number, (entry, _) in self.objects.items()):
            return None
        return _updated(data, table, {number: body for number, (_, body) in self.objects.items()})

    def to_json(self) -> list[Any]:
        """Return what JSON can hold."""
        bodies = [(number, entry, body.decode("latin-1")) for number, (entry, body) in self.objects.items()]
        return [self.plate_bytes, self.digest, bodies]

    @staticmethod
    def from_json(value: Sequence[Any]) -> StrippedPlate:
        """Read back what ``to_json`` gave."""
        plate_bytes, digest, bodies = value
        objects = {number: (_entry(entry), body.encode("latin-1")) for number, entry, body in bodies}
        return StrippedPlate(plate_bytes, digest, objects)


def _entry(numbers: Sequence[int]) -> XrefEntry:
    kind, place, index = numbers
    return kind, place, index


def strip_plate(pdf: FinishedPdf, plate_bytes: int, places: CodeBoxes) -> StrippedPlate | None:
    """Strip the pages of a plate that was found right; ``plate_bytes`` of the file are the plate's own.

    ``places`` are those of its codes. None where the file is not put together as branding does it.
    """
    table = _table_of(pdf.data) if plate_bytes else None
    if table is None:
        return None
    pages = _Pages(pdf, table, plate_bytes)
    try:
        bodies = pages.read(places)
    except (_OfBrandError, KeyError, IndexError, ValueError, TypeError, pikepdf.PdfError):
        return None
    objects = {number: (table.entry(number), body) for number, body in bodies.items()}
    return StrippedPlate(plate_bytes, bytes_digest(pdf.data[:plate_bytes]), objects)


class _OfBrandError(Exception):
    """A brand set what a plate should."""


class _Pages:
    """Gathers the bodies that stand for a plate's objects."""

    def __init__(self, pdf: FinishedPdf, table: _XrefTable, plate_bytes: int) -> None:
        self._pdf, self._table, self._plate_bytes = pdf, table, plate_bytes
        self._numbers: set[int] = set()
        self._bodies: dict[int, bytes] = {}

    def read(self, places: CodeBoxes) -> dict[int, bytes]:
        """Return all that the pages need, and no structure tree."""
        root: Any = self._pdf.pdf.Root
        pages: list[Any] = [page.obj for page in self._pdf.pdf.pages]
        kids = b" ".join([b"%d 0 R" % page.objgen[0] for page in pages])
        self._put(root, b"<< /Type /Catalog /Pages %d 0 R >>" % root["/Pages"].objgen[0])
        self._put(root["/Pages"], b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), kids))
        for number, page in enumerate(pages, 1):
            near = [box for on_page, box in places if on_page == number]
            self._read_page(page, b"q\n%b\nQ\n%b" % (without_text(self._pdf, page), self._bars(number, near)))
        return self._bodies

    def _put(self, value: Any, body: bytes) -> None:
        number = value.objgen[0]
        if not self._is_of_plate(number):
            raise _OfBrandError
        self._numbers.add(number)
        self._bodies[number] = body

    def _is_of_plate(self, number: int) -> bool:
        kind, place, _ = self._table.entry(number)
        return (place if kind == 1 else self._table.entry(place)[1]) < self._plate_bytes

    def _bars(self, page: int, places: Sequence[Box]) -> bytes:
        """Return the plate's words that come into some places, as black bars."""
        words = [mark.box for mark in self._pdf.marks(page).texts if not mark.in_slot]
        bars = [box for box in words if any(box.meets(place) for place in places)]
        return b"0 g\n" + b"".join([b"%.3f %.3f %.3f %.3f re f\n" % (*box[:2], box.width, box.height) for box in bars])

    def _read_page(self, page: Any, data: bytes) -> None:
        contents = page["/Contents"]
        first = contents[0] if isinstance(contents, pikepdf.Array) else contents
        self._put(first, stream_bytes(b"<< /Length %d >>" % len(data), data))
        stripped = pikepdf.Dictionary({key: page[key] for key in _DRAWN_BY if key in page})
        resources = page["/Resources"]
        stripped["/Resources"] = pikepdf.Dictionary({key: resources[key] for key in resources.keys() if key != "/Font"})  # noqa: SIM118
        head = stripped.unparse().rstrip().removesuffix(b">>")
        self._put(page, head + b"/Contents %d 0 R >>" % first.objgen[0])
        self._follow(stripped["/Resources"])

    def _follow(self, value: Any) -> None:
        """Go on to all that an object refers to; what is the plate's gets a body, unless it is a stream and no form."""
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            number = value.objgen[0]
            if number in self._numbers:
                return
            self._numbers.add(number)
            if self._is_of_plate(number):
                self._stand_for(value, number)
        if isinstance(value, pikepdf.Array):
            for part in value:
                self._follow(part)
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            for key in value.keys():  # noqa: SIM118
                self._follow(value[key])

    def _stand_for(self, value: Any, number: int) -> None:
        if not isinstance(value, pikepdf.Stream):
            self._bodies[number] = dictionary_bytes(value)
        elif value.get("/Subtype") == "/Form":
            data = without_text(self._pdf, value)
            entries = {key: value[key] for key in value.keys() if key not in _WRITTEN_AFRESH}  # noqa: SIM118
            head = pikepdf.Dictionary(entries).unparse().rstrip().removesuffix(b">>")
            self._bodies[number] = stream_bytes(head + b"/Length %d >>" % len(data), data)


def _table_of(data: bytes) -> _XrefTable | None:
    """Read the table at a file's end, if it is one of ours."""
    try:
        start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
        head = _TABLE.match(data, start)
        if head is None:
            return None
        packed = zlib.decompress(data[head.end() : head.end() + int(head[3])])
        return _XrefTable(start, int(head[1]), int(head[2]), packed)
    except (ValueError, IndexError, zlib.error, OverflowError):
        return None


def _updated(data: bytes, table: _XrefTable, bodies: Mapping[int, bytes]) -> bytes:
    """Return a file with some of its objects replaced at its end (ISO 32000-1, 7.5.6)."""
    packed, number = pack_plain(bodies, len(data)), table.number + 1
    at = len(data) + len(packed.data)
    entries = {**packed.entries, number: (1, at, 0)}
    index = b" ".join([b"%d 1" % changed for changed in entries])
    rows = b"".join([ENTRY.pack(*entry) for entry in entries.values()])
    head = b"<< /Type /XRef /Size %d /W [1 4 2] /Index [%b] /Root %d 0 R /Prev %d /Length %d >>" % (
        number + 1,
        index,
        table.root,
        table.start,
        len(rows),
    )
    tail = b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, stream_bytes(head, rows), at)
    return data + packed.data + tail
