"""One machine's part of a plan: so many units in a row, those without a receipt made one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from handoutpress.batch.cluster.cluster_plan import ClusterPlan, ClusterUnit, alike_together
from handoutpress.batch.cluster.unit_maker import OutputKept, UnitMaker
from handoutpress.batch.events import Ended, Failed, Made, PlateOpened, Reporter, Started
from handoutpress.batch.failures import sentence_of
from handoutpress.batch.pool.unit_runner import OutputWritten, PlateFailed, PlateReady, UnitOutcome
from handoutpress.batch.run_totals import RunTotals
from handoutpress.yamlfile.problems import HandoutError

PLANNED = "planned"
"""Why an output is made here: the plan says so."""


class Shard(NamedTuple):
    """One of so many parts of a plan; the first is 1."""

    number: int
    of: int


def parse_shard(text: str) -> Shard:
    """Read ``2/8``. Raises ``HandoutError`` where it is no part of a whole."""
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    shard = Shard(*map(int, match.groups())) if match else Shard(0, 0)
    if not 1 <= shard.number <= shard.of:
        raise HandoutError(f'"{text}" is no part of a plan. Hint: the second of eight is --shard 2/8.')
    return shard


def units_of(plan: ClusterPlan, shard: Shard) -> Sequence[ClusterUnit]:
    """Return a shard's units: neighbours, so that the art of few brands is made on two machines."""
    numbers = [number for group in alike_together(plan.units) for number in group]
    total = len(numbers)
    own = numbers[total * (shard.number - 1) // shard.of : total * shard.number // shard.of]
    return [plan.units[number] for number in own]


def unit_name(unit: ClusterUnit) -> str:
    """Return what a person calls a unit by."""
    return f"{unit.handout}.{unit.language} {unit.format if unit.kind == 'pdf' else unit.kind}"


class ShardRun:
    """Makes units and tells what becomes of them. ``outputs_of`` counts a unit's outputs."""

    def __init__(self, outputs_of: Callable[[ClusterUnit], int], report: Reporter) -> None:
        self._outputs_of, self._report = outputs_of, report
        self._totals = RunTotals(report)

    def run(self, units: Sequence[ClusterUnit], done: Iterable[str], open_maker: Callable[[], UnitMaker]) -> Ended:
        """Make the units that are not ``done``, by their keys. Ctrl-C ends it; a fault of the store does, too.

        Raises ``OtherContentError`` where this machine makes other bytes than another, ``HandoutError``.
        """
        totals = self._totals
        known = set(done)
        work = [unit for unit in units if unit.key not in known]
        totals.left = sum(map(self._outputs_of, work))
        totals.unchanged = sum(map(self._outputs_of, units)) - totals.left
        self._report(Started(totals.left, totals.unchanged, 0))
        if work:
            self._make(work, open_maker)
        return totals.end()

    def _make(self, work: Sequence[ClusterUnit], open_maker: Callable[[], UnitMaker]) -> None:
        try:
            maker = open_maker()
            for unit in work:
                others = self._totals.left - self._outputs_of(unit)
                for outcome in maker.make(unit):
                    self._note(unit, outcome)
                self._totals.left = others  # a plate that failed costs what had not been kept
        except KeyboardInterrupt:
            self._totals.interrupted = True
        except OSError as error:
            self._totals.add_fault(sentence_of(error, ""))

    def _note(self, unit: ClusterUnit, outcome: UnitOutcome | OutputKept) -> None:
        if isinstance(outcome, PlateReady):
            self._report(PlateOpened(outcome.group, outcome.seconds))
            return
        totals = self._totals
        totals.left -= 1
        if isinstance(outcome, OutputKept):
            totals.unchanged += 1
        elif isinstance(outcome, OutputWritten):
            totals.made += 1
            totals.html += unit.kind == "html"
            record = outcome.record
            self._report(Made(record.path, unit.kind, PLANNED, record.stamp.size, record.pages))
        else:
            path = unit_name(unit) if isinstance(outcome, PlateFailed) else outcome.path
            totals.add_failure(Failed(path, outcome.sentence, outcome.trace))
