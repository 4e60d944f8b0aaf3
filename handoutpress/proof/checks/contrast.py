"""Can the text be seen: its ink against what really lies behind it (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import TextMark
from handoutpress.proof.pdf.visibility import TextVisibility, read_visibility

BODY, LARGE = 4.5, 3.0
"""The contrast that body type and large type need."""
SLACK = 0.05
"""What measuring on a raster may miss."""
LARGE_SIZE, LARGE_BOLD = 18.0, 14.0
"""From which size in pt type counts as large, and bold type (WCAG 2.2, "large scale")."""


def check_contrast(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Check that every line of text can be seen, and stands out."""
    return [finding for line in read_visibility(pdf) for finding in _check_line(pdf, line)]


def _check_line(pdf: FinishedPdf, line: TextVisibility) -> Iterator[ProofFinding]:
    page, box, words = line.page, line.mark.box, line.mark.text.strip()[:50]
    if not line.visible:
        yield breach(pdf, "legibility.hidden", f"Text cannot be seen at all: {words!r}.", page, box)
    if line.covered:
        yield breach(pdf, "legibility.hidden", f"Something lies over {line.covered!r} in {words!r}.", page, box)
    needed, measured = needed_contrast(pdf, line.mark), line.contrast
    if measured is not None and measured < needed - SLACK:
        sentence = f"Text does not stand out from its ground: {words!r}."
        yield breach(
            pdf, "legibility.contrast", sentence, page, box, measured=f"{measured:.1f}:1", wanted=f"{needed}:1"
        )


def needed_contrast(pdf: FinishedPdf, mark: TextMark) -> float:
    """Return the contrast that type of this size and weight needs."""
    bold = "bold" in pdf.fonts[mark.font].family.lower()
    return LARGE if mark.size >= (LARGE_BOLD if bold else LARGE_SIZE) else BODY
