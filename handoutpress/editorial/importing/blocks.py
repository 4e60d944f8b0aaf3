"""An article as every reader returns it: blocks of text in order, and doubts about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "bullet", "row"]

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


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
class ArticleReading:
    """The blocks of a file, and the doubts about it."""

    blocks: tuple[ArticleBlock, ...]
    doubts: tuple[Doubt, ...] = ()


def left_out(place: int, role: str, words: str) -> tuple[Doubt, ...]:
    """Return the doubt that says which words were left out, and as what; none where there are no words."""
    return (Doubt(place, f"Left out, as {role}: {words}"),) if words else ()


def tidy(text: str) -> str:
    """Return ``text`` on one line, with single spaces and without what cannot be printed."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def row(cells: list[str]) -> str:
    """Return the text of a row block."""
    return "\t".join(tidy(cell) for cell in cells)
