"""Several processes, started by spawn when there is work for them; one that dies or hangs costs one edition.

One worker as the run sees it: its process, its pipe, what it has in hand and until when.

Which unit a worker gets next: its own open plate first, then a plate that no one holds; never one being typeset.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing.connection import wait
from time import monotonic

from handoutpress.batch.failures import TooSlowError, death_of
from handoutpress.batch.log.receipts import honoured
from handoutpress.batch.plan import BuildUnit
from handoutpress.batch.pool.unit_runner import (
    OutputFailed,
    OutputWritten,
    PlateFailed,
    PlateReady,
    RunContext,
    UnitOutcome,
)
from handoutpress.batch.pool.worker import UnitDone, WorkerMessage, WorkerReady, work
from handoutpress.yamlfile.problems import HandoutError

_SPAWN = multiprocessing.get_context("spawn")  # fork has crashed with Pango
START = 120.0
"""Seconds that a worker gets to start, on a machine that may be very busy."""
GRACE = 2.0
"""Seconds that a worker gets to end by itself."""


class WorkerHandle:
    """A worker. ``unit`` is what it makes now, ``at`` its first output not heard of yet, ``plate`` what it holds."""

    def __init__(self, shop: RunContext, number: int) -> None:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=work, args=(shop, number, os.getpid(), theirs), daemon=True)
        with _interrupts_held():
            self.process.start()
        theirs.close()
        self.number = number
        self.limit = shop.limit
        self.ready = False
        self.plate = ""
        self.unit: BuildUnit | None = None
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

    def give(self, unit: BuildUnit) -> None:
        """Send a unit. Raises ``ConnectionError`` where the worker is gone."""
        self.unit, self.at = unit, 0
        if unit.outputs[0].kind == "html":
            self.plate = unit.group
        self.deadline = monotonic() + self.limit
        self.pipe.send(unit)

    def note(self, message: WorkerMessage) -> None:
        """Keep track of where the worker is."""
        self.deadline = monotonic() + self.limit
        if isinstance(message, WorkerReady):
            self.ready = True
        elif isinstance(message, PlateReady):
            self.plate = message.group
        elif isinstance(message, (OutputWritten, OutputFailed)):
            self.at += 1
            self.made += 1
        elif isinstance(message, PlateFailed):
            self.plate, self.at = "", len(self.unit.outputs) if self.unit else 0
        elif isinstance(message, UnitDone):
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


class UnitQueue:
    """The units that are still to be given out, by plate."""

    def __init__(self, units: Sequence[BuildUnit]) -> None:
        self._groups: dict[str, deque[BuildUnit]] = {}
        for unit in units:
            self._groups.setdefault(unit.group, deque()).append(unit)

    def __bool__(self) -> bool:
        return bool(self._groups)

    def next_for(self, holds: str, held: Collection[str], opening: Collection[str]) -> BuildUnit | None:
        """A unit for a worker that ``holds`` a plate, while others hold ``held`` and are ``opening`` some.

        ``None`` where every unit that is left waits for a plate that is just being opened: so each is typeset once.
        """
        if holds in self._groups:
            return self._take(holds)
        second_best = None
        for group in self._groups:
            if group in opening:
                continue
            if group not in held:
                return self._take(group)
            second_best = second_best or group
        return self._take(second_best) if second_best else None

    def give_back(self, unit: BuildUnit) -> None:
        """Put a unit back in front."""
        if unit.outputs:
            self._groups.setdefault(unit.group, deque()).appendleft(unit)

    def drop(self, group: str) -> None:
        """Forget the units of a plate that cannot be made."""
        self._groups.pop(group, None)

    def _take(self, group: str) -> BuildUnit:
        units = self._groups[group]
        unit = units.popleft()
        if not units:
            del self._groups[group]
        return unit


RECYCLE = 5000
"""Outputs after which a worker is replaced, so that its memory stays flat."""
FALSE_STARTS = 3
"""Workers in a row that may die before their first output."""


def make(units: Sequence[BuildUnit], shop: RunContext) -> Generator[UnitOutcome]:
    """Make the units. Closing the generator ends every worker at once."""
    pool = _Pool(UnitQueue(units), shop)
    try:
        yield from pool.outcomes()
    finally:
        pool.close()


class _Pool:
    def __init__(self, shares: UnitQueue, shop: RunContext) -> None:
        self.shares, self.shop = shares, shop
        self.hands: list[WorkerHandle] = []
        self.numbers = count(1)
        self.false_starts = 0

    def outcomes(self) -> Iterator[UnitOutcome]:
        while self.shares or any(hand.unit for hand in self.hands):
            self._give_out()
            pipes = {hand.pipe: hand for hand in self.hands if not hand.idle}
            for pipe in wait(list(pipes), self._patience()):
                yield from self._hear(pipes[pipe])  # type: ignore[index]
            for hand in [hand for hand in self.hands if not hand.idle and monotonic() > hand.deadline]:
                yield from self._lost(hand)

    def close(self) -> None:
        for hand in self.hands:
            if not hand.idle:
                hand.kill()
        for hand in self.hands:
            if hand.idle:
                hand.dismiss()

    def _give_out(self) -> None:
        for hand in [hand for hand in self.hands if hand.idle]:
            if hand.made >= RECYCLE:
                hand.dismiss()
                self.hands.remove(hand)
            elif unit := self._next_for(hand):
                self._give(hand, unit)
        while self.shares and len(self.hands) < self.shop.jobs:
            self.hands.append(WorkerHandle(self.shop, next(self.numbers)))

    def _give(self, hand: WorkerHandle, unit: BuildUnit) -> None:
        try:
            hand.give(unit)
        except ConnectionError:  # it died while it had nothing to do
            hand.kill()
            self.hands.remove(hand)
            self.shares.give_back(unit)

    def _next_for(self, hand: WorkerHandle) -> BuildUnit | None:
        others = [other for other in self.hands if other is not hand]
        opening = {other.opening for other in others}
        return self.shares.next_for(hand.plate, {other.plate for other in others}, opening)

    def _patience(self) -> float:
        """Seconds until the first worker is late."""
        return max(0.0, min(hand.deadline for hand in self.hands if not hand.idle) - monotonic())

    def _hear(self, hand: WorkerHandle) -> Iterator[UnitOutcome]:
        try:
            parcel: list[WorkerMessage] = hand.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(hand)
            return
        for message in parcel:
            yield from self._take(hand, message)

    def _take(self, hand: WorkerHandle, message: WorkerMessage) -> Iterator[UnitOutcome]:
        hand.note(message)
        if isinstance(message, WorkerReady) and message.fault:
            raise HandoutError(message.fault)
        if isinstance(message, (PlateReady, OutputWritten, OutputFailed, PlateFailed)):
            self.false_starts = 0
            if isinstance(message, PlateFailed):
                self.shares.drop(message.group)
            yield message

    def _lost(self, hand: WorkerHandle) -> Iterator[UnitOutcome]:
        """A worker died or hangs: blame what it was at, and put the rest of its unit back."""
        self.hands.remove(hand)
        hand.process.join(0.2)
        code = hand.kill()
        sentence = str(TooSlowError(self.shop.limit)) if code is None else death_of(code)
        if hand.unit is None:
            self._false_start(sentence)
        elif hand.opening:
            self.shares.drop(hand.unit.group)
            yield PlateFailed(hand.unit.group, sentence)
        else:
            yield from self._blame(hand, hand.unit, sentence)

    def _false_start(self, sentence: str) -> None:
        self.false_starts += 1
        if self.false_starts >= FALSE_STARTS:
            raise HandoutError(f"No worker could start. {sentence}")

    def _blame(self, hand: WorkerHandle, unit: BuildUnit, sentence: str) -> Iterator[UnitOutcome]:
        """What it wrote without telling us is in its receipts; the first output that is not was its last."""
        receipts = self.shop.state / f"worker-{hand.number}.receipts"
        written = {record.path: record for record in honoured(receipts, self.shop.out)}
        for at, output in enumerate(unit.outputs[hand.at :], hand.at):
            if output.path not in written:
                yield OutputFailed(output.path, sentence)
                self.shares.give_back(BuildUnit(unit.group, unit.outputs[at + 1 :]))
                return
            yield OutputWritten(written[output.path])
