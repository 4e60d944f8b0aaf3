"""Text files from disk: UTF-8 within limits, every character one that can be seen, else a ``Problem`` at its place."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.problems import ContentError, MessageAndHint, Problem

MAX_BYTES = 1_000_000
"""No handout, brand or library comes near this size; what does is a mistake or an attack."""
MAX_REPEATS = 20
"""Most places of one and the same mistake that are reported."""

# Joiners and marks of direction (U+200B to U+200F, U+202A to U+202E) are not among them: scripts need them.
INVISIBLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class TextFile:
    """A file's text without its byte-order mark, and the SHA-256 of its bytes as they are on disk."""

    text: str
    digest: str


def read_text(path: Path, display_path: Path) -> TextFile:
    """Read ``path``, called ``display_path`` in messages. Raises ``ContentError``."""
    raw = read_bytes(path, display_path)
    text = _decode(raw, display_path).removeprefix("\ufeff")
    if problems := _invisible(text, display_path):
        raise ContentError(problems)
    return TextFile(text, bytes_digest(raw))


def place_at(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column, from 1, of the character at ``offset``."""
    before = text[:offset]
    line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
    breaks = before.count("\n") + before.count("\r") - before.count("\r\n")
    return breaks + 1, offset - line_start + 1


def offset_of(text: str, line: int, column: int) -> int:
    """Return the offset of the character at ``line`` and ``column``, from 1."""
    # It breaks lines at more signs than ``place_at`` does; ``read_text`` has refused them all.
    lines = text.splitlines(keepends=True)[: line - 1]
    return sum(map(len, lines)) + column - 1


def aligned(text: str, begin: int, words: str, offset: int) -> int:
    """Return where in ``text`` the character at ``offset`` of ``words`` stands.

    ``words`` are written from ``begin`` on, but for spaces and line ends, quotes and backslashes.
    """
    behind = begin
    for character in words[: offset + 1]:
        if not character.isspace():
            index = text.find(character, behind)
            behind = (len(text) if index < 0 else index) + 1
    return min(max(behind - 1, begin), len(text))


def read_bytes(path: Path, display_path: Path) -> bytes:
    """Read the bytes of a text file, at most ``MAX_BYTES``. Raises ``ContentError``."""
    try:
        # Opening a named pipe would wait for ever, and a device may never end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ContentError([Problem(display_path, 0, 0, "This is not a file.", "put a text file in its place.")])
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        sentence = f"The file cannot be read ({reason[:1].lower()}{reason[1:]})."
        raise ContentError([Problem(display_path, 0, 0, sentence, "check its name and who may read it.")]) from None
    if len(raw) > MAX_BYTES:
        sentence = f"The file is larger than {MAX_BYTES // 1_000_000} MB."
        raise ContentError([Problem(display_path, 0, 0, sentence, "split it, or see whether it is the right file.")])
    return raw


def _decode(raw: bytes, display_path: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = place_at(raw[: error.start].decode("utf-8"), len(raw[: error.start].decode("utf-8")))
        wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        sentence = "The file is UTF-16, not UTF-8." if wide else f"The byte 0x{raw[error.start]:02X} is not UTF-8."
        problem = Problem(display_path, line, column, sentence, "save the file with the encoding UTF-8.")
        raise ContentError([problem]) from None


def _invisible(text: str, display_path: Path) -> list[Problem]:
    matches = islice(INVISIBLE.finditer(text), MAX_REPEATS)
    return [_invisible_at(text, match, display_path) for match in matches]


def _invisible_at(text: str, match: re.Match[str], display_path: Path) -> Problem:
    words = invisible_words(match[0])
    return Problem(display_path, *place_at(text, match.start()), words.sentence, words.hint)


def invisible_words(sign: str) -> MessageAndHint:
    """Return what is wrong with a ``sign`` that cannot be seen."""
    sentence = f"The invisible character U+{ord(sign):04X} cannot be printed."
    return MessageAndHint(sentence, "delete it, and type the words beside it anew; it comes along when text is pasted.")
