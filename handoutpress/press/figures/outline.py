"""Outlines around circles: what a limb made of balls looks like from any side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, atan2, ceil, cos, hypot, pi, sin, tan, tau


@dataclass(frozen=True)
class Circle:
    """A circle on the paper, y upwards, in hundredths of the figure's height."""

    x: float
    y: float
    r: float

    def grown(self, by: float) -> Circle:
        return Circle(self.x, self.y, self.r + by)

    def reach(self, angle: float) -> float:
        """Return how far it reaches in a direction, radians."""
        return self.x * cos(angle) + self.y * sin(angle) + self.r


_STEPS = 120


def hull_path(circles: Sequence[Circle]) -> str:
    """Return the SVG path of the line drawn tight around all circles, y downwards.

    Arcs are written as Bézier curves: those that the engine makes of arcs have nine decimals a number.
    """
    order = _around(circles)
    angles = [_tangent(a, b) for a, b in pairwise([*order, order[0]])] if len(order) > 1 else [tau]
    parts: list[str] = []
    for index, circle in enumerate(order):
        start, end = angles[index - 1], angles[index]
        span = (end - start) % tau or tau
        parts.append(f"{'L' if parts else 'M'}{_on(circle, start)}")
        parts += _arc(circle, start, span)
    return "".join(parts) + "z"


def _arc(circle: Circle, start: float, span: float) -> Iterator[str]:
    """Yield an arc as curves of a quarter of a circle at most; none is off by more than 0.03% of the radius."""
    count = ceil(span / (pi / 2) - 1e-9)
    step = span / count
    handle = 4 / 3 * tan(step / 4)
    for at in (start + step * number for number in range(count)):
        yield f"C{_beside(circle, at, handle)} {_beside(circle, at + step, -handle)} {_on(circle, at + step)}"


def _beside(circle: Circle, angle: float, handle: float) -> str:
    """Return a handle of a curve: as many radii along the tangent at ``angle``."""
    x, y = cos(angle) - handle * sin(angle), sin(angle) + handle * cos(angle)
    return _xy(circle.x + circle.r * x, circle.y + circle.r * y)


def _around(circles: Sequence[Circle]) -> list[Circle]:
    """Return the circles that the line touches, counter-clockwise."""
    if len(circles) == 2:
        return _around_two(*sorted(circles, key=lambda circle: circle.reach(0), reverse=True))
    order: list[Circle] = []
    for step in range(_STEPS):
        angle = tau * step / _STEPS
        furthest = max(circles, key=lambda circle: circle.reach(angle))
        if not order or order[-1] is not furthest:
            order.append(furthest)
    return order[:-1] if len(order) > 1 and order[-1] is order[0] else order


def _around_two(first: Circle, second: Circle) -> list[Circle]:
    """Return those of two circles that are not within the other: most parts of a body have two."""
    apart = hypot(first.x - second.x, first.y - second.y)
    if apart <= abs(first.r - second.r):
        return [first if first.r >= second.r else second]
    return [first, second]


def _tangent(first: Circle, second: Circle) -> float:
    """Return the direction, radians, in which both circles reach as far: where the line leaves one for the other."""
    dx, dy = second.x - first.x, second.y - first.y
    apart = hypot(dx, dy)
    share = max(-1.0, min(1.0, (first.r - second.r) / apart)) if apart else 0.0
    return atan2(dy, dx) - acos(share)


def _on(circle: Circle, angle: float) -> str:
    return _xy(circle.x + circle.r * cos(angle), circle.y + circle.r * sin(angle))


def _xy(x: float, y: float) -> str:
    return f"{_n(x)} {_n(-y)}"


def _n(number: float) -> str:
    """Return a number to a tenth: at print size that is 0.04 mm."""
    return f"{round(number, 1) + 0.0:g}"
