"""The QR codes of a PDF's pages: what each says, where it stands, and which reader reads it."""

from __future__ import annotations

from dataclasses import dataclass

from handoutpress.proof.pdf.code_readers import CodeReaderName, CodeReading
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box

DPI = 150
"""What a page is rasterised at: about what a phone's camera sees of a leaflet in the hand."""


@dataclass(frozen=True)
class PageCode:
    """A code on a page: its address, its box in points without the quiet zone, and which readers read it."""

    page: int
    address: str
    box: Box
    readers: frozenset[CodeReaderName]


def find_codes(pdf: FinishedPdf, dpi: int = DPI) -> list[PageCode]:
    """Find every code on every page, in page order, one entry for each place."""
    return [code for page in pdf.pages for code in _on_page(pdf, page, dpi)]


def _on_page(pdf: FinishedPdf, page: int, dpi: int) -> list[PageCode]:
    visible = pdf.box(page, "crop")
    scale = visible.width / pdf.grey(page, dpi).width
    codes: list[PageCode] = []
    for reading in pdf.code_readings(page, dpi):
        box = _in_points(reading, visible, scale)
        same = next((code for code in codes if code.address == reading.text and code.box.overlap(box).area > 0), None)
        if same:
            codes[codes.index(same)] = PageCode(page, same.address, same.box, same.readers | {reading.reader})
        else:
            codes.append(PageCode(page, reading.text, box, frozenset({reading.reader})))
    return sorted(codes, key=lambda code: (-code.box.top, code.box.left))


def _in_points(reading: CodeReading, visible: Box, scale: float) -> Box:
    left, top, right, bottom = reading.box
    return Box(
        visible.left + left * scale,
        visible.top - bottom * scale,
        visible.left + right * scale,
        visible.top - top * scale,
    )
