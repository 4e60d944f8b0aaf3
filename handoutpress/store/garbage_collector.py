"""Python's garbage collector, set for a process with ten thousand small, long-lived values."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (100_000, 20, 100)
"""New objects before the youngest are searched, then such searches before the older ones (Python: 700, 10, 10)."""


def collect_rarely() -> None:
    """Search for unreachable cycles rarely: plans and logs have none, and each search walks all that is alive.

    Modules have none either: a process calls this before it loads any. Nor is anything searched at the end of it, when
    all of its memory is given back anyhow: that would take a command with a thousand brands a tenth of a second.
    """
    gc.set_threshold(*THRESHOLDS)
    atexit.register(gc.freeze)


@contextmanager
def loading() -> Iterator[None]:
    """Load modules without any search, nor one of them later: they stay for as long as the process.

    Where all were loaded before, nothing is kept from a search: it would never be given back.
    """
    before = len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > before:
            gc.freeze()
        gc.enable()


def collect() -> None:
    """Give back what a piece of work that is over left in cycles: for a process that waits for the next."""
    gc.collect()
