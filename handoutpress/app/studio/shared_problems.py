"""Mistakes in what all handouts share, as kinds and formats: told wherever a page would be without them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from handoutpress.yamlfile.problems import Problem

_OF_ONE = frozenset({"handouts", "brands", "articles"})
"""Folders whose files have pages of their own, which tell their mistakes."""


@dataclass(frozen=True)
class SharedProblem:
    """One mistake in a shared file: ``name`` is what the file is called without its folder and ending."""

    name: str
    sentence: str


def shared_problems(problems: Iterable[Problem]) -> tuple[SharedProblem, ...]:
    """Return those of ``problems`` that are of shared files, each once."""
    shared = (problem for problem in problems if _is_shared(problem.path))
    told = (SharedProblem(each.path.name.partition(".")[0], f"{each.sentence} {each.hint}".strip()) for each in shared)
    return tuple(dict.fromkeys(told))


def _is_shared(path: Path) -> bool:
    # A sheet of many clinics lies beside the folders of single ones, and has no page.
    return path.parent == Path("brands") or not _OF_ONE.intersection(path.parts)
