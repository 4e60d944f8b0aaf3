"""Pieces of YAML text, with comments between them as no YAML writer would keep them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator


def quoted(text: str) -> str:
    """A YAML double-quoted scalar, which JSON's strings are."""
    return json.dumps(text, ensure_ascii=False)


def comment(sentence: str, indent: int = 0) -> list[str]:
    """Comment lines of a readable length."""
    margin = " " * indent + "# "
    return textwrap.wrap(
        sentence, 110, initial_indent=margin, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
    )


def short_value(text: str, what: str) -> list[str]:
    """A value of at most 300 characters, and behind it comments with the whole where it was longer."""
    if len(text) <= 300:
        return [quoted(text)]
    return [quoted(text[:299].rstrip() + "…"), *comment(f"DOUBT: the {what} was longer. Whole: {text}")]


def indented(text: str, indent: int) -> list[str]:
    """The lines of a block scalar."""
    return [(" " * indent + line) if line else "" for line in text.split("\n")]


def table(caption: str, columns: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A comparison: each of ``rows`` is a label and its cells."""
    yield "comparison:"
    yield f"  caption: {short_value(caption, 'caption')[0]}"
    yield f"  columns: [{', '.join(short_value(name, 'column')[0] for name in columns)}]"
    yield "  rows:"
    for cells in rows:
        yield f"    - label: {short_value(cells[0], 'label')[0]}"
        yield "      cells:"
        yield from (f"        - {quoted(cell)}" for cell in cells[1:])
