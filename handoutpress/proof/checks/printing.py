"""Is the file fit for a print shop: inks, lines, pictures and bleed (STANDARDS, print)."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.marks import Ink, Mark, PathMark, PictureMark, TextMark
from handoutpress.yamlfile.counts import counted

INK_LIMIT = 3.0
"""All inks at one place together, 1 for each that covers it."""
HAIRLINE = 0.25
"""The width in pt of the thinnest line."""
RESOLUTION = 200
"""Samples an inch of a picture at its size."""
SMALL_PICTURE = 3.0 / POINT
"""A picture of less than 3 mm may be coarse: it is a dot."""
TOUCH = 0.5
"""How near, in points, colour comes to an edge that it is said to touch."""


def check_printing(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check lines and pictures always; inks and bleed where the file goes to a print shop."""
    findings: list[ProofFinding] = []
    for page in pdf.pages:
        marks = pdf.marks(page).marks
        findings += _lines(pdf, page, marks)
        findings += _pictures(pdf, page, marks)
        if expectation.for_print:
            findings += _rgb(pdf, page)
            findings += _inks(pdf, page, marks)
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


def _rgb(pdf: FinishedPdf, page: int) -> Iterator[ProofFinding]:
    marks = pdf.marks(page)
    in_rgb = [mark for mark in marks.marks if _space(mark) in ("DeviceRGB", "Lab")]
    if in_rgb:
        kinds = sorted({_kind(mark) for mark in in_rgb})
        sentence, measured = f"The page holds RGB in {' and '.join(kinds)}.", counted(len(in_rgb), "place")
        yield breach(pdf, "print.rgb", sentence, page, in_rgb[0].box, measured=measured, wanted="none")
    elif "DeviceRGB" in marks.group_spaces:
        yield breach(pdf, "print.rgb", "A transparency group of the page is blended in RGB.", page)


def _space(mark: Mark) -> str:
    return mark.space if isinstance(mark, PictureMark) else mark.ink.space


def _kind(mark: Mark) -> str:
    return {TextMark: "text", PathMark: "drawings", PictureMark: "pictures"}[type(mark)]


def _inks(pdf: FinishedPdf, page: int, marks: tuple[Mark, ...]) -> Iterator[ProofFinding]:
    for mark in marks:
        if isinstance(mark, PictureMark) or mark.ink.space != "DeviceCMYK" or len(mark.ink.values) != 4:
            continue
        total = sum(mark.ink.values)
        if total > INK_LIMIT + 0.01:
            sentence, measured = "A colour takes too much ink.", f"{total:.0%}"
            yield breach(pdf, "print.ink", sentence, page, mark.box, measured=measured, wanted="300%")
        if _is_mixed_black(mark.ink) and (isinstance(mark, TextMark) or mark.rectangles > 100):
            subject = "Black text" if isinstance(mark, TextMark) else "A code"
            sentence = f"{subject} is printed with more than black ink."
            values = " ".join(f"{value:g}" for value in mark.ink.values)
            yield breach(pdf, "print.black", sentence, page, mark.box, measured=values, wanted="0 0 0 1")


def _is_mixed_black(ink: Ink) -> bool:
    """Return whether black is made with coloured inks: dark in all, and not K alone."""
    cyan, magenta, yellow, black = ink.values
    coloured = max(cyan, magenta, yellow)
    return coloured > 0.005 and (black > 0.9 or min(cyan, magenta, yellow) + black > 0.9)


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
