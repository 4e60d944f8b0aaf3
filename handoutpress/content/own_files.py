"""Templates and styles of a project's own: they say what stands on every page, so a person trusts them first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handoutpress.content.project import Project
from handoutpress.store.digests import file_digest
from handoutpress.store.trusted_files import trust, untrusted
from handoutpress.yamlfile.problems import HandoutError

_LAYING_OUT = {"templates": ".j2", "styles": ".css", "looks": ".css"}
_NAMED = 6
"""Files that a sentence names before it counts the rest."""


def untrusted_files(project: Project) -> tuple[str, ...]:
    """Return, by name, the project's templates and styles that are not the built-in ones and are not trusted."""
    digests = dict(_own_files(project))
    missing = untrusted(digests.values())
    return tuple(name for name, digest in digests.items() if digest in missing)


def trust_files(project: Project) -> None:
    """Remember, for this user, that the project's own templates and styles are trusted as they are now."""
    trust(digest for _, digest in _own_files(project))


def check_trusted(project: Project) -> None:
    """Raise ``HandoutError`` where the project has templates or styles of its own that this user does not trust."""
    if names := untrusted_files(project):
        raise HandoutError(
            f"This project lays its pages out with files of its own that you have not trusted: {listed(names)}. "
            'Hint: read them, or know who wrote them; then tell so once with "handouts build --trust".'
        )


def listed(names: tuple[str, ...]) -> str:
    """Return the first of ``names`` as a sentence has them, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _own_files(project: Project) -> Iterator[tuple[str, str]]:
    """Yield name and digest of each template and style that is not, byte for byte, the built-in one of its name."""
    if project.root == project.builtin:
        return
    for folder, ending in _LAYING_OUT.items():
        for path in sorted({*(project.root / folder).glob("*"), *(project.root / folder).glob("*/*")}):
            # A disk that does not tell "A.J2" from "a.j2" reads either as a template.
            if path.suffix.lower() == ending and path.is_file():
                name, digest = path.relative_to(project.root).as_posix(), file_digest(path)
                if digest != _built_in(project.builtin / name):
                    yield name, digest


def _built_in(path: Path) -> str:
    return file_digest(path) if path.is_file() else ""
