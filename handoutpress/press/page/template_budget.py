"""How much work a page may be for its template, so that one without end is found out."""

from __future__ import annotations

import time
from dataclasses import dataclass


class TemplateFaultError(Exception):
    """What a template may not do, as a sentence with its hint."""


@dataclass(frozen=True)
class TemplateLimits:
    """How much work one page may be: loops and calls, characters of words, seconds."""

    steps: int = 1_000_000
    characters: int = 50_000_000
    seconds: float = 30


class Budget:
    """What is left of the limits for the page that is being filled in."""

    def __init__(self, limits: TemplateLimits) -> None:
        self._limits = limits
        self.begin()

    def begin(self) -> None:
        """Begin a page."""
        self._steps, self._characters = self._limits.steps, self._limits.characters
        self._end = time.monotonic() + self._limits.seconds

    def spend(self, characters: int, steps: int = 0) -> None:
        """Count so many characters and steps. Raises ``TemplateFaultError`` where nothing is left of one."""
        self._steps -= steps
        self._characters -= characters
        if self._steps < 0 or self._characters < 0 or time.monotonic() > self._end:
            raise TemplateFaultError(
                "The template makes more than any page can be. Hint: look for a loop without end in it."
            )
