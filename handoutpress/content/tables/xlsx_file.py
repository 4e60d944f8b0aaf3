"""Workbooks (.xlsx): the first sheet that is seen, each cell as it is shown. The only place that imports openpyxl."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handoutpress.content.tables.table import MAX_ROWS, Cell, SheetRow, Table, read_table_bytes, table_of
from handoutpress.yamlfile.problems import ContentError, Problem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 300_000_000
"""Bytes of a workbook's parts together: more is no list of clinics."""
MAX_COLUMNS = 200
_FIXED = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def read_xlsx(path: Path) -> Table:
    """Read the first sheet of the workbook ``path``. Of a formula its last value is read.

    A cell whose value cannot be used, and cells that are merged, have a fault. Raises ``ContentError`` where the file
    as a whole cannot be read, ``HandoutError`` where it is not there.
    """
    raw = read_table_bytes(path)
    _check_parts(raw, path)
    values, formulas = _sheet(raw, path, values=True), _sheet(raw, path, values=False)
    if values.max_row > MAX_ROWS or values.max_column > MAX_COLUMNS:
        sentence = f"The sheet has more than {MAX_ROWS} rows or {MAX_COLUMNS} columns."
        raise ContentError([Problem(path, 0, 0, sentence, "delete the empty ones behind the table.")])
    merged = {place: str(area) for area in formulas.merged_cells.ranges for place in area.cells}
    rows = [
        SheetRow(number, number, tuple(_cell(shown, kept, merged) for shown, kept in zip(*pair, strict=True)))
        for number, pair in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=True), 1)
    ]
    return table_of(path, rows)


def xlsx_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a workbook whose cells are all text: no zero is lost, and nothing is taken for a formula.

    The same rows give the same bytes.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - 200 ms that only a workbook waits for

    book = Workbook()
    sheet = book.active
    for at_row, row in enumerate(rows, 1):
        for at_column, text in enumerate(row, 1):
            cell = sheet.cell(at_row, at_column)
            cell.value = text
            cell.data_type, cell.number_format = "s", "@"
    written = io.BytesIO()
    book.save(written)
    return _without_times(written.getvalue())


def _without_times(raw: bytes) -> bytes:
    even = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as book, zipfile.ZipFile(even, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(book.namelist()):
            target.writestr(zipfile.ZipInfo(name, _FIXED), _MOMENT.sub(b"", book.read(name)), zipfile.ZIP_DEFLATED)
    return even.getvalue()


def _check_parts(raw: bytes, path: Path) -> None:
    """Raise ``ContentError`` for what is no workbook, or one that would not fit into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            size = sum(part.file_size for part in book.infolist())
            declares = any(b"<!DOCTYPE" in book.read(part)[:4_000] for part in book.infolist() if size <= MAX_UNPACKED)
    except Exception:  # it raises whatever its parts raise: BadZipFile, zlib.error, EOFError, RuntimeError
        raise _unreadable(path) from None
    if size > MAX_UNPACKED or declares:
        sentence = f"The workbook is larger than {MAX_UNPACKED // 1_000_000} MB unpacked." if not declares else ""
        raise _refused(path, sentence or "The workbook declares words of its own (DOCTYPE).")


def _unreadable(path: Path) -> ContentError:
    return _refused(path, "This is no workbook that can be read.")


def _refused(path: Path, sentence: str) -> ContentError:
    return ContentError([Problem(path, 0, 0, sentence, 'save it as a workbook (.xlsx) again, or as "CSV UTF-8".')])


def _sheet(raw: bytes, path: Path, *, values: bool) -> Worksheet:
    from openpyxl import load_workbook  # noqa: PLC0415 - 200 ms that only a workbook waits for

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules that it cannot keep, and that nobody asks for
            book = load_workbook(io.BytesIO(raw), data_only=values)
    except Exception:  # it raises whatever its parts raise: KeyError, TypeError, ParseError
        raise _unreadable(path) from None
    seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not seen:
        raise ContentError([Problem(path, 0, 0, "The workbook has no sheet that is seen.", "show the one to read.")])
    return seen[0]


def _cell(shown: Any, kept: Any, merged: dict[tuple[int, int], str]) -> Cell:
    column = kept.column
    if area := merged.get((kept.row, column)):
        is_first = area.partition(":")[0] == kept.coordinate
        fault = f"is merged with others ({area}). Hint: unmerge them, and fill in each."
        return Cell("", column, fault=fault if is_first else "")
    value = shown.value
    if fault := _fault(shown, kept):
        return Cell("", column, fault=fault)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(_digits(value, shown.number_format), column, is_number=True)
    return Cell("" if value is None else str(value).strip(), column)


def _fault(shown: Any, kept: Any) -> str:
    """Return why the value of a cell cannot be used; empty where it can."""
    if kept.data_type == "f" and shown.value is None:
        return "holds a formula without a value. Hint: open the workbook in a spreadsheet program, and save it there."
    if shown.data_type == "e":
        return f"holds an error ({shown.value}). Hint: mend its formula, or write its value."
    if isinstance(shown.value, date | time):
        return "holds a date or a time. Hint: give the cell the format Text, and write it anew."
    return ""


def _digits(number: float, pattern: str) -> str:
    """Return a number as a cell shows it where its format is zeros, as of telephones; else with all its digits."""
    text = str(int(number)) if float(number).is_integer() else repr(number)
    return text.zfill(len(pattern)) if set(pattern) == {"0"} else text
