"""Locks: one holder or several that share, given back however a holder ends, on POSIX and on Windows."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from handoutpress.store import locks


class BytesOfWindows:
    """``msvcrt.locking`` as Windows documents it: spans of bytes, from where the file stands, one handle each."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.held: list[tuple[int, int, int, int]] = []

    def close(self, file: int, close: Callable[[int], None] = os.close) -> None:
        self.held = [span for span in self.held if span[1] != file]
        close(file)

    def locking(self, file: int, mode: int, length: int) -> None:
        assert mode == self.LK_NBLCK
        start, inode = os.lseek(file, 0, os.SEEK_CUR), os.fstat(file).st_ino
        if any(held == inode and start < end and begin < start + length for held, _, begin, end in self.held):
            raise PermissionError(13, "Permission denied")
        self.held.append((inode, file, start, start + length))


@pytest.fixture(params=["posix", "windows"])
def module(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """``handoutpress.store.locks`` as it is here, and as it is on Windows with its locks imitated."""
    if request.param == "posix":
        yield locks
        return
    windows = BytesOfWindows()
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setattr(os, "close", windows.close)
    spec = importlib.util.spec_from_file_location("locks_on_windows", locks.__file__)
    assert spec is not None
    assert spec.loader is not None
    loaded: ModuleType = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "win32")
        spec.loader.exec_module(loaded)
    assert not hasattr(loaded, "fcntl")
    yield loaded


def test_one_holder_keeps_others_out_until_it_ends(module: Any, tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with module.locked(path, wait=False), pytest.raises(module.LockHeldError), module.locked(path, wait=False):
        pass
    with module.locked(path, wait=False):
        pass


def test_those_who_share_keep_out_only_those_who_do_not(module: Any, tmp_path: Path) -> None:
    first, second, alone = (module.FileLock(tmp_path / "lock") for _ in range(3))
    first.take(shared=True)
    second.take(shared=True)
    assert not alone.try_to_take()
    first.release()
    assert not alone.try_to_take()
    second.release()
    assert alone.try_to_take()
    alone.release()


def test_who_must_wait_is_told_the_holder_and_then_gets_the_lock(module: Any, tmp_path: Path) -> None:
    told: list[int] = []
    order: list[str] = []

    def second() -> None:
        with module.locked_folder(tmp_path, told.append):
            order.append("second")

    with module.locked_folder(tmp_path, told.append):
        thread = threading.Thread(target=second)
        thread.start()
        deadline = time.monotonic() + 60
        while not told and time.monotonic() < deadline:
            time.sleep(0.005)
        order.append("first")
    thread.join(60)
    assert (told, order) == ([os.getpid()], ["first", "second"])


def test_a_run_waits_for_the_workers_of_a_killed_one(module: Any, tmp_path: Path) -> None:
    worker = module.FileLock(tmp_path / "workers")
    worker.take(shared=True)
    runs: list[str] = []

    def run() -> None:
        with module.locked_folder(tmp_path, lambda _: None):
            runs.append("began")

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.1)
    assert runs == []
    worker.release()
    thread.join(60)
    assert runs == ["began"]


def test_a_lock_ends_with_the_process_that_held_it(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from handoutpress.store.locks import FileLock\n"
        "FileLock(Path(sys.argv[1])).take(); print('held', flush=True); time.sleep(60)"
    )
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(locks.LockHeldError), locks.locked(path, wait=False):
            pass
        holder.kill()
        holder.wait()
    with locks.locked(path, wait=False):
        pass


def test_a_process_never_waits_for_the_one_that_started_it(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from handoutpress.store.locks import locked\n"
        "with locked(Path(sys.argv[1]), waiting=print): pass"
    )
    path = tmp_path / "lock"
    with locks.locked(path, waiting=lambda _: None):
        command = [sys.executable, "-c", script, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Resource deadlock avoided" in done.stderr
