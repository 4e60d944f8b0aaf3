"""The names of the files in ``handouts/``: ``<slug>.<language>.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.project import Project
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import Problem
from handoutpress.yamlfile.record import SLUG

_NAME = re.compile(rf"(?P<slug>{SLUG})\.(?P<language>[A-Za-z]{{2,3}}(?:-[A-Za-z0-9]+)*)\.ya?ml")
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, order=True)
class HandoutName:
    """A handout by its file's name alone, before anything is read."""

    slug: str
    language: str
    path: Path


def new_handout_path(project: Project, slug: str, language: str) -> Path:
    """Return where a handout is written that is begun."""
    return project.root / "handouts" / f"{slug}.{language}.yaml"


def handout_names(project: Project) -> tuple[list[HandoutName], list[Problem]]:
    """Return the project's handouts by name, in order, and what is wrong with other files' names."""
    names: list[HandoutName] = []
    problems: list[Problem] = []
    for path in sorted((project.root / "handouts").iterdir()):
        if path.suffix.lower() not in _SUFFIXES or path.name.startswith("."):
            continue
        if match := _NAME.fullmatch(path.name):
            names.append(HandoutName(match["slug"], match["language"], path))
        else:
            sentence = "The name does not say which handout this is, in which language."
            hint = "call it like dry-needling.en.yaml, in lower-case letters, digits and hyphens."
            problems.append(Problem(Path(project.show(path)), 0, 0, sentence, hint))
    return sorted(names), problems


def twice_named(project: Project, names: list[HandoutName]) -> dict[Path, Problem]:
    """Return a problem for every file that says it is the same handout as another one."""
    first: dict[tuple[str, str], HandoutName] = {}
    problems: dict[Path, Problem] = {}
    for name in names:
        # Language tags have no case (RFC 5646, 2.1.1), and on some systems file names have none either.
        earlier = first.setdefault((name.slug, name.language.lower()), name)
        if earlier is not name:
            sentence = (
                f'The handout "{name.slug}" in "{name.language}" stands here and in {project.show(earlier.path)}.'
            )
            problem = Problem(Path(project.show(name.path)), 0, 0, sentence, "keep one of the two files.")
            problems |= {earlier.path: problem, name.path: problem}
    return problems


def unknown_language(project: Project, name: HandoutName, languages: list[str]) -> Problem:
    """Return the problem of a handout whose name ends in no known language."""
    sentence = f'There is no language "{name.language}".'
    hint = meant(name.language, languages)
    return Problem(Path(project.show(name.path)), 0, 0, sentence, hint)
