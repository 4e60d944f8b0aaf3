"""Is the file fit for a print shop: inks, lines, pictures and bleed (STANDARDS, print)."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.marks import Ink, Mark, PathMark, PictureMark, TextMark

INK_LIMIT = 3.0
HAIRLINE = 0.25
RESOLUTION = 200
SMALL_PICTURE = 3.0 / POINT
"""A picture of less than 3 mm may be coarse: it is a dot."""
TOUCH = 0.5
"""How near, in points, colour comes to an edge that it is said to touch."""


def check_printing(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Lines and pictures always; inks and bleed where the file goes to a print shop."""
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
            yield pdf.finding(
                "print.hairline", "A line is too thin to print.", (page, mark.box), f"{width:.2f} pt", "0.25 pt"
            )


def _pictures(pdf: FinishedPdf, page: int, marks: tuple[Mark, ...]) -> Iterator[ProofFinding]:
    for mark in marks:
        if isinstance(mark, PictureMark) and min(mark.box.width, mark.box.height) > SMALL_PICTURE:
            dpi = min(mark.columns / mark.box.width, mark.rows / mark.box.height) * 72
            if dpi < RESOLUTION - 1:
                sentence = "A picture is too coarse at its size."
                yield pdf.finding("print.resolution", sentence, (page, mark.box), f"{dpi:.0f} dpi", f"{RESOLUTION} dpi")


def _rgb(pdf: FinishedPdf, page: int) -> Iterator[ProofFinding]:
    marks = pdf.marks(page)
    found = [mark for mark in marks.marks if _space(mark) in ("DeviceRGB", "Lab")]
    if found:
        kinds = sorted({_kind(mark) for mark in found})
        sentence = f"The page holds RGB in {' and '.join(kinds)}."
        yield pdf.finding("print.rgb", sentence, (page, found[0].box), f"{len(found)} places", "none")
    elif "DeviceRGB" in marks.group_spaces:
        yield pdf.finding("print.rgb", "A transparency group of the page is blended in RGB.", (page, None))


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
            yield pdf.finding("print.ink", "A colour takes too much ink.", (page, mark.box), f"{total:.0%}", "300%")
        if _is_mixed_black(mark.ink) and (isinstance(mark, TextMark) or mark.rectangles > 100):
            what = "Black text" if isinstance(mark, TextMark) else "A code"
            values = " ".join(f"{value:g}" for value in mark.ink.values)
            yield pdf.finding(
                "print.black", f"{what} is printed with more than black ink.", (page, mark.box), values, "0 0 0 1"
            )


def _is_mixed_black(ink: Ink) -> bool:
    """Black made with coloured inks: dark in all, and not K alone."""
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
            yield pdf.finding("print.bleed", sentence, (page, mark.box), "no bleed", "to the bleed's edge")


def _is_white(mark: PathMark | PictureMark) -> bool:
    if isinstance(mark, PictureMark):
        return False
    values = mark.ink.values
    return bool(values) and (sum(values) < 0.01 if mark.ink.space == "DeviceCMYK" else min(values) > 0.99)


def _short_sides(box: Box, trim: Box, bleed: Box) -> list[str]:
    """Sides on which a box reaches the trim and not the bleed's edge."""
    if not box.area:
        return []
    sides = {
        "left": (trim.left - box.left, trim.left - bleed.left),
        "bottom": (trim.bottom - box.bottom, trim.bottom - bleed.bottom),
        "right": (box.right - trim.right, bleed.right - trim.right),
        "top": (box.top - trim.top, bleed.top - trim.top),
    }
    return [side for side, (beyond, room) in sides.items() if -TOUCH <= beyond < room - TOUCH]
