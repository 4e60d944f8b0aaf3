"""Bilingual editions: a handout in two languages side by side, the selected one first, in one brand and format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from handoutpress.content.catalog import Catalog, may_give, wants
from handoutpress.content.edition_filter import EditionFilter, choose
from handoutpress.content.editions import JOINED, Edition, HandoutFile
from handoutpress.content.handout_names import handout_names
from handoutpress.content.project import Project
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class LanguagePair:
    """What is to be set side by side: all that ``selection`` names, with the language ``beside`` it."""

    selection: EditionFilter
    beside: str

    def check(self, project: Project) -> None:
        """Raise ``HandoutError`` unless the language exists and any of the selected handouts is written in it."""
        codes = project.files("languages")
        if self.beside not in codes:
            raise HandoutError(f'There is no language "{self.beside}". Hint: {meant(self.beside, codes)}')
        names, _ = handout_names(project)
        slugs = choose(self.selection.handouts, sorted({name.slug for name in names}), "handout")
        written = {name.slug for name in names if name.language == self.beside}
        if written.isdisjoint(slugs):
            raise HandoutError("\n".join(_untranslated(slug, self.beside) for slug in slugs))

    @property
    def loaded(self) -> EditionFilter:
        """What must be loaded for it."""
        languages = self.selection.languages
        return replace(self.selection, languages=(*languages, self.beside)) if languages else self.selection


def side_by_side(edition: Edition, second: HandoutFile) -> Edition | None:
    """Return the edition with ``second`` beside it, or None where its format has no style for that."""
    two_columns = edition.format.side_by_side()
    if two_columns is None:
        return None
    return replace(edition, format_file=replace(edition.format_file, format=two_columns), beside=second)


def joined_edition(languages: str, single: Edition, catalog: Catalog) -> Edition | None:
    """Return the edition ``single`` in its own language and the second one of ``es+en``, if the catalog has it."""
    second = catalog.handouts.get((single.handout_slug, languages.partition(JOINED)[2]))
    return side_by_side(single, second) if second else None


def bilingual_editions(catalog: Catalog, pair: LanguagePair) -> tuple[list[Edition], list[str]]:
    """Return the editions of ``pair``, and in sentences what cannot be made.

    Raises ``HandoutError`` where the language would stand beside none but itself.
    """
    codes = sorted({code for _, code in catalog.selection.handouts})
    firsts = set(choose(pair.selection.languages, codes, "language of these handouts")) - {pair.beside}
    if not firsts:
        hint = "name the other one with --language."
        raise HandoutError(f'A bilingual edition has two languages, and "{pair.beside}" is one. Hint: {hint}')
    singles = [edition for edition in catalog.editions() if edition.language_slug in firsts]
    editions = list(_paired(catalog, pair.beside, singles))
    written = {slug for slug, code in catalog.selection.handouts if code == pair.beside}
    slugs = dict.fromkeys(slug for slug, _ in catalog.selection.handouts if slug not in written)
    refused = [*(_untranslated(slug, pair.beside) for slug in slugs), *_unfit(catalog, pair)]
    if not editions and not refused and not catalog.problems:
        refused = [_in_no_brand(pair.beside)]
    return editions, refused


def _paired(catalog: Catalog, code: str, singles: list[Edition]) -> Iterator[Edition]:
    for edition in singles:
        second = catalog.handouts.get((edition.handout_slug, code))
        if second is None or code not in catalog.languages:
            continue
        if may_give(edition.brand, second) and wants(edition.brand, code, edition.format_slug):
            bilingual = side_by_side(edition, second)
            if bilingual:
                yield bilingual


def _untranslated(slug: str, code: str) -> str:
    hint = f"begin the translation with: handouts translate {slug} --to {code}"
    return f'"{slug}" is not written in "{code}", so that nothing can stand beside it. Hint: {hint}'


def _unfit(catalog: Catalog, pair: LanguagePair) -> Iterator[str]:
    # Formats that were named; of those that were not, the ones with two columns are made.
    fit = [name for name, file in catalog.formats.items() if file.format.bilingual]
    for name in catalog.formats if pair.selection.formats else ():
        if name not in fit:
            hint = f"use {' or '.join(fit) or 'a leaflet, such as a4-leaflet'}."
            yield f'The format "{name}" has no room for two languages side by side. Hint: {hint}'


def _in_no_brand(code: str) -> str:
    hint = "name both languages under defaults.handout.languages of a brand."
    return f'No brand here gives these handouts in "{code}" and in another language. Hint: {hint}'
