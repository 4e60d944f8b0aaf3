"""Processes that work for this one. By spawn: forking has crashed with Pango."""

from __future__ import annotations

import sys
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
