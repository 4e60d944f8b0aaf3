"""The arrow of a movement: the way of the point that moves furthest from the start's pose to the end's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot

from handoutpress.content.poses.pose import Pose
from handoutpress.press.figures.drawing import Shape
from handoutpress.press.figures.outline import Circle, hull_path
from handoutpress.press.figures.placing import place

ACCENT = "accent"
_STEPS = 14
_STILL = 0.5
_LEAST, _MOST, _STRAIGHT = 12.0, 34.0, 15.0
"""How long an arrow is, hundredths of the figure's height."""
_SHAFT, _HEAD, _HALF = 1.0, 6.0, 3.4
"""Half the shaft's width; the head's length and half its width."""
_APART = 3.4
"""Between a limb and its arrow."""
_PIVOTS = {
    "crown": "waist", "head": "waist", "nose": "neck",
    "left_heel": "left_knee", "right_heel": "right_knee",
    "left_hand": "left_shoulder", "right_hand": "right_shoulder",
    "left_elbow": "left_shoulder", "right_elbow": "right_shoulder",
    "left_knee": "left_hip", "right_knee": "right_hip",
    "left_foot": "left_hip", "right_foot": "right_hip",
    "left_toes": "left_ankle", "right_toes": "right_ankle",
    "left_ankle": "left_knee", "right_ankle": "right_knee",
}  # fmt: skip
"""What a point turns about: its arrow stands on the other side."""
_WATCHED = ("crown", "left_hand", "right_hand", "left_knee", "right_knee", "left_toes", "right_toes", "pelvis")

_STRAIGHT_ON = ("pelvis", "seat", "waist", "ribs", "nose", "left_shoulder", "right_shoulder", "left_palm", "right_palm")
"""Parts that the body moves as a whole, and a hand that slides: their arrow is straight, and stands before them."""
_BESIDE = 5.0
"""What of the body lies so near to such an arrow's line is kept clear of it."""

Way = list[tuple[float, float]]


def arrows(start: Pose, end: Pose, things: Sequence[Shape] = ()) -> Iterator[Shape]:
    """Yield the arrows from ``start`` to ``end``, where the end's figure stands; none where nothing moves.

    ``things`` are what stands there: what moves against one of them, or against the floor, has its arrow behind it.
    """
    for name in end.moves or (_furthest(start, end),):
        if _length(_way(start, end, name)) > _STILL:
            is_straight = name in _STRAIGHT_ON
            yield _arrow(_straight(start, end, name, things) if is_straight else _cut(_drawn_apart(start, end, name)))


def _joints(start: Pose, end: Pose, share: float) -> dict[str, float]:
    names = {*start.joints, *end.joints}
    both = {name: (_of(start, name), _of(end, name)) for name in names}
    return {name: a + (b - a) * share for name, (a, b) in both.items()}


def _of(pose: Pose, name: str) -> float:
    side, _, joint = name.partition("_")
    shared = pose.joints.get(joint, 0.0) if side in ("left", "right") else 0.0
    return pose.joints.get(name, shared)


def _circles(start: Pose, end: Pose, share: float) -> Mapping[str, Circle]:
    """Return where the body is after this share of the movement."""
    lifted = start.lifted + (end.lifted - start.lifted) * share
    pose = start.model_copy(update={"lifted": lifted, "stays": end.stays})
    return place(pose, _joints(start, end, share)).circles


def _way(start: Pose, end: Pose, name: str) -> Way:
    steps = [_circles(start, end, step / _STEPS)[name] for step in range(_STEPS + 1)]
    return [(circle.x, circle.y) for circle in steps]


def _furthest(start: Pose, end: Pose) -> str:
    first, last = _circles(start, end, 0), _circles(start, end, 1)
    return max(_WATCHED, key=lambda n: round(hypot(first[n].x - last[n].x, first[n].y - last[n].y), 3))


def _length(way: Sequence[tuple[float, float]]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(way))


def _straight(start: Pose, end: Pose, name: str, things: Sequence[Shape]) -> Way:
    """Return a straight way in the direction of the movement: on from where the body ends, or up to where it begins."""
    first, circles = _circles(start, end, 0)[name], _circles(start, end, 1)
    last = circles[name]
    length = hypot(last.x - first.x, last.y - first.y)
    ux, uy = (last.x - first.x) / length, (last.y - first.y) / length
    near = [c for c in circles.values() if abs((c.x - last.x) * uy - (c.y - last.y) * ux) < c.r + _BESIDE]
    along = [((c.x - last.x) * ux + (c.y - last.y) * uy, c.r) for c in near]
    ahead = max(at + r for at, r in along) + _APART / 2
    behind = min(at - r for at, r in along) - _APART / 2 - _STRAIGHT
    on, up_to = (
        [(last.x + ux * (edge + at), last.y + uy * (edge + at)) for at in (0.0, _STRAIGHT / 2, _STRAIGHT)]
        for edge in (ahead, behind)
    )
    return up_to if any(_runs_into(x, y, things) for x, y in on) else on


def _runs_into(x: float, y: float, things: Sequence[Shape]) -> bool:
    """Return whether an arrow's point is below the floor, or on a thing that stands there."""
    boxes = (
        (min(c.x for c in t.circles), max(c.x for c in t.circles), max(c.y + c.r for c in t.circles)) for t in things
    )
    return y < 0 or any(left - _HALF < x < right + _HALF and y < top for left, right, top in boxes)


def _drawn_apart(start: Pose, end: Pose, name: str) -> Way:
    """Return a point's way, drawn out to the side where its limb is not."""
    length = _length(_way(start, end, name))
    first = min(0.0, 1 - _LEAST / length)
    shares = [first + (1 - first) * step / _STEPS for step in range(_STEPS + 1)]
    way = []
    for share in shares:
        circles = _circles(start, end, share)
        point, pivot = circles[name], circles[_PIVOTS.get(name, "waist")]
        dx, dy = point.x - pivot.x, point.y - pivot.y
        out = (point.r + _APART) / (hypot(dx, dy) or 1.0)
        way.append((point.x + dx * out, point.y + dy * out))
    return way


def _cut(way: Way) -> Way:
    """Return the last part of a way, where it is longer than an arrow should be."""
    while len(way) > 4 and _length(way[1:]) >= _MOST:
        way = way[1:]
    return way


def _arrow(way: Way) -> Shape:
    """Return a shaft along the way with a head at its end."""
    tip = way[-1]
    shaft = [point for point in way if hypot(point[0] - tip[0], point[1] - tip[1]) > _HEAD * 0.8] or way[:1]
    neck = shaft[-1]
    length = hypot(tip[0] - neck[0], tip[1] - neck[1]) or 1.0
    ux, uy = (tip[0] - neck[0]) / length, (tip[1] - neck[1]) / length
    base = (tip[0] - ux * _HEAD, tip[1] - uy * _HEAD)
    corners = [
        Circle(tip[0], tip[1], 0.2),
        Circle(base[0] - uy * _HALF, base[1] + ux * _HALF, 0.2),
        Circle(base[0] + uy * _HALF, base[1] - ux * _HALF, 0.2),
    ]
    line = [*shaft, base]
    parts = [[Circle(*a, _SHAFT), Circle(*b, _SHAFT)] for a, b in pairwise(line)]
    path = "".join(map(hull_path, [*parts, corners]))
    return Shape(ACCENT, path, (*corners, *(circle for part in parts for circle in part)))
