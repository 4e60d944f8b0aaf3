"""Many recipients: a CSV file as a spreadsheet saves it, read whole, with every bad row told in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.models.mailboxes import MailError, parse_mailbox
from handoutpress.content.tables.csv_file import read_csv
from handoutpress.content.tables.table import SheetRow
from handoutpress.mail.letter_context import MAX_NOTE, Recipient
from handoutpress.mail.offered import OfferedHandouts
from handoutpress.yamlfile.encodings import mixed_word
from handoutpress.yamlfile.problems import ContentError, Problem

COLUMNS = ("address", "name", "language", "handouts", "note")
_ADDRESSES = frozenset(
    {"e-mail", "email", "mail", "e-mail address", "email address", "e-mail-address", "mail address", "e-mail-adresse"}
)
"""What others call the column "address"."""


@dataclass(frozen=True)
class RecipientDefaults:
    """What a row means where it leaves a column empty; ``encoding`` is the file's, where it is not UTF-8 or UTF-16."""

    language: str
    handouts: tuple[str, ...]
    offered: OfferedHandouts
    encoding: str = ""


@dataclass(frozen=True)
class RecipientRow:
    """One row of the file; ``line`` counts from 1, the heading row included.

    ``overflow`` tells whether there are words beyond the columns.
    """

    line: int
    cells: Mapping[str, str]
    overflow: bool = False


def read_recipients(path: Path, defaults: RecipientDefaults) -> tuple[tuple[Recipient, ...], tuple[Problem, ...]]:
    """Return the good rows of ``path`` in order, and a ``Problem`` for each bad one, none of them naming a patient.

    Raises ``ContentError`` where the file as a whole cannot be read.
    """
    recipients: list[Recipient] = []
    problems: list[Problem] = []
    first_lines: dict[tuple[str, frozenset[str]], int] = {}
    for row in _rows(path, defaults.encoding):
        try:
            recipient = _recipient(row, defaults)
        except MailError as error:
            problems.append(Problem(path, row.line, 1, str(error)))
            continue
        first_line = first_lines.setdefault((recipient.to.same_person, frozenset(recipient.handouts)), row.line)
        if first_line != row.line:
            hint = "Remove one of them; nobody is mailed the same handout twice."
            problems.append(Problem(path, row.line, 1, f"This row repeats the row at line {first_line}.", hint))
            continue
        recipients.append(recipient)
    return tuple(recipients), tuple(problems)


def _recipient(row: RecipientRow, defaults: RecipientDefaults) -> Recipient:
    """Read one row. Raises ``MailError`` for what is wrong with it."""
    # No sentence repeats a cell: in a row that is shifted by a column, any cell may hold a name or a note.
    cells = row.cells
    if row.overflow:
        raise MailError(
            "The row has more cells than the heading row; a note with commas needs double quotes around it."
        )
    if not cells.get("address"):
        raise MailError('The column "address" is empty.')
    to = parse_mailbox(cells["address"], cells.get("name", ""))
    for column in ("name", "note"):
        _refuse_mixed(cells.get(column, ""), column)
    language = defaults.offered.language(cells.get("language") or defaults.language)
    own = tuple(dict.fromkeys(map(defaults.offered.slug, _slugs(cells.get("handouts", "")))))
    slugs = own or defaults.handouts
    if not slugs:
        raise MailError('The column "handouts" is empty, and no handout was named for all.')
    for position, slug in enumerate(slugs, 1):
        defaults.offered.check(slug, language, position if own else 0)
    note = cells.get("note", "")
    if len(note) > MAX_NOTE:
        raise MailError(f"The note is longer than {MAX_NOTE} characters.")
    return Recipient(to, language, slugs, note, row.line)


def _refuse_mixed(text: str, column: str) -> None:
    """Raise ``MailError`` for a word of two alphabets, which a wrong encoding makes of any name with an accent."""
    if mixed_word(text):
        hint = "save the file as UTF-8 or name another --encoding; if that is right, type the word anew."
        raise MailError(f"A word of the {column} has letters of two alphabets. Hint: {hint}")


def _slugs(cell: str) -> tuple[str, ...]:
    """Return the names in ``cell``, between blanks, commas, semicolons or bars, each once."""
    return tuple(dict.fromkeys(re.split(r"[\s,;|]+", cell.strip()))) if cell.strip() else ()


def _rows(path: Path, encoding: str) -> Iterator[RecipientRow]:
    table = read_csv(path, encoding)
    columns = _columns(path, table.heads)
    for row in table.rows:
        cells = [cell.text for cell in row.cells]
        yield RecipientRow(row.line, dict(zip(columns, cells, strict=False)), any(cells[len(columns) :]))


def _columns(path: Path, heads: SheetRow) -> tuple[str, ...]:
    names = (" ".join(cell.text.casefold().split()) for cell in heads.cells)
    columns = tuple("address" if name in _ADDRESSES else name for name in names)
    while columns and not columns[-1]:
        columns = columns[:-1]
    unknown = [column for column in columns if column not in COLUMNS]
    fault = ""
    if "address" not in columns:
        fault = 'The first row needs a column "address".'
    elif unknown:
        fault = f'The first row has a column that is not known: "{unknown[0]}".'
    elif len(set(columns)) < len(columns):
        fault = "The first row names a column twice."
    if fault:
        raise ContentError([Problem(path, heads.line, 1, fault, f"The columns are {', '.join(COLUMNS)}.")])
    return columns
