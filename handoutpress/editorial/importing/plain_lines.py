"""Lines of a plain text: those that a mail program or Notepad broke are whole again, and headings no longer shout."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from handoutpress.editorial.importing.blocks import ArticleBlock, Doubt
from handoutpress.editorial.importing.dates import find_date

WIDEST = 100
"""Characters of the longest line that a program breaks texts at; a longer line is a paragraph in itself."""
NARROWEST = 45
"""Characters of the margin that any program breaks at; lines that are all shorter were written so."""
LEAST = 4
"""Lines that end where the next word had no room: fewer are chance."""
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
_SLACK = 4
"""Characters by which a break may be early: some programs count the blank at the end, or a mark of quoting."""


@dataclass(frozen=True)
class PlainLine:
    """A line as it was meant, and the number of its first line in the file, from 1."""

    text: str
    number: int


def unwrapped(lines: Sequence[str], begins_anew: Callable[[str, str], bool]) -> list[PlainLine]:
    """Return lines with those joined that a program broke at its margin; what ``begins_anew``, as a bullet, is not."""
    whole: list[PlainLine] = []
    width = _width(lines, begins_anew)
    for number, line in enumerate(lines, 1):
        before = lines[number - 2] if number > 1 else ""
        if width and _goes_on(before, line, width) and not begins_anew(before, line):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text.rstrip()} {line.strip()}")
        else:
            whole.append(PlainLine(line, number))
    return whole


def _width(lines: Sequence[str], begins_anew: Callable[[str, str], bool]) -> int:
    """Return the margin at which a text was broken, or 0 for one whose lines are paragraphs."""
    short = [line.rstrip() for line in lines if len(line.rstrip()) <= WIDEST]
    width = max(map(len, short), default=0)
    pairs = [
        (before, line)
        for before, line in pairwise(lines)
        if before.strip() and line.strip() and len(before.rstrip()) <= WIDEST and not begins_anew(before, line)
    ]
    broken = sum(_is_forced(before, line, width) for before, line in pairs)
    return width if width >= NARROWEST and broken >= LEAST and broken * 2 > len(pairs) else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    if not before.strip() or not line.strip() or len(before.rstrip()) > WIDEST:
        return False
    return _is_forced(before, line, width)


def _is_forced(before: str, line: str, width: int) -> bool:
    """Return whether the first word of ``line`` had no room at the end of the line before."""
    return len(before.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) > width - _SLACK


def without_capitals(blocks: Sequence[ArticleBlock]) -> tuple[ArticleBlock, ...]:
    """Return the blocks with headings that are all in capitals as sentences; abbreviations of the text stay."""
    words = re.findall(r"\b[A-Z][A-Z&]+\b", " ".join(block.text for block in blocks if not _shouts(block)))
    kept = frozenset(words)
    return tuple(replace(block, text=_quiet(block.text, kept)) if _shouts(block) else block for block in blocks)


def without_signs(blocks: Sequence[ArticleBlock]) -> tuple[tuple[ArticleBlock, ...], tuple[Doubt, ...]]:
    """Return the blocks with short lines right below a line that ends with a colon, or several below a heading, as a
    list.

    They lost its signs, and are no headings. Those right below the title say who wrote it, and when.
    """
    listed, doubts = list(blocks), list[Doubt]()
    number = next(
        (n for n, (above, block) in enumerate(pairwise(blocks), 1) if block.place > above.place + 1), len(blocks)
    )
    while number < len(blocks):
        end = number
        while end < len(blocks) and _may_be_entry(blocks[end - 1], blocks[end]):
            end += 1
        above = blocks[number - 1]
        if (end > number and above.text.endswith(":")) or (end > number + 1 and above.kind == "heading"):
            listed[number:end] = [replace(block, kind="bullet") for block in blocks[number:end]]
            told = "This line, with those right below, has no sign of a list and was taken for an entry of one"
            doubts.append(Doubt(blocks[number].place, f"{told}: {blocks[number].text}"))
        number = max(end, number + 1)
    return tuple(listed), tuple(doubts)


def _may_be_entry(above: ArticleBlock, block: ArticleBlock) -> bool:
    """Return whether a line right below ``above`` may be an entry: no number, no question, no day and no caption."""
    is_below = block.kind == "heading" and block.place == above.place + 1 and block.text != above.text
    return is_below and not (block.text.endswith("?") or _NUMBERED.match(block.text) or find_date(block.text))


def _shouts(block: ArticleBlock) -> bool:
    return block.kind == "heading" and block.text.isupper() and sum(map(str.isalpha, block.text)) > 5


def _quiet(text: str, kept: frozenset[str]) -> str:
    lowered = re.sub(r"[^\W\d_]+(?:&[^\W\d_]+)*", lambda word: _small(word[0], kept), text)
    first = re.search(r"[^\W\d_]", lowered)
    return lowered[: first.start()] + first[0].upper() + lowered[first.end() :] if first else lowered


def _small(word: str, kept: frozenset[str]) -> str:
    return word if word in kept or "&" in word else "I" if word == "I" else word.lower()
