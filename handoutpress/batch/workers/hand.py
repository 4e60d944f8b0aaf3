"""One worker as the run sees it: its process, its pipe, what it has in hand and until when."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from handoutpress.batch.making import Missed, Opened, PlateMissed, Workshop, Written
from handoutpress.batch.plan import Unit
from handoutpress.batch.workers.worker import Done, Message, Ready, work

_SPAWN = multiprocessing.get_context("spawn")  # fork has crashed with Pango
START = 120.0
"""Seconds that a worker gets to start, on a machine that may be very busy."""
GRACE = 2.0
"""Seconds that a worker gets to end by itself."""


class Hand:
    """A worker. ``unit`` is what it makes now, ``at`` its first output not heard of yet, ``plate`` what it holds."""

    def __init__(self, shop: Workshop, number: int) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=work, args=(shop, number, os.getpid(), theirs), daemon=True)
        with _interrupts_held():
            self.process.start()
        theirs.close()
        self.number = number
        self.limit = shop.limit
        self.ready = False
        self.plate = ""
        self.unit: Unit | None = None
        self.at = 0
        self.made = 0
        self.deadline = monotonic() + max(self.limit, START)

    @property
    def idle(self) -> bool:
        return self.ready and self.unit is None

    @property
    def opening(self) -> str:
        """The plate that it opens right now, if it does."""
        return self.unit.group if self.unit and self.plate != self.unit.group else ""

    def give(self, unit: Unit) -> None:
        """Send a unit. Raises ``ConnectionError`` where the worker is gone."""
        self.unit, self.at = unit, 0
        if unit.outputs[0].kind == "html":
            self.plate = unit.group
        self.deadline = monotonic() + self.limit
        self.pipe.send(unit)

    def note(self, message: Message) -> None:
        """Keep track of where the worker is."""
        self.deadline = monotonic() + self.limit
        if isinstance(message, Ready):
            self.ready = True
        elif isinstance(message, Opened):
            self.plate = message.group
        elif isinstance(message, (Written, Missed)):
            self.at += 1
            self.made += 1
        elif isinstance(message, PlateMissed):
            self.plate, self.at = "", len(self.unit.outputs) if self.unit else 0
        elif isinstance(message, Done):
            self.unit = None

    def dismiss(self) -> None:
        """Let an idle worker end by itself."""
        with suppress(OSError):
            self.pipe.send(None)
        self.process.join(GRACE)
        self.kill()

    def kill(self) -> int | None:
        """End the worker at once, whatever it does, and give its exit code."""
        died = self.process.exitcode
        if died is None:
            self.process.kill()
            self.process.join()
        self.pipe.close()
        return died


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process started here never sees Ctrl-C: the run alone decides what an interruption means."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
