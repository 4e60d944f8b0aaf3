"""Making a unit: its plate is opened once, then one output follows the other. The same here and in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import NamedTuple, Protocol

from handoutpress.batch.failures import may_pass, sentence_of, trace_of
from handoutpress.batch.log.build_log import OutputRecord
from handoutpress.batch.log.journal import Receipts
from handoutpress.batch.plan import BuildUnit, PlannedOutput
from handoutpress.batch.press import OpenPlate, Press, PressMaker
from handoutpress.press.printed import PrintedPdf
from handoutpress.store.digests import bytes_digest
from handoutpress.store.files import FileStamp, drop_part, place_part, write_part


class PlateReady(NamedTuple):
    """The unit's plate is open, after ``seconds``."""

    group: str
    seconds: float


class OutputWritten(NamedTuple):
    """An output took its place; this is its record."""

    record: OutputRecord


class OutputFailed(NamedTuple):
    """An output could not be made. ``may_pass`` says that another try may succeed, with the same inputs."""

    path: str
    sentence: str
    trace: str = ""
    may_pass: bool = False


class PlateFailed(NamedTuple):
    """A plate could not be typeset, nor then any output of it that is still to be made. Reported once."""

    group: str
    sentence: str
    trace: str = ""
    may_pass: bool = False


UnitOutcome = PlateReady | OutputWritten | OutputFailed | PlateFailed
Limit = Callable[[], AbstractContextManager[None]]
"""Bounds the time of one plate or one output, by raising ``TooSlowError``."""


@dataclass(frozen=True, slots=True)
class RunContext:
    """Where and how a run's outputs are made. ``limit`` is seconds for one plate or output."""

    out: Path
    state: Path
    make_press: PressMaker
    jobs: int
    limit: float


class OutputWriter(Protocol):
    """Where outputs go: a folder, or a store that many machines share."""

    def write(self, output: PlannedOutput, printed: PrintedPdf) -> OutputRecord:
        """Put an output in its place and return its record. Raises ``OSError``, and then leaves nothing half."""
        ...


class UnitRunner:
    """Makes units in one process, with its press, the plate that is open in it, and where outputs go."""

    def __init__(self, outputs: OutputWriter, press: Press, limit: Limit = nullcontext) -> None:
        self._outputs, self._press, self._limit = outputs, press, limit
        self._group = ""
        self._plate: OpenPlate | None = None

    def run(self, unit: BuildUnit) -> Iterator[UnitOutcome]:
        """Make a unit's outputs in order. Errors come out as outcomes; only an interruption is raised."""
        if unit.outputs[0].kind == "pdf" and self._group != unit.group:
            yield (outcome := self._open(unit))
            if isinstance(outcome, PlateFailed):
                return
        for output in unit.outputs:
            yield self._make(output)

    def _open(self, unit: BuildUnit) -> UnitOutcome:
        self._group, self._plate = "", None
        started = monotonic()
        try:
            with self._limit():
                self._plate = self._press.open_plate(unit.outputs[0].edition)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # WeasyPrint's fatal errors are no Exceptions
            return PlateFailed(unit.group, sentence_of(error, unit.outputs[0].path), trace_of(error), may_pass(error))
        self._group = unit.group
        return PlateReady(unit.group, monotonic() - started)

    def _make(self, output: PlannedOutput) -> UnitOutcome:
        try:
            with self._limit():
                return OutputWritten(self._outputs.write(output, self._print(output)))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return OutputFailed(output.path, sentence_of(error, output.path), trace_of(error), may_pass(error))

    def _print(self, output: PlannedOutput) -> PrintedPdf:
        if output.kind == "pdf" and self._plate is not None:
            return self._plate.print(output.edition)
        page = self._press.html(output.edition)
        return PrintedPdf(page, pages=0, addresses=(), sha256=bytes_digest(page))


class FolderWriter:
    """Writes outputs below a folder, each after its receipt."""

    def __init__(self, out: Path, receipts: Receipts) -> None:
        self._out, self._receipts = out, receipts
        self._folders: set[Path] = set()

    def write(self, output: PlannedOutput, printed: PrintedPdf) -> OutputRecord:
        """Put an output in its place and return its record. Raises ``OSError``, and then leaves nothing half."""
        path = self._out / output.path
        self._make_folder(path.parent)
        record = record_of(output, printed, write_part(path, printed.pdf))
        # The receipt comes first: after a kill, the next run takes it over only where the very file is there.
        try:
            self._receipts.note(record)
        except BaseException:
            drop_part(path)
            raise
        place_part(path)
        return record

    def _make_folder(self, folder: Path) -> None:
        if folder not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


def record_of(output: PlannedOutput, printed: PrintedPdf, stamp: FileStamp) -> OutputRecord:
    """Return the record of an output that was printed, and written as a file with this stamp."""
    return OutputRecord(
        path=output.path,
        stamp=stamp,
        sha256=printed.sha256,
        pages=printed.pages,
        addresses=printed.addresses,
        label=output.label,
        made_from=output.made_from,
    )
