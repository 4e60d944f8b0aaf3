"""What a hand does at the studio, and how long that takes: the keystroke-level model (Card, Moran, Newell 1980)."""

from __future__ import annotations

from dataclasses import dataclass

KEY, POINT, CLICK, HOME, THINK = 0.28, 1.1, 0.2, 0.4, 1.35
"""Seconds of the model: a key of someone who is no typist, a way of the mouse, its button pressed and released, the
hand moved between mouse and keys, and the thought before each step."""


@dataclass
class Hand:
    """What one hand has done; what the studio itself takes is no part of the model."""

    keys: int = 0
    clicks: int = 0
    moves: int = 0
    thoughts: int = 0
    _is_at_keys: bool = False

    @property
    def seconds(self) -> float:
        """The seconds of the model."""
        return KEY * self.keys + (POINT + CLICK) * self.clicks + HOME * self.moves + THINK * self.thoughts

    def __str__(self) -> str:
        done = f"{self.keys} keys, {self.clicks} clicks, {self.moves} moves of the hand, {self.thoughts} thoughts"
        return f"{done}: {self.seconds:.0f} s"

    def click(self, times: int = 1) -> None:
        """Think, and click ``times`` times at different places."""
        self.thoughts += 1
        self.clicks += times
        self._move(is_to_keys=False)

    def type(self, words: str) -> None:
        """Type ``words``."""
        self.keys += len(words)
        self._move(is_to_keys=True)

    def _move(self, *, is_to_keys: bool) -> None:
        self.moves += is_to_keys != self._is_at_keys
        self._is_at_keys = is_to_keys
