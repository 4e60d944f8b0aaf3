"""Bilingual editions: a handout in two languages side by side, the wanted one first, with the same brand and format."""

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
    """What is to be set side by side: all that is ``wanted``, with the language ``beside`` it."""

    wanted: EditionFilter
    beside: str

    def check(self, project: Project) -> None:
        """Raise ``HandoutError`` unless the language exists and any of the wanted handouts is written in it."""
        known = project.files("languages")
        if self.beside not in known:
            raise HandoutError(f'There is no language "{self.beside}". Hint: {meant(self.beside, known)}')
        names, _ = handout_names(project)
        slugs = choose(self.wanted.handouts, sorted({name.slug for name in names}), "handout")
        written = {name.slug for name in names if name.language == self.beside}
        if written.isdisjoint(slugs):
            raise HandoutError("\n".join(_untranslated(slug, self.beside) for slug in slugs))

    @property
    def loaded(self) -> EditionFilter:
        """What must be loaded for it."""
        languages = self.wanted.languages
        return replace(self.wanted, languages=(*languages, self.beside)) if languages else self.wanted


def side_by_side(edition: Edition, other: HandoutFile) -> Edition | None:
    """The edition with ``other`` beside it, or None where its format has no style for that."""
    printed = edition.format.side_by_side()
    return replace(edition, format_file=replace(edition.format_file, format=printed), beside=other) if printed else None


def joined_edition(languages: str, single: Edition, catalog: Catalog) -> Edition | None:
    """The edition ``single`` in its own language and the second one of ``es+en``, if the catalog has it."""
    other = catalog.handouts.get((single.handout_slug, languages.partition(JOINED)[2]))
    return side_by_side(single, other) if other else None


def bilingual_editions(catalog: Catalog, pairing: LanguagePair) -> tuple[list[Edition], list[str]]:
    """The editions of ``pairing``, and in sentences what cannot be made.

    Raises ``HandoutError`` where the language would stand beside none but itself.
    """
    codes = sorted({code for _, code in catalog.selection.handouts})
    firsts = set(choose(pairing.wanted.languages, codes, "language of these handouts")) - {pairing.beside}
    if not firsts:
        hint = "name the other one with --language."
        raise HandoutError(f'A bilingual edition has two languages, and "{pairing.beside}" is one. Hint: {hint}')
    singles = [each for each in catalog.editions() if each.language_slug in firsts]
    made = list(_made(catalog, pairing.beside, singles))
    written = {slug for slug, code in catalog.selection.handouts if code == pairing.beside}
    slugs = dict.fromkeys(slug for slug, _ in catalog.selection.handouts if slug not in written)
    refused = [*(_untranslated(slug, pairing.beside) for slug in slugs), *_unfit(catalog, pairing)]
    if not made and not refused and not catalog.problems:
        refused = [_ungiven(pairing.beside)]
    return made, refused


def _made(catalog: Catalog, code: str, singles: list[Edition]) -> Iterator[Edition]:
    for edition in singles:
        other = catalog.handouts.get((edition.handout_slug, code))
        if other is None or code not in catalog.languages:
            continue
        if may_give(edition.brand, other) and wants(edition.brand, code, edition.format_slug):
            pair = side_by_side(edition, other)
            if pair:
                yield pair


def _untranslated(slug: str, code: str) -> str:
    hint = f"begin the translation with: handouts translate {slug} --to {code}"
    return f'"{slug}" is not written in "{code}", so that nothing can stand beside it. Hint: {hint}'


def _unfit(catalog: Catalog, pairing: LanguagePair) -> Iterator[str]:
    """Formats that were asked for by name; of those that were not, the ones with two columns are made."""
    fit = [name for name, file in catalog.formats.items() if file.format.bilingual]
    for name in catalog.formats if pairing.wanted.formats else ():
        if name not in fit:
            hint = f"use {' or '.join(fit) or 'a leaflet, such as a4-leaflet'}."
            yield f'The format "{name}" has no room for two languages side by side. Hint: {hint}'


def _ungiven(code: str) -> str:
    hint = "name both languages under defaults.handout.languages of a brand."
    return f'No brand here gives these handouts in "{code}" and in another language. Hint: {hint}'
