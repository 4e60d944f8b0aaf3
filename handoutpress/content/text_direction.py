"""The direction in which letters are written, and the marks that turn around with them (Unicode, UAX #9)."""

from __future__ import annotations

import unicodedata

RIGHT_TO_LEFT = frozenset({"R", "AL"})
"""The kinds of letters that are written from the right."""
_PAIRS = "()", "[]", "{}", "<>", "«»", "‹›"
_MIRRORED = str.maketrans({mark: pair[1 - place] for pair in _PAIRS for place, mark in enumerate(pair)})


def kind_of(letter: str) -> str:
    """Return the bidirectional class of a letter: "L", "AL", "EN" for a digit, "CS" for a comma…"""
    return unicodedata.bidirectional(letter)


def reads_from_right(text: str) -> bool:
    """Return whether a letter of ``text`` is of a script that is written from the right."""
    return not text.isascii() and any(kind_of(letter) in RIGHT_TO_LEFT for letter in text)


def mirrored(text: str) -> str:
    """Return ``text`` with its brackets and quotation marks as they are drawn from right to left (Bidi_Mirrored)."""
    return text.translate(_MIRRORED)
