"""The places of characters that no font has: their lines in the handout or in the language's phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from handoutpress.content.project import Project
from handoutpress.press.layout.typeset import GLYPH_HINT, MissingGlyphsError, named_character
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import YamlSource


def located(project: Project, paths: Sequence[Path], error: MissingGlyphsError) -> ContentError | MissingGlyphsError:
    """Return ``error`` as problems with their lines in the files at ``paths``, or as it is where one is in none."""
    sources = [project.read(path) for path in paths]
    first_places = {character: next(_places(sources, character), None) for character in error.characters}
    problems = [problem for problem in first_places.values() if problem]
    return ContentError(problems) if len(problems) == len(first_places) else error


def _places(sources: Sequence[YamlSource], character: str) -> Iterator[Problem]:
    for source in sources:
        for location, node in source.root.texts():
            if character in node.value:
                place = source.place_in(location, node.value.index(character))
                yield Problem(source.path, *place, f"No font has {named_character(character)}.", GLYPH_HINT)
