"""An article as every reader returns it: blocks of text in order, and doubts about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "bullet", "row"]

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class ArticleBlock:
    """One heading, paragraph, bullet, or table row (cells parted by tabs). ``place`` counts lines or blocks from 1."""

    kind: BlockKind
    text: str
    place: int


@dataclass(frozen=True)
class Doubt:
    """Something that a person must look at; ``place`` as in ``ArticleBlock``, 0 for the article as a whole."""

    place: int
    sentence: str


@dataclass(frozen=True)
class ArticleFacts:
    """What a file says of the article apart from its text, as far as it does; ``date`` in its own words."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True)
class ArticleReading:
    """The blocks of a file, and the doubts about it. ``words`` are all of the file's, to see that none is lost.

    ``emphasis`` are doubts about bold and italics that were dropped; those of references mean nothing.
    """

    blocks: tuple[ArticleBlock, ...]
    doubts: tuple[Doubt, ...] = ()
    facts: ArticleFacts = ArticleFacts()
    words: Counter[str] = field(default_factory=Counter)
    emphasis: tuple[Doubt, ...] = ()


def word_counts(*texts: str) -> Counter[str]:
    """Return how often each word of three letters or more stands in ``texts``."""
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


def left_out(place: int, role: str, words: str) -> tuple[Doubt, ...]:
    """Return the doubt that says which words were left out, and as what; none where there are no words."""
    return (Doubt(place, f"Left out, as {role}: {words}"),) if words else ()


def no_emphasis(place: int, emphasised: Iterable[str]) -> tuple[Doubt, ...]:
    """Return the doubt that says which words of a block stood in bold or italics; none where none did."""
    words = "; ".join(dict.fromkeys(words for part in emphasised if (words := tidy(part)) and re.search(r"\w", words)))
    return (Doubt(place, f"Bold or italics were dropped, from: {words}"),) if words else ()


def tidy(text: str) -> str:
    """Return ``text`` on one line, with single spaces and without what cannot be printed."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def row(cells: list[str]) -> str:
    """Return the text of a row block."""
    return "\t".join(tidy(cell) for cell in cells)
