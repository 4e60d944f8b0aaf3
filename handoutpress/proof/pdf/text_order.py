"""From the order in which a line is painted, left to right, to that in which it is read (Unicode, UAX #9, undone)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handoutpress.content.text_direction import kind_of, mirrored, reads_from_right

_KINDS = {"R": "R", "AL": "R", "L": "L", "EN": "e", "AN": "e", "CS": "s", "ES": "s", "ET": "t"}
"""The bidirectional types that tell runs apart (UAX #9, table 4), each as one letter of a line's kinds."""
_RIGHT = re.compile("R(?:[^L]*R)?")
_LEFT = re.compile("L(?:[^R]*[Let])?|t*e+(?:se+)*t*")
"""What stays as it is in a line from the right: words from the left with all between them, and numbers with the signs
in and at them (UAX #9, W4 and W5)."""


def as_read(painted: Sequence[str]) -> str:
    """Return the text of one line, given what each of its glyphs reads, from left to right."""
    if not any(map(reads_from_right, painted)):
        return "".join(painted)
    kinds = "".join(map(_kind, painted))
    if kinds.count("R") >= kinds.count("L"):
        return _from_right(painted, kinds)
    text, at = "", 0
    for run in _RIGHT.finditer(kinds):
        start, end = run.span()
        text += "".join(painted[at:start]) + _from_right(painted[start:end], run.group())
        at = end
    return text + "".join(painted[at:])


def _kind(text: str) -> str:
    """Return R or L for a letter, e for a digit, s and t for what may stand in or at a number, n for all else."""
    kinds = [_KINDS.get(kind_of(letter), "n") for letter in text] or ["n"]
    return next((kind for kind in "RL" if kind in kinds), kinds[0])


def _from_right(painted: Sequence[str], kinds: str) -> str:
    """Undo the reversal of a line from the right, which leaves runs from the left as they are (UAX #9, L2)."""
    text, at = "", len(painted)
    for run in reversed(list(_LEFT.finditer(kinds))):
        start, end = run.span()
        text += _turned(painted[end:at]) + "".join(painted[start:end])
        at = start
    return text + _turned(painted[:at])


def _turned(painted: Sequence[str]) -> str:
    """Return glyphs the other way round, brackets mirrored (UAX #9, L4)."""
    return "".join(mirrored(text) for text in reversed(painted))
