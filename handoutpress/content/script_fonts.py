"""The fonts that a language's script needs. Those of large scripts do not come with the project."""

from __future__ import annotations

from pathlib import Path

from handoutpress.content.brand.typefaces import find_family
from handoutpress.content.models.languages import Language
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import Problem


def missing_fonts(project: Project, language: Language) -> tuple[int, ...]:
    """Return the places in ``language.fonts`` of families that have no file in the project's or the built-in fonts."""
    folders = (project.root / "fonts", project.builtin / "fonts")
    return tuple(index for index, name in enumerate(language.fonts) if not find_family(name, folders))


def font_files(project: Project, language: Language) -> tuple[Path, ...]:
    """Return the files of all families of ``language`` that are there."""
    folders = (project.root / "fonts", project.builtin / "fonts")
    return tuple(path for name in language.fonts for path in find_family(name, folders))


def font_problems(project: Project, path: Path, language: Language) -> list[Problem]:
    """Return a problem for every family that the language at ``path`` needs and no one has put there."""
    missing = missing_fonts(project, language)
    if not missing:
        return []
    source = project.read(path)
    hint = "run `make fonts-all` where Handout Press is checked out, or put its static TTF files into fonts/."
    return [
        source.problem(("fonts", index), f'The font "{language.fonts[index]}" for {language.name} is missing.', hint)
        for index in missing
    ]
