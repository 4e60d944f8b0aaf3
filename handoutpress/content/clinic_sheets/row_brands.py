"""Brands that stay rows: each row of ``brands/clinics.csv`` is read as the brand file that an import makes of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.brand_cache import BrandCache
from handoutpress.content.clinic_sheets.row_cache import RowCache
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import Problem
from handoutpress.yamlfile.source import YamlSource

if TYPE_CHECKING:
    from handoutpress.content.brand.reader import BrandReader
    from handoutpress.content.clinic_sheets.row_sheet import RowSheet

SHEET = "brands/clinics.csv"
"""The sheet whose rows are brands."""
COLUMNS = "brands/columns.yaml"
"""What its columns hold whose heads are not known."""
WORKBOOK = "brands/clinics.xlsx"
"""What the sheet is often saved from; it is told where it stands alone."""


class BrandRows:
    """The brands of a project that are rows of its sheet, where it has one.

    Rows that are unchanged in ``brand_cache`` are not read again.
    """

    def __init__(self, project: Project, brand_cache: BrandCache | None = None) -> None:
        self._project = project
        self.path, columns = project.root / SHEET, project.root / COLUMNS
        self._is_there = self.path.is_file()
        self._kept = RowCache(brand_cache, project, (self.path, columns)) if brand_cache and self._is_there else None
        self._kept_slugs = self._kept.slugs if self._kept else None

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The names of the clinics, those with mistakes included, in the order of their rows."""
        if not self._is_there:
            return ()
        return tuple(self._sheet.clinics) if self._kept_slugs is None else self._kept_slugs

    def problems(self, chosen: Collection[str], folders: Mapping[str, Path]) -> list[Problem]:
        """Return what is wrong with the sheet as a whole, and where one of ``folders`` has the name of a chosen row."""
        if not self._is_there:
            return [_workbook()] if (self._project.root / WORKBOOK).is_file() else []
        problems = [] if self._kept_slugs is not None else self._sheet.own_problems()
        rows = set(self.slugs)
        twice = (slug for slug in chosen if slug in folders and slug in rows)
        return [*problems, *(self._sheet.twice(slug, self._project.show(folders[slug])) for slug in twice)]

    def source(self, slug: str) -> YamlSource:
        """Return what a clinic's rows say as a brand file."""
        return self._sheet.source(slug)

    def sources(self) -> dict[str, YamlSource]:
        """Return what all rows say, each as a brand file."""
        return {slug: self._sheet.source(slug) for slug in self._sheet.clinics} if self._is_there else {}

    def brand(self, slug: str, reader: Callable[[], BrandReader]) -> Brand:
        """Return the brand that a clinic's rows make. Raises ``ContentError`` with every mistake of them."""
        if self._kept and self._kept_slugs is not None and (kept := self._kept.find(slug)):
            return kept
        source, problems = self._sheet.plain_source(slug), self._sheet.problems_of(slug)
        if self._kept and not problems and (kept := self._kept.find(slug, source.brand_row)):
            return kept
        brand = self._sheet.brand(slug, source, reader())
        if self._kept:
            self._kept.put(brand, source.data)
        return brand

    def save(self) -> None:
        """Write what was read anew into the cache. Where that cannot be done, the next run reads it again."""
        if self._kept:
            self._kept.save(self.slugs, is_whole=self._kept_slugs is not None or not self._sheet.problems)

    @cached_property
    def _sheet(self) -> RowSheet:
        # The models of brands take a while to load; what is kept does without.
        from handoutpress.content.clinic_sheets.row_sheet import RowSheet  # noqa: PLC0415

        return RowSheet(self._project, self.path, SHEET, COLUMNS)


def _workbook() -> Problem:
    hint = f'save it as "CSV UTF-8", {SHEET}, or make brand files of it: handouts brands import {WORKBOOK}.'
    return Problem(Path(WORKBOOK), 0, 0, "A workbook is not read as brands.", hint)
