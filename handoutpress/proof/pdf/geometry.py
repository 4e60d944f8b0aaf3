"""Boxes and matrices of PDF user space (points, y upwards; ISO 32000-1, 8.3)."""

from __future__ import annotations

from typing import NamedTuple

from handoutpress.proof.findings import Rectangle

POINT = 25.4 / 72
"""One point in mm."""


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

    def overlap(self, other: Box) -> Box:
        """The part that both share; its area is 0 where they do not meet."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        right, top = min(self.right, other.right), min(self.top, other.top)
        return Box(left, bottom, max(left, right), max(bottom, top))

    def meets(self, other: Box) -> bool:
        """Whether both share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def around(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.bottom >= self.bottom - slack
            and other.top <= self.top + slack
        )

    def millimetres(self, trim: Box) -> Rectangle:
        """This box as a place on the finished page whose trim box is ``trim``."""
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
        """The matrix that applies this one first and ``outer`` after it."""
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
        """The upright box around the image of a rectangle."""
        return box_around([self.point(x, y) for x in (left, right) for y in (bottom, top)])

    @property
    def vertical_scale(self) -> float:
        """How much longer an upright unit vector becomes."""
        return float((self.c**2 + self.d**2) ** 0.5)

    @property
    def mean_scale(self) -> float:
        return float(abs(self.a * self.d - self.b * self.c) ** 0.5)


def box_around(points: list[tuple[float, float]]) -> Box:
    """The smallest box around at least one point."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
