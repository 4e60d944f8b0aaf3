"""Making a unit on any machine: what was made before is taken over, the rest is printed, the receipt comes last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from handoutpress.batch.cluster.cluster_plan import ClusterPlan, ClusterUnit
from handoutpress.batch.cluster.planning import digests_of_parts, unit_key
from handoutpress.batch.cluster.receipts import (
    UnitReceipt,
    find_receipt,
    pdf_name,
    receipt_name,
    receipt_to_bytes,
)
from handoutpress.batch.log.build_log import BuildLog, OutputRecord
from handoutpress.batch.log.input_table import InputTable
from handoutpress.batch.plan import BuildPlan, BuildUnit, PlannedOutput, make_plan
from handoutpress.batch.pool.unit_runner import (
    OutputFailed,
    OutputWritten,
    PlateFailed,
    UnitOutcome,
    UnitRunner,
    record_of,
)
from handoutpress.batch.press import Press
from handoutpress.content.bilingual import joined_edition
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import JOINED, Edition
from handoutpress.press.printed import PrintedPdf, Purpose
from handoutpress.store.files import FileStamp
from handoutpress.store.objects.object_store import ManyPuts, ObjectStore, OtherContentError, put_equal


class OutputKept(NamedTuple):
    """An output that an earlier plan made from the very same; this is its record."""

    record: OutputRecord


EditionsOf = Callable[[ClusterUnit], list[Edition]]


class StoreWriter:
    """Puts outputs into a store, under the digest of their bytes; ``finish`` waits until all are there."""

    def __init__(self, store: ObjectStore) -> None:
        self._puts = ManyPuts(store)

    def write(self, output: PlannedOutput, printed: PrintedPdf) -> OutputRecord:
        """Begin to put an output, and return its record. Raises ``OSError`` where an earlier one could not be put."""
        self._puts.put(pdf_name(printed.sha256), printed.pdf)
        return record_of(output, printed, FileStamp(len(printed.pdf), 0, 0))

    def finish(self) -> None:
        """Wait until all outputs stand in the store. Raises ``OtherContentError``, ``OSError``."""
        self._puts.finish()


def editions_in(catalog: Catalog, plan: ClusterPlan, unit: ClusterUnit) -> list[Edition]:
    """Return the editions of a unit. Raises ``OtherContentError`` where the catalog lacks one: it is not the plan's."""
    try:
        return [_edition_in(catalog, unit, slug) for slug in plan.brand_sets[unit.brands]]
    except KeyError as error:
        raise OtherContentError(f"The files of the plan do not give its edition {error}.") from None


def _edition_in(catalog: Catalog, unit: ClusterUnit, brand: str) -> Edition:
    """Return a unit's edition in one brand. Raises ``KeyError`` where the catalog lacks it."""
    code = unit.language.partition(JOINED)[0]
    text, paper = catalog.handouts[unit.handout, code], catalog.formats[unit.format]
    single = Edition(text, catalog.languages[code], paper, catalog.brands[brand])
    edition = single if unit.language == code else joined_edition(unit.language, single, catalog)
    if edition is None:
        raise KeyError(unit.language)
    return edition


class UnitMaker:
    """Makes units in this process, one after the other, with one press. ``limit`` bounds a plate and an output."""

    def __init__(
        self,
        store: ObjectStore,
        press: Press,
        editions_of: EditionsOf,
        limit: Callable[[], AbstractContextManager[None]],
        purpose: Purpose,
    ) -> None:
        self._purpose = purpose
        self._store, self._press, self._editions_of = store, press, editions_of
        self._writer = StoreWriter(store)
        self._runner = UnitRunner(self._writer, press, limit)

    def make(self, unit: ClusterUnit) -> Iterator[UnitOutcome | OutputKept]:
        """Make a unit, and put its receipt unless another try might do better.

        Raises ``OtherContentError`` where this machine makes other bytes than another, ``OSError`` of the store.
        """
        planned = _outputs_of(unit, self._editions_of(unit), self._press, self._purpose)
        made = _Made(planned.inputs)
        for record in self._made_before(unit, planned):
            made.records[record.path] = record
            yield OutputKept(record)
        remaining = tuple(output for output in planned.outputs if output.path not in made.records)
        if remaining:
            for outcome in self._runner.run(BuildUnit(remaining[0].group, remaining)):
                made.note(outcome, remaining)
                yield outcome
        self._writer.finish()
        if not made.may_pass:
            put_equal(self._store, receipt_name(unit.key), receipt_to_bytes(unit.key, made.receipt()))

    def _made_before(self, unit: ClusterUnit, planned: BuildPlan) -> Iterator[OutputRecord]:
        """Yield the records of what an earlier plan's unit has made from the very same, numbered as in this plan."""
        outputs = {output.path: output for output in planned.outputs}
        for key in unit.earlier:
            receipt = find_receipt(self._store, key)
            log = receipt.log if receipt else BuildLog()
            for record in log.records.values():
                output = outputs.get(record.path)
                if output and record.label == output.label and _same_inputs(record, log, output, planned.inputs):
                    del outputs[record.path]  # a second receipt may tell of it, too
                    yield record._replace(made_from=output.made_from)


@dataclass
class _Made:
    """What came of a unit so far. ``inputs`` is the table that its records count in."""

    inputs: InputTable
    records: dict[str, OutputRecord] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    may_pass: bool = False

    def note(self, outcome: UnitOutcome, outputs: tuple[PlannedOutput, ...]) -> None:
        if isinstance(outcome, OutputWritten):
            self.records[outcome.record.path] = outcome.record
        elif isinstance(outcome, OutputFailed):
            self.failed[outcome.path] = outcome.sentence
            self.may_pass |= outcome.may_pass
        elif isinstance(outcome, PlateFailed):
            self.failed |= {output.path: outcome.sentence for output in outputs}
            self.may_pass |= outcome.may_pass

    def receipt(self) -> UnitReceipt:
        return UnitReceipt(BuildLog(self.records, self.inputs), self.failed)


def _outputs_of(unit: ClusterUnit, editions: list[Edition], press: Press, purpose: Purpose) -> BuildPlan:
    """Return the plan of one unit. Raises ``OtherContentError`` where it is not made from what was planned."""
    whole = make_plan(editions, press, html=unit.kind == "html", purpose=purpose)
    plan = replace(whole, outputs=tuple(output for output in whole.outputs if output.kind == unit.kind))
    if unit_key(plan.outputs, digests_of_parts(plan.inputs)) != unit.key:
        raise OtherContentError(
            f"Here {unit.handout}.{unit.language} {unit.format} would be made from other inputs than were planned."
        )
    return plan


def _same_inputs(record: OutputRecord, log: BuildLog, output: PlannedOutput, table: InputTable) -> bool:
    before: Mapping[str, str] = log.inputs.mapping(record.made_from)
    return before == table.mapping(output.made_from)
