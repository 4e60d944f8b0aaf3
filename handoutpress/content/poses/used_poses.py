"""The poses that a handout's exercises name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handoutpress.content.models.blocks.exercises import Exercise
from handoutpress.content.models.handouts import Handout
from handoutpress.content.poses.pose import Pose
from handoutpress.content.poses.pose_files import PoseLibrary
from handoutpress.yamlfile.nearest import nearest
from handoutpress.yamlfile.problems import Problem
from handoutpress.yamlfile.source import Location, YamlSource


def _exercises(handout: Handout) -> Iterator[tuple[Location, Exercise]]:
    """Yield each exercise with its place."""
    for at, block in enumerate(handout.body):
        for number, exercise in enumerate(block.exercises.items if block.exercises else ()):
            yield ("body", at, "exercises", "items", number), exercise


def _named_poses(handout: Handout) -> Iterator[tuple[Location, str]]:
    """Yield each pose that a handout names, with its place."""
    for place, exercise in _exercises(handout):
        if exercise.pose:
            yield (*place, "pose", "start"), exercise.pose.start
            if exercise.pose.end:
                yield (*place, "pose", "end"), exercise.pose.end


def has_exercises(handout: Handout) -> bool:
    """Return whether a handout has exercises, for which the files of poses are read."""
    return any(block.exercises for block in handout.body)


def used_poses(handout: Handout, library: PoseLibrary) -> Mapping[str, Pose]:
    """Return the poses that a handout names and that there are, by name."""
    return {name: library.poses[name] for _, name in _named_poses(handout) if name in library.poses}


def pose_problems(source: YamlSource, handout: Handout, library: PoseLibrary) -> list[Problem]:
    """Return a problem for each pose that there is not, with the nearest by name; none while their files have any."""
    if library.problems:
        return []
    lost = ((source.written_at(place), name) for place, name in _named_poses(handout) if name not in library.poses)
    return list(dict.fromkeys(_problem(source, place, name, library) for place, name in lost))


def _problem(source: YamlSource, place: Location, name: str, library: PoseLibrary) -> Problem:
    """Tell of a pose by the words that the file has for it: its own name, or that of a movement."""
    if place[-1] != "pose":
        return source.problem(place, f'There is no pose "{name}".', _hint(name, library.poses))
    movement = source.root.at(place).value
    names = [pose.rpartition("-")[0] for pose in library.poses]
    return source.problem(place, f'There is no movement "{movement}".', _hint(movement, names))


def _hint(name: str, names: Iterable[str]) -> str:
    near = nearest(name, names)
    return f'did you mean "{near}"?' if near else "docs/poses.md shows all that there are."
