"""A body as flat shapes in colour roles: what is far first, each limb with one outline around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from handoutpress.press.figures.body import SIDES, Body
from handoutpress.press.figures.outline import Circle, hull_path
from handoutpress.press.figures.space import Camera, Point

LINE = 0.75
"""The width of outlines, in hundredths of the figure's height."""
INK, PAPER, CLOTH, SHIRT = "ink", "paper", "cloth", "primary"
"""Colours of shapes: a role of a brand, or one of three that no brand changes."""

Hulls = Sequence[tuple[str, ...]]
_BESIDE = 2.0
"""What is nearer to the eye than the trunk by less stands beside it."""


@dataclass(frozen=True)
class Shape:
    """A flat path in a colour, with the circles that bound it."""

    colour: str
    path: str
    circles: tuple[Circle, ...] = ()


_LEG_SKIN: Hulls = (("cuff", "ankle"), ("ankle", "heel", "foot"), ("foot", "toes"))
_LEG_CLOTH: Hulls = (("hip", "thigh"), ("thigh", "knee"), ("knee", "calf"), ("calf", "cuff"))
_ARM_SKIN: Hulls = (
    ("sleeve", "elbow"),
    ("elbow", "muscle"),
    ("muscle", "wrist"),
    ("wrist", "palm"),
    ("palm", "hand"),
    ("palm", "thumb"),
)
_ARM_SHIRT: Hulls = (("shoulder", "sleeve"),)
_PELVIS: Hulls = (("pelvis", "seat", "left_side", "right_side"), ("pelvis", "left_side", "right_side", "hem"))
_SHIRT: Hulls = (
    ("hem_front", "hem_back", "left_hem", "right_hem", "waist", "left_waist", "right_waist"),
    ("waist", "left_waist", "right_waist", "ribs", "left_ribs", "right_ribs"),
    ("ribs", "left_ribs", "right_ribs", "left_shoulder", "right_shoulder", "nape"),
)
_FACE: Hulls = (("nape", "neck"), ("neck", "jaw"), ("head", "jaw"), ("head", "nose"))
_HAIR: Hulls = (("hair", "crown"),)


def body_shapes(body: Body, camera: Camera) -> list[Shape]:
    """Return a body's shapes as they are painted, what is far first."""
    return list(_Painter(body, camera).shapes())


class _Painter:
    def __init__(self, body: Body, camera: Camera) -> None:
        self._seen: dict[str, Point] = {name: camera.seen(ball.at) for name, ball in body.balls.items()}
        self._circles = {name: Circle(p.x, p.y, body.balls[name].r) for name, p in self._seen.items()}
        self._looks_away = camera.seen(body.face).z < -0.5

    def shapes(self) -> Iterator[Shape]:
        trunk = self._depth("pelvis", "ribs")
        arms = sorted((self._depth(f"{side}_elbow", f"{side}_palm") - trunk, side) for side in SIDES)
        legs = sorted((self._depth(f"{side}_knee", f"{side}_ankle") - trunk, side) for side in SIDES)
        yield from self._each(self._arm, [side for depth, side in arms if depth < -_BESIDE])
        yield self._outline(_PELVIS)
        yield from self._each(self._leg, [side for depth, side in legs if depth <= _BESIDE])
        yield self._fill(CLOTH, _PELVIS)
        yield from (self._outline(_SHIRT), self._fill(SHIRT, _SHIRT))
        yield from self._head()
        yield from self._each(self._near_leg, [side for depth, side in legs if depth > _BESIDE])
        yield from self._each(self._arm, [side for depth, side in arms if depth >= -_BESIDE])

    def _each(self, limb: Callable[[str], Iterator[Shape]], sides: Iterable[str]) -> Iterator[Shape]:
        for side in sides:
            yield from limb(side)

    def _depth(self, *names: str) -> float:
        return sum(self._seen[name].z for name in names) / len(names)

    def _arm(self, side: str) -> Iterator[Shape]:
        skin, shirt = _of(side, _ARM_SKIN), _of(side, _ARM_SHIRT)
        yield from (self._outline([*skin, *shirt]), self._fill(PAPER, skin), self._fill(SHIRT, shirt))

    def _leg(self, side: str) -> Iterator[Shape]:
        skin, cloth = _of(side, _LEG_SKIN), _of(side, _LEG_CLOTH)
        yield from (self._outline([*skin, *cloth]), self._fill(PAPER, skin), self._fill(CLOTH, cloth))

    def _near_leg(self, side: str) -> Iterator[Shape]:
        """Yield a leg without a line where it joins the hips."""
        outline, *fills = self._leg(side)
        yield from (outline, self._fill(CLOTH, _PELVIS), *fills)

    def _head(self) -> Iterator[Shape]:
        hair = (self._outline(_HAIR),)
        face = (self._outline(_FACE), self._fill(PAPER, _FACE), *self._eyes())
        yield from ((*face, *hair) if self._looks_away else (*hair, *face))

    def _eyes(self) -> Iterator[Shape]:
        head = self._seen["head"]
        for name in ("left_eye", "right_eye"):
            if self._seen[name].z - head.z > 1.2:
                yield self._fill(INK, ((name,),))

    def _outline(self, hulls: Iterable[tuple[str, ...]]) -> Shape:
        grown = [[self._circles[name].grown(LINE) for name in hull] for hull in hulls]
        return Shape(INK, "".join(map(hull_path, grown)), tuple(circle for hull in grown for circle in hull))

    def _fill(self, colour: str, hulls: Iterable[tuple[str, ...]]) -> Shape:
        return Shape(colour, "".join(hull_path([self._circles[name] for name in hull]) for hull in hulls))


def _of(side: str, hulls: Hulls) -> Hulls:
    return [tuple(f"{side}_{name}" for name in hull) for hull in hulls]
