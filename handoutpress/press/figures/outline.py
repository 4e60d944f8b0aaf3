"""Outlines around circles: what a limb made of balls looks like from any side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, atan2, cos, hypot, pi, sin, tau


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
    """Return the SVG path of the line drawn tight around all circles, y downwards."""
    order = _around(circles)
    if len(order) == 1:
        return _whole(order[0])
    angles = [_tangent(a, b) for a, b in pairwise([*order, order[0]])]
    parts: list[str] = []
    for index, circle in enumerate(order):
        start, end = angles[index - 1], angles[index]
        parts.append(f"{'L' if parts else 'M'}{_on(circle, start)}")
        parts.append(f"A{_n(circle.r)} {_n(circle.r)} 0 {int((end - start) % tau > pi)} 0 {_on(circle, end)}")
    return "".join(parts) + "z"


def _whole(circle: Circle) -> str:
    half = f"a{_n(circle.r)} {_n(circle.r)} 0 1 0 "
    return f"M{_xy(circle.x - circle.r, circle.y)}{half}{_n(2 * circle.r)} 0{half}{_n(-2 * circle.r)} 0z"


def _around(circles: Sequence[Circle]) -> list[Circle]:
    """Return the circles that the line touches, counter-clockwise."""
    order: list[Circle] = []
    for step in range(_STEPS):
        angle = tau * step / _STEPS
        furthest = max(circles, key=lambda circle: circle.reach(angle))
        if not order or order[-1] is not furthest:
            order.append(furthest)
    return order[:-1] if len(order) > 1 and order[-1] is order[0] else order


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
