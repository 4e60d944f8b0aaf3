"""From the order in which a line is painted, left to right, to that in which it is read (Unicode, UAX #9, undone)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handoutpress.content.text_direction import kind_of, mirrored, reads_from_right

_KINDS = {"R": "R", "AL": "R", "L": "L", "EN": "e", "AN": "e", "CS": "s", "ES": "s", "ET": "t"}
_RIGHT = re.compile("R(?:[^L]*R)?")
_LEFT = re.compile("L(?:[^R]*[Let])?|t*e+(?:se+)*t*")
"""What stays as it is in a line from the right: words from the left with all between them, and numbers."""


def as_read(painted: Sequence[str]) -> str:
    """The text of one line, given what each of its glyphs reads, from left to right."""
    if not any(map(reads_from_right, painted)):
        return "".join(painted)
    kinds = "".join(map(_kind, painted))
    if kinds.count("R") >= kinds.count("L"):
        return _from_right(painted, kinds)
    read, at = "", 0
    for run in _RIGHT.finditer(kinds):
        first, last = run.span()
        read += "".join(painted[at:first]) + _from_right(painted[first:last], run.group())
        at = last
    return read + "".join(painted[at:])


def _kind(text: str) -> str:
    """R or L for a letter, e for a digit, s and t for what may stand in or at a number, n for all else."""
    kinds = [_KINDS.get(kind_of(letter), "n") for letter in text] or ["n"]
    return next((kind for kind in "RL" if kind in kinds), kinds[0])


def _from_right(painted: Sequence[str], kinds: str) -> str:
    read, at = "", len(painted)
    for run in reversed(list(_LEFT.finditer(kinds))):
        first, last = run.span()
        read += _turned(painted[last:at]) + "".join(painted[first:last])
        at = first
    return read + _turned(painted[:at])


def _turned(painted: Sequence[str]) -> str:
    return "".join(mirrored(text) for text in reversed(painted))
