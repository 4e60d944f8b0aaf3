"""Several worker processes, started by spawn when there is work for them; one that dies or hangs costs one edition.

From the top: the pool, which hands out units and passes on outcomes; the queue, which says which unit is next; and the
handle of one worker.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing.connection import wait
from time import monotonic

from handoutpress.batch.failures import TooSlowError, death_of
from handoutpress.batch.log.journal import placed_records, receipts_path
from handoutpress.batch.plan import BuildUnit
from handoutpress.batch.pool.unit_runner import (
    OutputFailed,
    OutputWritten,
    PlateFailed,
    PlateReady,
    RunContext,
    UnitOutcome,
)
from handoutpress.batch.pool.worker import UnitDone, WorkerMessage, WorkerReady, work, worker_name
from handoutpress.store.processes import WORKERS
from handoutpress.yamlfile.problems import HandoutError

START = 60.0
"""Seconds that a worker gets to start, on a machine that may be very busy."""
GRACE = 2.0
"""Seconds that a worker gets to end by itself."""
EXIT_CODE_WAIT = 0.2
"""Seconds in which the system tells the exit code of a worker whose pipe has closed."""
RECYCLE = 5000
"""Outputs after which a worker is replaced, so that its memory stays flat."""
FALSE_STARTS = 3
"""Workers in a row that may die before their first output."""


def make_units(units: Sequence[BuildUnit], context: RunContext) -> Generator[UnitOutcome]:
    """Make the units in worker processes. Closing the generator ends every worker at once."""
    pool = _Pool(UnitQueue(units), context)
    try:
        yield from pool.outcomes()
    finally:
        pool.close()


class _Pool:
    """The workers of a run, and the units that none of them has yet."""

    def __init__(self, queue: UnitQueue, context: RunContext) -> None:
        self.queue, self.context = queue, context
        self.workers: list[WorkerHandle] = []
        self.numbers = count(1)
        self.false_starts = 0

    def outcomes(self) -> Iterator[UnitOutcome]:
        """Yield outcomes as workers report them. Raises ``HandoutError`` where no worker can start."""
        while self.queue or any(worker.unit for worker in self.workers):
            self._assign_units()
            pipes = {worker.pipe: worker for worker in self.workers if not worker.idle}
            for pipe in wait(list(pipes), self._seconds_to_deadline()):
                yield from self._receive(pipes[pipe])  # type: ignore[index]
            for worker in [worker for worker in self.workers if not worker.idle and monotonic() > worker.deadline]:
                yield from self._lose(worker)

    def close(self) -> None:
        """End every worker: a busy one at once, an idle one by itself."""
        for worker in self.workers:
            if not worker.idle:
                worker.kill()
        for worker in self.workers:
            if worker.idle:
                worker.dismiss()

    def _assign_units(self) -> None:
        for worker in [worker for worker in self.workers if worker.idle]:
            if worker.outputs_done >= RECYCLE:
                worker.dismiss()
                self.workers.remove(worker)
            elif unit := self._next_unit(worker):
                self._assign(worker, unit)
        while self.queue and len(self.workers) < self.context.jobs:
            self.workers.append(WorkerHandle(self.context, next(self.numbers)))

    def _assign(self, worker: WorkerHandle, unit: BuildUnit) -> None:
        try:
            worker.assign(unit)
        except ConnectionError:  # it died while it had nothing to do
            worker.kill()
            self.workers.remove(worker)
            self.queue.give_back(unit)

    def _next_unit(self, worker: WorkerHandle) -> BuildUnit | None:
        colleagues = [colleague for colleague in self.workers if colleague is not worker]
        return self.queue.next_unit(
            worker.plate,
            held_elsewhere={colleague.plate for colleague in colleagues},
            being_opened={colleague.plate_being_opened for colleague in colleagues},
        )

    def _seconds_to_deadline(self) -> float:
        """Return the seconds until the first busy worker is late."""
        return max(0.0, min(worker.deadline for worker in self.workers if not worker.idle) - monotonic())

    def _receive(self, worker: WorkerHandle) -> Iterator[UnitOutcome]:
        try:
            parcel: list[WorkerMessage] = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lose(worker)
            return
        for message in parcel:
            yield from self._take_in(worker, message)

    def _take_in(self, worker: WorkerHandle, message: WorkerMessage) -> Iterator[UnitOutcome]:
        worker.note(message)
        if isinstance(message, WorkerReady) and message.fault:
            raise HandoutError(message.fault)
        if isinstance(message, (PlateReady, OutputWritten, OutputFailed, PlateFailed)):
            self.false_starts = 0
            if isinstance(message, PlateFailed):
                self.queue.drop(message.group)
            yield message

    def _lose(self, worker: WorkerHandle) -> Iterator[UnitOutcome]:
        """Take leave of a worker that died or hangs: what it was at has failed, the remainder of its unit goes back."""
        self.workers.remove(worker)
        worker.process.join(EXIT_CODE_WAIT)
        exit_code = worker.kill()
        sentence = str(TooSlowError(self.context.limit)) if exit_code is None else death_of(exit_code)
        if worker.unit is None:
            self._count_false_start(sentence)
        elif worker.plate_being_opened:
            self.queue.drop(worker.unit.group)
            yield PlateFailed(worker.unit.group, sentence)
        else:
            yield from self._settle_unit(worker, worker.unit, sentence)

    def _count_false_start(self, sentence: str) -> None:
        self.false_starts += 1
        if self.false_starts >= FALSE_STARTS:
            raise HandoutError(f"No worker could start. {sentence}")

    def _settle_unit(self, worker: WorkerHandle, unit: BuildUnit, sentence: str) -> Iterator[UnitOutcome]:
        """Yield what became of a lost worker's unit, up to the output that it was at.

        What it wrote and could not report is in its receipts; the first output that is not was its last.
        """
        receipts = receipts_path(self.context.state, worker_name(worker.number))
        written = {record.path: record for record in placed_records(receipts, self.context.out)}
        for position, output in enumerate(unit.outputs[worker.position :], worker.position):
            if output.path not in written:
                yield OutputFailed(output.path, sentence)
                self.queue.give_back(BuildUnit(unit.group, unit.outputs[position + 1 :]))
                return
            yield OutputWritten(written[output.path])


class UnitQueue:
    """The units that no worker has yet, by plate."""

    def __init__(self, units: Sequence[BuildUnit]) -> None:
        self._groups: dict[str, deque[BuildUnit]] = {}
        for unit in units:
            self._groups.setdefault(unit.group, deque()).append(unit)

    def __bool__(self) -> bool:
        return bool(self._groups)

    def next_unit(
        self, plate: str, *, held_elsewhere: Collection[str], being_opened: Collection[str]
    ) -> BuildUnit | None:
        """Take the next unit for a worker that holds ``plate``: of that plate, else of one that nobody holds.

        Returns ``None`` where every unit waits for a plate that is just being opened: so each is typeset once.
        """
        if plate in self._groups:
            return self._take(plate)
        second_best = None
        for group in self._groups:
            if group in being_opened:
                continue
            if group not in held_elsewhere:
                return self._take(group)
            second_best = second_best or group
        return self._take(second_best) if second_best else None

    def give_back(self, unit: BuildUnit) -> None:
        """Put a unit back in front; one without outputs is done with."""
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


class WorkerHandle:
    """A worker as the pool sees it: its process, its pipe, and until when it must report.

    ``unit`` is what it makes now, ``position`` that of its first output not reported yet, ``plate`` the one it holds.
    """

    def __init__(self, context: RunContext, number: int) -> None:
        self.pipe, workers_end = WORKERS.Pipe()
        self.process = WORKERS.Process(target=work, args=(context, number, os.getpid(), workers_end), daemon=True)
        with _interrupts_blocked():
            self.process.start()
        # While we hold that end open, too, a worker that dies would not close the pipe.
        workers_end.close()
        self.number = number
        self.limit = context.limit
        self.ready = False
        self.plate = ""
        self.unit: BuildUnit | None = None
        self.position = 0
        self.outputs_done = 0
        self.deadline = monotonic() + START

    @property
    def idle(self) -> bool:
        return self.ready and self.unit is None

    @property
    def plate_being_opened(self) -> str:
        """The plate that it opens right now; "" where it opens none."""
        return self.unit.group if self.unit and self.plate != self.unit.group else ""

    def assign(self, unit: BuildUnit) -> None:
        """Send a unit to the worker. Raises ``ConnectionError`` where it is gone."""
        self.unit, self.position = unit, 0
        # HTML has no plate to open: none is reported, and none must be waited for.
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
            self.position += 1
            self.outputs_done += 1
        elif isinstance(message, PlateFailed):
            self.plate, self.position = "", len(self.unit.outputs) if self.unit else 0
        elif isinstance(message, UnitDone):
            self.unit = None

    def dismiss(self) -> None:
        """Let an idle worker end by itself."""
        with suppress(OSError):
            self.pipe.send(None)
        self.process.join(GRACE)
        self.kill()

    def kill(self) -> int | None:
        """End the worker at once, whatever it does. Returns the exit code where it had ended by itself."""
        exit_code = self.process.exitcode
        if exit_code is None:
            self.process.kill()
            self.process.join()
        self.pipe.close()
        return exit_code


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Start a process within this block so that it never sees Ctrl-C: the run alone decides what that means."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
