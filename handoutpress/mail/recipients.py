"""Many recipients: a CSV file as a spreadsheet saves it, read whole, with every bad row told in one pass."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.models.mailboxes import MailError, parse_mailbox
from handoutpress.mail.letter_context import MAX_NOTE, Recipient
from handoutpress.mail.offered import OfferedHandouts
from handoutpress.yamlfile.decoding import decode_foreign
from handoutpress.yamlfile.encodings import mixed_word
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem

COLUMNS = ("address", "name", "language", "handouts", "note")
MAX_ROWS = 50_000
MAX_BYTES = 50_000_000
_DELIMITERS = (",", ";", "\t")
_SEPARATOR = re.compile(r"\"?sep=([,;\t|])\"?[^\S\r\n]*\r?\n", re.IGNORECASE)
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
    text = decode_foreign(_read(path), path, encoding=encoding)
    # Excel writes the separator into a line of its own, and hides that line.
    told = _SEPARATOR.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else max(_DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: Sequence[str] = ()
    end = before = int(told is not None)
    try:
        for cells in reader:
            start, end = end + 1, before + reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(path, start, cells)
                continue
            if start > MAX_ROWS:
                raise ContentError([Problem(path, start, 1, f"The file has more than {MAX_ROWS} lines.")])
            overflow = any(cell.strip() for cell in cells[len(columns) :])
            yield RecipientRow(start, {key: cell.strip() for key, cell in zip(columns, cells, strict=False)}, overflow)
    except csv.Error as error:
        raise ContentError([Problem(path, end + 1, 1, f"The row cannot be read: {error}.")]) from None
    if not columns:
        raise ContentError([Problem(path, 0, 0, "The file is empty; its first row names the columns.")])


def _columns(path: Path, line: int, cells: Sequence[str]) -> tuple[str, ...]:
    names = (" ".join(cell.casefold().split()) for cell in cells)
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
        raise ContentError([Problem(path, line, 1, fault, f"The columns are {', '.join(COLUMNS)}.")])
    return columns


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise HandoutError(f"{path.as_posix()} cannot be read: {error.strerror}.") from None
    if len(content) > MAX_BYTES:
        raise ContentError([Problem(path, 0, 0, f"The file is larger than {MAX_BYTES // 1_000_000} MB.")])
    return content
