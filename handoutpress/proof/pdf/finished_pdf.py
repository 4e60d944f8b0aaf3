"""A finished PDF, opened once for all that is read of it; what several readers need is read once and kept."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import pikepdf
import pypdfium2
from PIL import Image

from handoutpress.proof.pdf.bounds import TooLargeError, check_bounds
from handoutpress.proof.pdf.code_readers import CodeReading, read_codes
from handoutpress.proof.pdf.embedded_fonts import EmbeddedFont
from handoutpress.proof.pdf.geometry import Box, Rectangle
from handoutpress.proof.pdf.marks import MarkedContent, PageMarks
from handoutpress.proof.pdf.page_reader import read_page
from handoutpress.proof.pdf.tree import StructureTree, read_tree
from handoutpress.yamlfile.problems import HandoutError

PdfValue = TypeVar("PdfValue")

# What the library logs of a broken file, tracebacks too, is told as findings.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

MAX_BYTES = 200_000_000
"""A larger file is not opened."""
MAX_PAGES = 500
"""A PDF with more pages is not read: the longest format has 64."""
MAX_PIXELS = 40_000_000
"""A page's picture is made smaller rather than larger than this (A3 at 300 dpi has 17 million)."""


class UnreadablePdfError(HandoutError):
    """A file that cannot be opened as a PDF, perhaps since it is ``encrypted``."""

    def __init__(self, sentence: str, encrypted: bool = False) -> None:
        super().__init__(sentence)
        self.encrypted = encrypted


class FinishedPdf:
    """One PDF's bytes and what was read from them. Close it, or use it in a ``with`` statement."""

    def __init__(self, path: Path, data: bytes, ours: bool = False) -> None:
        """Open a PDF; what it unfolds to is measured first, unless it is ``ours``, just made.

        Raises ``UnreadablePdfError``.
        """
        self.path = path
        self.data = data
        self.fonts: dict[str, EmbeddedFont] = {}
        self._marks: dict[int, PageMarks] = {}
        self._values: dict[str, Any] = {}
        self.pdf, self.pdfium = _open(data, ours)
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

    @property
    def is_endless(self) -> bool:
        """Whether a page holds more than can be read; to draw it would be endless, too."""
        return any(self.marks(page).endless for page in self.pages)

    @cached_property
    def tree(self) -> StructureTree:
        return read_tree(self.pdf)

    def marks(self, page: int) -> PageMarks:
        """Return what page ``page`` (from 1) paints."""
        if page not in self._marks:
            self._marks[page] = read_page(self.pdf.pages[page - 1], self.fonts)
        return self._marks[page]

    @cached_property
    def content_boxes(self) -> dict[MarkedContent, Box]:
        """The box around all that stands under each marked-content identifier."""
        boxes: dict[MarkedContent, Box] = {}
        for page in self.pages:
            for mark in self.marks(page).marks:
                owner = mark.sequence.owner if mark.sequence else None
                if owner is not None:
                    boxes[owner] = boxes[owner].around(mark.box) if owner in boxes else mark.box
        return boxes

    def box(self, page: int, name: str) -> Box:
        """Return a page box in points; a missing one falls back as ISO 32000-1, 14.11.2 says."""
        drawn = self.pdf.pages[page - 1]
        edges = {"media": drawn.mediabox, "trim": drawn.trimbox, "bleed": drawn.bleedbox, "crop": drawn.cropbox}[name]
        # The corners of a rectangle may stand in any order (ISO 32000-1, 7.9.5).
        x0, y0, x1, y1 = (float(number) for number in edges)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def place(self, page: int, box: Box | None) -> Rectangle | None:
        """Return ``box`` in mm from the top left corner of the trimmed page."""
        return box.millimetres(self.box(page, "trim")) if box else None

    def sheet(self, page: int) -> Any:
        """Return page ``page`` (from 1) as pdfium opened it."""
        return self.once(f"sheet {page}", lambda: self.pdfium[page - 1])

    def picture(self, page: int, dpi: int) -> Image.Image:
        """Draw page ``page`` as it will look, RGB, the crop box at ``dpi``."""
        return self.once(f"picture {page} {dpi}", lambda: self._picture(page, dpi))

    def _picture(self, page: int, dpi: int) -> Image.Image:
        return in_colour(self.sheet(page).render(scale=self._scale(page, dpi), rev_byteorder=True))

    def grey(self, page: int, dpi: int) -> Image.Image:
        """Draw as ``picture``, in shades of grey, which takes a quarter of the time."""
        return self.once(f"grey {page} {dpi}", lambda: self._grey(page, dpi))

    def _grey(self, page: int, dpi: int) -> Image.Image:
        drawn: Image.Image = self.sheet(page).render(scale=self._scale(page, dpi), grayscale=True).to_pil()
        return drawn.convert("L")

    def _scale(self, page: int, dpi: int) -> float:
        return scale_for(self.sheet(page).get_size(), dpi)

    def code_readings(self, page: int, dpi: int) -> list[CodeReading]:
        """Read the codes of a page at ``dpi`` with both readers; places are in pixels of ``grey``."""
        return self.once(f"codes {page} {dpi}", lambda: read_codes(self.grey(page, dpi)))

    def once(self, name: str, compute: Callable[[], PdfValue]) -> PdfValue:
        """Return what several readers need, computed at the first call and cached under ``name``."""
        if name not in self._values:
            self._values[name] = compute()
        return cast(PdfValue, self._values[name])

    def crop(self, page: int, box: Box, dpi: int) -> Image.Image:
        """Draw the part ``box`` (points) of a page at ``dpi``, RGB, without rendering its remainder."""
        visible = self.box(page, "crop")
        box = box.overlap(visible)
        # pdfium counts what is cut off from each side, in points.
        edges = (box.left - visible.left, box.bottom - visible.bottom, visible.right - box.right, visible.top - box.top)
        scale = scale_for((box.width, box.height), dpi)
        return in_colour(self.sheet(page).render(scale=scale, crop=edges, rev_byteorder=True))

    def text(self, page: int) -> str:
        """Return the words of a page as a reader's copy and paste gives them (pdfium's own order)."""
        return self.once(f"text {page}", lambda: self._text(page))

    def _text(self, page: int) -> str:
        sheet = self.sheet(page).get_textpage()
        try:
            return str(sheet.get_text_bounded())
        finally:
            sheet.close()


def scale_for(size: tuple[float, float], dpi: int) -> float:
    """Return the pixels for each point of a page, or a part of it, of this width and height in points."""
    width, height = size
    return min(dpi / 72, math.sqrt(MAX_PIXELS / max(1.0, width * height)))


def in_colour(drawn: Any) -> Image.Image:
    """Return what pdfium drew, with its bytes in the order of red, green, blue."""
    picture: Image.Image = drawn.to_pil()
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _open(data: bytes, ours: bool) -> tuple[pikepdf.Pdf, Any]:
    if not data:
        raise UnreadablePdfError("The file is empty.")
    if len(data) > MAX_BYTES:
        raise UnreadablePdfError(f"The file has {len(data) / 1e6:.0f} MB, too many to check.")
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise UnreadablePdfError("The file asks for a password before it opens.", encrypted=True) from None
    except Exception as error:  # qpdf's errors on broken files are of many kinds; one sentence serves them all
        raise UnreadablePdfError(f"The file is not a whole PDF ({_first_line(error)}).") from None
    try:
        if not ours:
            check_bounds(pdf)
        return pdf, _pages(pdf, data)
    except (UnreadablePdfError, TooLargeError) as error:
        pdf.close()
        raise UnreadablePdfError(str(error)) from None
    except Exception as error:  # a broken file can break any assumption of either reader
        pdf.close()
        raise UnreadablePdfError(f"The pages cannot be read ({_first_line(error)}).") from None


def _pages(pdf: pikepdf.Pdf, data: bytes) -> Any:
    """Return the pages as pdfium opened them, of a file that both readers read alike."""
    pdfium = pypdfium2.PdfDocument(data)
    if not 0 < len(pdf.pages) == len(pdfium):
        raise UnreadablePdfError("The file has no pages that two readers agree on.")
    if len(pdfium) > MAX_PAGES:
        raise UnreadablePdfError(f"The file has {len(pdfium)} pages, too many to check.")
    return pdfium


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
