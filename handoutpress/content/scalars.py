"""What a plain word in YAML means: the core schema of YAML 1.2.2 (10.3), narrowed to what a handout needs.

``yes``, ``no``, ``on`` and ``off`` are text, unlike in YAML 1.1; so are hexadecimal numbers, infinities and numbers too
long to be anything but an identifier. A day (``2026-05-31``) is a date.
"""

from __future__ import annotations

import math
import re
from datetime import date

Scalar = str | int | float | bool | date | None

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,18}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def plain_value(word: str) -> Scalar:
    """Return what the unquoted ``word`` stands for. A day that no calendar has (``2026-02-30``) stays text."""
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in "0123456789+-." or not word.isascii():
        return word
    if _INTEGER.fullmatch(word):
        return int(word)
    if _DAY.fullmatch(word):
        return _day(word)
    return _decimal(word) if _DECIMAL.fullmatch(word) else word


def _day(word: str) -> date | str:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return word


def _decimal(word: str) -> float | str:
    number = float(word)
    return number if math.isfinite(number) else word
