"""What the checks find: a remark on a handout's words, and the same as a finding at its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handoutpress.yamlfile.source import Location

FindingLevel = Literal["error", "warning", "note"]
LEVELS: tuple[FindingLevel, ...] = ("error", "warning", "note")
"""From grave to slight. Errors stop an edition; warnings do so when checks are strict; notes never."""


@dataclass(frozen=True)
class Remark:
    """What a rule says of the value at ``location``; ``at`` counts its characters, from 0, up to the words meant.

    ``words`` are these words; of the file as a whole there are none.
    """

    rule: str
    level: FindingLevel
    location: Location
    sentence: str
    hint: str = ""
    at: int = 0
    words: str = ""


@dataclass(frozen=True)
class EditorialFinding:
    """A remark in its file. ``line`` and ``column`` count from 1; 0 means the file as a whole."""

    rule: str
    level: FindingLevel
    path: Path
    line: int
    column: int
    sentence: str
    hint: str = ""

    @property
    def order(self) -> tuple[str, int, int, int, str]:
        """What sorts findings by file and place, at one place the gravest first."""
        return (self.path.as_posix(), self.line, self.column, LEVELS.index(self.level), self.rule)

    def __str__(self) -> str:
        place = f"{self.path.as_posix()}:{self.line}:{self.column}" if self.line else self.path.as_posix()
        hint = f" Hint: {self.hint}" if self.hint else ""
        return f"{place}: {self.level} {self.rule}: {self.sentence}{hint}"


def stops(level: FindingLevel, strict: bool) -> bool:
    """Return whether a finding of ``level`` stops its editions."""
    return level == "error" or (strict and level == "warning")
