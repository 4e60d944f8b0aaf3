"""All units in this process, one after the other."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from handoutpress.batch.failures import TooSlowError
from handoutpress.batch.log.journal import Receipts
from handoutpress.batch.plan import BuildUnit
from handoutpress.batch.pool.unit_runner import FolderWriter, PlateFailed, RunContext, UnitOutcome, UnitRunner


def make_units(units: Sequence[BuildUnit], context: RunContext) -> Generator[UnitOutcome]:
    """Make the units. A plate that failed is not tried again."""
    receipts = Receipts(context.state, "serial")
    writer = FolderWriter(context.out, receipts)
    runner = UnitRunner(writer, context.make_press(), lambda: time_limit(context.limit))
    failed_plates: set[str] = set()
    try:
        for unit in units:
            if unit.group in failed_plates:
                continue
            for outcome in runner.run(unit):
                if isinstance(outcome, PlateFailed):
                    failed_plates.add(unit.group)
                yield outcome
    finally:
        receipts.close()


def time_limit(seconds: float) -> AbstractContextManager[None]:
    """Raise ``TooSlowError`` within the block after ``seconds``, where the system can (alarms, main thread)."""
    able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return _alarm(seconds) if able and seconds else nullcontext()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: object) -> None:
        raise TooSlowError(seconds)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
