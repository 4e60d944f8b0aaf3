"""A cell of our tables is what it says, and nothing that a spreadsheet reckons."""

import csv
from io import StringIO

import pytest

from handoutpress.store.spreadsheets import csv_bytes


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("https://evil.example","Clinic")', "+44 1632 960000", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]
)
def test_a_cell_that_may_be_a_formula_is_text(cell: str) -> None:
    assert read(csv_bytes([["clinic"], [cell]])) == [["clinic"], [f"'{cell}"]]


def test_every_other_cell_is_as_it_was() -> None:
    rows = [["a, b", 'say "so"', "two\nlines"], ["Ärzte 诊所", " =1", "1-2", ""]]
    assert read(csv_bytes(rows)) == rows
