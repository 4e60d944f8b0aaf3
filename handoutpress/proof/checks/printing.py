"""Is the file fit for a print shop: inks, lines, pictures and bleed (STANDARDS, print)."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.content.pictures.handout_picture import LEAST_PPI
from handoutpress.proof.checks.breach import breach
from handoutpress.proof.checks.inks.check_inks import output_intent, page_inks
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.marks import Mark, PathMark, PictureMark, TextMark

HAIRLINE = 0.25
"""The width in pt of the thinnest line."""
RESOLUTION = LEAST_PPI
"""Samples an inch of a picture at its size."""
SMALL_PICTURE = 3.0 / POINT
"""A picture of less than 3 mm may be coarse: it is a dot."""
TOUCH = 0.5
"""How near, in points, colour comes to an edge that it is said to touch."""


def check_printing(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check lines and pictures always; inks and bleed where the file goes to a print shop."""
    findings = list(output_intent(pdf, expectation.inks)) if expectation.inks else []
    for page in pdf.pages:
        marks = pdf.marks(page).marks
        findings += _lines(pdf, page, marks)
        findings += _pictures(pdf, page, marks)
        if expectation.for_print:
            findings += page_inks(pdf, page, expectation.inks)
        if expectation.bleed is not None:
            findings += _bleed(pdf, page, marks)
    return findings


def _lines(pdf: FinishedPdf, page: int, marks: tuple[Mark, ...]) -> Iterator[ProofFinding]:
    for mark in marks:
        if not isinstance(mark, PathMark) or not mark.clip.overlap(mark.box.grown(0.01)).area:
            continue
        is_rule = mark.line_width is None and mark.rectangles == 1
        width = mark.line_width if mark.line_width is not None else min(mark.box.width, mark.box.height)
        if (mark.line_width is not None or is_rule) and width < HAIRLINE - 0.005:
            sentence, measured = "A line is too thin to print.", f"{width:.2f} pt"
            yield breach(pdf, "print.hairline", sentence, page, mark.box, measured=measured, wanted="0.25 pt")


def _pictures(pdf: FinishedPdf, page: int, marks: tuple[Mark, ...]) -> Iterator[ProofFinding]:
    for mark in marks:
        if isinstance(mark, PictureMark) and min(mark.box.width, mark.box.height) > SMALL_PICTURE:
            dpi = min(mark.columns / mark.box.width, mark.rows / mark.box.height) * 72
            if dpi < RESOLUTION - 1:
                sentence, measured = "A picture is too coarse at its size.", f"{dpi:.0f} dpi"
                floor = f"{RESOLUTION} dpi"
                yield breach(pdf, "print.resolution", sentence, page, mark.box, measured=measured, wanted=floor)


def _bleed(pdf: FinishedPdf, page: int, marks: tuple[Mark, ...]) -> Iterator[ProofFinding]:
    trim, bleed = pdf.box(page, "trim"), pdf.box(page, "bleed")
    for mark in marks:
        if isinstance(mark, TextMark) or _is_white(mark):
            continue
        if sides := _short_sides(mark.box.overlap(mark.clip), trim, bleed):
            sentence = f"Colour ends at the trim on the {' and '.join(sides)}."
            reach = "to the bleed's edge"
            yield breach(pdf, "print.bleed", sentence, page, mark.box, measured="no bleed", wanted=reach)


def _is_white(mark: PathMark | PictureMark) -> bool:
    if isinstance(mark, PictureMark):
        return False
    values = mark.ink.values
    return bool(values) and (sum(values) < 0.01 if mark.ink.space == "DeviceCMYK" else min(values) > 0.99)


def _short_sides(box: Box, trim: Box, bleed: Box) -> list[str]:
    """Return the sides on which a box reaches the trim and not the bleed's edge."""
    if not box.area:
        return []
    sides = {
        "left": (trim.left - box.left, trim.left - bleed.left),
        "bottom": (trim.bottom - box.bottom, trim.bottom - bleed.bottom),
        "right": (box.right - trim.right, bleed.right - trim.right),
        "top": (box.top - trim.top, bleed.top - trim.top),
    }
    return [side for side, (beyond, room) in sides.items() if -TOUCH <= beyond < room - TOUCH]
