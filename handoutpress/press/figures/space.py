"""Turns and points in space: x forwards, y up, z to the figure's right."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin


@dataclass(frozen=True)
class Point:
    """A point or a way, in hundredths of the figure's height."""

    x: float
    y: float
    z: float = 0.0

    def __add__(self, other: Point) -> Point:
        return Point(self.x + other.x, self.y + other.y, self.z + other.z)


@dataclass(frozen=True)
class Turn:
    """A rotation: where it takes the three axes."""

    x: Point = Point(1, 0, 0)
    y: Point = Point(0, 1, 0)
    z: Point = Point(0, 0, 1)

    def of(self, point: Point) -> Point:
        """Return where a point is taken."""
        a, b, c, x, y, z = self.x, self.y, self.z, point.x, point.y, point.z
        return Point(
            a.x * x + b.x * y + c.x * z,
            a.y * x + b.y * y + c.y * z,
            a.z * x + b.z * y + c.z * z,
        )

    def then(self, inner: Turn) -> Turn:
        """Return this rotation of what ``inner`` has turned before."""
        return Turn(self.of(inner.x), self.of(inner.y), self.of(inner.z))

    def bent(self, *, forwards: float = 0.0, right: float = 0.0, left_turn: float = 0.0) -> Turn:
        """Return this rotation with the upper end bent forwards and to the right, turned about its length; degrees."""
        return self.then(_about_z(-forwards)).then(_about_x(right)).then(_about_y(left_turn))


def _about_x(degrees: float) -> Turn:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return Turn(Point(1, 0, 0), Point(0, c, s), Point(0, -s, c))


def _about_y(degrees: float) -> Turn:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return Turn(Point(c, 0, -s), Point(0, 1, 0), Point(s, 0, c))


def _about_z(degrees: float) -> Turn:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return Turn(Point(c, s, 0), Point(-s, c, 0), Point(0, 0, 1))


@dataclass(frozen=True)
class Camera:
    """Where a figure is seen from, degrees: ``yaw`` 0 from its right side, 90 from the front, -90 from behind.

    ``pitch`` is how far from above.
    """

    yaw: float = 0.0
    pitch: float = 0.0

    def seen(self, point: Point) -> Point:
        """Return a point as it is seen: x to the right and y up on the paper, z towards the eye."""
        a, b = radians(self.yaw), radians(self.pitch)
        across, towards = point.x * cos(a) - point.z * sin(a), point.x * sin(a) + point.z * cos(a)
        return Point(across, point.y * cos(b) - towards * sin(b), point.y * sin(b) + towards * cos(b))
