"""Tables for spreadsheets: the one place that writes CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV Injection)."""
_GUARD = "'"
_GUARDED = tuple(_GUARD + sign for sign in _FORMULA)


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV (RFC 4180) in UTF-8 that a spreadsheet opens rightly; a cell is never taken for a formula."""
    text = StringIO()
    csv.writer(text).writerows([_as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def without_guard(cell: str) -> str:
    """Return a cell without the apostrophe that keeps it from being taken for a formula."""
    return cell[1:] if cell.startswith(_GUARDED) else cell


def _as_text(cell: str) -> str:
    return f"{_GUARD}{cell}" if cell.startswith(_FORMULA) else cell
