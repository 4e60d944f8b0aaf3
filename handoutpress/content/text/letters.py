"""How long a text is on paper, in letters, whatever its script: before it is set, and the same on every machine."""

from __future__ import annotations

import unicodedata

_WIDE = frozenset("WF")
"""Chinese, Japanese and Korean signs take two letters' width (Unicode Standard Annex 11)."""
_UNSEEN = frozenset({"Mn", "Me", "Cf"})
"""Marks that stand above or below a letter, and signs that take no room."""


def count_letters(text: str) -> int:
    """Return how many letters of a Latin text take about as much room."""
    return len(text) if text.isascii() and text.isprintable() else sum(_width(sign) for sign in text)


def _width(sign: str) -> int:
    if unicodedata.category(sign) in _UNSEEN:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
