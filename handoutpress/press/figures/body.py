"""The body: joint angles to balls in space, of which limbs are drawn.

Lengths are hundredths of the figure's height, after Drillis and Contini (1966), the head a little larger, as drawings
have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handoutpress.press.figures.space import Point, Turn

SIDES: Mapping[str, int] = {"left": -1, "right": 1}
"""The two sides, and which way each lies."""
UPPER_ARM, FOREARM, THIGH, SHIN = 17.0, 14.5, 24.0, 23.0
_HIPS, _SHOULDERS = 4.6, 8.6
"""Half of what lies between the joints."""
_LOINS, _WAIST, _CHEST, _NECK = 5.0, 8.25, 17.5, 6.0
"""From the hips up to the loins, from there to the waist, to the shoulders, and from the nape to the head."""

BallTable = Mapping[str, tuple[float, float, float, float]]
"""Balls by name: forwards, up and to the side of where a part begins, and the radius."""

_OF_PELVIS: BallTable = {
    "pelvis": (-0.4, 0.2, 0, 6.0),
    "seat": (-2.6, -0.6, 0, 5.4),
    "hem": (0, _LOINS, 0, 5.0),
    "hem_front": (4.6, _LOINS - 1, 0, 1.6),
    "hem_back": (-5.2, _LOINS - 1, 0, 1.6),
}
_OF_PELVIS_SIDED: BallTable = {
    "hip": (-0.2, 0, _HIPS, 5.4),
    "side": (-0.2, 0.6, _HIPS, 5.2),
    "hem": (0, _LOINS - 1, 8.2, 1.8),
}
_OF_CHEST: BallTable = {
    "ribs": (0.5, _CHEST * 0.42, 0, 6.7),
    "nape": (-0.4, _CHEST + 0.8, 0, 3.4),
}
_OF_HEAD: BallTable = {
    "head": (0.4, 5.0, 0, 6.0),
    "hair": (-0.8, 5.8, 0, 6.1),
    "jaw": (2.0, 1.4, 0, 3.2),
    "nose": (6.3, 4.0, 0, 0.9),
    "crown": (0.3, 8.0, 0, 5.0),
}
_OF_THIGH: BallTable = {"thigh": (0.3, -THIGH * 0.35, 0, 5.1), "knee": (0, -THIGH, 0, 3.7)}
_OF_SHIN: BallTable = {
    "calf": (-0.7, -SHIN * 0.32, 0, 3.5),
    "cuff": (-0.2, -SHIN * 0.86, 0, 2.3),
    "ankle": (0, -SHIN, 0, 2.1),
}
_OF_FOOT: BallTable = {"heel": (-1.6, -2.0, 0, 1.9), "foot": (7.0, -2.4, 0, 1.5)}
_OF_TOES: BallTable = {"toes": (3.0, -0.2, 0, 1.2)}
_OF_ARM: BallTable = {"sleeve": (0, -UPPER_ARM * 0.5, 0, 3.4), "elbow": (0, -UPPER_ARM, 0, 2.5)}
_OF_FOREARM: BallTable = {"muscle": (0, -FOREARM * 0.25, 0, 2.5), "wrist": (0, -FOREARM, 0, 1.7)}
_OF_HAND: BallTable = {"palm": (0, -2.8, 0, 2.0), "hand": (0, -7.0, 0, 1.2), "thumb": (1.7, -4.3, 0, 0.9)}


@dataclass(frozen=True)
class Ball:
    """A part of the body as a ball."""

    at: Point
    r: float


@dataclass(frozen=True)
class Body:
    """Balls by name, those of limbs with their side before it, and where the face and the chest look."""

    balls: Mapping[str, Ball]
    face: Point
    chest: Point


def body_of(angles: Mapping[str, float]) -> Body:
    """Return the body with joints at these angles (degrees, absent ones 0), the middle of its hips at the origin."""
    return _Builder(angles).body()


class _Builder:
    def __init__(self, angles: Mapping[str, float]) -> None:
        self._angles = angles
        self._balls: dict[str, Ball] = {}

    def body(self) -> Body:
        pelvis = Turn().bent(left_turn=self._angle("turn"))
        pelvis = pelvis.bent(forwards=self._angle("lean"), right=self._angle("roll"))
        self._put(Point(0, 0), pelvis, _OF_PELVIS)
        loins = self._part(pelvis, "back")
        waist = pelvis.of(Point(0.2, _LOINS)) + loins.of(Point(0, _WAIST))
        self._put(waist, loins, {"waist": (0, 0, 0, 5.6)})
        chest = self._part(loins, "upper_back")
        self._put(waist, chest, _OF_CHEST)
        face = self._head(chest)
        for side in SIDES:
            self._put(Point(0, 0), pelvis, _OF_PELVIS_SIDED, side)
            self._put(waist, loins, {"waist": (0, 0, 2.6, 5.0)}, side)
            self._leg(side, pelvis)
            self._arm(side, chest, waist)
        return Body(self._balls, face.x, chest.x)

    def _angle(self, joint: str, side: str = "") -> float:
        return self._angles.get(f"{side}_{joint}", self._angles.get(joint, 0.0))

    def _part(self, below: Turn, joint: str) -> Turn:
        """Return how a part of the spine stands on the one below it."""
        right, left_turn = self._angle(f"{joint}_side"), self._angle(f"{joint}_turn")
        return below.bent(forwards=self._angle(joint), right=right, left_turn=left_turn)

    def _put(self, start: Point, turn: Turn, table: BallTable, side: str = "") -> None:
        """Note the balls of a part that begins at ``start``."""
        sign, before = SIDES.get(side, 1), f"{side}_" if side else ""
        for name, (x, y, z, r) in table.items():
            self._balls[before + name] = Ball(start + turn.of(Point(x, y, sign * z)), r)

    def _at(self, name: str) -> Point:
        return self._balls[name].at

    def _head(self, chest: Turn) -> Turn:
        neck = self._part(chest, "neck")
        self._put(self._at("nape"), neck, {"neck": (1.0 + self._angle("head_forward"), _NECK, 0, 3.0)})
        face = neck.bent(forwards=self._angle("head"))
        self._put(self._at("neck"), face, _OF_HEAD)
        for side in SIDES:
            self._put(self._at("neck"), face, {"eye": (5.0, 5.5, 2.4, 0.6)}, side)
        return face

    def _leg(self, side: str, pelvis: Turn) -> None:
        sign = SIDES[side]
        thigh = pelvis.bent(forwards=-self._angle("hip", side), right=-sign * self._angle("hip_out", side))
        thigh = thigh.bent(left_turn=sign * self._angle("hip_turn", side))
        self._put(self._at(f"{side}_hip"), thigh, _OF_THIGH, side)
        shin = thigh.bent(forwards=self._angle("knee", side))
        self._put(self._at(f"{side}_knee"), shin, _OF_SHIN, side)
        foot = shin.bent(forwards=-self._angle("ankle", side))
        self._put(self._at(f"{side}_ankle"), foot, _OF_FOOT, side)
        self._put(self._at(f"{side}_foot"), foot.bent(forwards=-self._angle("toes", side)), _OF_TOES, side)

    def _arm(self, side: str, chest: Turn, waist: Point) -> None:
        sign, raised = SIDES[side], self._angle("shoulder_up", side)
        self._put(waist, chest, {"ribs": (0.4, _CHEST * 0.5, 3.4, 5.6)}, side)
        self._put(waist, chest, {"shoulder": (0, _CHEST * 0.92 + raised, _SHOULDERS, 3.9)}, side)
        arm = chest.bent(right=-sign * self._angle("shoulder_out", side))
        arm = arm.bent(forwards=-self._angle("shoulder", side), left_turn=sign * self._angle("shoulder_turn", side))
        self._put(self._at(f"{side}_shoulder"), arm, _OF_ARM, side)
        forearm = arm.bent(forwards=-self._angle("elbow", side))
        self._put(self._at(f"{side}_elbow"), forearm, _OF_FOREARM, side)
        hand = forearm.bent(forwards=-self._angle("wrist", side))
        self._put(self._at(f"{side}_wrist"), hand, _OF_HAND, side)
