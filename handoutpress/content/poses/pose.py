"""A pose: joint angles by name, held to what joints can do.

Angles are degrees from standing upright with the arms hanging. Ranges are those of healthy adults (American Academy of
Orthopaedic Surgeons, Joint Motion, 1965); those of the spine are for all segments of a part together, and a little
wider, since a drawing has two parts where a back has seventeen vertebrae.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator

from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.record import NOT_PRINTED, Record, Slug, misplaced

Position = Literal["standing", "sitting", "on_back", "on_front", "on_side", "on_all_fours", "kneeling"]
"""How a figure lies or stands, which a screen reader says."""
Prop = Literal["chair", "stool", "chair_back", "wall", "step", "worktop", "pillow", "roll", "mat", "band", "stick"]
BodyPoint = Literal[
    "head", "crown", "nose", "nape", "ribs", "waist", "pelvis", "seat",
    "left_shoulder", "left_elbow", "left_wrist", "left_palm", "left_hand",
    "left_knee", "left_calf", "left_ankle", "left_heel", "left_foot", "left_toes",
    "right_shoulder", "right_elbow", "right_wrist", "right_palm", "right_hand",
    "right_knee", "right_calf", "right_ankle", "right_heel", "right_foot", "right_toes",
]  # fmt: skip

TRUNK: Mapping[str, tuple[float, float]] = {
    "lean": (-180, 180),
    "roll": (-180, 180),
    "turn": (-180, 180),
    "back": (-35, 60),
    "back_side": (-30, 30),
    "back_turn": (-20, 20),
    "upper_back": (-30, 45),
    "upper_back_side": (-30, 30),
    "upper_back_turn": (-45, 45),
    "neck": (-50, 45),
    "neck_side": (-45, 45),
    "neck_turn": (-80, 80),
    "head": (-30, 25),
    "head_forward": (-3, 3),
}
LIMBS: Mapping[str, tuple[float, float]] = {
    "shoulder": (-60, 180),
    "shoulder_out": (-30, 180),
    "shoulder_turn": (-90, 90),
    "shoulder_up": (-2, 5),
    "elbow": (0, 150),
    "wrist": (-80, 80),
    "hip": (-30, 130),
    "hip_out": (-30, 50),
    "hip_turn": (-45, 45),
    "knee": (0, 150),
    "ankle": (-50, 25),
    "toes": (-40, 70),
}
RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {**TRUNK, **LIMBS, **{f"{side}_{name}": span for side in ("left", "right") for name, span in LIMBS.items()}}
)
"""From … to: bending forwards, to the right, to the left about the own length, outwards and inwards turning are
positive. What is of a limb is written for both sides, or with ``left_`` or ``right_`` before it. ``head_forward`` and
``shoulder_up`` are hundredths of the figure's height."""


class Pose(Record):
    """One drawing of a figure. What it does not say is as in the pose that it is ``like``."""

    like: Annotated[Slug | None, Field(description="A pose of the same file, of which this one is a change.")] = None
    position: Annotated[Position, NOT_PRINTED, Field(description="What a screen reader says of it.")] = "standing"
    view: Annotated[
        float, Field(ge=-180, le=180, description="Degrees: 0 from its right side, 90 from the front, -90 from behind.")
    ] = 10.0
    above: Annotated[float, Field(ge=0, le=60, description="How far from above it is seen, degrees.")] = 0.0
    stays: Annotated[BodyPoint, NOT_PRINTED, Field(description="What stays where it is in a movement.")] = "pelvis"
    lifted: Annotated[
        float, Field(ge=0, le=60, description="Its lowest point above the floor, hundredths of the figure's height.")
    ] = 0.0
    moves: Annotated[tuple[BodyPoint, ...], NOT_PRINTED, Field(description="Whose ways the arrows show.")] = ()
    props: Annotated[dict[Prop, tuple[BodyPoint, ...]], NOT_PRINTED] = Field(
        {}, description="Things, and what of the body each is at."
    )
    joints: dict[str, float] = Field({}, description="Angles by joint, as in docs/poses.md.")

    @model_validator(mode="after")
    def _bends_as_joints_do(self) -> Pose:
        for name, angle in self.joints.items():
            if name not in RANGES:
                raise misplaced(f"joints.{name}", f'there is no joint "{name}". Hint: {meant(name, RANGES)}')
            low, high = RANGES[name]
            if not low <= angle <= high:
                sentence = f'"{name}" goes from {low:g} to {high:g}, not to {angle:g}.'
                raise misplaced(f"joints.{name}", f"{sentence} Hint: give an angle that the joint can have.")
        return self


class PoseFile(Record):
    """One ``poses/<part of the body>.yaml``."""

    poses: Annotated[dict[Slug, Pose], Field(min_length=1)]
