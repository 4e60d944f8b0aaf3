"""A handout begun by its title: its file's name is made of it."""

from __future__ import annotations

import re
import unicodedata
from itertools import count

from handoutpress.app.new import new_handout
from handoutpress.content.kinds.kind_files import KindFiles
from handoutpress.content.project import Project
from handoutpress.store.files import replace_text
from handoutpress.yamlfile.editing import with_value

NAME_LENGTH = 60
"""Letters of a file's name."""
UNNAMED = "handout"
"""What a file is called whose title has no Latin letters."""


def begin_handout(project: Project, title: str, kind: str) -> str:
    """Begin a handout in English with a ``title``, and return its name. Raises ``HandoutError`` for an unknown kind."""
    words = " ".join(title.split())
    slug = _free_name(project, _name(words))
    path = new_handout(project, slug, kind)
    if words:
        replace_text(path, with_value(path.read_text("utf-8"), ("title",), words))
    return slug


def kinds_to_begin(project: Project) -> dict[str, str]:
    """Return the kinds of handouts, with what people call them."""
    kinds = KindFiles(project)
    return {name: kinds.read(name).kind.name for name in kinds.names}


def _name(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:NAME_LENGTH].strip("-") or UNNAMED


def _free_name(project: Project, name: str) -> str:
    taken = {path.name.partition(".")[0] for path in (project.root / "handouts").iterdir()}
    return next(free for number in count(1) if (free := name if number == 1 else f"{name}-{number}") not in taken)
