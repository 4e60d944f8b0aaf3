"""The lines of a page as an eye meets them: each from left to right, whatever the order in which it was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.text import unbroken

NEW_COLUMN = 1.2
"""A gap of so many type sizes parts two columns."""
NEXT_LINE = 2.5
"""How far below a line its next one may be, in type sizes."""


class SeenLine(NamedTuple):
    """What stands in one line of one column, without spaces; places are points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


def seen_lines(pdf: FinishedPdf, page: int) -> tuple[SeenLine, ...]:
    """Return the lines of a page (from 1), the highest first."""
    return pdf.once(f"seen lines {page}", lambda: tuple(_lines(pdf, page)))


def _lines(pdf: FinishedPdf, page: int) -> list[SeenLine]:
    glyphs = [
        (round(mark.baseline), glyph.left, glyph.right, glyph.text, mark.size)
        for mark in pdf.marks(page).texts
        for glyph in mark.glyphs
        if glyph.text and (text := unbroken(glyph.text)) and not text.isspace()
    ]
    lines: list[SeenLine] = []
    for baseline, left, right, text, size in sorted(glyphs, key=lambda glyph: (-glyph[0], glyph[1])):
        last = lines[-1] if lines else None
        if last and last.baseline == baseline and left - last.right < NEW_COLUMN * size:
            lines[-1] = last._replace(text=last.text + unbroken(text), right=max(right, last.right))
        else:
            lines.append(SeenLine(unbroken(text), left, right, baseline, size))
    return lines


def is_seen(words: str, lines: Iterable[SeenLine]) -> bool:
    """Return whether ``words`` stand in the lines in their order, over several below each other where they are long."""
    wanted, below = unbroken(words), list(lines)
    return any(wanted in line.text or _goes_on(wanted, line, below) for line in below)


def _goes_on(wanted: str, line: SeenLine, lines: list[SeenLine]) -> bool:
    """Return whether a line ends with the beginning of ``wanted``, and lines below it have what follows."""
    for length in range(min(len(wanted) - 1, len(line.text)), 0, -1):
        if line.text.endswith(wanted[:length]) and any(
            _is_below(line, other) and _begins(wanted[length:], other, lines) for other in lines
        ):
            return True
    return False


def _begins(rest: str, line: SeenLine, lines: list[SeenLine]) -> bool:
    if line.text.startswith(rest):
        return True
    return rest.startswith(line.text) and any(
        _is_below(line, other) and _begins(rest[len(line.text) :], other, lines) for other in lines
    )


def _is_below(line: SeenLine, other: SeenLine) -> bool:
    is_near = 0 < line.baseline - other.baseline < NEXT_LINE * line.size
    return is_near and other.left < line.right and line.left < other.right
