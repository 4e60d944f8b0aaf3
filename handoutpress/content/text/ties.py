"""Words that stay on one line: a figure with what it counts, "6 in 100", "NHS 111", a date, a sign that begins no line.

A fixed space holds them. One beside a tag would break lines far too early, so both words stand in one piece of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

FIXED = "\u00a0"
MOST = 16
"""The most letters that fixed spaces hold together; in what would be longer, the looser of its words part."""
MOST_OF_WIDE = 20
"""The same where a column is wide: "8 in 100 treatments"."""
LONGEST_NUMBER = 20
"""Letters of the longest number of several groups, such as one to call, that stays on one line in running text."""
FEWEST_DIGITS = 6
"""Digits of the shortest of these."""
_TAG = re.compile(r"(<[^>]*>)")
_GAP = re.compile(rf"([ \n{FIXED}])")
_MAY_TIE = re.compile(r"\d|[ \n][;:!?»%–—]|«")
_FIGURE = re.compile(r"[(“\"«]?[+-]?\d(?:[\d.,\u202f/–-]*\d)?[%°]?")
_FIRST_GROUP = re.compile(r"[“\"«(]*(?:\+?\d+(?:-\d+)*|\(\+?\d+\))")
_GROUP = re.compile(r"\(\d+\)(?:\d+(?:-\d+)*)?|\d+(?:-\d+)*")
_LAST_GROUP = re.compile(r"\d+(?:-\d+)*[^\w\s]*")
_SHORT_WORD = re.compile(r"[^\W\d_]{1,4}")
_SIGN = re.compile(r"[;:!?»%–—]+[.,]?")
_ABBREVIATED = frozenset({"no.", "nos.", "p.", "pp.", "vol.", "fig.", "n.º", "núm.", "n°", "№"})
"""What stands before a number and ends with a full stop that ends no sentence, or with no letter."""
_LONGEST_NAME = 9
"""Letters of a name that a number follows, as of a month."""


def figures_tied(html: Markup, most: int = MOST) -> Markup:
    """Return the HTML of a text with fixed spaces in place of those at which no line should end.

    Not more than ``most`` letters stand together: fewer where a column is narrow.
    """
    parts = (part if part.startswith("<") else _tied(part, most) for part in _TAG.split(str(html)))
    return Markup("".join(parts))  # noqa: S704  parts of ``html``


def _tied(text: str, most: int) -> str:
    if not _MAY_TIE.search(text):
        return text
    parts = _GAP.split(text)
    words, gaps = parts[::2], parts[1::2]
    if most >= MOST:
        for run in _numbers(words):
            gaps = [*gaps[: run.start], *[FIXED] * len(run), *gaps[run.stop :]]
    for run in _runs(words):
        tied = [*gaps[: run.start], *[FIXED] * len(run), *gaps[run.stop :]]
        if _is_sign(words, run) or _longest(words, tied, run) <= most:
            gaps = tied
    return "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))


def _numbers(words: Sequence[str]) -> Iterator[range]:
    """Yield the gaps within each number that is written in groups."""
    at = 0
    while at < len(words):
        stop = _number_end(words, at)
        if stop > at:
            yield range(at, stop)
        at = stop + 1


def _number_end(words: Sequence[str], start: int) -> int:
    """Return which word ends the number that begins with the one at ``start``; the same where none does."""
    end = start
    if _FIRST_GROUP.fullmatch(words[start]):
        while end + 1 < len(words) and _GROUP.fullmatch(words[end + 1]):
            end += 1
        if end + 1 < len(words) and _LAST_GROUP.fullmatch(words[end + 1]):
            end += 1
    number = " ".join(words[start : end + 1])
    is_whole = sum(map(str.isdigit, number)) >= FEWEST_DIGITS and len(number) <= LONGEST_NUMBER
    return end if is_whole else start


def _runs(words: Sequence[str]) -> Iterator[range]:
    """Yield the runs of gaps to be held, the closest ties first."""
    single = [range(at, at + 1) for at in range(len(words) - 1) if words[at] and words[at + 1]]
    yield from (run for run in single if _is_sign(words, run))
    for length in (2, 3):  # "6 in 100", "12 de marzo", "52 de cada 100"
        for at in range(len(words) - length):
            if _is_share(words[at : at + length + 1]):
                yield range(at, at + length)
    yield from (run for run in single if _counts(*words[run.start : run.stop + 1]))
    yield from (run for run in single if _is_numbered(*words[run.start : run.stop + 1]))


def _is_sign(words: Sequence[str], run: range) -> bool:
    """Return whether a sign that begins or ends no line stands at a single gap."""
    return len(run) == 1 and bool(_SIGN.fullmatch(words[run.start + 1]) or words[run.start] == "«")


def _is_share(words: Sequence[str]) -> bool:
    first, *between, last = words
    is_of_figure = last[:1].isdigit() or (between == ["de"] and bool(last))
    return bool(_FIGURE.fullmatch(first) and is_of_figure and all(map(_SHORT_WORD.fullmatch, between)))


def _counts(figure: str, word: str) -> bool:
    """Return whether a word may be what a figure counts, or the month of a day."""
    return bool(_FIGURE.fullmatch(figure)) and word[0].isalpha()


def _is_numbered(word: str, figure: str) -> bool:
    """Return whether a figure belongs to the word before it: "NHS 111", "page 2", "March 2026", "no. 5"."""
    if not figure.lstrip("+(")[:1].isdigit():
        return False
    is_name = word.isalpha() and word[0].isupper() and len(word) <= _LONGEST_NAME
    return bool(is_name or _SHORT_WORD.fullmatch(word) or word.lower() in _ABBREVIATED)


def _longest(words: Sequence[str], gaps: Sequence[str], run: range) -> int:
    """Return how many letters stand together where ``run`` lies, between two gaps that are not fixed."""
    start, stop = run.start, run.stop
    while start and gaps[start - 1] == FIXED:
        start -= 1
    while stop < len(gaps) and gaps[stop] == FIXED:
        stop += 1
    return sum(map(len, words[start : stop + 1])) + stop - start
