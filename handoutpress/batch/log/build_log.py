"""The build log: what each output was made from, and which file it was when we wrote it.

A text file, one JSON array a line, written only at its end while a run lasts:

``["handouts build log", 2]``
    the first line; a log of any other version counts as empty.
``["input", number, name, value]``
    an input, told once; parts name it by its number.
``["part", number, inputs]``
    inputs that come together, told once; outputs name it by its number.
``["made", path, size, mtime_ns, inode, sha256, pages, addresses, label, parts]``
    an output that we wrote; a later line for the same path takes the earlier one's place.
``["gone", path]``
    an output that we removed.
``["manifest", size, mtime_ns, inode]``
    all of the above stands in the manifest, which was this file.

A line that cannot be read (a torn last one above all) is dropped. That is always safe: an output without a record is
made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from handoutpress.batch.log.input_table import InputNumbers, InputTable
from handoutpress.batch.plan import OutputLabel
from handoutpress.store.files import FileStamp

VERSION = 2
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
HEADER = json.dumps(["handouts build log", VERSION])


class OutputRecord(NamedTuple):
    """One output as we wrote it. ``made_from`` counts in the log's parts; ``sha256`` is hexadecimal."""

    path: str
    stamp: FileStamp
    sha256: str
    pages: int
    addresses: tuple[str, ...]
    label: OutputLabel
    made_from: tuple[int, ...]


@dataclass
class BuildLog:
    """What the log file says. ``settled`` means that the file holds nothing superseded and the manifest is written."""

    records: dict[str, OutputRecord] = field(default_factory=dict)
    inputs: InputTable = field(default_factory=InputTable)
    manifest: FileStamp | None = None
    settled: bool = False
    foreign: bool = False
    """The file was written by another version of the log; nothing was read from it."""


def read_log(path: Path, receipts: Iterable[OutputRecord] = ()) -> BuildLog:
    """Read the log; a missing one is empty. ``receipts`` count as further lines of the file.

    Raises ``OSError`` where the file is there and cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return BuildLog()
    first, _, rest = content.partition(b"\n")
    if first.decode(errors="replace") != HEADER:
        return BuildLog(foreign=bool(content.strip()))
    further = [json.loads(line_of(record)) for record in receipts]
    return _replay([*_lines(rest), *further], whole=rest.endswith(b"\n"))


def line_of(record: OutputRecord) -> str:
    """The record as a line of the log, without the line's end."""
    path, stamp, *rest = record
    return _dump(["made", path, *stamp, *rest])


def records_in(content: bytes) -> list[OutputRecord]:
    """The records among some lines of a log."""
    return [_record(line) for line in _lines(content) if _is_record(line)]


def input_line(number: int, name: str, value: str) -> str:
    """An input as a line of the log."""
    return _dump(["input", number, name, value])


def part_line(number: int, part: InputNumbers) -> str:
    """A part as a line of the log."""
    return _dump(["part", number, part])


def gone_line(path: str) -> str:
    """A removed output as a line of the log."""
    return _dump(["gone", path])


def manifest_line(stamp: FileStamp) -> str:
    """The written manifest as a line of the log."""
    return _dump(["manifest", *stamp])


def compacted(log: BuildLog) -> BuildLog:
    """The same log without what is superseded: outputs by path, inputs by name, so that equal runs give equal logs."""
    used = {number for record in log.records.values() for number in record.made_from}
    parts = {number: [log.inputs.pairs[one] for one in log.inputs.parts[number]] for number in used}
    pairs = sorted({pair for part in parts.values() for pair in part})
    rank = {pair: number for number, pair in enumerate(pairs)}
    ranks = {number: tuple(sorted([rank[pair] for pair in part])) for number, part in parts.items()}
    table = InputTable(pairs, sorted(ranks.values()))
    place = {number: table.part(part) for number, part in ranks.items()}
    records = {path: _renumbered(record, place) for path, record in sorted(log.records.items())}
    return BuildLog(records, table, log.manifest, True, log.foreign)


def lines_of(log: BuildLog) -> Iterator[str]:
    """Every line of a log file that says just what ``log`` says."""
    yield HEADER
    for number, (name, value) in enumerate(log.inputs.pairs):
        yield input_line(number, name, value)
    for number, part in enumerate(log.inputs.parts):
        yield part_line(number, part)
    for record in log.records.values():
        yield line_of(record)
    if log.manifest:
        yield manifest_line(log.manifest)


def _lines(content: bytes) -> Iterator[list[Any]]:
    """The readable lines. All at once where all are well, since that is three times as fast."""
    whole, end, _torn = content.rpartition(b"\n")
    try:
        yield from json.loads(b"[" + whole.replace(b"\n", b",") + b"]") if end else ()
    except ValueError:
        yield from _readable(whole.split(b"\n"))


def _readable(lines: Iterable[bytes]) -> Iterator[list[Any]]:
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _replay(lines: list[Any], *, whole: bool) -> BuildLog:
    inputs: dict[int, int] = {}
    parts: dict[int, int] = {}
    log = BuildLog()
    for line in lines:
        try:
            _apply(line, log, inputs, parts)
        except (TypeError, ValueError, KeyError, IndexError):
            continue
    live = len(log.records) + len(log.inputs.pairs) + len(log.inputs.parts) + 1
    log.settled = whole and log.manifest is not None and len(lines) == live
    return log


def _apply(line: list[Any], log: BuildLog, inputs: dict[int, int], parts: dict[int, int]) -> None:
    """Take one line into the log. ``inputs`` and ``parts`` are the log's numbers by the file's.

    Raises ``KeyError`` where the line names a number that was never told.
    """
    kind = line[0]
    if kind == "made":
        record = _record(line)
        log.records[record.path] = _renumbered(record, parts)
    elif kind == "input":
        _, number, name, value = line
        inputs[number] = log.inputs.number((str(name), str(value)))
    elif kind == "part":
        _, number, theirs = line
        parts[number] = log.inputs.part(inputs[one] for one in theirs)
    elif kind == "gone":
        log.records.pop(line[1], None)
    log.manifest = FileStamp(*line[1:]) if kind == "manifest" else None


def _renumbered(record: OutputRecord, numbers: Mapping[int, int]) -> OutputRecord:
    return OutputRecord(*record[:6], tuple(sorted([numbers[number] for number in record.made_from])))


def _is_record(line: Any) -> bool:
    return isinstance(line, list) and len(line) == 10 and line[0] == "made"


def _record(line: list[Any]) -> OutputRecord:
    _, path, size, mtime_ns, inode, sha256, pages, addresses, label, made_from = line
    stamp = FileStamp(size, mtime_ns, inode)
    return OutputRecord(path, stamp, sha256, pages, tuple(addresses), OutputLabel(*label), tuple(made_from))
