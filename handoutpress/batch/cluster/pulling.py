"""Fetching what a plan's units made into an output folder, whose log and manifest are then those of a local build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from handoutpress.batch.bundle_memory import BundleMemory, bundle_memory
from handoutpress.batch.bundles import Choice, bundle
from handoutpress.batch.cluster.cluster_plan import ClusterPlan, ClusterUnit
from handoutpress.batch.cluster.receipts import UnitReceipt, pdf_name, receipt_from_bytes, receipt_name
from handoutpress.batch.events import Ended, Failed, Made, Reporter, Started, Waiting
from handoutpress.batch.failures import sentence_of
from handoutpress.batch.job_sheets import JobSheets, job_sheet_records
from handoutpress.batch.log.build_log import OutputRecord
from handoutpress.batch.log.journal import Journal
from handoutpress.batch.press import OutputKind
from handoutpress.batch.prune import InProject, prune
from handoutpress.batch.run import STATE
from handoutpress.batch.run_totals import RunTotals
from handoutpress.store.digests import bytes_digest, file_digest
from handoutpress.store.files import FileStamp, replace_file, stamp_of
from handoutpress.store.locks import locked_folder
from handoutpress.store.objects.object_store import ObjectStore, OtherContentError, get_many
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.problems import HandoutError

FETCHED = "fetched from the store"
"""Why a file is written."""


@dataclass(frozen=True)
class PullOptions:
    """What is fetched, and what is done besides.

    Outputs of which ``in_project`` says no are removed; with ``job_sheets``, print files are listed for the print shop.
    """

    brands: frozenset[str]
    bundles: Choice | None = None
    in_project: InProject | None = None
    job_sheets: JobSheets | None = None


def pull(store: ObjectStore, plan: ClusterPlan, out: Path, options: PullOptions, report: Reporter) -> Ended:
    """Fetch what ``out`` lacks of some brands' outputs, and record it; wait for another run on ``out``.

    Units without a receipt are told, and leave the run incomplete. Raises ``HandoutError`` where nothing can be written
    in ``out``, ``OtherContentError`` for an object with other bytes than its name says.
    """
    state = out / STATE
    try:
        state.mkdir(parents=True, exist_ok=True)
        with locked_folder(state, lambda holder: report(Waiting(out, holder))), closing(Journal(state, out)) as journal:
            return _Pull(store, plan, out, options, journal, RunTotals(report)).run()
    except OSError as error:
        raise HandoutError(sentence_of(error, str(state / "log"))) from error


@dataclass
class _Pull:
    store: ObjectStore
    plan: ClusterPlan
    out: Path
    options: PullOptions
    journal: Journal
    totals: RunTotals
    present: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def run(self) -> Ended:
        """Fetch, record, remove, and write what lists the outputs, and zips."""
        zips = bundle_memory(self.out / STATE)
        self.totals.report(Started(sum(self._wanted(unit) for unit in self._units()), 0, 0))
        try:
            self._fetch()
            self._prune(zips)
            self._list_for_print_shops()
        except KeyboardInterrupt:
            self.totals.interrupted = True
        except (OSError, HandoutError) as error:
            self.totals.add_fault(sentence_of(error, str(self.out)))
        self.journal.finish()
        if self.options.bundles and not self.totals.interrupted:
            self._bundle(self.options.bundles, zips)
        zips.save()
        return self.totals.end()

    def _units(self) -> Iterator[ClusterUnit]:
        yield from (unit for unit in self.plan.units if self._wanted(unit))

    def _wanted(self, unit: ClusterUnit) -> int:
        """Return how many outputs of a unit are wanted."""
        return sum(brand in self.options.brands for brand in self.plan.brand_sets[unit.brands])

    def _fetch(self) -> None:
        units = {receipt_name(unit.key): unit for unit in self._units()}
        missing = 0
        for name, content in get_many(self.store, units):
            unit = units[name]
            if content is None:
                missing += 1
                self.totals.left += self._wanted(unit)
                continue
            self._take(unit, receipt_from_bytes(unit.key, content))
        if missing:
            were = "is" if missing == 1 else "are"
            self.totals.add_fault(
                f"{counted(missing, 'unit')} of the plan {were} not made yet. Hint: run each shard again; "
                "only what lacks a receipt is made."
            )

    def _take(self, unit: ClusterUnit, receipt: UnitReceipt) -> None:
        """Fetch what the folder lacks of a unit, and record all of it, made from what the receipt says."""
        records = [record for record in receipt.log.records.values() if record.label.brand in self.options.brands]
        used = sorted({number for record in records for number in record.made_from})
        numbers = dict(zip(used, self.journal.add_parts(receipt.log.inputs, used), strict=True))
        stamps = {record.path: self._stamp(record) for record in records}
        fetch = [record for record in records if stamps[record.path] is None]
        written = dict(self._write(fetch))
        for record in records:
            stamp = stamps[record.path] or written[record.path]
            made_from = tuple(sorted([numbers[number] for number in record.made_from]))
            self._record(record._replace(stamp=stamp, made_from=made_from), unit.kind, new=record.path in written)
        for path, sentence in receipt.failed.items():
            if path.partition("/")[0] in self.options.brands:
                self.totals.add_failure(Failed(path, sentence))

    def _stamp(self, record: OutputRecord) -> FileStamp | None:
        """Return the stamp of the file that is there already, byte for byte; None where it must be fetched."""
        path = self.out / record.path
        try:
            stamp = stamp_of(path)
            known = self.journal.log.records.get(record.path)
            if known and (known.stamp, known.sha256) == (stamp, record.sha256):
                return stamp
            return stamp if stamp.size == record.stamp.size and file_digest(path) == record.sha256 else None
        except OSError:
            return None

    def _write(self, records: Iterable[OutputRecord]) -> Iterator[tuple[str, FileStamp]]:
        paths: dict[str, list[OutputRecord]] = {}
        for record in records:
            paths.setdefault(pdf_name(record.sha256), []).append(record)
        for name, content in get_many(self.store, paths):
            for record in paths[name]:
                path = self.out / record.path
                path.parent.mkdir(parents=True, exist_ok=True)
                yield record.path, replace_file(path, _whole(self.store, name, content, record.sha256))

    def _record(self, record: OutputRecord, kind: OutputKind, *, new: bool) -> None:
        if self.journal.log.records.get(record.path) != record:
            self.journal.record(record)
        self.present.append(record.path)
        if new:
            self.fetched.append(record.path)
            self.totals.made += 1
            self.totals.html += kind == "html"
            self.totals.report(Made(record.path, kind, FETCHED, record.stamp.size, record.pages))
        else:
            self.totals.unchanged += 1

    def _prune(self, zips: BundleMemory) -> None:
        if self.options.in_project:
            for event in prune(self.journal, self.out, self.options.in_project, zips):
                self.totals.tell(event)

    def _list_for_print_shops(self) -> None:
        if self.options.job_sheets is None:
            return
        brands = set() if self.plan.purpose == "screen" else set(self.options.brands)
        if self.totals.removed:
            brands |= {record.label.brand for record in job_sheet_records(self.journal.log)}
        for event in self.options.job_sheets.update(self.journal, self.out, brands):
            self.totals.tell(event)

    def _bundle(self, choice: Choice, memory: BundleMemory) -> None:
        records: Mapping[str, OutputRecord] = self.journal.log.records
        paths = self.fetched if choice == "changed" else self.present
        chosen = [records[path] for path in paths]
        printed = {record.label.brand for record in chosen if record.label.purpose != "screen"}
        chosen += job_sheet_records(self.journal.log, printed)
        for event in bundle(chosen, self.out, choice, memory):
            self.totals.report(event)


def _whole(store: ObjectStore, name: str, content: bytes | None, sha256: str) -> bytes:
    """Return an object's content, held to its digest."""
    if content is None:
        raise HandoutError(f"{store.address} lacks {name}, of which it has a receipt. Hint: see who removed it.")
    if bytes_digest(content) != sha256:
        raise OtherContentError(f"{store.address} holds other bytes as {name} than its name says.")
    return content
