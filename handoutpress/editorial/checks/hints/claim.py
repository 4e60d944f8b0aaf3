"""A claim that was found in a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """Words in a sentence that break ``rule``, why, and what is better; ``start`` counts characters of the sentence.

    ``is_unlisted`` says that nobody has listed what may be claimed for the practice, so that it may be true;
    ``is_doubted``, that the sentence as a whole reads like a harmless one, so that it is only told.
    """

    rule: str
    words: str
    start: int
    why: str
    better: str
    is_unlisted: bool = False
    is_doubted: bool = False
