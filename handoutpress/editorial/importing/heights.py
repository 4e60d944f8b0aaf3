"""Superscripts and subscripts of an article on one line: a marker of citations, raised figures, or plain words."""

from __future__ import annotations

import re
from typing import NamedTuple

_RAISED = str.maketrans("0123456789+-−–()=ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾⁼ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−–()=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎₌")
_CAN_RAISE = re.compile(r"[0-9+\-−–()=ni]+")
_CAN_LOWER = re.compile(r"[0-9+\-−–()=]+")
_NUMBERS = re.compile(r"[\[(]?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*[\])]?")
_MARKER = re.compile(r"\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]")
_POWER_OF = re.compile(r"(?:\d|(?<![^\W\d_])(?:[a-zA-Zµμ]{1,2}|ft|χ|Ca|Na|Mg|Fe|Zn|Cl))$")
"""A number, a unit such as m or cm, or a single letter: what is raised behind it is a power or a charge."""
_LONG_NUMBER = re.compile(r"\d{3,}$")
_SAME_ON_THE_LINE = re.compile(r"(?:st|nd|rd|th|er|re|e|ère|º|ª|o|a|tm|®|™|©|mc)", re.IGNORECASE)


class OnTheLine(NamedTuple):
    """What is written, and a doubt about it where its place changed what it says."""

    text: str
    doubt: str = ""


def raised(words: str, before: str, *, cites: bool = False) -> OnTheLine:
    """Return superscript ``words`` behind ``before``; ``cites`` where the file itself says that they are a citation."""
    words = " ".join(words.split())
    if not words or _MARKER.fullmatch(words):
        return OnTheLine(words)
    before = before.rstrip() if cites else before
    if _NUMBERS.fullmatch(words) and (cites or not _is_power(words, before)):
        marker = f"[{words.strip('[]()')}]"
        if before[-1:].isdigit():
            return OnTheLine(marker, f"{_last_word(before)} with a raised {words} was taken for a citation.")
        return OnTheLine(marker)
    if _CAN_RAISE.fullmatch(words):
        return OnTheLine(words.translate(_RAISED))
    if _SAME_ON_THE_LINE.fullmatch(words):
        return OnTheLine(words)
    return OnTheLine(words, f"A superscript stands on the line now: {_last_word(before)}{words}")


def lowered(words: str, before: str) -> OnTheLine:
    """Return subscript ``words`` behind ``before``."""
    words = " ".join(words.split())
    if not words or _CAN_LOWER.fullmatch(words):
        return OnTheLine(words.translate(_LOWERED))
    return OnTheLine(words, f"A subscript stands on the line now: {_last_word(before)}{words}")


def _last_word(before: str) -> str:
    return before.rsplit(maxsplit=1)[-1] if before.strip() else ""


def _is_power(words: str, before: str) -> bool:
    """Return whether a raised number belongs to the number, unit or letter before it: 10⁹, m², I²."""
    if not _POWER_OF.search(before) or not words.isdecimal():
        return False
    return not (_LONG_NUMBER.search(before) and not before.endswith("000"))
