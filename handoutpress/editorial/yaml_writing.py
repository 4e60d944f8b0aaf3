"""Lines of YAML text with comments between them, which no YAML writer keeps."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator

from handoutpress.content.skeletons import UNWRITTEN
from handoutpress.content.text.fields import has_words, in_pieces

_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
"""Words that a reader of YAML may take for something else than text."""
WIDTH = 110
"""Characters in a line."""


def quoted(text: str) -> str:
    """Return a YAML double-quoted scalar, which JSON's strings are."""
    return json.dumps(text, ensure_ascii=False)


def comment(sentence: str, indent: int = 0) -> list[str]:
    """Return comment lines of a readable length."""
    margin = " " * indent + "# "
    return textwrap.wrap(
        sentence, WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
    )


def scalar(value: object) -> str:
    """Return a name, number or day as YAML, in quotes where it could be read as something else."""
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value not in _RESERVED else quoted(value)
    return json.dumps(value) if value is None or isinstance(value, bool) else str(value)


def text_value(lead: str, text: str, indent: int) -> list[str]:
    """Return the lines of ``lead`` (a key with its colon, or a dash) and a text, in the block style that suits it."""
    margin, text = " " * indent, text.strip("\n")
    if len(text) + len(lead) + indent <= WIDTH and "\n" not in text:
        return [f"{margin}{lead} {quoted(text)}"]
    # A block scalar would take leading blanks for its indentation.
    if text[0] in " \t":
        return [f"{margin}{lead} {quoted(text)}"]
    if "\n" in text:
        return [f"{margin}{lead} |-", *indented(text, indent + 2)]
    folded = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return [f"{margin}{lead} >-", *(f"{margin}  {line}" for line in folded)]


def writable(text: str) -> str:
    """Return ``text`` as a handout may hold it: marked where it has no words, and words without end in pieces."""
    text = in_pieces(text)
    return text if not text or has_words(text) else f"{UNWRITTEN}: {text}"


def short_value(text: str, role: str) -> list[str]:
    """Return a value of at most 300 characters, and behind it comments with the full text where it was longer."""
    text = writable(text)
    if len(text) <= 300:
        return [quoted(text)]
    return [quoted(text[:299].rstrip() + "…"), *comment(f"DOUBT: the {role} was longer. Whole: {text}")]


def indented(text: str, indent: int) -> list[str]:
    """Return the lines of a block scalar."""
    return [(" " * indent + line) if line else "" for line in text.split("\n")]


def table(caption: str, columns: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Yield the lines of a comparison: each of ``rows`` is a label and its cells."""
    yield "comparison:"
    yield f"  caption: {short_value(caption, 'caption')[0]}"
    yield f"  columns: [{', '.join(short_value(name, 'column')[0] for name in columns)}]"
    yield "  rows:"
    for cells in rows:
        yield f"    - label: {short_value(cells[0], 'label')[0]}"
        yield "      cells:"
        yield from (f"        - {quoted(writable(cell))}" for cell in cells[1:])
