"""Tables as spreadsheets save them: what a cell shows, how it is called, and what in it cannot be used."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from handoutpress.content.tables.csv_file import read_csv
from handoutpress.content.tables.table import Table
from handoutpress.content.tables.xlsx_file import read_xlsx, xlsx_bytes
from handoutpress.store.spreadsheets import csv_bytes
from handoutpress.yamlfile.problems import ContentError


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in (table.heads, *table.rows)]


def faults(table: Table) -> list[str]:
    return [f"{row.name(cell)} {cell.fault}" for row in table.rows for cell in row.cells if cell.fault]


def workbook(folder: Path, fill: Callable[[Worksheet], Any]) -> Path:
    book = Workbook()
    fill(book.active)
    book.save(folder / "clinics.xlsx")
    return folder / "clinics.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("beginning", ["", "sep=;\r\n"])
def test_rows_are_numbered_as_a_spreadsheet_does_and_lines_as_an_editor(
    tmp_path: Path, encoding: str, beginning: str
) -> None:
    path = tmp_path / "clinics.csv"
    path.write_bytes(f'{beginning}Name;Phone\r\n"Two\r\nlines";="01632"\r\n;\r\nÜ;\'+44 1\r\n'.encode(encoding))
    table = read_csv(path)
    assert texts(table) == [["Name", "Phone"], ["Two\r\nlines", "01632"], ["Ü", "+44 1"]]
    hidden = bool(beginning)
    assert [(row.number, row.line) for row in table.rows] == [(2, 2 + hidden), (4, 5 + hidden)]
    assert [row.name(row.cells[1]) for row in table.rows] == ["B2", "B4"]


def test_the_27th_column_is_called_aa(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join("abcdefghijklmnopqrstuvwxyz" * 3), encoding="utf-8")
    heads = read_csv(path).heads
    assert [heads.name(heads.cells[at]) for at in (0, 25, 26, 52, 77)] == ["A1", "Z1", "AA1", "BA1", "BZ1"]


def test_a_formula_of_csv_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "clinics.csv"
    path.write_text("Name,Phone\nHill,=A1&B1\n", encoding="utf-8")
    assert faults(read_csv(path)) == ['B2 holds a formula (=A1&B1). Hint: replace it by its value ("paste values").']


def test_a_file_of_another_encoding_is_refused_and_read_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "clinics.csv"
    path.write_bytes("Name\nClínica Sur\n".encode("cp1252"))
    with pytest.raises(ContentError, match=r"2:3: The byte 0xED is not UTF-8.*--encoding windows-1252"):
        read_csv(path)
    assert texts(read_csv(path, "windows-1252"))[1] == ["Clínica Sur"]


def test_cells_of_a_workbook_are_read_as_they_are_shown(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Name", "Phone", "Open", "Since"])
        sheet.append(["Hill ", 1632960123, "=A2", date(2020, 1, 1)])
        sheet.append(["Merged", 1632960124, True, 2.5])
        sheet["B3"].number_format = "00000000000"
        sheet.append(["Down"])
        sheet.merge_cells("A4:A5")

    table = read_xlsx(workbook(tmp_path, fill))
    assert texts(table)[1:3] == [["Hill", "1632960123", "", ""], ["Merged", "01632960124", "True", "2.5"]]
    assert [cell.is_number for cell in table.rows[0].cells] == [False, True, False, False]
    assert [fault.partition(". Hint")[0] for fault in faults(table)] == [
        "C2 holds a formula without a value",
        "D2 holds a date or a time",
        "A4 is merged with others (A4:A5)",
    ]


def test_the_last_value_of_a_formula_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda sheet: sheet.append(["Name", "=1+1"]))
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<v />", b"<v>2</v>")
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<v></v>", b"<v>2</v>")
    with zipfile.ZipFile(path, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    assert texts(read_xlsx(path)) == [["Name", "2"]]


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 torn", b"Name,Phone\n"])
def test_what_is_no_workbook_is_told(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "clinics.xlsx").write_bytes(raw)
    with pytest.raises(ContentError, match="no workbook that can be read"):
        read_xlsx(tmp_path / "clinics.xlsx")


@pytest.mark.parametrize("damage", [b"\xff" * 8, b"\x00" * 8, b"\x05\x00"])
def test_a_workbook_that_cannot_be_unpacked_is_told(tmp_path: Path, damage: bytes) -> None:
    raw = xlsx_bytes(ROWS)
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        begins = [part.header_offset + len(part.FileHeader()) for part in book.infolist()]
    for begin in begins:
        (tmp_path / "clinics.xlsx").write_bytes(raw[:begin] + damage + raw[begin + len(damage) :])
        with pytest.raises(ContentError, match="no workbook that can be read"):
            read_xlsx(tmp_path / "clinics.xlsx")


def test_a_workbook_whose_part_ends_too_early_is_told(tmp_path: Path) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as book:
        book.writestr("xl/workbook.xml", "<x/>")
    raw = bytearray(written.getvalue())
    entry = raw.index(b"PK\x01\x02")
    # Both sizes of the part, packed and not, are larger than the file.
    raw[entry + 20 : entry + 28] = (1_000_000).to_bytes(4, "little") * 2
    (tmp_path / "clinics.xlsx").write_bytes(raw)
    with pytest.raises(ContentError, match="no workbook that can be read"):
        read_xlsx(tmp_path / "clinics.xlsx")


def test_a_workbook_that_declares_words_is_refused(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as book:
        book.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    (tmp_path / "clinics.xlsx").write_bytes(raw.getvalue())
    with pytest.raises(ContentError, match="DOCTYPE"):
        read_xlsx(tmp_path / "clinics.xlsx")


ROWS = [["name", "phone"], ["=HYPERLINK(1)", "01632"], ["+44 1", "-"], ["Plain", "@x"], ["'quoted'", "7"]]


def test_what_is_written_is_read_as_the_same_and_never_as_a_formula(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx_bytes(ROWS))
    (tmp_path / "a.csv").write_bytes(csv_bytes(ROWS))
    assert texts(read_xlsx(tmp_path / "a.xlsx")) == texts(read_csv(tmp_path / "a.csv")) == ROWS
    assert faults(read_xlsx(tmp_path / "a.xlsx")) == faults(read_csv(tmp_path / "a.csv")) == []
    assert xlsx_bytes(ROWS) == xlsx_bytes(ROWS)
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(ROWS))) as book:
        assert not any(b"<f>" in book.read(name) or b"dcterms" in book.read(name) for name in book.namelist())
