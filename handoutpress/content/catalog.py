"""The catalog: all content of a project, loaded and cross-checked, and the editions that can be made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from handoutpress.content.brand.brand import Brand
from handoutpress.content.editions import Edition, FormatFile, HandoutFile
from handoutpress.content.library import Library
from handoutpress.content.models.countries import Country
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import Problem

HandoutKey = tuple[str, str]
"""Slug and language."""
EditionName = tuple[str, str, str, str]
"""Brand, language, format and handout, as in the path of an output."""


@dataclass(frozen=True)
class Selection:
    """The names that a run is about, those with mistakes included."""

    handouts: tuple[HandoutKey, ...]
    brands: tuple[str, ...]
    formats: tuple[str, ...]


@dataclass(frozen=True)
class Catalog:
    """Only what is whole: ``broken`` has the mistakes of the rest, by the file's shown path.

    ``digests`` are the SHA-256 of the files read, by shown path.
    """

    project: Project
    selection: Selection
    handouts: Mapping[HandoutKey, HandoutFile]
    brands: Mapping[str, Brand]
    formats: Mapping[str, FormatFile]
    languages: Mapping[str, Language]
    countries: Mapping[str, Country]
    library: Library
    digests: Mapping[str, str]
    broken: Mapping[Path, tuple[Problem, ...]]

    @property
    def references(self) -> Mapping[str, Reference]:
        return self.library.references

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All mistakes, in the order of files and lines."""
        return tuple(sorted({problem for problems in self.broken.values() for problem in problems}))

    def editions(self) -> Iterator[Edition]:
        """Yield every edition that can be made, those of one plate after each other."""
        printable = [handout for handout in self.handouts.values() if handout.language in self.languages]
        givers = [brand for brand in self.brands.values() if brand.country in self.countries]
        for handout, printed in product(printable, self.formats.values()):
            for giver in givers:
                if may_give(giver, handout) and wants(giver, handout.language, printed.slug):
                    yield Edition(handout, self.languages[handout.language], printed, giver)

    def stopped(self) -> Iterator[EditionName]:
        """Yield the name of every edition of the selection that mistakes keep from being made."""
        made = {(each.brand_slug, each.language_slug, each.format_slug, each.handout_slug) for each in self.editions()}
        for (slug, language), printed, name in product(
            self.selection.handouts, self.selection.formats, self.selection.brands
        ):
            giver, file = self.brands.get(name), self.handouts.get((slug, language))
            asked = giver is None or (wants(giver, language, printed) and (file is None or may_give(giver, file)))
            if asked and (name, language, printed, slug) not in made:
                yield name, language, printed, slug


def may_give(giver: Brand, file: HandoutFile) -> bool:
    """Say whether ``giver`` gives ``file`` at all: a draft translation only where the brand names its language."""
    translation = file.handout.translation
    is_draft = translation is not None and translation.status == "draft"
    return file.language in giver.languages if is_draft else file.language in (giver.languages or (file.language,))


def wants(giver: Brand, language: str, printed: str) -> bool:
    """Say whether ``giver`` wants handouts in ``language`` and the format ``printed``; none named means all."""
    return language in (giver.languages or (language,)) and printed in (giver.formats or (printed,))
