"""A run: see what is stale, make it, record it. One failed edition does not stop it; a killed run loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from handoutpress.batch import failures
from handoutpress.batch.bundle_memory import bundle_memory
from handoutpress.batch.bundles import Choice, bundle
from handoutpress.batch.events import (
    Ended,
    Failed,
    LeftBehind,
    Made,
    PlateOpened,
    Reporter,
    Started,
    Waiting,
    silent,
)
from handoutpress.batch.job_sheets import JobSheets, job_sheet_records
from handoutpress.batch.log.build_log import OutputRecord
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
from handoutpress.batch.press import OutputKind, Press, PressMaker, SharedPressMaker
from handoutpress.batch.prune import InProject, prune, unwanted
from handoutpress.batch.reasons import OutputVerdict, RemakeOptions, judge
from handoutpress.batch.run_totals import RunTotals
from handoutpress.store.locks import locked_folder
from handoutpress.store.processes import cores
from handoutpress.yamlfile.problems import HandoutError

STATE = ".handouts"
"""The folder below the output folder that holds the build log, the lock and receipts."""
WORTH_A_WORKER = 200
"""Outputs that pay for starting a process, which takes it about a second, if their plates are cached."""
TYPESETTING = 100
"""A plate that must be typeset takes as long as so many outputs."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run. ``jobs`` is processes at most (0: one a core); ``limit`` is seconds for one plate or output.

    Outputs of which ``in_project`` says no are told, or with ``prune`` removed. ``bundle`` writes zips, of all or of
    what changed; what a ``trial`` made counts as changed for the run after it. With ``job_sheets``, each brand's print
    files are listed for the print shop.
    """

    remake: RemakeOptions = field(default_factory=RemakeOptions)
    jobs: int = 0
    limit: float = 120.0
    fail_fast: bool = False
    in_project: InProject | None = None
    prune: bool = False
    trial: bool = False
    bundle: Choice | None = None
    job_sheets: JobSheets | None = None


def run(
    plan: BuildPlan, out: Path, make_press: PressMaker, options: RunOptions = RunOptions(), report: Reporter = silent
) -> Ended:
    """Make what is stale in ``out``; wait for another run on it. Ctrl-C ends it cleanly (``Ended.interrupted``).

    Raises ``HandoutError`` where nothing can be written in ``out`` at all, or no worker can start.
    """
    state = out / STATE
    try:
        state.mkdir(parents=True, exist_ok=True)
        with locked_folder(state, lambda holder: report(Waiting(out, holder))), closing(Journal(state, out)) as journal:
            context = RunContext(out, state, SharedPressMaker(make_press), jobs=0, limit=options.limit)
            return _BuildRun(plan, journal, context, options, report).run()
    except OSError as error:
        raise HandoutError(failures.sentence_of(error, str(state / "log"))) from error


class _BuildRun:
    """One run under its lock. ``pending`` are the verdicts on outputs that are still to be made, by path."""

    def __init__(
        self, plan: BuildPlan, journal: Journal, context: RunContext, options: RunOptions, report: Reporter
    ) -> None:
        self.plan, self.journal, self.context = plan, journal, context
        self.options, self.report = options, report
        self.bundles = bundle_memory(context.state)
        self.pending: dict[str, OutputVerdict] = {}
        self.changed: dict[str, OutputKind] = {}
        self.totals = RunTotals(report)

    def run(self) -> Ended:
        """Remove and make outputs, record them, and write what lists them."""
        if self.journal.recovered:
            self._guard(self._remove_part_files)
        verdicts = judge(self.plan, self.journal.log, self.context.out, self.options.remake)
        self.journal.restamp((verdict.output.path, verdict.stamp) for verdict in verdicts if verdict.stamp)
        self.pending = {verdict.output.path: verdict for verdict in verdicts if verdict.stale}
        self.totals.unchanged = len(verdicts) - len(self.pending)
        self._prune_and_make()
        if not self.totals.interrupted:
            self._guard(self._list_for_print_shops)  # before the manifest, which names job sheets, too
        self._guard(self.journal.finish)
        if not self.totals.interrupted:
            self._guard(self._bundle)
            self._guard(self.bundles.save)
        return self._end()

    def _prune_and_make(self) -> None:
        """Remove what is gone and make what is stale; Ctrl-C ends it."""
        try:
            self._guard(self._prune)
            self._make()
        except KeyboardInterrupt:
            self.totals.interrupted = True
        except HandoutError as error:
            self.totals.add_fault(str(error))
        if self.pending:  # an early end may have killed a worker before we heard its last word
            self._take_over()

    def _make(self) -> None:
        outputs = self._stale_outputs()
        work = units(outputs, CHUNK)
        workers = self._count_workers(work)
        self.report(Started(len(outputs), self.totals.unchanged, workers if workers > 1 else 0))
        if not outputs:
            return
        method = METHODS["pool" if workers > 1 else "serial"]
        with closing(method(work, replace(self.context, jobs=workers))) as outcomes:
            for outcome in outcomes:
                self._take_in(outcome)
                if self.totals.failed and self.options.fail_fast:
                    return

    def _stale_outputs(self) -> list[PlannedOutput]:
        """Return the stale outputs, their parts numbered as in the log."""
        stale = [verdict.output for verdict in self.pending.values()]
        used = sorted({number for output in stale for number in output.made_from})
        log_numbers = dict(zip(used, self.journal.add_parts(self.plan.inputs, used), strict=True))
        return [
            replace(output, made_from=tuple(sorted([log_numbers[number] for number in output.made_from])))
            for output in stale
        ]

    def _count_workers(self, work: list[BuildUnit]) -> int:
        """Return as many processes as there is work for. Looks at the cache only where it makes a difference."""
        limit = self.options.jobs or cores()
        cost = sum(len(unit.outputs) for unit in work)
        if limit > 1 and len(work) > 1 and cost < limit * WORTH_A_WORKER:
            press = self.context.make_press()
            cost += TYPESETTING * sum(not _is_typeset(unit, press) for unit in work)
        return min(limit, max(1, cost // WORTH_A_WORKER))

    def _take_in(self, outcome: UnitOutcome) -> None:
        if isinstance(outcome, OutputWritten):
            self._record(outcome.record)
        elif isinstance(outcome, OutputFailed):
            self._fail(outcome.path, outcome.sentence, outcome.trace)
        elif isinstance(outcome, PlateFailed):
            for path in [path for path, verdict in self.pending.items() if verdict.output.group == outcome.group]:
                self._fail(path, outcome.sentence, outcome.trace)
        elif isinstance(outcome, PlateReady):
            self.report(PlateOpened(outcome.group, outcome.seconds))

    def _record(self, record: OutputRecord) -> None:
        # It stays pending until all is noted: wherever Ctrl-C comes, it is then noted again, and counts once.
        verdict = self.pending[record.path]
        self.journal.record(record)
        self.changed[record.path] = verdict.output.kind
        del self.pending[record.path]
        self.report(Made(record.path, verdict.output.kind, verdict.sentence, record.stamp.size, record.pages))

    def _fail(self, path: str, sentence: str, trace: str) -> None:
        del self.pending[path]
        if trace:
            sentence = f"{sentence} The trace is in {self.journal.save_trace(path, trace)}."
        self.totals.add_failure(Failed(path, sentence, trace))

    def _take_over(self) -> None:
        """Record the outputs that took their place though we did not hear of them."""
        for record in self.journal.placed_records():
            if record.path in self.pending:
                self._record(record)
        self._remove_part_files()

    def _remove_part_files(self) -> None:
        self.journal.remove_part_files(output.path for output in self.plan.outputs)

    def _prune(self) -> None:
        if self.options.in_project is None:
            return
        if not self.options.prune:
            if left := unwanted(self.journal.log, self.options.in_project):
                self.report(LeftBehind(tuple(record.path for record in left)))
            return
        for event in prune(self.journal, self.context.out, self.options.in_project, self.bundles):
            self.totals.tell(event)

    def _list_for_print_shops(self) -> None:
        if self.options.job_sheets is None:
            return
        brands = {output.label.brand for output in self.plan.outputs if output.label.purpose != "screen"}
        if self.totals.removed:
            brands |= {record.label.brand for record in job_sheet_records(self.journal.log)}
        for event in self.options.job_sheets.update(self.journal, self.context.out, brands):
            self.totals.tell(event)

    def _bundle(self) -> None:
        choice, planned = self.options.bundle, [output.path for output in self.plan.outputs]
        if choice is None:
            self._remember_trial(planned)
            return
        tried = [path for path in planned if path in self.bundles.tried]
        paths = dict.fromkeys([*self.changed, *tried] if choice == "changed" else planned)
        stale = {failure.path for failure in self.totals.failed} | self.pending.keys()
        log = self.journal.log
        records = [log.records[path] for path in paths if path not in stale and path in log.records]
        print_brands = {record.label.brand for record in records if record.label.purpose != "screen"}
        records += job_sheet_records(log, print_brands)
        for event in bundle(records, self.context.out, choice, self.bundles):
            self.report(event)

    def _remember_trial(self, planned: Iterable[str]) -> None:
        """Remember what a trial made for the zips of the run after it; another run without zips forgets it."""
        if self.options.trial:
            self.bundles.tried |= set(self.changed)
        else:
            self.bundles.tried -= set(planned)

    def _guard(self, step: Callable[[], None]) -> None:
        """Take a step that belongs to no single output; the run outlives its fault."""
        try:
            step()
        except OSError as error:
            self.totals.add_fault(failures.sentence_of(error, str(self.context.out / "manifest.json")))

    def _end(self) -> Ended:
        totals = self.totals
        if totals.failed:
            place = {output.path: number for number, output in enumerate(self.plan.outputs)}
            totals.failed.sort(key=lambda failure: place[failure.path])
        totals.made, totals.html = len(self.changed), list(self.changed.values()).count("html")
        totals.left = len(self.pending)
        return totals.end()


def _is_typeset(unit: BuildUnit, press: Press) -> bool:
    """Return whether nothing must be typeset for the unit."""
    return unit.outputs[0].kind == "html" or press.has_cached_plate(unit.outputs[0].edition)
