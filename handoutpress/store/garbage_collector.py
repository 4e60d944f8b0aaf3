"""How a process with ten thousand small, long-lived values takes care of its memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (100_000, 20, 100)
"""New objects before a look at the youngest, then younger looks before the older ones (Python: 700, 10, 10)."""


def collect_rarely() -> None:
    """Look for cycles of dead values rarely: plans and logs have none, and each look walks all that is alive.

    So do modules while they load: a process calls this before it loads any.
    """
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def loading() -> Iterator[None]:
    """Load modules with no look at all, nor at them later: they stay for as long as the process."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
