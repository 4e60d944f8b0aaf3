"""A finished PDF, opened once for all checks; what several of them need is read once and kept."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import pikepdf
import pypdfium2
from PIL import Image

from handoutpress.proof.checks.rules import RULES
from handoutpress.proof.findings import ProofFinding, Rectangle
from handoutpress.proof.pdf.code_readers import CodeSighting, read_codes
from handoutpress.proof.pdf.faces import EmbeddedFont
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.marks import PageMarks
from handoutpress.proof.pdf.page_reader import read_page
from handoutpress.proof.pdf.tree import StructureTree, read_tree
from handoutpress.yamlfile.problems import HandoutError

Value = TypeVar("Value")

MAX_BYTES = 200_000_000
"""A larger file is not opened."""
MAX_PAGES = 500
"""A PDF with more pages is not read: the longest format has 64."""
MAX_PIXELS = 40_000_000
"""A page's picture is made smaller rather than larger than this (A3 at 300 dpi has 17 million)."""


class UnreadablePdfError(HandoutError):
    """The file cannot be opened as a PDF; ``rule`` says why."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule


class FinishedPdf:
    """One PDF's bytes and what was read from them. Close it, or use it in a ``with`` statement."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self.data = data
        self.faces: dict[str, EmbeddedFont] = {}
        self._marks: dict[int, PageMarks] = {}
        self._sightings: dict[tuple[int, int], list[CodeSighting]] = {}
        self._kept: dict[str, Any] = {}
        self._pictures: dict[tuple[int, int], Image.Image] = {}
        self.pdf, self.pdfium = _open(data)
        self.warnings = [_first_line(warning).rstrip(".") for warning in self.pdf.get_warnings()]

    def __enter__(self) -> FinishedPdf:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.pdfium.close()
        self.pdf.close()

    @property
    def page_count(self) -> int:
        return len(self.pdfium)

    @property
    def pages(self) -> range:
        """The page numbers, from 1."""
        return range(1, self.page_count + 1)

    @property
    def title(self) -> str:
        """The title in the XMP data; empty where there is none or the data cannot be read."""
        try:
            with self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False, strict=False) as metadata:
                return str(metadata.get("dc:title", "") or "")
        except Exception:  # any broken XML ends here; the validator tells what is wrong with it
            return ""

    @cached_property
    def tree(self) -> StructureTree:
        return read_tree(self.pdf)

    def marks(self, page: int) -> PageMarks:
        """What page ``page`` (from 1) paints."""
        if page not in self._marks:
            self._marks[page] = read_page(self.pdf.pages[page - 1], self.faces)
        return self._marks[page]

    def box(self, page: int, name: str) -> Box:
        """A page box in points; a missing one falls back as ISO 32000-1, 14.11.2 says."""
        found = self.pdf.pages[page - 1]
        kind = {"media": found.mediabox, "trim": found.trimbox, "bleed": found.bleedbox, "crop": found.cropbox}[name]
        x0, y0, x1, y1 = (float(number) for number in kind)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def place(self, page: int, box: Box | None) -> Rectangle | None:
        """``box`` in mm from the top left corner of the trimmed page."""
        return box.millimetres(self.box(page, "trim")) if box else None

    def sheet(self, page: int) -> Any:
        """Page ``page`` (from 1) as pdfium opened it."""
        return self.once(f"sheet {page}", lambda: self.pdfium[page - 1])

    def picture(self, page: int, dpi: int) -> Image.Image:
        """Page ``page`` as it will look, RGB, the crop box at ``dpi``; small pictures are kept."""
        if (page, dpi) not in self._pictures:
            drawn = self.sheet(page).render(scale=self._scale(page, dpi), rev_byteorder=True)
            self._pictures[page, dpi] = in_colour(drawn)
        return self._pictures[page, dpi]

    def grey(self, page: int, dpi: int) -> Image.Image:
        """As ``picture``, in shades of grey, which takes a quarter of the time."""
        return self.once(f"grey {page} {dpi}", lambda: self._grey(page, dpi))

    def _grey(self, page: int, dpi: int) -> Image.Image:
        drawn: Image.Image = self.sheet(page).render(scale=self._scale(page, dpi), grayscale=True).to_pil()
        return drawn.convert("L")

    def _scale(self, page: int, dpi: int) -> float:
        """Pixels of a picture for each point of its page."""
        width, height = self.sheet(page).get_size()
        return min(dpi / 72, math.sqrt(MAX_PIXELS / max(1.0, width * height)))

    def sightings(self, page: int, dpi: int) -> list[CodeSighting]:
        """The codes that the two readers see on a page at ``dpi``; places in pixels of ``grey``."""
        if (page, dpi) not in self._sightings:
            self._sightings[page, dpi] = read_codes(self.grey(page, dpi))
        return self._sightings[page, dpi]

    def once(self, name: str, read: Callable[[], Value]) -> Value:
        """What a check reads that others need too, read at the first call and kept under ``name``."""
        if name not in self._kept:
            self._kept[name] = read()
        return cast(Value, self._kept[name])

    def crop(self, page: int, box: Box, dpi: int) -> Image.Image:
        """The part ``box`` (points) of a page at ``dpi``, RGB, without rendering the rest."""
        visible = self.box(page, "crop")
        box = box.overlap(visible)
        edges = (box.left - visible.left, box.bottom - visible.bottom, visible.right - box.right, visible.top - box.top)
        scale = min(dpi / 72, (MAX_PIXELS / max(1.0, box.area)) ** 0.5)
        return in_colour(self.sheet(page).render(scale=scale, crop=edges, rev_byteorder=True))

    def text(self, page: int) -> str:
        """The words of a page as a reader's copy and paste gives them (pdfium's own order)."""
        return self.once(f"text {page}", lambda: self._text(page))

    def _text(self, page: int) -> str:
        sheet = self.sheet(page).get_textpage()
        try:
            return str(sheet.get_text_bounded())
        finally:
            sheet.close()

    def finding(
        self, rule: str, sentence: str, where: tuple[int, Box | None] = (0, None), measured: str = "", wanted: str = ""
    ) -> ProofFinding:
        """A finding about this file; ``where`` is the page (from 1, or 0) and the box in points."""
        page, box = where
        place = self.place(page, box) if page else None
        return ProofFinding(rule, self.path, page, place, measured, wanted, sentence, RULES[rule].mend)


def in_colour(drawn: Any) -> Image.Image:
    """What pdfium drew, with its bytes in the order of red, green, blue."""
    picture: Image.Image = drawn.to_pil()
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _open(data: bytes) -> tuple[pikepdf.Pdf, Any]:
    if not data:
        raise UnreadablePdfError("file.unreadable", "The file is empty.")
    if len(data) > MAX_BYTES:
        raise UnreadablePdfError("file.unreadable", f"The file has {len(data) / 1e6:.0f} MB, too many to check.")
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise UnreadablePdfError("file.encrypted", "The file asks for a password before it opens.") from None
    except Exception as error:  # qpdf's errors on broken files are of many kinds; one sentence serves them all
        raise UnreadablePdfError("file.unreadable", f"The file is not a whole PDF ({_first_line(error)}).") from None
    try:
        pdfium = pypdfium2.PdfDocument(data)
        if not 0 < len(pdf.pages) == len(pdfium):
            raise UnreadablePdfError("file.unreadable", "The file has no pages that two readers agree on.")
        if len(pdfium) > MAX_PAGES:
            raise UnreadablePdfError("file.unreadable", f"The file has {len(pdfium)} pages, too many to check.")
    except (pypdfium2.PdfiumError, pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:
        pdf.close()
        raise UnreadablePdfError("file.unreadable", f"The pages cannot be read ({_first_line(error)}).") from None
    return pdf, pdfium


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
