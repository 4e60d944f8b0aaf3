"""A release or a rollback in a process of its own, which is killed before one of its steps.

A step is whatever changes something below ``releases``.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from datetime import date
from pathlib import Path
from typing import NoReturn

from fakepress import Chain

from handoutpress.batch.releases.release import Clinic, ReleaseFacts
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.batch.releases.releasing import keep_release, released_log

DAY = date(2026, 11, 27)
CHANGES = frozenset({"os.mkdir", "os.rename", "os.link", "os.symlink", "os.chmod", "os.remove", "os.rmdir", "open"})


class Killer:
    """An audit hook that counts changes below ``releases``, and kills this process before one of them."""

    def __init__(self, step: int) -> None:
        self.steps, self._step = 0, step

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in CHANGES or not any("/releases/" in str(argument) for argument in arguments):
            return
        if event == "open" and not int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR):
            return
        self.steps += 1
        if self.steps == self._step:
            os.kill(os.getpid(), signal.SIGKILL)


def make(chain: Chain, name: str) -> None:
    """Release what is built as ``name``, or make that release the current one again."""
    releases = ReleaseFolder(chain.folder)
    with releases.locked(lambda holder: None):
        if name in {release.name for release in releases.releases}:
            releases.make_current(name, DAY)
            return
        clinics = {f"b{number}": Clinic(f"Clinic {number}") for number in range(chain.brands)}
        facts = ReleaseFacts(name, len(releases.releases) + 1, DAY, clinics)
        keep_release(releases, released_log(chain.plan(), chain.out), chain.out, facts)


def make_in_process(chain: Chain, name: str, step: int = 0) -> int:
    """Do what ``make`` does in a process that is killed before its ``step``, counted from 1; with 0 it ends well.

    Returns how many steps it took where it ended.
    """
    count = chain.folder / "steps"
    count.write_text("0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the threads of the test runner stay behind, and nothing waits for them
        child = os.fork()
    if not child:
        _make_and_end(chain, name, step, count)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == (-signal.SIGKILL if step else 0)
    return int(count.read_text())


def _make_and_end(chain: Chain, name: str, step: int, count: Path) -> NoReturn:
    code = 1
    try:
        killer = Killer(step)
        sys.addaudithook(killer)
        make(chain, name)
        count.write_text(str(killer.steps))
        code = 0
    finally:
        os._exit(code)
