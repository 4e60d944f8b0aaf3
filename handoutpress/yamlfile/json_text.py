"""JSON as YAML reads it: the two differ in tabs, and in how characters beyond the first 65,536 are escaped."""

from __future__ import annotations

import re

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def json_as_yaml(text: str) -> str:
    """Return the JSON ``text`` with every value on its line, readable as YAML."""
    # No text of JSON goes over a line end, so what begins a line is never part of one.
    return _PAIR.sub(_one_escape, _INDENT.sub(lambda indent: " " * len(indent[0]), text))


def _one_escape(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return f"{pair[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"
