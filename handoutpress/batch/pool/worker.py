"""The worker's side of the pool: units come in by a pipe, outcomes go out by it; PDFs never do."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from time import monotonic
from typing import NamedTuple

from handoutpress.batch.failures import sentence_of
from handoutpress.batch.log.journal import Receipts
from handoutpress.batch.plan import BuildUnit
from handoutpress.batch.pool.unit_runner import FolderWriter, OutputWritten, RunContext, UnitOutcome, UnitRunner
from handoutpress.store.garbage_collector import collect_rarely
from handoutpress.store.locks import hold_as_worker
from handoutpress.store.processes import die_with_parent


class WorkerReady(NamedTuple):
    """The worker has a press. ``fault`` is a sentence where it could not get one."""

    fault: str = ""


class UnitDone(NamedTuple):
    """The unit is made."""


WorkerMessage = WorkerReady | UnitDone | UnitOutcome
TOGETHER = 0.05
"""Seconds for which messages of written outputs are gathered: each parcel wakes the run, which shares our cores."""


def work(context: RunContext, number: int, parent: int, pipe: Connection) -> None:
    """Make units until the pipe gives ``None`` or its other end is gone."""
    # Ctrl-C on a terminal reaches every process of the group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    hold_as_worker(context.state)
    if os.getppid() != parent:  # the run was killed before we held the folder: another may have begun
        return
    die_with_parent()
    try:
        writer = FolderWriter(context.out, Receipts(context.state, worker_name(number)))
        runner = UnitRunner(writer, context.make_press())
    except BaseException as error:
        pipe.send([WorkerReady(sentence_of(error, str(context.out)))])
        return
    pipe.send([WorkerReady()])
    _serve(runner, pipe)


def worker_name(number: int) -> str:
    """Return what a worker's receipts are called by."""
    return f"worker-{number}"


def _serve(runner: UnitRunner, pipe: Connection) -> None:
    while True:
        try:
            unit: BuildUnit | None = pipe.recv()
            if unit is None:
                return
            for parcel in _parcels(runner.run(unit)):
                pipe.send(parcel)
        except (EOFError, ConnectionError):
            return


def _parcels(outcomes: Iterable[UnitOutcome]) -> Iterator[list[WorkerMessage]]:
    """Yield outcomes together where they come fast, then that all are done: only what has a receipt may wait."""
    parcel: list[WorkerMessage] = []
    due = monotonic() + TOGETHER
    for outcome in outcomes:
        parcel.append(outcome)
        if not isinstance(outcome, OutputWritten) or monotonic() > due:
            yield parcel
            parcel, due = [], monotonic() + TOGETHER
    yield [*parcel, UnitDone()]
