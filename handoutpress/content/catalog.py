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
from handoutpress.content.models.project_settings import ProjectSettings
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
    """Only what has no mistakes: ``broken`` has those of all else, by the file's path as messages show it.

    ``digests`` are the SHA-256 of the files read, by the same paths.
    """

    project: Project
    selection: Selection
    handouts: Mapping[HandoutKey, HandoutFile]
    brands: Mapping[str, Brand]
    formats: Mapping[str, FormatFile]
    languages: Mapping[str, Language]
    countries: Mapping[str, Country]
    library: Library
    settings: ProjectSettings
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
        brands = [brand for brand in self.brands.values() if brand.country in self.countries]
        for handout in printable:
            language = self.languages[handout.language]
            giving = [brand for brand in brands if may_give(brand, handout) and can_be_called(brand, handout)]
            for format_file in self.formats.values():
                if makes_sense(handout, format_file.slug):
                    for brand in giving:
                        if wants(brand, handout.language, format_file.slug):
                            yield Edition(handout, language, format_file, brand)

    def stopped(self) -> Iterator[EditionName]:
        """Yield the name of every edition of the selection that mistakes keep from being made."""
        printable = {
            (item.brand_slug, item.language_slug, item.format_slug, item.handout_slug) for item in self.editions()
        }
        for (slug, language), format_slug, brand_slug in product(
            self.selection.handouts, self.selection.formats, self.selection.brands
        ):
            brand, file = self.brands.get(brand_slug), self.handouts.get((slug, language))
            name = brand_slug, language, format_slug, slug
            is_wanted = brand is None or wants(brand, language, format_slug)
            if name not in printable and is_wanted and _is_meant(brand, file, format_slug):
                yield name


def _is_meant(brand: Brand | None, file: HandoutFile | None, format_slug: str) -> bool:
    """Return whether a handout is meant for a brand and a format, as far as both can be read."""
    if file is None:
        return True
    return makes_sense(file, format_slug) and (brand is None or may_give(brand, file))


def may_give(brand: Brand, file: HandoutFile) -> bool:
    """Return whether ``brand`` gives ``file`` to patients: a draft translation only where it names the language."""
    translation = file.handout.translation
    is_draft = translation is not None and translation.status == "draft"
    return file.language in brand.languages if is_draft else file.language in (brand.languages or (file.language,))


def can_be_called(brand: Brand, file: HandoutFile) -> bool:
    """Return whether ``brand`` has a telephone number, where the text of ``file`` has a place for it."""
    return not file.says_phone or any(contact.phone for contact in brand.contacts)


def makes_sense(file: HandoutFile, format_slug: str) -> bool:
    """Return whether ``file`` is made in a format: a diary is to be written in, which no poster is."""
    return format_slug in (file.handout.formats or (format_slug,))


def wants(brand: Brand, language: str, format_slug: str) -> bool:
    """Return whether ``brand`` wants handouts in ``language`` and the format; where it names none, it wants all."""
    return language in (brand.languages or (language,)) and format_slug in (brand.formats or (format_slug,))
