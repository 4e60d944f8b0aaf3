"""Runs of characters in a page that is parsed, found by patterns that are kept.

The parser means to keep the pattern of each set of characters, but loses it, and writes it anew each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


class RunPatterns(dict[tuple[Iterable[str], bool], re.Pattern[str]]):
    """The pattern of a run by its characters: without them, or of nothing else."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, opposite = key
        codes = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{'' if opposite else '^'}{codes}]+")
        return self[key]


def keep_patterns(inputs: Any) -> None:
    """Keep the patterns of runs; ``inputs`` is the parser's module that reads a page."""
    inputs.characters_until_regex = RunPatterns()
