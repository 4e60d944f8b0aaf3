"""Poses: read from the project's files and the built-in ones, and bent as joints bend."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutpress.content.poses.pose import RANGES
from handoutpress.content.poses.pose_files import load_poses
from handoutpress.content.project import Project, builtin_root

PARTS = {"back", "neck", "shoulder", "hip", "knee", "ankle", "balance"}


def project_with(folder: Path, text: str = "") -> Project:
    if text:
        (folder / "poses").mkdir()
        (folder / "poses" / "own.yaml").write_text(text, encoding="utf-8")
    return Project(folder.resolve(), builtin_root())


def test_each_part_of_the_body_has_movements_of_two_poses(tmp_path: Path) -> None:
    project = project_with(tmp_path)
    names = set(load_poses(project).poses)

    movements = {name.removesuffix("-1") for name in names if name.endswith("-1")}
    assert set(project.files("poses")) == PARTS
    assert len(movements) >= 24
    assert names == {f"{name}-{number}" for name in movements for number in (1, 2)}


def test_no_joint_of_a_built_in_pose_bends_the_wrong_way(tmp_path: Path) -> None:
    library = load_poses(project_with(tmp_path))

    assert not library.problems
    for name, pose in library.poses.items():
        for joint, angle in pose.joints.items():
            low, high = RANGES[joint]
            assert low <= angle <= high, f"{name}: {joint} {angle}"


def test_a_pose_of_the_project_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    text = (
        "poses:\n  seated-arch-1:\n    joints: {hip: 80}\n  own-2:\n    like: seated-arch-1\n    joints: {knee: 70}\n"
    )

    poses = load_poses(project_with(tmp_path, text)).poses

    assert poses["seated-arch-1"].joints == {"hip": 80}
    assert poses["own-2"].joints == {"hip": 80, "knee": 70}
    assert poses["seated-arch-2"].joints["knee"] == 90


@pytest.mark.parametrize(
    ("pose", "sentence"),
    [
        ("joints: {knee: -20}", '"knee" goes from 0 to 150, not to -20.'),
        ("joints: {elbo: 20}", 'There is no joint "elbo".'),
        ("like: other-1", 'No pose above this one is called "other-1".'),
        ("position: flying", "position"),
    ],
)
def test_a_pose_that_no_body_can_have_is_told_with_its_line(tmp_path: Path, pose: str, sentence: str) -> None:
    library = load_poses(project_with(tmp_path, f"poses:\n  own-1:\n    {pose}\n"))

    assert [str(problem.path) for problem in library.problems] == ["poses/own.yaml"]
    assert sentence in str(library.problems[0])
    assert library.problems[0].line == 3
