"""Brands as rows of a spreadsheet, which ``handouts brands import --update`` reads again."""

from __future__ import annotations

import os.path
from collections.abc import Sequence
from pathlib import Path

from handoutpress.content.brand.files import FILE_NAME
from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.clinic_sheets.values import logo_path, sheet_rows
from handoutpress.content.edition_filter import choose
from handoutpress.content.project import Project
from handoutpress.content.tables.xlsx_file import xlsx_bytes
from handoutpress.store.files import replace_file
from handoutpress.store.spreadsheets import csv_bytes
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem


def export_brands(project: Project, path: Path, patterns: Sequence[str] = (), *, force: bool = False) -> int:
    """Write what the brand files of a project themselves say into ``path``, .csv or .xlsx, and return how many.

    What a brand extends is not repeated. Raises ``HandoutError`` for mistakes in a brand file, an unknown name, and a
    file that is there already unless ``force`` is set; ``OSError``.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise HandoutError(f"{path.as_posix()} is no table that is written here. Hint: call it .csv or .xlsx.")
    if path.exists() and not force:
        raise HandoutError(f"{path.as_posix()} is there already. Hint: choose another name, or say --force.")
    there = project.files("brands", f"*/{FILE_NAME}")
    own = {slug: file for slug, file in there.items() if file.is_relative_to(project.root) and slug != "default"}
    chosen = {slug: own[slug] for slug in choose(tuple(patterns), list(own), "brand")}
    brands = _read(project, chosen)
    logos = {
        slug: Path(os.path.relpath(chosen[slug].parent / logo, path.resolve().parent)).as_posix()
        for slug, keys in brands.items()
        if (logo := logo_path(keys.logo))
    }
    rows = sheet_rows(brands, logos)
    replace_file(path, xlsx_bytes(rows) if suffix == ".xlsx" else csv_bytes(rows))
    return len(brands)


def _read(project: Project, files: dict[str, Path]) -> dict[str, BrandFile]:
    brands: dict[str, BrandFile] = {}
    problems: list[Problem] = []
    for slug, path in files.items():
        try:
            brands[slug] = load_record(project.read(path), BrandFile)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return brands
