"""Boxes and matrices of PDF user space (points, y upwards; ISO 32000-1, 8.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

POINT = 25.4 / 72
"""One point in mm."""


@dataclass(frozen=True, order=True)
class Rectangle:
    """A place on a page in mm, counted from the top left corner of the finished (trimmed) page."""

    left: float
    top: float
    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.left:.1f},{self.top:.1f} {self.width:.1f}x{self.height:.1f} mm"


class Box(NamedTuple):
    """A rectangle in points, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def overlap(self, box: Box) -> Box:
        """Return the part that both share; its area is 0 where they do not meet."""
        left, bottom = max(self.left, box.left), max(self.bottom, box.bottom)
        right, top = min(self.right, box.right), min(self.top, box.top)
        return Box(left, bottom, max(left, right), max(bottom, top))

    def meets(self, box: Box) -> bool:
        """Return whether both share more than an edge."""
        return self.left < box.right and box.left < self.right and self.bottom < box.top and box.bottom < self.top

    def around(self, box: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, box.left),
            min(self.bottom, box.bottom),
            max(self.right, box.right),
            max(self.top, box.top),
        )

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def holds(self, box: Box, slack: float = 0.0) -> bool:
        return (
            box.left >= self.left - slack
            and box.right <= self.right + slack
            and box.bottom >= self.bottom - slack
            and box.top <= self.top + slack
        )

    def millimetres(self, trim: Box) -> Rectangle:
        """Return this box as a place on the finished page whose trim box is ``trim``."""
        return Rectangle(
            round((self.left - trim.left) * POINT, 2),
            round((trim.top - self.top) * POINT, 2),
            round(self.width * POINT, 2),
            round(self.height * POINT, 2),
        )


class Matrix(NamedTuple):
    """``[a b c d e f]``: x' = a·x + c·y + e and y' = b·x + d·y + f (ISO 32000-1, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: Matrix) -> Matrix:
        """Return the matrix that applies this one first and ``outer`` after it."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the upright box around the image of a rectangle."""
        return box_around([self.point(x, y) for x in (left, right) for y in (bottom, top)])

    @property
    def vertical_scale(self) -> float:
        """How much longer an upright unit vector becomes."""
        return float((self.c**2 + self.d**2) ** 0.5)

    @property
    def mean_scale(self) -> float:
        return float(abs(self.a * self.d - self.b * self.c) ** 0.5)


def box_around(points: list[tuple[float, float]]) -> Box:
    """Return the smallest box around at least one point."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
