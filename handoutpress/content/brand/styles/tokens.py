"""Small tools for tinycss2's tokens (CSS Syntax 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def solid(tokens: Sequence[Any]) -> list[Any]:
    """Return the tokens without white space and comments."""
    return [part for part in tokens if part.type not in ("whitespace", "comment")]


def is_sign(part: Any, sign: str) -> bool:
    """Return whether a token is this one character."""
    return bool(part.type == "literal" and part.value == sign)


def is_word(part: Any, word: str) -> bool:
    """Return whether a token is this name, in any case."""
    return bool(part.type == "ident" and part.lower_value == word)


def between_commas(tokens: Sequence[Any]) -> list[list[Any]]:
    """Return the parts of a list, without the commas between them."""
    parts: list[list[Any]] = [[]]
    for part in tokens:
        if is_sign(part, ","):
            parts.append([])
        else:
            parts[-1].append(part)
    return parts
