"""Figures of exercises: bodies of one size on one floor, in colour roles, with an arrow where something moves."""

from __future__ import annotations

import re
import runpy
from math import dist
from pathlib import Path

import pytest

from handoutpress.content.poses.pose import Pose
from handoutpress.content.poses.pose_files import load_poses
from handoutpress.content.project import Project
from handoutpress.press.figures.body import FOREARM, SHIN, SIDES, THIGH, UPPER_ARM, body_of
from handoutpress.press.figures.figure import FIXED, figure
from handoutpress.press.figures.movement import arrows
from handoutpress.press.figures.placing import place
from handoutpress.press.figures.props import props_of

ROOT = Path(__file__).parents[3]
POSES = load_poses(Project(ROOT, ROOT)).poses
COLOURS = {"primary": "#fb03c8", "accent": "#fb03cc"}
LENGTHS = {
    ("shoulder", "elbow"): UPPER_ARM,
    ("elbow", "wrist"): FOREARM,
    ("hip", "knee"): THIGH,
    ("knee", "ankle"): SHIN,
}


@pytest.mark.parametrize("name", POSES)
def test_limbs_keep_their_length_and_nothing_sinks_into_the_floor(name: str) -> None:
    balls = body_of(POSES[name].joints).balls
    for side in SIDES:
        for (upper, lower), length in LENGTHS.items():
            ends = [balls[f"{side}_{joint}"].at for joint in (upper, lower)]
            assert dist(*((p.x, p.y, p.z) for p in ends)) == pytest.approx(length)

    placed = place(POSES[name], POSES[name].joints)
    assert min(circle.y - circle.r for circle in placed.circles.values()) >= 0


@pytest.mark.parametrize("name", [name[:-2] for name in POSES if name.endswith("-1")])
def test_a_movement_is_drawn_flat_in_colour_roles_with_its_words_and_an_arrow(name: str) -> None:
    drawn = figure(POSES[f"{name}-1"], POSES[f"{name}-2"], COLOURS).svg("Up & down")

    fills = set(re.findall(r'fill="([^"]+)"', drawn))
    assert fills <= {*COLOURS.values(), *FIXED.values()}
    assert fills >= set(COLOURS.values()), "a shirt and an arrow"
    assert "<title>Up &amp; down</title>" in drawn
    assert not re.search(r"stroke|gradient|opacity|<image|nan", drawn)


def test_one_pose_alone_has_no_arrow_and_takes_half_the_room() -> None:
    start, end = POSES["mini-squat-1"], POSES["mini-squat-2"]
    alone, both = figure(start, None, COLOURS), figure(start, end, COLOURS)

    assert COLOURS["accent"] not in alone.shapes
    assert alone.width < both.width / 1.8


def test_where_lines_are_read_from_the_right_the_start_stands_there_and_is_not_mirrored() -> None:
    start, end = POSES["curl-up-1"], POSES["curl-up-2"]
    shapes = [figure(start, end, COLOURS, from_right=turned).shapes for turned in (False, True)]

    arrows = [text.index(COLOURS["accent"]) / len(text) for text in shapes]
    assert arrows[0] > 0.5 > arrows[1] - 0.1, "the end has the arrow"
    paths = [set(re.findall(r'd="([^"]+)"', text)) for text in shapes]
    assert paths[0] == paths[1]


def test_a_pose_that_stays_as_it_is_has_no_arrow() -> None:
    pose = Pose.model_validate({"joints": {"hip": 10}})

    assert COLOURS["accent"] not in figure(pose, pose, COLOURS).shapes


STRAIGHT = {"pelvis", "seat", "waist", "ribs", "nose", "left_palm", "right_palm"}
"""What moves as a whole, or slides: its arrow is straight."""


@pytest.mark.parametrize("name", [name[:-2] for name, pose in POSES.items() if STRAIGHT & set(pose.moves)])
def test_no_straight_arrow_stands_on_a_thing_or_below_the_floor(name: str) -> None:
    start, end = POSES[f"{name}-1"], POSES[f"{name}-2"]
    seen_alike = end.model_copy(update={"view": start.view, "above": start.above})
    things = [shape for _, shape in props_of(place(start, start.joints), start.props, held=False)]
    boxes = [(min(c.x for c in t.circles), max(c.x for c in t.circles), max(c.y for c in t.circles)) for t in things]
    points = [c for arrow in arrows(start, seen_alike, things) for c in arrow.circles]
    assert points
    assert min(point.y for point in points) > 0
    assert not [p for p in points for left, right, top in boxes if left < p.x < right and p.y < top]


@pytest.mark.parametrize(
    ("name", "point"),
    [("standing-arch", "left_hand"), ("table-slide", "right_palm"), ("table-slide", "right_hand")],
)
def test_a_hand_stays_on_what_holds_it(name: str, point: str) -> None:
    first, last = (place(POSES[f"{name}-{n}"], POSES[f"{name}-{n}"].joints).circles[point] for n in (1, 2))
    assert last.y == pytest.approx(first.y, abs=3)
    if name == "standing-arch":
        assert last.x == pytest.approx(first.x, abs=3)


def test_a_pelvic_tilt_takes_the_back_from_an_arch_to_the_floor() -> None:
    arched, flat = (place(POSES[f"pelvic-tilt-{n}"], POSES[f"pelvic-tilt-{n}"].joints).circles["waist"] for n in (1, 2))
    assert arched.y - flat.y > 3


def test_feet_and_knees_point_forwards_and_elbows_bend_to_the_front() -> None:
    balls = body_of({"knee": 90, "elbow": 90, "hip": 45}).balls
    for side in SIDES:
        assert balls[f"{side}_ankle"].at.x < balls[f"{side}_knee"].at.x
        assert balls[f"{side}_wrist"].at.x > balls[f"{side}_elbow"].at.x
    upright = body_of({}).balls
    assert upright["right_toes"].at.x > upright["right_heel"].at.x
    assert upright["right_hand"].at.z > 0 > upright["left_hand"].at.z


def test_the_sheet_of_poses_is_current() -> None:
    """After a change of a pose: ``python docs/make_pose_sheet.py``, and look at the pictures."""
    sheet = runpy.run_path(str(ROOT / "docs" / "make_pose_sheet.py"))

    assert (ROOT / "docs" / "poses.md").read_text("utf-8") == sheet["page"]()
