"""The poses of a project: those of its own files, and the built-in ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handoutpress.content.poses.pose import Pose, PoseFile
from handoutpress.content.project import Project
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import YamlSource

FOLDER = "poses"


@dataclass(frozen=True)
class PoseLibrary:
    """Poses by name, each with all that it has, and the mistakes of their files."""

    poses: Mapping[str, Pose] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load_poses(project: Project) -> PoseLibrary:
    """Return the poses of a project; of two of one name, that of the file in the project's own folder."""
    poses: dict[str, Pose] = {}
    problems: list[Problem] = []
    own_last = sorted(project.files(FOLDER).values(), key=lambda path: path.is_relative_to(project.root))
    for path in own_last:
        try:
            poses.update(_poses_of(project, path))
        except ContentError as error:
            problems += error.problems
    return PoseLibrary(poses, tuple(problems))


def _poses_of(project: Project, path: Path) -> Mapping[str, Pose]:
    source = project.read(path)
    written = load_record(source, PoseFile).poses
    if problems := list(_lost(source, written)):
        raise ContentError(problems)
    whole: dict[str, Pose] = {}
    for name, pose in written.items():
        whole[name] = pose if pose.like is None else _changed(whole[pose.like], pose)
    return whole


def _lost(source: YamlSource, written: Mapping[str, Pose]) -> Iterator[Problem]:
    """Yield a problem for each pose that is like none of those above it."""
    above: list[str] = []
    for name, pose in written.items():
        if pose.like is not None and pose.like not in above:
            sentence = f'No pose above this one is called "{pose.like}".'
            place = ("poses", name, "like")
            yield source.problem(place, sentence, meant(pose.like, above))
        above.append(name)


def _changed(base: Pose, change: Pose) -> Pose:
    """Return ``base`` with what ``change`` writes; the arrows of a movement are no one else's."""
    written = {name: getattr(change, name) for name in change.model_fields_set}
    joints = {**base.joints, **change.joints}
    return base.model_copy(update={"moves": (), **written, "joints": joints})
