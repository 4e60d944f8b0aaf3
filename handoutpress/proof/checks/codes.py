"""QR codes on the final page: do they scan, and to the wanted address (STANDARDS, QR codes; ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding, Rectangle
from handoutpress.proof.pdf.code_readers import READERS, CodeReaderName, CodeSighting
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box

DPI = 150
"""What a page is rasterised at: about what a phone's camera sees of a leaflet in the hand."""


@dataclass(frozen=True)
class DecodedCode:
    """A code found on a page: its address, its box in points without the quiet zone, and who read it."""

    page: int
    address: str
    box: Box
    readers: frozenset[CodeReaderName]


@dataclass(frozen=True)
class LocatedCode:
    """A code as told to callers: its address, its place in mm, and who read it."""

    page: int
    address: str
    rectangle: Rectangle
    readers: frozenset[CodeReaderName]


def read_pdf_codes(pdf: FinishedPdf, dpi: int = DPI) -> list[LocatedCode]:
    """Every code on every page, in page order, with its rectangle in mm from the top left of the trimmed page."""
    found = []
    for code in find_codes(pdf, dpi):
        rectangle = pdf.place(code.page, code.box)
        if rectangle is not None:
            found.append(LocatedCode(code.page, code.address, rectangle, code.readers))
    return found


def find_codes(pdf: FinishedPdf, dpi: int = DPI) -> list[DecodedCode]:
    """As ``read_pdf_codes``, in points, one entry for each place."""
    return [code for page in pdf.pages for code in _page_codes(pdf, page, dpi)]


def _page_codes(pdf: FinishedPdf, page: int, dpi: int) -> list[DecodedCode]:
    visible = pdf.box(page, "crop")
    scale = visible.width / pdf.grey(page, dpi).width
    codes: list[DecodedCode] = []
    for sighting in pdf.sightings(page, dpi):
        box = _in_points(sighting, visible, scale)
        known = next((c for c in codes if c.address == sighting.says and c.box.overlap(box).area > 0), None)
        if known:
            codes[codes.index(known)] = DecodedCode(page, known.address, known.box, known.readers | {sighting.reader})
        else:
            codes.append(DecodedCode(page, sighting.says, box, frozenset({sighting.reader})))
    return sorted(codes, key=lambda code: (-code.box.top, code.box.left))


def _in_points(sighting: CodeSighting, visible: Box, scale: float) -> Box:
    left, top, right, bottom = sighting.box
    return Box(
        visible.left + left * scale,
        visible.top - bottom * scale,
        visible.left + right * scale,
        visible.top - top * scale,
    )


def check_codes(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Both readers read each wanted code, and no code says anything else."""
    codes = find_codes(pdf)
    findings = [*_half_read(pdf, codes)]
    if expectation.codes is None:
        return findings
    wanted = [code.address for code in expectation.codes]
    unseen = [address for address in wanted if all(code.address != address for code in codes)]
    findings += [
        pdf.finding("codes.unread", f"No reader finds the code to {address}.", wanted="both readers")
        for address in unseen
    ]
    for code in codes:
        if code.address not in wanted:
            sentence = f"A code leads to {code.address}, which nobody asked for."
            findings.append(
                pdf.finding("codes.unwanted", sentence, (code.page, code.box), code.address, " or ".join(wanted))
            )
    return findings


def _half_read(pdf: FinishedPdf, codes: list[DecodedCode]) -> Iterator[ProofFinding]:
    for code in codes:
        missing = [reader for reader in READERS if reader not in code.readers]
        if missing:
            sentence = f"{missing[0]} does not read the code to {code.address}."
            read = " and ".join(sorted(code.readers))
            yield pdf.finding("codes.unread", sentence, (code.page, code.box), f"read by {read}", "both readers")
