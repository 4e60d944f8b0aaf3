"""The codes of a finished PDF as a person would name them: the address, and the place in mm."""

from __future__ import annotations

from dataclasses import dataclass

from handoutpress.proof.pdf.code_readers import CodeReaderName
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Rectangle
from handoutpress.proof.pdf.page_codes import DPI, find_codes


@dataclass(frozen=True)
class LocatedCode:
    """A code: its address, its place in mm from the top left of the trimmed page, and who read it."""

    page: int
    address: str
    rectangle: Rectangle
    readers: frozenset[CodeReaderName]


def read_pdf_codes(pdf: FinishedPdf, dpi: int = DPI) -> list[LocatedCode]:
    """Read every code on every page, in page order."""
    codes = []
    for code in find_codes(pdf, dpi):
        rectangle = pdf.place(code.page, code.box)
        if rectangle is not None:
            codes.append(LocatedCode(code.page, code.address, rectangle, code.readers))
    return codes
