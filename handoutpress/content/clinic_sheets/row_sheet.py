"""A sheet whose rows are brands, as it is read: each row as a brand file whose values stand in cells."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from handoutpress.content.brand.brand import Brand, BrandRow
from handoutpress.content.brand.layers import first
from handoutpress.content.brand.reader import BrandReader
from handoutpress.content.clinic_sheets.changes import brand_data, cells_of
from handoutpress.content.clinic_sheets.checks import ClinicChecker
from handoutpress.content.clinic_sheets.columns import IGNORE, read_columns
from handoutpress.content.clinic_sheets.rows import SheetClinic, SheetValue, clinics_of
from handoutpress.content.project import Project
from handoutpress.content.tables.csv_file import read_csv
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem
from handoutpress.yamlfile.source import Location, Node, Position, YamlSource

_ENCODING = re.compile(r",? or name (?:its|another) [^;]*?--?encoding[^.;]*")


@dataclass(frozen=True)
class RowSource(YamlSource):
    """A row as a brand file. What is said of a value names its cell, else the row."""

    row: int
    said_by: Mapping[Location, SheetValue]

    @property
    def brand_row(self) -> BrandRow:
        """Where it stands, for the brand that is made of it."""
        return BrandRow(self.root.place[0], self.digest)

    def place_in(self, location: Location, offset: int) -> Position:
        """Return the place of the cell, in which no character has one of its own."""
        return self.place(location)

    def lines_of(self, location: Location) -> list[str]:
        """Return the text at ``location``, as its cell has it."""
        return [self.root.at(location).word]

    def problem(self, location: Location, sentence: str, hint: str = "", *, key: bool = False) -> Problem:
        """Return a ``Problem`` at the cell that says the value of ``location``."""
        parts = (location[:end] for end in range(len(location), 0, -1))
        if cell := next((self.said_by[part] for part in parts if part in self.said_by), None):
            return cell.problem(self.path, sentence, hint)
        return Problem(self.path, *self.root.place, f"Row {self.row}: {sentence}", hint)


class RowSheet:
    """The sheet ``path`` of a project, in messages ``shown``; ``columns`` is where heads are settled.

    ``problems`` are those of the sheet and of its rows, before they are read as brands.
    """

    def __init__(self, project: Project, path: Path, shown: str, columns: str) -> None:
        self._project, self._path, self._shown, self._columns = project, path, Path(shown), columns
        self._checker = ClinicChecker(self._shown, {}, frozenset())
        self.clinics: dict[str, SheetClinic] = {}
        self.problems: list[Problem] = []
        try:
            self._read()
        except ContentError as error:
            self.problems += map(self._worded, error.problems)
        except HandoutError as error:
            self.problems.append(Problem(self._shown, 0, 0, str(error)))
        self._by_line: dict[int, list[Problem]] = {}
        for problem in self.problems:
            self._by_line.setdefault(problem.line, []).append(problem)

    def _read(self) -> None:
        table, settled = replace(read_csv(self._path), path=self._shown), self._project.root / self._columns
        columns = read_columns(table, settled if settled.is_file() else None)
        for column in columns:
            if not column.field:
                sentence = f'Cell {column.cell}: "{column.head}" is no column that is known.'
                hint = f'say what it holds in {self._columns}, in a line: "{column.head}": phone, or: {IGNORE}.'
                self.problems.append(Problem(self._shown, table.heads.line, column.number, sentence, hint))
        clinics, problems = clinics_of(table, columns)
        self.clinics = {clinic.slug: clinic for clinic in clinics}
        self.problems += map(self._worded, problems)
        for clinic in clinics:
            if "name" not in clinic.values:
                sentence = f"Row {clinic.row.number}: The clinic has no name."
                hint = "fill in its name, or delete the row."
                self.problems.append(Problem(self._shown, clinic.row.line, 1, sentence, hint))

    def _worded(self, problem: Problem) -> Problem:
        """Return a problem of an import in the words of a sheet that no command names."""
        hint = _ENCODING.sub("", problem.hint).replace("--map columns.yaml", f"write {self._columns}")
        path = Path(self._project.show(problem.path)) if problem.path.is_absolute() else problem.path
        return replace(problem, path=path, hint=hint.replace("with --map", f"in {self._columns}"))

    def own_problems(self) -> list[Problem]:
        """Return what is wrong with the sheet itself, and no row of it."""
        rows = {line for clinic in self.clinics.values() for line in clinic.lines}
        return [problem for problem in self.problems if problem.line not in rows]

    def problems_of(self, slug: str) -> list[Problem]:
        """Return what is wrong with the rows of a clinic, before they are read as a brand."""
        return [problem for line in self.clinics[slug].lines for problem in self._by_line.get(line, ())]

    def twice(self, slug: str, file: str) -> Problem:
        """Return the problem of a clinic that is a row and has the brand file called ``file``."""
        row = self.clinics[slug].row
        sentence = f'Row {row.number}: The brand "{slug}" has a file, too: {file}.'
        return Problem(self._shown, row.line, 1, sentence, "delete the row, or that file.")

    def source(self, slug: str) -> RowSource:
        """Return what a clinic's rows say as a brand file; its digest is of what they say, not of where they stand."""
        source, said_by = self.plain_source(slug), cells_of(self.clinics[slug])
        return replace(source, root=_node(source.data, (), source.root.place, said_by), said_by=said_by)

    def plain_source(self, slug: str) -> RowSource:
        """Return the same without what tells where each value stands, as long as nothing is to be told of any."""
        clinic = self.clinics[slug]
        extends, logo = (cell.text if (cell := clinic.values.get(name)) else "" for name in ("extends", "logo"))
        data = brand_data(clinic, extends, logo)
        digest = bytes_digest(json.dumps(data, ensure_ascii=False).encode())
        return RowSource(self._shown, "", digest, Node(data, (clinic.row.line, 1)), clinic.row.number, {})

    def brand(self, slug: str, plain: RowSource, reader: BrandReader) -> Brand:
        """Return the brand of a clinic's rows. Raises ``ContentError`` with every mistake of them."""
        try:
            return self._brand(slug, plain, reader)
        except ContentError:
            return self._brand(slug, self.source(slug), reader)

    def _brand(self, slug: str, source: RowSource, reader: BrandReader) -> Brand:
        problems = self.problems_of(slug)
        try:
            layers = reader.layers_of(source, self._path)
            country = first(layers, lambda layer: layer.handout_keys.country) or ""
            problems += self._checker.number_problems(self.clinics[slug], country)
            brand = reader.read_layers(slug, layers, source.brand_row)
        except ContentError as error:
            problems += error.problems
        if problems:
            raise ContentError(sorted(set(problems)))
        return brand


def _node(value: Any, location: Location, place: Position, said_by: Mapping[Location, SheetValue]) -> Node:
    """Return plain data as nodes whose places are those of their cells; what no cell says has that of its whole."""
    if cell := said_by.get(location):
        place = cell.row.line, cell.cell.column
    if not isinstance(value, dict | list):
        return Node(value, place, style='"', word=str(value))
    parts: dict[str | int, Node] = {
        step: _node(part, (*location, step), place, said_by)
        for step, part in (value.items() if isinstance(value, dict) else enumerate(value))
    }
    return Node(value, place, keys={str(step): part.place for step, part in parts.items()}, parts=parts)
