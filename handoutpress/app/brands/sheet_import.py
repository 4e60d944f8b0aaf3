"""Brands from a spreadsheet: what a sheet would write, with every mistake of it at once; then all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from handoutpress.content.brand.files import FILE_NAME
from handoutpress.content.brand.layers import LayerReader, first
from handoutpress.content.clinic_sheets.changes import (
    BrandChange,
    changed_brand_file,
    mistakes_in,
    new_brand_file,
)
from handoutpress.content.clinic_sheets.checks import ClinicChecker
from handoutpress.content.clinic_sheets.columns import SheetColumn, read_columns
from handoutpress.content.clinic_sheets.row_brands import SHEET, BrandRows
from handoutpress.content.clinic_sheets.rows import SheetClinic, clinics_of
from handoutpress.content.handout_names import handout_names
from handoutpress.content.project import Project
from handoutpress.content.tables.csv_file import read_csv
from handoutpress.content.tables.table import Table
from handoutpress.content.tables.xlsx_file import read_xlsx
from handoutpress.store.files import replace_file
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem
from handoutpress.yamlfile.textfile import read_text

BRANDS = "brands"


@dataclass(frozen=True)
class ClinicSheet:
    """A sheet that was read: its table and what its columns hold."""

    path: Path
    table: Table
    columns: tuple[SheetColumn, ...]


def open_sheet(path: Path, *, encoding: str = "", settled: Path | None = None) -> ClinicSheet:
    """Read a sheet of clinics, .csv or .xlsx; ``settled`` is a YAML file of heads and what they hold.

    Raises ``HandoutError`` where it cannot be read, or where its columns contradict each other.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise HandoutError(f"{path.as_posix()} is no table that is read here. Hint: save it as .xlsx or .csv.")
    table = read_xlsx(path) if suffix == ".xlsx" else read_csv(path, encoding)
    return ClinicSheet(path, table, read_columns(table, settled))


def plan_brands(
    project: Project, sheet: ClinicSheet, *, extends: str = "", update: bool = False
) -> tuple[BrandChange, ...]:
    """Return what a sheet makes of each of its clinics, in its order; nothing is written.

    ``extends`` is the brand that new ones extend. Without ``update``, a brand that is there already is a mistake.
    Raises ``ContentError`` with every mistake of every row.
    """
    planner = _Planner(project, sheet, extends, update)
    clinics, problems = clinics_of(sheet.table, sheet.columns)
    changes = [change for clinic in clinics if (change := planner.change(clinic))]
    problems += planner.problems
    if problems:
        raise ContentError(sorted(set(problems)))
    return tuple(changes)


def write_brands(project: Project, changes: Sequence[BrandChange]) -> None:
    """Write what was planned. Raises ``OSError``; then every file is as it was before."""
    before: list[tuple[Path, bytes | None]] = []
    try:
        for change in changes:
            folder = project.root / BRANDS / change.slug
            if change.logo:
                _write(folder / change.logo[1], change.logo[0].read_bytes(), before)
            if change.new != change.old:
                _write(folder / FILE_NAME, change.new.encode(), before)
    except BaseException:
        for path, content in reversed(before):
            _restore(path, content)
        raise


def difference(project: Project, change: BrandChange) -> str:
    """Return what a change does to a brand's file, as a unified difference."""
    name = project.show(project.root / BRANDS / change.slug / FILE_NAME)
    old, new = change.old.splitlines(keepends=True), change.new.splitlines(keepends=True)
    return "".join(unified_diff(old, new, name if change.old else "/dev/null", name))


class _Planner:
    def __init__(self, project: Project, sheet: ClinicSheet, extends: str, update: bool) -> None:
        self._project = project
        self._sheet = sheet.path
        self._update = update
        self._extends = extends
        self._there = project.files(BRANDS, f"*/{FILE_NAME}")
        self._layers = LayerReader(project)
        if extends and extends not in self._there:
            raise HandoutError(f'There is no brand "{extends}". Hint: {meant(extends, self._there)}')
        self._checker = ClinicChecker(
            sheet.path, project.files("countries"), {name.slug for name in handout_names(project)[0]}
        )
        self._countries: dict[str, str] = {}
        rows = BrandRows(project)
        # A sheet that becomes folders itself is deleted when they are there.
        self._rows = frozenset(rows.slugs) if sheet.path.resolve() != rows.path else frozenset[str]()
        self.problems: list[Problem] = []

    def _extended(self, clinic: SheetClinic) -> str:
        """Return the brand that a clinic extends, as its row says, else as all do; note one that is not there."""
        cell = clinic.values.get("extends")
        if cell is None or cell.text in self._there:
            return cell.text if cell else self._extends
        sentence = f'There is no brand "{cell.text}".'
        self.problems.append(cell.problem(self._sheet, sentence, meant(cell.text, self._there)))
        return ""

    def _country_of(self, extended: str) -> str:
        """Return the country of a brand that many extend, looked up once; of none, nothing."""
        if extended and extended not in self._countries:
            self._countries[extended] = self._country(self._there[extended].parent)
        return self._countries.get(extended, "")

    def _country(self, folder: Path) -> str:
        """Return the country that a brand's file says, or one that it extends; empty where that cannot be read."""
        with suppress(ContentError):
            return first(self._layers.layers(folder), lambda layer: layer.handout_keys.country) or ""
        return ""

    def change(self, clinic: SheetClinic) -> BrandChange | None:
        """Return what becomes of a clinic's brand, and note what is wrong; None where that cannot be told."""
        path = self._project.root / BRANDS / clinic.slug / FILE_NAME
        extended = self._extended(clinic)
        self.problems += self._misplaced(clinic, path, extended)
        logo, problems = self._checker.logo(clinic)
        self.problems += problems
        try:
            text = self._text(path) if path.is_file() and self._update else ""
            change = self._made(clinic, text, path, logo, extended)
        except ContentError as error:
            self.problems += error.problems
            return None
        is_unsaid = "country" not in clinic.values
        country = self._country(path.parent) if is_unsaid and path.is_file() else self._country_of(extended)
        self.problems += self._checker.problems(clinic, country)
        self.problems += mistakes_in(change, self._sheet, Path(self._project.show(path)))
        if change.logo and _holds(path.parent / change.logo[1], change.logo[0]):
            change.logo = None
        return change

    def _made(self, clinic: SheetClinic, text: str, path: Path, logo: Path | None, extended: str) -> BrandChange:
        if text:
            return changed_brand_file(clinic, text, Path(self._project.show(path)), logo)
        return new_brand_file(clinic, f"../{extended}" if extended else "", logo)

    def _text(self, path: Path) -> str:
        """Return a brand file's text with its mark, if it has one, and its line ends. Raises ``ContentError``."""
        read_text(path, Path(self._project.show(path)))
        return path.read_bytes().decode()

    def _misplaced(self, clinic: SheetClinic, path: Path, extended: str) -> list[Problem]:
        row = clinic.row
        told = []
        if clinic.slug == extended:
            hint = 'give the clinic a slug of its own in a column "slug".'
            told.append((f'"{clinic.slug}" is the brand that it extends.', hint))
        elif clinic.slug in self._rows:
            told.append((f'"{clinic.slug}" is a row of {SHEET} already.', "change it there, or delete that row first."))
        elif path.is_file() and not self._update:
            name = self._project.show(path)
            told.append(
                (f"{name} is there already.", "--update changes what the sheet says otherwise, and keeps the rest.")
            )
        elif not path.is_file() and "name" not in clinic.values:
            told.append(("The new clinic has no name.", "fill in its name, or delete the row."))
        return [Problem(self._sheet, row.line, 1, f"Row {row.number}: {words}", hint) for words, hint in told]


def _holds(path: Path, source: Path) -> bool:
    return path.is_file() and path.read_bytes() == source.read_bytes()


def _write(path: Path, content: bytes, before: list[tuple[Path, bytes | None]]) -> None:
    before.append((path, path.read_bytes() if path.is_file() else None))
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)


def _restore(path: Path, content: bytes | None) -> None:
    if content is not None:
        replace_file(path, content)
        return
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()
