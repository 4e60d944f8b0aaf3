"""The block ``table``, and a handout's comparison: as wide as a page allows, or row by row where it is too narrow."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import east_asian_width

from markupsafe import Markup

from handoutpress.content.models.blocks.table import GridRow, TableContent
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import NOTHING, TextWriter
from handoutpress.press.page.html_words import paragraphs

LETTER, WIDE_LETTER, FULL_WIDTH, PAD = 0.5, 0.9, 1.0, 0.8
"""About how wide a letter is, one such as W, and a Chinese sign, and what stands beside the words of a cell, in em."""
_WIDE_LETTERS = frozenset("MWmw@%ЖШЩЮжшщю")
PROSE, PROSE_FROM = 5.5, 18
"""What a column of more than a few words needs at least, in em; and from how many letters on a cell has so many."""
TO_WRITE = 2.6
"""The narrowest cell to write in, in em."""
WIDER = 1.6
"""How much wider a column for words to write is than one for a number."""
SNUG, LEAST_WIDER = 1.08, 1.25
"""What bold words get at least instead where columns for words want room, and how much wider than others these are."""
TIED = 1
"""The most letters of a cell that fixed spaces hold together: a narrow column would break the word, not the line."""
BRIEF = 4.0
"""Labels no wider, in em, leave the margin under the heading to the cells to write in."""
BOLD = 1.2
"""How much more than reckoned words get where they are bold and no column is wider than it has to be."""
UNEVEN = 1.6
"""Columns share a table evenly unless one needs so many times what another does."""


@dataclass(frozen=True)
class PrintedRow:
    """A row: its label, empty without one, and its cells; those to write in are empty."""

    label: str
    cells: tuple[Markup, ...]
    is_example: bool = False


@dataclass(frozen=True)
class TablePart:
    """A table, or the part of one with some of its columns. ``widths`` are per cent; ``even`` if columns are alike.

    ``corner`` heads the labels; ``labelled`` tells whether there are any; ``brief`` labels leave room to write;
    ``worded`` cells are for words to write.
    """

    corner: str
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    labelled: bool
    widths: tuple[float, ...]
    even: bool
    brief: bool
    worded: bool


@dataclass(frozen=True)
class RowGroup:
    """A row that stands as a list: its label, and each cell behind the head of its column."""

    label: str
    lines: tuple[Markup, ...]


@dataclass(frozen=True)
class TableView:
    """A table as it is printed: in parts, or row by row in ``groups``."""

    caption: str
    fill: bool
    parts: tuple[TablePart, ...]
    groups: tuple[RowGroup, ...]
    key: Markup

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        yield self.caption
        for part in self.parts:
            yield from (part.corner, *part.columns)
            for row in part.rows:
                yield row.label
                yield from paragraphs(*row.cells)
        for group in self.groups:
            yield group.label
            yield from paragraphs(*group.lines)
        yield from paragraphs(self.key)


def table_section(name: str, content: TableContent, writer: TextWriter) -> SectionView:
    """Return the section of a table: whole, in parts or row by row, as the page is wide."""
    needs, measure = _needs(content), writer.choice.measure
    _, columns = content.heads
    parts: tuple[TablePart, ...] = ()
    groups: tuple[RowGroup, ...] = ()
    needed = min(_even_need(needs), BOLD * sum(needs)) if content.fill else sum(needs)
    if measure is None or needed <= measure:
        parts = (_part(content, range(len(columns)), needs, writer),)
    elif content.fill:
        parts = tuple(_part(content, run, needs, writer) for run in _runs(needs, measure))
    else:
        groups = tuple(_group(row, columns, writer) for row in content.grid)
    view = TableView(content.caption or "", content.fill, parts, groups, writer.blocks(content.key))
    return SectionView(name, "table" if parts else "rows", content.heading or "", block=view)


def comparison_section(name: str, heading: str, content: TableContent, writer: TextWriter) -> SectionView:
    """Return the section of a handout's comparison: whole and in even columns, however narrow the page is."""
    part = _part(content, range(len(content.columns)), _needs(content), writer)
    view = TableView(content.caption or "", content.fill, (replace(part, widths=(), even=True),), (), NOTHING)
    return SectionView(name, "table", heading, block=view)


def _needs(content: TableContent) -> list[float]:
    """Return what the labels and each column need at least, in em."""
    corner, columns = content.heads
    labels = [row.label or "" for row in content.grid]
    needs = [_word([corner or "", *labels]) if any(labels) else 0.0]
    for number, column in enumerate(columns):
        cells = [row.cells[number] or "" for row in content.grid]
        least = TO_WRITE if content.fill else PROSE if max(map(len, cells)) >= PROSE_FROM else 0.0
        needs.append(max(least, _word([column, *cells])))
    return needs


def _even_need(needs: Sequence[float]) -> float:
    """Return what a table needs at least whose columns are all as wide as the widest, in em."""
    labels, *columns = needs
    return labels + max(columns) * len(columns)


def _to_write(content: TableContent, needs: Sequence[float], measure: float) -> list[float] | None:
    """Return how wide the labels and columns to write in are, in em; None where those for words cannot be wider.

    Columns are as wide as the widest of their sort, those for words wider; where the page is narrow, these get what
    the others leave.
    """
    wide = {number - 1 for number in content.wide_columns}
    labels, *columns = needs
    words = max((need for number, need in enumerate(columns) if number in wide), default=0.0)
    for slack in (BOLD, SNUG) if wide else ():
        narrow = slack * max((need for number, need in enumerate(columns) if number not in wide), default=0.0)
        left = (measure - BOLD * labels - narrow * (len(columns) - len(wide))) / len(wide)
        room = min(left, max(BOLD * words, WIDER * narrow))
        if room >= max(words, LEAST_WIDER * narrow):
            return [BOLD * labels, *(room if number in wide else narrow for number in range(len(columns)))]
    return None


def _word(texts: Sequence[str]) -> float:
    """Return how wide the longest word of some texts is, in em."""
    return max((_width(word) for text in texts for word in text.split()), default=0.0) + PAD


def _width(word: str) -> float:
    """Return about how wide a word is, in em."""
    wide = sum(letter in _WIDE_LETTERS for letter in word)
    full = sum(east_asian_width(letter) in "WF" for letter in word)
    return wide * WIDE_LETTER + full * FULL_WIDTH + (len(word) - wide - full) * LETTER


def _runs(needs: Sequence[float], measure: float) -> list[range]:
    """Return runs of columns that stand beside the labels, about as many in each."""
    labels, *columns = needs
    most = max(1, int((measure - labels) / max(columns)))
    count = -(-len(columns) // most)
    ends = [-(-len(columns) * number // count) for number in range(count + 1)]
    return [range(start, end) for start, end in pairwise(ends)]


def _part(content: TableContent, run: range, needs: Sequence[float], writer: TextWriter) -> TablePart:
    corner, columns = content.heads
    labels, labelled = needs[0], needs[0] > 0
    rows = tuple(
        PrintedRow(row.label or "", tuple(_cell(row, number, content, writer) for number in run), row.is_example)
        for row in content.grid
    )
    shown = [needs[number + 1] for number in run]
    has_room = _even_need([needs[0], *shown]) <= (writer.choice.measure or math.inf)
    to_write = _to_write(content, needs, writer.choice.measure or math.inf)
    is_even = not to_write and has_room and (content.fill or max(shown) < UNEVEN * min(shown))
    if to_write:
        labels, shown = to_write[0], [to_write[number + 1] for number in run]
    elif is_even:
        shown = [max(shown)] * len(shown)
    elif content.fill:
        labels *= BOLD
        shown = _levelled([BOLD * need for need in shown], (writer.choice.measure or math.inf) - labels)
    widths = _widths(labels, shown, _longest(content), writer)
    is_brief = content.fill and labelled and max(_longest(content), needs[0]) <= BRIEF
    return TablePart(
        corner=corner or "",
        columns=tuple(columns[number] for number in run),
        rows=rows,
        labelled=labelled,
        widths=widths,
        even=is_even,
        brief=is_brief,
        worded=bool(content.wide_columns),
    )


def _levelled(needs: Sequence[float], room: float) -> list[float]:
    """Return widths that share a room as evenly as their needs let them: what is to be written in gets what is over."""
    widest, level = sorted(needs, reverse=True), 0.0
    for count, need in enumerate(widest):
        level = (room - sum(widest[:count])) / (len(needs) - count)
        if level >= need:
            break
    return [max(need, level) for need in needs]


def _cell(row: GridRow, number: int, content: TableContent, writer: TextWriter) -> Markup:
    cell = row.cells[number]
    is_empty = cell is None or (content.fill and not row.is_example)
    return NOTHING if is_empty else writer.line(cell or "", TIED)


def _widths(labels: float, columns: Sequence[float], longest: float, writer: TextWriter) -> tuple[float, ...]:
    """Return the share of each column, in per cent: labels have a line of their own as far as there is room for it."""
    spare = max(0.0, (writer.choice.measure or 0.0) - labels - sum(columns))
    needs = [max(labels, min(longest, labels + spare / 2)), *columns] if labels else columns
    return tuple(round(100 * need / sum(needs), 2) for need in needs)


def _longest(content: TableContent) -> float:
    """Return how wide the longest label is, in em."""
    return max(len(row.label or "") for row in content.grid) * LETTER + PAD


def _group(row: GridRow, columns: Sequence[str], writer: TextWriter) -> RowGroup:
    cells = ((column, writer.line(cell or "")) for column, cell in zip(columns, row.cells, strict=True))
    return RowGroup(row.label or "", tuple(writer.labelled(column, cell) for column, cell in cells))
