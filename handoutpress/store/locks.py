"""One run at a time in one output folder, workers of a killed run included."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(file: int, *, wait: bool, shared: bool = False) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(file: int, *, wait: bool, shared: bool = False) -> bool:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def only_run(folder: Path, waiting: Callable[[int], None]) -> Iterator[None]:
    """Hold ``folder`` for one run; if another holds it, tell ``waiting`` its process id and wait for its end.

    Raises ``OSError`` where the folder cannot be written.
    """
    file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _take(file, wait=False):
            waiting(_holder(file))
            _take(file, wait=True)
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        _wait_for_orphans(folder)
        yield
    finally:
        os.close(file)


def hold_as_worker(folder: Path) -> None:
    """Called once by a worker: until it ends, no later run starts. Released by the system."""
    if sys.platform != "win32":
        _take(os.open(folder / "workers", os.O_RDWR | os.O_CREAT, 0o666), wait=True, shared=True)


def _wait_for_orphans(folder: Path) -> None:
    """A killed run's workers may still be at their last edition."""
    if sys.platform != "win32":
        file = os.open(folder / "workers", os.O_RDWR | os.O_CREAT, 0o666)
        _take(file, wait=True)
        os.close(file)


def _holder(file: int) -> int:
    content = os.pread(file, 20, 0)
    return int(content) if content.isdigit() else 0
