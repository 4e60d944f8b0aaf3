"""What a run remembers: the build log, its file, and the receipts that keep both true when a run is killed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from handoutpress.batch.log.build_log import (
    OutputRecord,
    gone_line,
    input_line,
    line_of,
    manifest_line,
    part_line,
    read_log,
)
from handoutpress.batch.log.input_table import InputTable
from handoutpress.batch.log.log_file import LogFile
from handoutpress.batch.log.manifest import NAME, write_manifest
from handoutpress.batch.log.receipts import honoured, receipts_in
from handoutpress.store.files import FileStamp, stamp_of

LOG = "log"
TRACES = "traces.txt"


class Journal:
    """The memory of one run on ``out``, under its lock. Raises ``OSError`` where it cannot begin."""

    def __init__(self, state: Path, out: Path) -> None:
        self._state, self._out = state, out
        self._traces = 0
        left = list(self._honoured())
        self.log = read_log(state / LOG, left)
        self._file = LogFile(state / LOG)
        if receipts_in(state) or not self.log.settled:
            self._recover(left)

    def close(self) -> None:
        self._file.close()

    def record(self, record: OutputRecord) -> None:
        """An output took its place."""
        self.log.records[record.path] = record
        self._append([line_of(record)])

    def strike(self, path: str) -> None:
        """An output was removed."""
        del self.log.records[path]
        self._append([gone_line(path)])

    def restamp(self, stamps: Iterable[tuple[str, FileStamp]]) -> None:
        """Files that are still ours, byte for byte, though copied or touched."""
        moved = [self.log.records[path]._replace(stamp=stamp) for path, stamp in stamps]
        self.log.records.update((record.path, record) for record in moved)
        if moved:
            self._append(line_of(record) for record in moved)

    def take_parts(self, table: InputTable, parts: Iterable[int]) -> list[int]:
        """The log's numbers of these parts of ``table``; new ones are written before any output made from them."""
        ours = self.log.inputs
        inputs, known = len(ours.pairs), len(ours.parts)
        numbers = [ours.part(ours.number(table.pairs[number]) for number in table.parts[part]) for part in parts]
        new = [input_line(number, *pair) for number, pair in enumerate(ours.pairs[inputs:], inputs)]
        new += [part_line(number, part) for number, part in enumerate(ours.parts[known:], known)]
        if new:
            self._append(new)
        return numbers

    def placed(self) -> list[OutputRecord]:
        """Outputs that took their place in this run, heard of or not: what ended their maker may have ended us."""
        return list(self._honoured())

    def sweep(self) -> None:
        """Remove the temporary files of whoever was killed."""
        for part in self._out.rglob(".*.part"):
            part.unlink(missing_ok=True)

    def settle(self) -> None:
        """End well: no receipts, a compacted log, a manifest that says the same. Raises ``OSError``."""
        if self.log.settled and self._manifest_stands():
            self._drop_receipts()
            return
        self._flush()
        self._drop_receipts()
        self.log.manifest = None
        self.log = self._file.compact(self.log)
        self.log.manifest = write_manifest(self.log, self._out)
        self._append([manifest_line(self.log.manifest)])
        self._flush()

    def keep_trace(self, path: str, trace: str) -> Path:
        """Put a trace into the traces of this run, and say where they are."""
        self._traces += 1
        with (self._state / TRACES).open("w" if self._traces == 1 else "a", encoding="utf-8") as file:
            file.write(f"{path}\n{trace}\n")
        return self._state / TRACES

    def _recover(self, left: list[OutputRecord]) -> None:
        """After a killed run: its receipts into the log before they go, then the log anew, so that numbers agree."""
        self._append(line_of(record) for record in left)
        self._flush()
        self._drop_receipts()
        self.log.manifest = None
        self.log = self._file.compact(self.log)
        self.log.settled = False
        self.sweep()

    def _honoured(self) -> Iterator[OutputRecord]:
        for receipts in receipts_in(self._state):
            yield from honoured(receipts, self._out)

    def _append(self, lines: Iterable[str]) -> None:
        self.log.settled = False
        self._file.append(lines)

    def _flush(self) -> None:
        self._file.append(())
        if self._file.fault:
            raise self._file.fault

    def _drop_receipts(self) -> None:
        for receipts in receipts_in(self._state):
            receipts.unlink()

    def _manifest_stands(self) -> bool:
        try:
            return stamp_of(self._out / NAME) == self.log.manifest
        except OSError:
            return False
