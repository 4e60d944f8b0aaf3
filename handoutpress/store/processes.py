"""Processes that work for this one, by spawn, since forking has crashed with Pango; and what this one prints itself."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType


class WorkerProcess(SpawnProcess):
    """A process that never runs its parent's main module.

    Spawn has a child import that module anew, so that a script without a main guard would begin its whole work again
    in each child. Ours need nothing from it: what they do is in this package, and what they are given, too.
    """

    def start(self) -> None:
        """Start the process. Nothing that the main module defines can be given to it."""
        main_module = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            super().start()
        finally:
            sys.modules["__main__"] = main_module


class _WorkerContext(SpawnContext):
    Process = WorkerProcess


WORKERS = _WorkerContext()
"""The ``multiprocessing`` context by which every process of ours is started."""


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def die_with_parent() -> None:
    """End this worker when the process that it works for is killed, even where it hangs."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        # Not ``sys.exit``, which would end this thread alone.
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def muted_errors() -> Iterator[None]:
    """Keep off the screen what libraries in C print as errors of the process, and what Python does meanwhile."""
    try:
        kept = os.dup(2)
    except OSError:  # a process without a screen
        yield
        return
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123  a device
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
