"""The journal: what a run remembers, in a build log and in receipts that keep the log true when the run is killed.

A receipt is a line of the build log, which whoever writes an output notes in a file of its own before the output takes
its place. When a run was killed, the next one takes every receipt whose file is really there into its log, so that not
even a killed run makes anything twice. After a run that ended well no receipts are left.

The build log is only ever added to at its end; only a whole new file takes its place.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from handoutpress.batch.log.build_log import (
    BuildLog,
    OutputRecord,
    compact,
    input_line,
    log_lines,
    manifest_line,
    part_line,
    read_log,
    record_line,
    records_in,
    removal_line,
)
from handoutpress.batch.log.input_table import InputTable
from handoutpress.batch.log.manifest import NAME, write_manifest
from handoutpress.store.files import FileStamp, part_of, replace_file, stamp_of

LOG = "log"
TRACES = "traces.txt"
RECEIPTS = ".receipts"
"""How the names of files with receipts end."""


class Journal:
    """The memory of one run on ``out``, under its lock. Raises ``OSError`` where it cannot begin.

    ``recovered`` says that the run before did not end well.
    """

    def __init__(self, state: Path, out: Path) -> None:
        self._state, self._out = state, out
        self._traces = 0
        receipts = self.placed_records()
        self.log = read_log(state / LOG, receipts)
        self._file = _LogFile(state / LOG)
        self.recovered = bool(self._receipt_files()) or not self.log.clean
        if self.recovered:
            self._recover(receipts)

    def close(self) -> None:
        """Close the log's file."""
        self._file.close()

    def record(self, record: OutputRecord) -> None:
        """Record an output that took its place."""
        self.log.records[record.path] = record
        self._append([record_line(record)])

    def record_removal(self, path: str) -> None:
        """Record that an output was removed."""
        del self.log.records[path]
        self._append([removal_line(path)])

    def restamp(self, stamps: Iterable[tuple[str, FileStamp]]) -> None:
        """Record new stamps of files that are still ours, byte for byte, though copied or touched."""
        restamped = [self.log.records[path]._replace(stamp=stamp) for path, stamp in stamps]
        self.log.records.update((record.path, record) for record in restamped)
        if restamped:
            self._append(record_line(record) for record in restamped)

    def add_parts(self, table: InputTable, parts: Iterable[int]) -> list[int]:
        """Return the log's numbers of these parts of ``table``; new ones are written before outputs made from them."""
        inputs = self.log.inputs
        old_pairs, old_parts = len(inputs.pairs), len(inputs.parts)
        numbers = [
            inputs.add_part(inputs.add_input(table.pairs[number]) for number in table.parts[part]) for part in parts
        ]
        lines = [input_line(number, pair) for number, pair in enumerate(inputs.pairs[old_pairs:], old_pairs)]
        lines += [part_line(number, part) for number, part in enumerate(inputs.parts[old_parts:], old_parts)]
        if lines:
            self._append(lines)
        return numbers

    def placed_records(self) -> list[OutputRecord]:
        """Return what receipts say of outputs that took their place, though the run may not have heard of them."""
        return [record for receipts in self._receipt_files() for record in placed_records(receipts, self._out)]

    def remove_part_files(self, planned: Iterable[str]) -> None:
        """Remove the temporary files that whoever was killed left of known or ``planned`` outputs, and no others."""
        known = {part_of(self._out / path) for path in (*self.log.records, *planned)}
        for part in self._out.rglob(".*.part"):
            if part in known:
                part.unlink(missing_ok=True)

    def finish(self) -> None:
        """End well: no receipts, a compacted log, a manifest that says the same. Raises ``OSError``."""
        if self.log.clean and self._manifest_is_ours():
            self._drop_receipts()
            return
        self._flush()
        self._drop_receipts()
        self._compact()
        self.log.manifest = write_manifest(self.log, self._out)
        # This line last: without it, the next run writes log and manifest anew.
        self._append([manifest_line(self.log.manifest)])
        self._flush()

    def save_trace(self, path: str, trace: str) -> Path:
        """Put a trace into the traces of this run, and return where they are."""
        self._traces += 1
        with (self._state / TRACES).open("w" if self._traces == 1 else "a", encoding="utf-8") as file:
            file.write(f"{path}\n{trace}\n")
        return self._state / TRACES

    def _recover(self, receipts: list[OutputRecord]) -> None:
        """Take a killed run's receipts into the log before they go, then write it anew, so that numbers agree."""
        self._append(record_line(record) for record in receipts)
        self._flush()
        self._drop_receipts()
        self._compact()
        self.log.clean = False

    def _compact(self) -> None:
        self.log.manifest = None
        self.log = self._file.compact(self.log)

    def _append(self, lines: Iterable[str]) -> None:
        self.log.clean = False
        self._file.append(lines)

    def _flush(self) -> None:
        self._file.append(())
        if self._file.fault:
            raise self._file.fault

    def _receipt_files(self) -> list[Path]:
        """Return the files with receipts: of a run that was killed, or of the one that lasts."""
        return sorted(self._state.glob(f"*{RECEIPTS}"))

    def _drop_receipts(self) -> None:
        for receipts in self._receipt_files():
            receipts.unlink()

    def _manifest_is_ours(self) -> bool:
        try:
            return stamp_of(self._out / NAME) == self.log.manifest
        except OSError:
            return False


class Receipts:
    """One writer's receipts, in a file of its own."""

    def __init__(self, folder: Path, writer: str) -> None:
        self._file = _open_to_append(receipts_path(folder, writer))

    def note(self, record: OutputRecord) -> None:
        """Write one receipt. Raises ``OSError``, and then leaves no part of it."""
        _append_whole(self._file, (record_line(record) + "\n").encode())

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def receipts_path(folder: Path, writer: str) -> Path:
    """Return where a writer's receipts are, or would be."""
    return folder / f"{writer}{RECEIPTS}"


def placed_records(receipts: Path, out: Path) -> Iterator[OutputRecord]:
    """Yield the records of receipts whose file took its place below ``out``, inputs numbered as in the log's file."""
    for record in records_in(receipts.read_bytes()):
        try:
            if stamp_of(out / record.path) == record.stamp:
                yield record
        except OSError:
            continue


class _LogFile:
    """An open log. A line that could not be written (the disk is full) waits and is tried again with the next."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _open_to_append(path)
        self._waiting: list[str] = []
        self.fault: OSError | None = None

    def append(self, lines: Iterable[str]) -> None:
        """Put lines at the end, or all of them off; ``fault`` then says why. Never leaves part of a line."""
        self._waiting.extend(lines)
        try:
            _append_whole(self._file, _joined(self._waiting))
        except OSError as error:
            self.fault = error
        else:
            self._waiting.clear()
            self.fault = None

    def compact(self, log: BuildLog) -> BuildLog:
        """Write the log anew without what is superseded. Raises ``OSError``; the old file then stands."""
        compacted = compact(log)
        replace_file(self._path, _joined(log_lines(compacted)))
        os.close(self._file)
        self._file = _open_to_append(self._path)
        self._waiting.clear()
        self.fault = None
        return compacted

    def close(self) -> None:
        os.close(self._file)


def _joined(lines: Iterable[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def _open_to_append(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)


def _append_whole(file: int, content: bytes) -> None:
    """Write ``content`` at the file's end. Raises ``OSError``, and then leaves no part of it."""
    length = os.fstat(file).st_size
    try:
        # A disk that fills up takes what still fits, and says nothing.
        if os.write(file, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        os.ftruncate(file, length)
        raise
