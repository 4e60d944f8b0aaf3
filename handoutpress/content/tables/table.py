"""A table as a spreadsheet shows it: rows of cells, each with the name that the spreadsheet gives it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem

MAX_ROWS = 50_000
MAX_BYTES = 50_000_000


class Cell(NamedTuple):
    """One cell: its text without blanks around it, and its ``column`` from 1.

    ``is_number`` tells that the spreadsheet keeps a number there, which has no leading zeros. ``fault`` is what is
    wrong with it, as it reads after the cell's name, with " Hint: " before what to do.
    """

    text: str
    column: int
    is_number: bool = False
    fault: str = ""


@dataclass(frozen=True)
class SheetRow:
    """One row. ``number`` is that which a spreadsheet shows beside it, ``line`` where it begins in a text file."""

    number: int
    line: int
    cells: tuple[Cell, ...]

    def name(self, cell: Cell) -> str:
        """Return the name that a spreadsheet gives a cell of this row, such as B7."""
        letters, rest = "", cell.column
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.number}"


@dataclass(frozen=True)
class Table:
    """A table whose first row that is not empty names the columns. Empty rows are left out."""

    path: Path
    heads: SheetRow
    rows: tuple[SheetRow, ...]


def read_table_bytes(path: Path) -> bytes:
    """Return the bytes of a table's file. Raises ``HandoutError``."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise HandoutError(f"{path.as_posix()} cannot be read: {error.strerror}.") from None
    if len(content) > MAX_BYTES:
        raise ContentError([Problem(path, 0, 0, f"The file is larger than {MAX_BYTES // 1_000_000} MB.")])
    return content


def table_of(path: Path, rows: list[SheetRow]) -> Table:
    """Return the table of ``rows``, without the empty ones. Raises ``ContentError`` where none has anything in it."""
    filled = [row for row in rows if any(cell.text or cell.fault for cell in row.cells)]
    if not filled:
        raise ContentError([Problem(path, 0, 0, "The file is empty; its first row names the columns.")])
    return Table(path, filled[0], tuple(filled[1:]))
