"""Why nothing of what was asked for can be made, where no file has a mistake: what brands do not list."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog, may_give
from handoutpress.content.editions import HandoutFile

NAMED = 5
"""Reasons that are told before the rest is counted."""


def why_nothing(catalog: Catalog) -> list[str]:
    """Return in sentences why a catalog has no edition; none where it has one."""
    if next(catalog.editions(), None) is not None:
        return []
    reasons = list(dict.fromkeys(_reasons(catalog)))
    further = len(reasons) - NAMED
    return [*reasons[:NAMED], *([f"{further} more reasons like these."] if further > 0 else [])]


def _reasons(catalog: Catalog) -> Iterator[str]:
    if not catalog.selection.handouts:
        yield "There is no handout to print. Hint: begin one with: handouts new handout NAME"
    for brand in catalog.brands.values():
        given = [file for file in catalog.handouts.values() if may_give(brand, file)]
        for file in catalog.handouts.values():
            if file not in given:
                yield _not_given(catalog, brand, file)
        if given and catalog.formats and brand.formats:
            asked, listed = ", ".join(catalog.formats), ", ".join(brand.formats)
            listing = catalog.project.show(brand.settings_path)
            hint = f"add it under defaults.handout.formats of {listing}, or ask for another."
            yield f'The brand "{brand.slug}" does not list {asked}; its formats are {listed}. Hint: {hint}'


def _not_given(catalog: Catalog, brand: Brand, file: HandoutFile) -> str:
    path, translation = catalog.project.show(file.path), file.handout.translation
    hint = f'add "{file.language}" under defaults.handout.languages of {catalog.project.show(brand.settings_path)}.'
    if translation is not None and translation.status == "draft" and file.language not in brand.languages:
        reason = f'{path} is a draft translation, which only a brand that lists "{file.language}" prints'
        return f'{reason}; the brand "{brand.slug}" does not. Hint: {hint}'
    listed = ", ".join(brand.languages)
    return f'{path} is in "{file.language}", and the brand "{brand.slug}" lists only {listed}. Hint: {hint}'
