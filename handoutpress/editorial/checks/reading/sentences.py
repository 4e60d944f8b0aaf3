"""Sentences and words of a text: rules for English, Spanish and French, and the full stops of other scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(
    r"(?<![.!?…؟۔])[.!?…؟۔]+[)\]\"'”’»]*(?=\s|$)|[।॥。！？]+[”’」』）]*|\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,2}[.)])\s)"
)
"""A sentence ends at its mark, at a blank line, or where a bullet begins."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|dr|mr|mrs|ms|prof|no|nos|fig|approx|al|st|dra|sra?|p\.ej|ej|núm|pág|mme|cf|p|pp|vol"
    r"|[ap]\.m)|\b[^\W\d_])\.$",
    re.IGNORECASE,
)
_NEVER_LAST = re.compile(r"\b(?:e\.g|i\.e|vs|dr|mr|mrs|ms|prof|fig|dra|sra?|p\.ej|mme|cf)\.$", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"\s*(?:\d{1,2}|[^\W\d_])[.)]")
_LONGEST_ABBREVIATION = 40
"""Characters before a full stop that decide whether it ends a sentence."""
_NEXT_LETTER = re.compile(r"\S")
_SIGNS = (
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u200c\u200d"
)
"""Vowel signs and joiners, which are no letters to Python and yet part of a word."""
_WORD = re.compile(rf"(?:[^\W_]|[{_SIGNS}])+(?:[.,'’\-‐‑/](?:[^\W_]|[{_SIGNS}])+)*")


@dataclass(frozen=True)
class Sentence:
    """One sentence and where it starts in the text it was taken from (characters, from 0)."""

    text: str
    start: int

    @property
    def words(self) -> tuple[str, ...]:
        return words(self.text)


def words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of ``text`` in order; "well-known" and "it's" are one word each."""
    return tuple(_WORD.findall(text))


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of ``text``; a heading, a bullet or a paragraph without a full stop is one as well."""
    sentences = []
    for start, end in _spans(text):
        piece = text[start:end]
        sentence = piece.strip(" \t\r\n-*•")
        if sentence:
            sentences.append(Sentence(sentence, start + piece.index(sentence)))
    return tuple(sentences)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if not match.group().isspace() and not _ends_here(text, start, match.end()):
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _ends_here(text: str, start: int, end: int) -> bool:
    """Return whether the full stop before ``end`` closes a sentence and not "e.g.", "Dr." or the "3." of a list."""
    # The longest abbreviation is far shorter than this. To look at all of "A. A. A. …" each time would take for ever.
    last_words = text[max(start, end - _LONGEST_ABBREVIATION) : end]
    # The number of a list: "3.", "b)".
    if end - start < _LONGEST_ABBREVIATION and _LIST_NUMBER.fullmatch(last_words):
        return False
    if _NEVER_LAST.search(last_words):
        return False
    following = _NEXT_LETTER.search(text, end)
    is_lower = following is not None and following.group().islower()
    # An abbreviation may end a sentence as well; what follows in lower case, or an initial, says that it does not.
    return not _ABBREVIATION.search(last_words) or (not is_lower and not _is_initial(last_words))


def _is_initial(before: str) -> bool:
    return re.search(r"(?:^|\s)[A-ZÀ-Þ]\.$", before) is not None
