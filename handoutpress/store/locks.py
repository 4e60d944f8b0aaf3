"""Locks between processes, which the system takes back when their holder ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WaitListener = Callable[[int], None]
"""Is told the process id of a lock's holder, 0 where it is not known, before a wait for it begins."""


class LockHeldError(Exception):
    """Another process holds the lock."""


if sys.platform == "win32":
    import msvcrt

    # Windows locks bytes, and for one holder only. So a holder who shares takes any one of some bytes, and one who
    # does not takes them all, as SQLite did where there was nothing better. They lie behind all that a file holds,
    # since nobody else can read a locked byte.
    _FIRST_BYTE, _BYTES = 1 << 30, 64

    def _take(file: int, *, shared: bool) -> bool:
        spans = [(_FIRST_BYTE + index, 1) for index in range(_BYTES)] if shared else [(_FIRST_BYTE, _BYTES)]
        for start, length in spans:
            os.lseek(file, start, os.SEEK_SET)
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, length)
            except OSError:
                continue
            return True
        return False

    def _wait(file: int, *, shared: bool) -> None:
        while not _take(file, shared=shared):
            time.sleep(0.05)
else:
    import fcntl

    def _take(file: int, *, shared: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(file: int, *, shared: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)


class FileLock:
    """A lock on the file ``path``, which is made if need be: one holder, or with ``shared`` any number that share.

    Two locks on one file exclude each other within a process too. Raises ``OSError`` where the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)

    def take(self, *, shared: bool = False, waiting: WaitListener | None = None) -> None:
        """Take the lock, after whoever holds it. With ``waiting``, the holder's process id stands in the file.

        Raises ``OSError`` (EDEADLK) where the holder is the process that started this one: it may wait for our end.
        """
        if not _take(self._file, shared=shared):
            if waiting:
                holder = self._holder()
                if holder == os.getppid():
                    raise OSError(errno.EDEADLK, os.strerror(errno.EDEADLK))
                waiting(holder)
            _wait(self._file, shared=shared)
        if waiting:
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, str(os.getpid()).encode())

    def try_to_take(self) -> bool:
        """Take the lock for one holder unless it is held; say whether it was taken."""
        return _take(self._file, shared=False)

    def release(self) -> None:
        """Give the lock back. It cannot be taken again: the file is closed."""
        os.close(self._file)

    def _holder(self) -> int:
        os.lseek(self._file, 0, os.SEEK_SET)
        content = os.read(self._file, 20)
        return int(content) if content.isdigit() else 0


@contextmanager
def locked(path: Path, *, wait: bool = True, waiting: WaitListener | None = None) -> Iterator[None]:
    """Hold the lock on ``path``, which is made if need be.

    Raises ``LockHeldError`` where it is held and ``wait`` is False.
    """
    lock = FileLock(path)
    try:
        if wait:
            lock.take(waiting=waiting)
        elif not lock.try_to_take():
            raise LockHeldError
        yield
    finally:
        lock.release()


@contextmanager
def locked_folder(folder: Path, waiting: WaitListener) -> Iterator[None]:
    """Hold ``folder`` for one run; if another holds it, tell ``waiting`` its process id and wait for its end.

    Workers of a killed run, which may still be at their last edition, are waited for as well. Raises ``OSError`` where
    the folder cannot be written.
    """
    with locked(folder / "lock", waiting=waiting):
        with locked(folder / "workers"):
            pass
        yield


def hold_as_worker(folder: Path) -> None:
    """Keep later runs from ``folder`` until this process ends, without keeping other workers from it."""
    FileLock(folder / "workers").take(shared=True)
