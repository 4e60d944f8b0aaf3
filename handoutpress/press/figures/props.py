"""What a figure stands on, leans on or holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from handoutpress.content.poses.pose import BodyPoint, Prop
from handoutpress.press.figures.drawing import CLOTH, INK, LINE, PAPER, SHIRT, Shape
from handoutpress.press.figures.outline import Circle, hull_path
from handoutpress.press.figures.placing import PlacedPose

WOOD = "wood"
HELD = ("band", "stick", "pillow")
"""What goes with the figure; all else stays where the start has it."""
_IN_FRONT = ("band", "stick")
_WALL = 102.0
"""How high a wall is drawn."""
_CHAIR_SEAT = 24.0
"""How high the seat is of a chair that a figure holds on to."""


def props_of(
    placed: PlacedPose, props: Mapping[Prop, tuple[BodyPoint, ...]], *, held: bool
) -> Iterator[tuple[bool, Shape]]:
    """Yield the shapes of the things that are held, or of the others, with whether each stands behind the figure."""
    for name, points in props.items():
        if (name in HELD) is held:
            for shape in _DRAWN[name](placed, [placed.circles[point] for point in points]):
                yield name not in _IN_FRONT, shape


def _box(left: float, right: float, low: float, high: float, *, colour: str = WOOD, round_by: float = 0.5) -> Shape:
    left, right = min(left, right), max(left, right)
    r = min(round_by, (right - left) / 2, (high - low) / 2)
    corners = [Circle(x, y, r) for x in (left + r, right - r) for y in (low + r, high - r)]
    return Shape(colour, hull_path(corners), tuple(corners))


def _outlined(shape: Shape) -> Iterator[Shape]:
    grown = tuple(circle.grown(LINE) for circle in shape.circles)
    yield Shape(INK, hull_path(grown), grown)
    yield shape


def _low(circle: Circle) -> float:
    return circle.y - circle.r - LINE


def _seat_height(placed: PlacedPose) -> float:
    return min(_low(placed.circles[name]) for name in ("seat", "left_hip", "right_hip"))


def _stool(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    seat, ahead = points[0], placed.ahead
    top = _seat_height(placed)
    back, front = (seat.x - 7 * ahead, seat.x + 15 * ahead) if ahead else (seat.x - 13, seat.x + 13)
    yield _box(back, front, top - 3, top)
    for x in (back, front - 2.2 * (ahead or 1)):
        yield _box(x, x + 2.2 * (ahead or 1), 0, top)


def _chair(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    seat, ahead = points[0], placed.ahead
    top = _seat_height(placed)
    if ahead:
        back = seat.x - 8.2 * ahead
        yield _box(back, back - 2.2 * ahead, 0, top + 27)
    else:
        yield _box(seat.x - 13, seat.x + 13, top, top + 25, round_by=2)
    yield from _stool(placed, points)


def _chair_back(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    hand, ahead = points[0], placed.ahead or 1
    top, seat = _low(hand), _CHAIR_SEAT
    yield _box(hand.x - 1.1, hand.x + 1.1, 0, top)
    yield _box(hand.x, hand.x + 22 * ahead, seat - 3, seat)
    yield _box(hand.x + 22 * ahead, hand.x + 19.8 * ahead, 0, seat)


def _wall(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    # What touches it is the back or something before the body.
    way = placed.ahead or 1
    if any(point is placed.circles["seat"] for point in points):
        way = -way
    face = max(circle.x * way + circle.r for circle in points) + LINE
    yield _box(face * way, (face + 4) * way, 0, _WALL)


def _step(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    top = min(map(_low, points))
    left, right = min(c.x for c in points), max(c.x for c in points)
    yield _box(left - 9, right + 9, 0, top)


def _worktop(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    hand, ahead = points[0], placed.ahead or 1
    top = _low(hand)
    yield _box(hand.x - 5 * ahead, hand.x + 46 * ahead, top - 3, top)
    yield _box(hand.x + 3 * ahead, hand.x + 46 * ahead, 0, top - 3, colour=CLOTH)


def _pillow(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    head = points[0]
    top = _low(head) + 1.6
    yield from _outlined(_box(head.x - 10, head.x + 8, LINE, max(top, 3.0), colour=PAPER, round_by=2))


def _roll(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    r = max(2.0, (_low(points[0]) - LINE) / 2)
    ball = Circle(points[0].x, r + LINE, r)
    yield from _outlined(Shape(PAPER, hull_path([ball]), (ball,)))


def _mat(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    every = placed.circles.values()
    yield _box(
        min(c.x - c.r for c in every) - 4, max(c.x + c.r for c in every) + 4, -3.0, 0, colour=SHIRT, round_by=1.5
    )


def _line(points: list[Circle], r: float, beyond: float = 0.0) -> Shape:
    first, last = points[0], points[-1]
    dx, dy = last.x - first.x, last.y - first.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length * beyond, dy / length * beyond
    ends = (Circle(first.x - ux, first.y - uy, r), Circle(last.x + ux, last.y + uy, r))
    return Shape(INK, hull_path(ends), ends)


def _band(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    for first, last in pairwise(points):
        yield _line([first, last], 0.7)


def _stick(placed: PlacedPose, points: list[Circle]) -> Iterator[Shape]:
    wood = _line(points, 0.8, beyond=6.0)
    yield from _outlined(Shape(WOOD, wood.path, wood.circles))
    for hand in points:
        yield from _outlined(Shape(PAPER, hull_path([hand]), (hand,)))


_DRAWN: Mapping[str, Callable[[PlacedPose, list[Circle]], Iterator[Shape]]] = {
    "chair": _chair,
    "stool": _stool,
    "chair_back": _chair_back,
    "wall": _wall,
    "step": _step,
    "worktop": _worktop,
    "pillow": _pillow,
    "roll": _roll,
    "mat": _mat,
    "band": _band,
    "stick": _stick,
}
