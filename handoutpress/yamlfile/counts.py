"""How many there are, in words: "1 brand", "2 brands"."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``number`` before its noun; ``many`` is the plural where it is more than ``one`` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
