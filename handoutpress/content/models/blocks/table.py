"""The block ``table``: rows with cells to read, or to write in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.text.fields import Cell, Label, Markdown, Words
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.record import Record, misplaced

MAX_COLUMNS = 8
MAX_ROWS = 60

_EMPTY = frozenset({"", "-", "–", "—", "_", "…", "..."})
"""What people write in a cell that is to be written in."""


def _as_cell(value: Any) -> Any:
    """Take a number for its text, and blanks for nothing."""
    if isinstance(value, str) and not value.strip():
        return None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


TableCell = Annotated[Cell | None, BeforeValidator(_as_cell)]
"""A cell: a line of Markdown, a number, or nothing."""
TableLabel = Annotated[Label | None, BeforeValidator(_as_cell)]
RowLabel = Annotated[Label, BeforeValidator(_as_cell)]


class TableRow(Record):
    """A row with its label."""

    label: TableLabel = None
    cells: tuple[TableCell, ...] = ()


class GridRow(Record):
    """A row as it is printed: what it is called, and a cell for each column."""

    label: str | None
    cells: tuple[str | None, ...]
    is_example: bool = False


def _as_rows(value: Any) -> Any:
    """Take a number for so many rows without labels."""
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MAX_ROWS
    return [{} for _ in range(value)] if is_count else value


class TableContent(BlockContent):
    """A table. A row is its label (with ``fill``), a list of its cells from the first on, or ``label`` and ``cells``.

    Rows may have one entry more than ``columns``, which then is their label; with as many, the first column heads it.
    """

    caption: Words | None = Field(None, description="Printed above the table.")
    columns: Annotated[tuple[Label, ...], Field(min_length=1, max_length=MAX_COLUMNS)]
    rows: Annotated[
        tuple[RowLabel | tuple[TableCell, ...] | TableRow, ...],
        Field(min_length=1, max_length=MAX_ROWS),
        BeforeValidator(_as_rows, json_schema_input_type=int | tuple[RowLabel | tuple[TableCell, ...] | TableRow, ...]),
    ]
    fill: bool = Field(False, description="Whether its cells are to be written in; then rows are labels, or a number.")
    wide_columns: tuple[Annotated[int, Field(ge=1, le=MAX_COLUMNS)], ...] = Field(
        (), description="With fill: which columns are for words, and wider than those for a number. The first is 1."
    )
    example: tuple[TableCell, ...] = Field(
        (),
        description="With fill: a first row, filled in: its label, if rows have one, and a cell for each column.",
    )
    key: Markdown | None = Field(None, description="What the codes in it mean, below it.")

    @property
    def heads(self) -> tuple[str | None, tuple[str, ...]]:
        """The head of the labels' column, if it has one, and those of the other columns."""
        if self._first_column_labels:
            return self.columns[0], self.columns[1:]
        return None, self.columns

    @property
    def grid(self) -> tuple[GridRow, ...]:
        """Its rows as they are printed."""
        width = len(self.heads[1])
        rows = [(_label(row), _cells(row)) for row in self.rows]
        grid = (GridRow(label=label, cells=(*cells, *[None] * (width - len(cells)))) for label, cells in rows)
        return (*self._example_rows(), *grid)

    def _example_rows(self) -> tuple[GridRow, ...]:
        if not self.example:
            return ()
        label, cells = (self.example[0], self.example[1:]) if self._has_labels else (None, self.example)
        return (GridRow(label=label, cells=cells, is_example=True),)

    @property
    def _has_labels(self) -> bool:
        return any(_label(row) for row in self.rows)

    @property
    def _first_column_labels(self) -> bool:
        """Whether ``columns`` begin with the head of the labels: most rows then have one cell less than there are."""
        widths = [len(_cells(row)) for row in self.rows]
        return 0 < widths.count(len(self.columns) - 1) > widths.count(len(self.columns))

    @model_validator(mode="after")
    def _is_whole(self) -> TableContent:
        if self.fill:
            self._check_is_to_fill()
        else:
            self._check_rows()
        self._check_wide()
        self._check_example()
        return self

    def _check_is_to_fill(self) -> None:
        for number, row in enumerate(self.rows):
            if written := [cell for cell in _cells(row) if cell and cell not in _EMPTY]:
                sentence = f'the cells are to be written in, and one holds "{written[0][:40]}"'
                hint = 'take out "fill: true" to print what cells hold; or leave the label of each row alone.'
                raise misplaced(("rows", number), f"{sentence}. Hint: {hint}")

    def _check_wide(self) -> None:
        if self.wide_columns and not self.fill:
            raise misplaced("wide_columns", 'only columns to write in can be wide. Hint: add "fill: true".')
        count = len(self.columns)
        if beyond := [number for number in self.wide_columns if number > count]:
            sentence = f"there is no column {beyond[0]} among {counted(count, 'column')}"
            raise misplaced("wide_columns", f"{sentence}. Hint: the first one is 1.")

    def _check_example(self) -> None:
        if self.example and not self.fill:
            raise misplaced("example", 'only a table to write in has an example. Hint: add "fill: true".')
        width = len(self.columns) + self._has_labels
        if self.example and (len(self.example) != width or None in self.example):
            label = "its label, and " if self._has_labels else ""
            sentence = f"the example has {counted(sum(cell is not None for cell in self.example), 'cell')}"
            columns = ", ".join(self.columns)
            raise misplaced(
                "example", f"{sentence} and needs {width}. Hint: write {label}a cell for each of {columns}."
            )

    def _check_rows(self) -> None:
        labels_alone = [number for number, row in enumerate(self.rows) if not _cells(row)]
        if labels_alone:
            hint = 'write each as [label, cell, cell]; or add "fill: true", if the cells are to be written in.'
            rows = "no row has" if len(labels_alone) == len(self.rows) else f"row {labels_alone[0] + 1} does not have"
            raise misplaced(("rows", labels_alone[0]), f"{rows} any cells. Hint: {hint}")
        width = len(self.heads[1])
        for number, row in enumerate(self.rows):
            if len(_cells(row)) != width:
                raise misplaced(("rows", number), self._width_fault(number, row, width))
        self._check_empty()

    def _width_fault(self, number: int, row: Any, width: int) -> str:
        name = f'the row "{_label(row)}"' if _label(row) else f"row {number + 1}"
        sentence = f"{name} has {counted(len(_cells(row)), 'cell')} beside its label for {counted(width, 'column')}"
        return f"{sentence}. Hint: write a cell for each of {', '.join(self.heads[1])}."

    def _check_empty(self) -> None:
        cells = [(number, cell) for number, row in enumerate(self.rows) for cell in _cells(row)]
        empty = [number for number, cell in cells if cell is None]
        if empty:
            rows = list(dict.fromkeys(number + 1 for number in empty))
            are = f"{counted(len(empty), 'cell')} of the table {'is' if len(empty) == 1 else 'are'} empty"
            hint = 'write "–" where there is nothing to say; or "fill: true", if all cells are to be written in.'
            raise misplaced(("rows", empty[0]), f"{are}, in {_in_rows(rows)}. Hint: {hint}")


def _in_rows(rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0]}"
    return f"rows {', '.join(map(str, rows[:5]))}{' and more' * (len(rows) > 5)}"


def _label(row: Any) -> str | None:
    if isinstance(row, str):
        return row
    if isinstance(row, TableRow):
        return row.label
    return row[0] if row else None


def _cells(row: Any) -> tuple[str | None, ...]:
    if isinstance(row, str):
        return ()
    return row.cells if isinstance(row, TableRow) else row[1:]
