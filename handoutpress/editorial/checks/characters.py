"""Characters that nobody sees, and letters that pass for others: what is read must be what is printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from handoutpress.content.text.bullets import SYMBOL_FONT
from handoutpress.editorial.checks.findings import FindingLevel, Remark
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.reading.readable import hidden, mixes_alphabets
from handoutpress.editorial.checks.subject import TextSubject

MOST_REMARKS = 5
"""Of one text and kind."""
_NOT_ASCII_WORD = re.compile(r"[^\W\d_]+")
_OVERRIDES = "\u202d\u202e"
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_SOFT_HYPHEN = "\u00ad"
_SPACE_OF_NO_WIDTH = "\u200b"
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Letters of scripts that put no spaces between words: there a space of no width says where a line may end."""


def remarks(subject: TextSubject) -> Iterator[Remark]:
    """Look at every printed word."""
    for text in (*subject.texts, *subject.names):
        yield from character_remarks(text)


def character_remarks(text: Prose) -> Iterator[Remark]:
    """Yield what in ``text`` cannot be seen, or is not what it looks like."""
    if text.text.isascii():
        return
    yield from islice(_hidden(text), MOST_REMARKS)
    yield from islice(_mixed(text), MOST_REMARKS)


def _hidden(text: Prose) -> Iterator[Remark]:
    is_needed = _needed(text.text)
    for start, _ in hidden(text.text):
        character = text.text[start]
        if character in is_needed:
            continue
        name = unicodedata.name(character, "a control character").lower()
        sentence = f"U+{ord(character):04X} ({name}) stands here, and nobody sees it."
        hint = "delete it and type the word anew; it often comes along when text is pasted."
        yield Remark("text-hidden", _level(character), text.location, sentence, hint, start)


def _needed(text: str) -> str:
    """Return what does in ``text`` what it is for: marks of direction, spaces of scripts without any."""
    has_both_directions = any(
        unicodedata.bidirectional(character) in ("R", "AL") and character.isalpha() for character in text
    )
    is_unspaced = _UNSPACED.search(text) is not None
    # A variation selector says how the sign before it looks; bullets of a symbol font make a list.
    return "\ufe0e\ufe0f" + SYMBOL_FONT + _DIRECTIONS * has_both_directions + _SPACE_OF_NO_WIDTH * is_unspaced


def _level(character: str) -> FindingLevel:
    if character in _OVERRIDES or unicodedata.category(character) in ("Cc", "Co", "Cn"):
        return "error"
    # Between letters a soft hyphen says where a word may be broken; the rules on words see through it.
    return "note" if character == _SOFT_HYPHEN else "warning"


def _mixed(text: Prose) -> Iterator[Remark]:
    for match in _NOT_ASCII_WORD.finditer(text.text):
        if mixes_alphabets(match.group()):
            sentence = f"“{match.group()}” has letters of another alphabet that look like its own."
            hint = "type the word anew."
            yield Remark("text-mixed", "error", text.location, sentence, hint, match.start(), match.group())
