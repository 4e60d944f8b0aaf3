"""CSV as spreadsheets save it: with commas, semicolons or tabs, with a mark in front, with the line of Excel."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from handoutpress.content.tables.table import MAX_ROWS, Cell, SheetRow, Table, read_table_bytes, table_of
from handoutpress.store.spreadsheets import without_guard
from handoutpress.yamlfile.decoding import decode_foreign
from handoutpress.yamlfile.problems import ContentError, Problem

_DELIMITERS = (",", ";", "\t")
_SEPARATOR = re.compile(r"\"?sep=([,;\t|])\"?[^\S\r\n]*\r?\n", re.IGNORECASE)
_TEXT_AS_FORMULA = re.compile(r'="([^"]*)"')
"""How some programs keep the zeros of a number: ``="01632"``."""


def read_csv(path: Path, encoding: str = "") -> Table:
    """Read the CSV file ``path``; ``encoding`` is its own where it is neither UTF-8 nor marked UTF-16.

    Raises ``ContentError`` where the file as a whole cannot be read, ``HandoutError`` where it is not there.
    """
    text = decode_foreign(read_table_bytes(path), path, encoding=encoding)
    # Excel writes the separator into a line of its own, and hides that line.
    told = _SEPARATOR.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else max(_DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[SheetRow] = []
    end = before = int(told is not None)
    try:
        for number, cells in enumerate(reader, 1):
            start, end = end + 1, before + reader.line_num
            if start > MAX_ROWS:
                raise ContentError([Problem(path, start, 1, f"The file has more than {MAX_ROWS} lines.")])
            rows.append(SheetRow(number, start, tuple(map(_cell, cells, range(1, len(cells) + 1)))))
    except csv.Error as error:
        raise ContentError([Problem(path, end + 1, 1, f"The row cannot be read: {error}.")]) from None
    return table_of(path, rows)


def _cell(text: str, column: int) -> Cell:
    text = text.strip()
    if not text.startswith("="):
        return Cell(without_guard(text), column)
    if kept := _TEXT_AS_FORMULA.fullmatch(text):
        return Cell(kept[1].strip(), column)
    return Cell(text, column, fault=f'holds a formula ({text}). Hint: replace it by its value ("paste values").')
