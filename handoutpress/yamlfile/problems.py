"""Mistakes as values: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class MessageAndHint(NamedTuple):
    """What is wrong, as a sentence, and what to do about it."""

    sentence: str
    hint: str = ""


def split_hint(text: str) -> MessageAndHint:
    """Return the sentence and the hint of an error's text, which has " Hint: " between them, or no hint."""
    sentence, _, hint = text.partition(" Hint: ")
    return MessageAndHint(sentence, hint)


def with_hint(sentence: str, hint: str) -> str:
    """Return what is wrong and what to do about it, where that is told, as sentences that follow each other."""
    return f"{sentence} {hint[:1].upper()}{hint[1:]}".strip()


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the input.

    ``line`` and ``column`` count from 1; 0 means that the mistake belongs to the file as a whole.
    """

    path: Path
    line: int
    column: int
    sentence: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path.as_posix()}:{self.line}:{self.column}" if self.line else self.path.as_posix()
        return f"{place}: {self.sentence}" + (f" Hint: {self.hint}" if self.hint else "")


class HandoutError(Exception):
    """Root of every error that a user can cause; its text is a sentence for people."""


class ContentError(HandoutError):
    """One or more mistakes in the project's files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
