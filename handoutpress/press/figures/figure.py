"""The drawing of an exercise: its start, and its end beside it, on one floor and to one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

from handoutpress.content.poses.pose import Pose
from handoutpress.press.figures.drawing import CLOTH, INK, PAPER, SHIRT, Shape, body_shapes
from handoutpress.press.figures.movement import arrows
from handoutpress.press.figures.outline import Circle
from handoutpress.press.figures.placing import PlacedPose, place
from handoutpress.press.figures.props import WOOD, props_of

FIXED = {INK: "#1a1a1a", PAPER: "#ffffff", CLOTH: "#cfcfcf", WOOD: "#8f8f8f"}
"""What no brand changes: greys, which print shops set in black alone."""
_GAP, _FLOOR, _MARGIN = 8.0, 0.9, 1.5


@dataclass(frozen=True)
class Figure:
    """What is within an SVG, with its view box and its size in hundredths of the figure's height."""

    width: float
    height: float
    view: str
    shapes: str

    def svg(self, title: str, size: str = "") -> str:
        """Return the whole SVG; ``title`` are its words for a screen reader, ``size`` the attributes of its size."""
        head = f'<svg class="figure" xmlns="http://www.w3.org/2000/svg" viewBox="{self.view}" role="img" {size}>'
        return f"{head}<title>{escape(title)}</title>{self.shapes}</svg>"


@dataclass(frozen=True)
class _Frame:
    """One of the drawings beside each other: what stands behind the figure, the figure, what is before it."""

    placed: PlacedPose
    behind: tuple[Shape, ...]
    body: tuple[Shape, ...]
    before: tuple[Shape, ...]

    @property
    def circles(self) -> list[Circle]:
        """All that bounds it."""
        dx, dy = self.placed.dx, self.placed.dy
        body = [Circle(c.x + dx, c.y + dy, c.r) for shape in self.body for c in shape.circles]
        return body + [circle for shape in (*self.behind, *self.before) for circle in shape.circles]


def figure(start: Pose, end: Pose | None, colours: Mapping[str, str], *, from_right: bool = False) -> Figure:
    """Draw one pose, or two beside each other, seen from the same side.

    ``colours`` are what colour roles look like. ``from_right`` has the start at the right, as some languages read.
    """
    first = place(start, start.joints)
    standing = list(props_of(first, start.props, held=False))
    frames = [_frame(first, start, standing, ())]
    if end is not None:
        seen_alike = end.model_copy(update={"view": start.view, "above": start.above})
        moves = tuple(arrows(start, seen_alike, [shape for _, shape in standing]))
        frames.append(_frame(place(seen_alike, end.joints), end, standing, moves))
    bounds = _Bounds([circle for frame in frames for circle in frame.circles])
    paint = {**FIXED, **colours}
    in_order = frames[::-1] if from_right else frames
    apart = bounds.width + _GAP
    drawn = "".join(_drawn(frame, index * apart - bounds.left, bounds, paint) for index, frame in enumerate(in_order))
    width, height = apart * len(frames) - _GAP, bounds.high - bounds.low
    return Figure(width, height, f"0 {-bounds.high:.1f} {width:.1f} {height:.1f}", drawn)


def _frame(placed: PlacedPose, pose: Pose, standing: list[tuple[bool, Shape]], moves: tuple[Shape, ...]) -> _Frame:
    props = [*standing, *props_of(placed, pose.props, held=True)]
    behind = tuple(shape for is_behind, shape in props if is_behind)
    before = tuple(shape for is_behind, shape in props if not is_behind)
    return _Frame(placed, behind, tuple(body_shapes(placed.body, placed.camera)), (*before, *moves))


class _Bounds:
    """What all drawings take up, so that they have one floor and one scale."""

    def __init__(self, circles: list[Circle]) -> None:
        self.left = min(circle.x - circle.r for circle in circles) - _MARGIN
        self.width = max(circle.x + circle.r for circle in circles) + _MARGIN - self.left
        self.low = min(0.0, *(circle.y - circle.r for circle in circles)) - _FLOOR
        self.high = max(circle.y + circle.r for circle in circles) + _MARGIN


def _drawn(frame: _Frame, dx: float, bounds: _Bounds, paint: Mapping[str, str]) -> str:
    on_mat = any(shape.colour == SHIRT for shape in frame.behind)
    line = f"M{bounds.left:.1f} 0h{bounds.width:.1f}v{_FLOOR}h{-bounds.width:.1f}z"
    floor = "" if on_mat else f'<path fill="{paint[WOOD]}" d="{line}"/>'
    behind, body, before = (
        "".join(f'<path fill="{paint[shape.colour]}" d="{shape.path}"/>' for shape in shapes)
        for shapes in (frame.behind, frame.body, frame.before)
    )
    moved = f"translate({frame.placed.dx:.1f} {-frame.placed.dy:.1f})"
    return f'<g transform="translate({dx:.1f} 0)">{floor}{behind}<g transform="{moved}">{body}</g>{before}</g>'
