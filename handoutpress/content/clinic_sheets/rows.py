"""Rows of a sheet as clinics: rows of one slug or one name are the places of one clinic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from handoutpress.content.clinic_sheets.columns import IGNORE, OF_PLACES, REPEATED, SheetColumn, folded
from handoutpress.content.tables.table import Cell, SheetRow, Table
from handoutpress.yamlfile.encodings import mixed_word
from handoutpress.yamlfile.problems import Problem, split_hint
from handoutpress.yamlfile.record import MAX_SLUG, SLUG

_LINES = re.compile(r"\s*[\n\r;|]+\s*")


class SheetValue(NamedTuple):
    """What a row says of one field, and the cell that says it; ``is_number`` as its cell."""

    text: str
    row: SheetRow
    cell: Cell
    is_number: bool = False

    def problem(self, path: Path, sentence: str, hint: str = "") -> Problem:
        """Return a problem that begins with the cell's name."""
        return Problem(path, self.row.line, self.cell.column, f"Cell {self.row.name(self.cell)}: {sentence}", hint)


@dataclass(frozen=True)
class SheetPlace:
    """One place of a clinic: its values by field; ``lines`` are those of its address."""

    row: SheetRow
    values: Mapping[str, SheetValue]
    lines: tuple[SheetValue, ...] = ()
    postcode: SheetValue | None = None

    @property
    def address(self) -> tuple[str, ...]:
        """The address, line by line."""
        return tuple(line for value in self.lines for line in _LINES.split(value.text) if line)

    @property
    def is_empty(self) -> bool:
        return not (self.values or self.lines)


@dataclass
class SheetClinic:
    """A clinic as the sheet has it. ``values`` are those that all of its places share."""

    slug: str
    row: SheetRow
    values: dict[str, SheetValue] = field(default_factory=dict)
    places: list[SheetPlace] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """Where each of its rows begins in the file."""


def clinics_of(table: Table, columns: tuple[SheetColumn, ...]) -> tuple[tuple[SheetClinic, ...], list[Problem]]:
    """Return the clinics of ``table`` in its order, and what is wrong with its rows, every mistake of each."""
    reader = _Reader(table.path, columns)
    for row in table.rows:
        reader.read(row)
    return tuple(reader.clinics.values()), reader.problems


class _Reader:
    def __init__(self, path: Path, columns: tuple[SheetColumn, ...]) -> None:
        self._path = path
        self._columns = {column.number: column for column in columns if column.field not in ("", IGNORE)}
        self._width = max(column.number for column in columns)
        self.clinics: dict[str, SheetClinic] = {}
        self.problems: list[Problem] = []

    def read(self, row: SheetRow) -> None:
        self.problems += self._faults(row)
        values = self._values(row)
        slug = self._slug(row, values)
        clinic = self.clinics.setdefault(slug, SheetClinic(slug, row))
        clinic.lines.append(row.line)
        self._share(clinic, values)
        place = _place(row, values)
        if place.is_empty and clinic.places:
            self._tell(row, f"The row repeats row {clinic.row.number}.", "delete one of them.")
        elif any(_same(place, other) for other in clinic.places):
            other = next(other for other in clinic.places if _same(place, other))
            self._tell(row, f"The row repeats row {other.row.number}.", "delete one of them.")
        else:
            clinic.places.append(place)

    def _tell(self, row: SheetRow, sentence: str, hint: str) -> None:
        self.problems.append(Problem(self._path, row.line, 1, f"Row {row.number}: {sentence}", hint))

    def _faults(self, row: SheetRow) -> Iterator[Problem]:
        for cell in row.cells:
            if cell.column in self._columns and cell.fault:
                words = split_hint(cell.fault)
                sentence = f"Cell {row.name(cell)} {words.sentence}"
                yield Problem(self._path, row.line, cell.column, sentence, words.hint)
            elif cell.column in self._columns and (word := mixed_word(cell.text)):
                hint = "save it as UTF-8, or name another --encoding; if it is right, type the word anew."
                yield SheetValue(cell.text, row, cell).problem(
                    self._path, f'"{word}" has letters of two alphabets.', hint
                )
            elif cell.text and cell.column > self._width:
                sentence = "stands beyond the last column that has a head."
                yield SheetValue(cell.text, row, cell).problem(
                    self._path, sentence, "a text with commas needs double quotes around it."
                )

    def _values(self, row: SheetRow) -> list[tuple[str, SheetValue]]:
        return [
            (self._columns[cell.column].field, SheetValue(cell.text, row, cell, cell.is_number))
            for cell in row.cells
            if cell.text and not cell.fault and cell.column in self._columns
        ]

    def _slug(self, row: SheetRow, values: list[tuple[str, SheetValue]]) -> str:
        """Return the clinic's slug: as its column says, else made from its name.

        Where neither will do, one stands in, so that what else is wrong with the row is told as well.
        """
        named = dict(reversed(values))
        told = named.get("slug") or named.get("name")
        if told is None:
            return f"row-{row.number}"
        slug = told.text if "slug" in named else "-".join(folded(told.text).split())
        if re.fullmatch(SLUG, slug) and len(slug) <= MAX_SLUG:
            return slug
        hint = f"use lower-case letters, digits and single hyphens, {MAX_SLUG} at most"
        hint += "." if "slug" in named else ', in a column "slug" of its own.'
        self.problems.append(told.problem(self._path, f'"{told.text}" cannot name a folder.', hint))
        return f"row-{row.number}"

    def _share(self, clinic: SheetClinic, values: list[tuple[str, SheetValue]]) -> None:
        """Take what concerns the whole clinic; its rows must not contradict each other."""
        for name, value in values:
            if name in OF_PLACES or name == "slug":
                continue
            first = clinic.values.setdefault(name, value)
            if first.text == value.text:
                continue
            place = f"{first.row.name(first.cell)}"
            if name == "name":
                sentence = f'"{value.text}" has the slug "{clinic.slug}", as "{first.text}" in {place} has.'
                hint = 'two clinics need two slugs, in a column "slug"; two places of one clinic have one name.'
            else:
                sentence = f'"{value.text}" contradicts "{first.text}" in {place}, of the same clinic.'
                hint = "say it once, or the same in each of its rows."
            self.problems.append(value.problem(self._path, sentence, hint))


def _place(row: SheetRow, values: list[tuple[str, SheetValue]]) -> SheetPlace:
    lines: list[SheetValue] = []
    own: dict[str, SheetValue] = {}
    for name, value in values:
        if name == "city" and lines and lines[-1] is own.get("postcode"):
            lines[-1] = SheetValue(f"{lines[-1].text} {value.text}", row, value.cell)
        elif name in ("address", "postcode", "city"):
            lines.append(value)
        if name in REPEATED and name in own:
            own[name] = SheetValue(f"{own[name].text}, {value.text}", row, value.cell)
        elif name in OF_PLACES:
            own[name] = value
    values_of_place = {name: value for name, value in own.items() if name not in ("address", "postcode", "city")}
    return SheetPlace(row, values_of_place, tuple(lines), own.get("postcode"))


def _same(place: SheetPlace, other: SheetPlace) -> bool:
    texts = {name: value.text for name, value in place.values.items()}
    return texts == {name: value.text for name, value in other.values.items()} and place.address == other.address
