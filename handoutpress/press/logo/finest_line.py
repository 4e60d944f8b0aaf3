"""The finest line of a drawing as it stands in a PDF."""

from __future__ import annotations

import io
from math import sqrt
from typing import Any

import pikepdf

_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_FILLS = {"f", "F", "f*"}
_PATH_ENDS = {*_STROKES, *_FILLS, "n"}
_SEGMENTS = {"m", "l", "c", "v", "y", "h"}
_DEEPEST = 20
"""Forms within forms that are followed."""


def finest_line(data: bytes) -> float:
    """Return the thickness of the finest line on the first page of a PDF, as a share of the page's width; at most 1.

    A line is what is stroked, and a rectangle that is filled alone (ISO 32000-1, 8.4.3.2 and 8.5.3).
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        return min(1.0, _finest(page.obj, 1.0, 1.0, 0) / float(page.mediabox[2]))


def _finest(holder: Any, scale: float, width: float, depth: int) -> float:
    """Return the same, in points, of a page or form that is drawn ``scale`` times as large, ``width`` being its pen."""
    stream = _Stream(holder, scale, width, depth)
    for part in pikepdf.parse_content_stream(holder):
        stream.take(str(part.operator), list(part.operands))
    return stream.finest


class _Stream:
    """One content stream as it is read: how large it draws, how thick its pen is, what its path holds."""

    def __init__(self, holder: Any, scale: float, width: float, depth: int) -> None:
        self._holder, self._scale, self._width, self._depth = holder, scale, width, depth
        self._states: list[tuple[float, float]] = []
        self._rectangles: list[float] = []
        self._segments = 0
        self.finest = float("inf")

    def take(self, operator: str, operands: list[Any]) -> None:
        """Follow one instruction."""
        if operator in _PATH_ENDS:
            self._end_path(operator)
        elif operator in _SEGMENTS:
            self._segments += 1
        elif operator == "re":
            self._rectangles.append(min(abs(float(side)) for side in operands[2:]))
        elif operator == "Do":
            self._draw(str(operands[0]))
        else:
            self._set(operator, operands)

    def _set(self, operator: str, operands: list[Any]) -> None:
        if operator == "q":
            self._states.append((self._scale, self._width))
        elif operator == "Q" and self._states:
            self._scale, self._width = self._states.pop()
        elif operator == "cm":
            self._scale *= _scale_of(operands)
        elif operator == "w":
            self._width = float(operands[0])

    def _end_path(self, operator: str) -> None:
        if operator in _STROKES:
            self.finest = min(self.finest, self._width * self._scale)
        elif operator in _FILLS and len(self._rectangles) == 1 and not self._segments:
            self.finest = min(self.finest, self._rectangles[0] * self._scale)
        self._rectangles, self._segments = [], 0

    def _draw(self, name: str) -> None:
        form = self._holder.get("/Resources", {}).get("/XObject", {}).get(name)
        if form is None or form.get("/Subtype") != "/Form" or self._depth >= _DEEPEST:
            return
        scale = self._scale * _scale_of(list(form.get("/Matrix", [1, 0, 0, 1, 0, 0])))
        self.finest = min(self.finest, _finest(form, scale, self._width, self._depth + 1))


def _scale_of(matrix: list[Any]) -> float:
    """Return how much larger a matrix makes things, by the mean of both directions."""
    a, b, c, d = (float(part) for part in matrix[:4])
    return sqrt(abs(a * d - b * c))
