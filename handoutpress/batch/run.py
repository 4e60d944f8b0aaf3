"""A run: look what is stale, make it, record it. One failed edition does not stop it; a killed run loses nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from handoutpress.batch import failures
from handoutpress.batch.bundles import Choice, bundle
from handoutpress.batch.events import (
    Ended,
    Failed,
    Fault,
    Made,
    PlateOpened,
    Removed,
    Reporter,
    Started,
    Waiting,
    silent,
)
from handoutpress.batch.job_sheets import JobSheets, records_of
from handoutpress.batch.log.journal import Journal
from handoutpress.batch.plan import CHUNK, BuildPlan, BuildUnit, PlannedOutput, units
from handoutpress.batch.pool import METHODS
from handoutpress.batch.pool.unit_runner import (
    OutputFailed,
    OutputWritten,
    PlateFailed,
    PlateReady,
    RunContext,
    UnitOutcome,
)
from handoutpress.batch.press import Press, PressMaker, SharedPress
from handoutpress.batch.prune import Standing, prune
from handoutpress.batch.reasons import OutputVerdict, RemakeOptions, judge
from handoutpress.store.locks import only_run
from handoutpress.yamlfile.problems import HandoutError

STATE = ".handouts"
"""The folder below the output folder that holds the build log, the lock and receipts."""
WORTH_A_WORKER = 200
"""Outputs that pay for starting a process, which takes it about a second, if their plates are at hand."""
TYPESETTING = 100
"""A plate that must be typeset takes as long as so many outputs."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run. ``jobs`` is processes at most (0: one a core); ``limit`` is seconds for one plate or output.

    With ``standing``, outputs that it does not know are removed. ``bundle`` writes zips, of all or of what changed.
    With ``job_sheets``, each brand's print files are listed for the print shop.
    """

    asked: RemakeOptions = field(default_factory=RemakeOptions)
    jobs: int = 0
    limit: float = 120.0
    fail_fast: bool = False
    standing: Standing | None = None
    bundle: Choice | None = None
    job_sheets: JobSheets | None = None


def run(
    plan: BuildPlan, out: Path, make_press: PressMaker, options: RunOptions = RunOptions(), tell: Reporter = silent
) -> Ended:
    """Make what is stale in ``out``; waits for another run on it. Ctrl-C ends it cleanly (``Ended.interrupted``).

    Raises ``HandoutError`` where nothing can be written in ``out`` at all, or no worker can start.
    """
    state = out / STATE
    try:
        state.mkdir(parents=True, exist_ok=True)
        with only_run(state, lambda holder: tell(Waiting(out, holder))), closing(Journal(state, out)) as journal:
            shop = RunContext(out, state, SharedPress(make_press), 0, options.limit)
            return _BuildRun(plan, journal, shop, options, tell).go()
    except OSError as error:
        raise HandoutError(failures.sentence_of(error, str(state / "log"))) from error


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _BuildRun:
    def __init__(
        self, plan: BuildPlan, journal: Journal, shop: RunContext, options: RunOptions, tell: Reporter
    ) -> None:
        self.plan, self.journal, self.shop, self.options, self.tell = plan, journal, shop, options, tell
        self.pending: dict[str, OutputVerdict] = {}
        self.changed: dict[str, None] = {}
        self.failed: list[Failed] = []
        self.removed = 0
        self.faults: list[str] = []

    def go(self) -> Ended:
        started = monotonic()
        verdicts = judge(self.plan, self.journal.log, self.shop.out, self.options.asked)
        self.journal.restamp((verdict.output.path, verdict.stamp) for verdict in verdicts if verdict.stamp)
        self.pending = {verdict.output.path: verdict for verdict in verdicts if verdict.stale}
        unchanged = len(verdicts) - len(self.pending)
        interrupted = self._work(unchanged)
        if not interrupted:
            self._guard(self._list_for_print_shops)
        self._guard(self.journal.settle)
        if not interrupted:
            self._guard(self._bundle)
        ended = self._ended(unchanged, monotonic() - started, interrupted)
        self.tell(ended)
        return ended

    def _work(self, unchanged: int) -> bool:
        """Prune and make; true where Ctrl-C ended it."""
        try:
            self._guard(self._prune)
            self._make(unchanged)
        except KeyboardInterrupt:
            self._take_over()
            return True
        except HandoutError as error:
            self._fault(str(error))
        if self.pending:  # an early end may have killed a worker before we heard its last word
            self._take_over()
        return False

    def _make(self, unchanged: int) -> None:
        outputs = self._orders()
        work = units(outputs, CHUNK)
        workers = self._workers(work)
        self.tell(Started(len(outputs), unchanged, workers if workers > 1 else 0))
        if not outputs:
            return
        method = METHODS["pool" if workers > 1 else "serial"]
        with closing(method(work, replace(self.shop, jobs=workers))) as outcomes:
            for outcome in outcomes:
                self._note(outcome)
                if self.failed and self.options.fail_fast:
                    return

    def _orders(self) -> list[PlannedOutput]:
        """The stale outputs, their parts counted as the log counts them."""
        stale = [verdict.output for verdict in self.pending.values()]
        used = sorted({number for output in stale for number in output.made_from})
        number = dict(zip(used, self.journal.take_parts(self.plan.inputs, used), strict=True))
        return [replace(output, made_from=tuple(sorted([number[n] for n in output.made_from]))) for output in stale]

    def _workers(self, work: list[BuildUnit]) -> int:
        """As many processes as there is work for; looks at the cache only where it makes a difference."""
        most = self.options.jobs or cores()
        cost = sum(len(unit.outputs) for unit in work)
        if most > 1 and len(work) > 1 and cost < most * WORTH_A_WORKER:
            press = self.shop.make_press()
            cost += TYPESETTING * sum(not self._at_hand(press, unit) for unit in work)
        return min(most, max(1, cost // WORTH_A_WORKER))

    def _at_hand(self, press: Press, unit: BuildUnit) -> bool:
        return unit.outputs[0].kind == "html" or press.has_cached_plate(unit.outputs[0].edition)

    def _note(self, outcome: UnitOutcome) -> None:
        if isinstance(outcome, OutputWritten):
            self._made(outcome)
        elif isinstance(outcome, OutputFailed):
            self._miss(outcome.path, outcome.sentence, outcome.trace)
        elif isinstance(outcome, PlateFailed):
            for path in [path for path, verdict in self.pending.items() if verdict.output.group == outcome.group]:
                self._miss(path, outcome.sentence, outcome.trace)
        elif isinstance(outcome, PlateReady):
            self.tell(PlateOpened(outcome.group, outcome.seconds))

    def _made(self, written: OutputWritten) -> None:
        # It stays pending until all is noted: wherever Ctrl-C comes, it is then noted again, and counts once.
        record = written.record
        verdict = self.pending[record.path]
        self.journal.record(record)
        self.changed[record.path] = None
        del self.pending[record.path]
        self.tell(Made(record.path, verdict.output.kind, verdict.sentence, record.stamp.size, record.pages))

    def _miss(self, path: str, sentence: str, trace: str) -> None:
        del self.pending[path]
        if trace:
            sentence = f"{sentence} The trace is in {self.journal.keep_trace(path, trace)}."
        failure = Failed(path, sentence, trace)
        self.failed.append(failure)
        self.tell(failure)

    def _take_over(self) -> None:
        for record in self.journal.placed():
            if record.path in self.pending:
                self._made(OutputWritten(record))
        self.journal.sweep()

    def _prune(self) -> None:
        if self.options.standing is None:
            return
        for event in prune(self.journal.log, self.shop.out, self.options.standing):
            if isinstance(event, Removed):
                self.journal.strike(event.path)
                self.removed += 1
            self.tell(event)

    def _list_for_print_shops(self) -> None:
        if self.options.job_sheets is None:
            return
        brands = {output.label.brand for output in self.plan.outputs if output.label.way}
        if self.removed:
            brands |= {record.label.brand for record in records_of(self.journal.log)}
        for event in self.options.job_sheets.keep(self.journal, self.shop.out, brands):
            self.removed += isinstance(event, Removed)
            self.tell(event)

    def _bundle(self) -> None:
        choice = self.options.bundle
        if choice is None:
            return
        wanted = list(self.changed) if choice == "changed" else [output.path for output in self.plan.outputs]
        stale = {failure.path for failure in self.failed} | self.pending.keys()
        records = [self.journal.log.records[path] for path in wanted if path not in stale]
        records += records_of(self.journal.log, {record.label.brand for record in records if record.label.way})
        for event in bundle(records, self.shop.out, choice):
            self.tell(event)

    def _guard(self, step: Callable[[], None]) -> None:
        """Take a step that belongs to no single output; the run outlives its fault."""
        try:
            step()
        except OSError as error:
            self._fault(failures.sentence_of(error, str(self.shop.out / "manifest.json")))

    def _fault(self, sentence: str) -> None:
        self.faults.append(sentence)
        self.tell(Fault(sentence))

    def _ended(self, unchanged: int, seconds: float, interrupted: bool) -> Ended:
        place = {output.path: number for number, output in enumerate(self.plan.outputs)} if self.failed else {}
        failed = tuple(sorted(self.failed, key=lambda failure: place[failure.path]))
        counts = (len(self.changed), unchanged, failed, self.removed, tuple(self.faults))
        return Ended(*counts, seconds, len(self.pending), interrupted)
