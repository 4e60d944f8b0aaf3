"""A handout begun by its title: its file's name is made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from handoutpress.app.new import new_handout
from handoutpress.content.kinds.kind_files import KindFiles
from handoutpress.content.project import Project
from handoutpress.store.files import replace_text
from handoutpress.yamlfile.editing import with_value
from handoutpress.yamlfile.problems import ContentError, Problem

NAME_LENGTH = 60
"""Letters of a file's name."""
UNNAMED = "handout"
"""What a file is called whose title has no Latin letters."""


def begin_handout(project: Project, title: str, kind: str) -> str:
    """Begin a handout in English with a ``title``, and return its name. Raises ``HandoutError`` for an unknown kind."""
    words = " ".join(title.split())
    slug = free_name(project, _name(words))
    path = new_handout(project, slug, kind)
    if words:
        replace_text(path, with_value(path.read_text("utf-8"), ("title",), words))
    return slug


@dataclass(frozen=True)
class KindsToBegin:
    """The kinds of handouts, with what people call them; ``problems`` are the mistakes in those that are left out."""

    names: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def kinds_to_begin(project: Project) -> KindsToBegin:
    """Return the kinds of which a handout can be begun."""
    kinds, names, problems = KindFiles(project), dict[str, str](), list[Problem]()
    for name in kinds.names:
        try:
            names[name] = kinds.read(name).kind.name
        except ContentError as error:
            problems += error.problems
    return KindsToBegin(names, tuple(problems))


def _name(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:NAME_LENGTH].strip("-") or UNNAMED


def free_name(project: Project, name: str) -> str:
    """Return ``name``, with a number where a handout is called so already."""
    taken = {path.name.partition(".")[0] for path in (project.root / "handouts").iterdir()}
    return next(free for number in count(1) if (free := name if number == 1 else f"{name}-{number}") not in taken)
