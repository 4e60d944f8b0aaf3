"""Two columns of a page: where a run of sections or references is cut, so that both come out about as high.

Columns that the engine balances itself would cost it ten times the rest of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from unicodedata import east_asian_width

HALF_LINE = 46
"""So many letters has a line of body type in a column as wide as half a leaflet."""
HEADING_LINES = 1.8
"""A heading and the room above it, in lines of body type."""
LINE_END = 30
"""The last line of a reference is about half empty: this many letters."""
MOST_LINES = 28
"""Sections of more lines a column may be taller than a page, and what goes on there would be read in a wrong order."""
MOST_LETTERS = 6000
"""References of so many letters fill a good half of a page in two columns."""


def cut_in_two(lengths: Sequence[float], below: float = 0) -> int:
    """Return how many of the lengths stand in the first of two columns that come out about as long.

    ``below`` stands after the last. A single one stands in the first.
    """
    total = sum(lengths) + below
    first = [abs(2 * sum(lengths[:count]) - total) for count in range(len(lengths) + 1)]
    return max(first.index(min(first)), min(1, len(lengths)))


def section_lines(paragraphs: Sequence[str]) -> float:
    """Return about how many lines a section of these paragraphs takes in a column."""
    return HEADING_LINES + sum(ceil(_width(text) / HALF_LINE) for text in paragraphs)


def _width(text: str) -> int:
    """Return how many letters wide a text is: a Chinese sign is as wide as two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def runs_of(lengths: Sequence[float], most: float) -> list[slice]:
    """Return consecutive runs of these lengths of which none has more than ``most`` together, but for a single one."""
    starts, total = [0], 0.0
    for number, length in enumerate(lengths):
        if total and total + length > most:
            starts.append(number)
            total = 0.0
        total += length
    return [slice(start, end) for start, end in pairwise([*starts, len(lengths)])]
