"""How the time to read a text grows with it: a busy machine makes seconds long, and their growth as before."""

from __future__ import annotations

import time
from collections.abc import Callable

SIZE = 1_500
"""Characters of the shorter string; the longer has four times as many."""
TIMES = 4
MOST_GROWTH = 8
"""Half-way between time that grows with the length (4 times) and with its square (16 times): noise reaches neither."""
TOO_SHORT = 0.05
"""Processor seconds; below these nothing is measured, and nothing is slow."""


def slow(read: Callable[[str], object], piece: str, size: int = SIZE) -> float | None:
    """Return how much longer a string takes that is four times as long, if it takes long and much more than that.

    The strings are ``piece`` over and over, of ``size`` characters and of four times as many.
    """
    short, long = ((piece * (length // len(piece) + 1))[:length] for length in (size, TIMES * size))
    return slower(read, short, long)


def slower(read: Callable[[str], object], short: str, long: str) -> float | None:
    """Return how much longer ``long`` takes than ``short``, if it takes long and much more than its four lengths."""
    seconds = _seconds(read, long)
    if seconds < TOO_SHORT:
        return None
    growth = seconds / max(_seconds(read, short), 0.001)
    if growth > MOST_GROWTH:
        # The least of several: other processes on the same core take their time, too.
        least = [min(_seconds(read, text) for _ in range(3)) for text in (short, long)]
        growth = least[1] / max(least[0], 0.001)
    return growth if growth > MOST_GROWTH else None


def _seconds(read: Callable[[str], object], text: str) -> float:
    before = time.process_time()
    read(text)
    return time.process_time() - before
