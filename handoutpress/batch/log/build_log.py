"""The build log: what each output was made from, and which file it was when we wrote it.

A text file, one JSON array a line, written only at its end while a run lasts:

``["handouts build log", 2]``
    the first line; a log of any other version counts as empty.
``["input", number, name, value]``
    an input, once; parts name it by its number.
``["part", number, inputs]``
    inputs that come together, once; outputs name it by its number.
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

from handoutpress.batch.log.input_table import InputNumbers, InputTable, NamedInput
from handoutpress.batch.plan import OutputLabel
from handoutpress.store.files import FileStamp, is_below

VERSION = 2
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
PURPOSE = 5
"""The place of the purpose among the names of an output; it is "" for a screen."""
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
    """What the log file says. ``clean`` means that the file holds nothing superseded and the manifest is written."""

    records: dict[str, OutputRecord] = field(default_factory=dict)
    inputs: InputTable = field(default_factory=InputTable)
    manifest: FileStamp | None = None
    clean: bool = False
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
    return parse_log(content, receipts)


def parse_log(content: bytes, receipts: Iterable[OutputRecord] = ()) -> BuildLog:
    """Read the content of a log, as ``read_log`` does."""
    header, _, body = content.partition(b"\n")
    if header.decode(errors="replace") != HEADER:
        return BuildLog(foreign=bool(content.strip()))
    # Through JSON, so that a receipt is the same lists as a line of the file.
    receipt_lines = [json.loads(record_line(record)) for record in receipts]
    return _replay([*_lines(body), *receipt_lines], torn=not body.endswith(b"\n"))


def compact(log: BuildLog) -> BuildLog:
    """Return the log without what is superseded, outputs by path and inputs by name: equal runs give equal logs."""
    used = {number for record in log.records.values() for number in record.made_from}
    parts = {number: [log.inputs.pairs[place] for place in log.inputs.parts[number]] for number in used}
    pairs = sorted({pair for part in parts.values() for pair in part})
    rank = {pair: number for number, pair in enumerate(pairs)}
    ranks = {number: tuple(sorted([rank[pair] for pair in part])) for number, part in parts.items()}
    table = InputTable(pairs, sorted(ranks.values()))
    numbers = {number: table.add_part(part) for number, part in ranks.items()}
    records = {path: _renumber(record, numbers) for path, record in sorted(log.records.items())}
    return BuildLog(records, table, log.manifest, clean=True, foreign=log.foreign)


def log_lines(log: BuildLog) -> Iterator[str]:
    """Yield every line of a log file that says just what ``log`` says."""
    yield HEADER
    for number, pair in enumerate(log.inputs.pairs):
        yield input_line(number, pair)
    for number, part in enumerate(log.inputs.parts):
        yield part_line(number, part)
    for record in log.records.values():
        yield record_line(record)
    if log.manifest:
        yield manifest_line(log.manifest)


def record_line(record: OutputRecord) -> str:
    """Return the record as a line of the log, without the line's end."""
    label = record.label
    names = (*label[:PURPOSE], label.way, label.content_hash)
    facts = (record.sha256, record.pages, record.addresses, names, record.made_from)
    return _dump(["made", record.path, *record.stamp, *facts])


def input_line(number: int, pair: NamedInput) -> str:
    """Return an input as a line of the log."""
    return _dump(["input", number, *pair])


def part_line(number: int, part: InputNumbers) -> str:
    """Return a part as a line of the log."""
    return _dump(["part", number, part])


def removal_line(path: str) -> str:
    """Return a removed output as a line of the log."""
    return _dump(["gone", path])


def manifest_line(stamp: FileStamp) -> str:
    """Return the written manifest as a line of the log."""
    return _dump(["manifest", *stamp])


def records_in(content: bytes) -> list[OutputRecord]:
    """Return the records among some lines of a log."""
    return [record for line in _lines(content) if _is_record(line) and (record := _record_or_none(line))]


def _lines(content: bytes) -> Iterator[list[Any]]:
    """Yield the lines that can be read."""
    complete, end, _torn = content.rpartition(b"\n")
    # All lines as one JSON array, where all are well: three times as fast as one at a time.
    try:
        yield from json.loads(b"[" + complete.replace(b"\n", b",") + b"]") if end else ()
    except (ValueError, RecursionError):
        yield from _readable(complete.split(b"\n"))


def _readable(lines: Iterable[bytes]) -> Iterator[list[Any]]:
    for line in lines:
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            continue


def _replay(lines: list[Any], *, torn: bool) -> BuildLog:
    """Return the log that the lines of a file make, one after the other."""
    inputs: dict[int, int] = {}
    parts: dict[int, int] = {}
    log = BuildLog()
    for line in lines:
        try:
            _apply(line, log, inputs, parts)
        except (TypeError, ValueError, KeyError, IndexError):
            continue
    lines_needed = len(log.records) + len(log.inputs.pairs) + len(log.inputs.parts) + 1
    log.clean = not torn and log.manifest is not None and len(lines) == lines_needed
    return log


def _apply(line: list[Any], log: BuildLog, inputs: dict[int, int], parts: dict[int, int]) -> None:
    """Take one line into the log. ``inputs`` and ``parts`` are the log's numbers by the file's.

    Raises ``KeyError`` where the line names a number that no earlier line explains.
    """
    kind = line[0]
    if kind == "made":
        record = _record(line)
        log.records[record.path] = _renumber(record, parts)
    elif kind == "input":
        _, number, name, value = line
        inputs[number] = log.inputs.add_input((str(name), str(value)))
    elif kind == "part":
        _, number, file_numbers = line
        parts[number] = log.inputs.add_part(inputs[file_number] for file_number in file_numbers)
    elif kind == "gone":
        log.records.pop(line[1], None)
    # Whatever follows the manifest's line does not stand in it.
    log.manifest = FileStamp(*line[1:]) if kind == "manifest" else None


def _renumber(record: OutputRecord, numbers: Mapping[int, int]) -> OutputRecord:
    made_from = tuple(sorted([numbers[number] for number in record.made_from]))
    return OutputRecord(*record[:-1], made_from)  # half the time of ``_replace``, for each output of a run


def _is_record(line: Any) -> bool:
    return isinstance(line, list) and len(line) == 10 and line[0] == "made"


def _record_or_none(line: list[Any]) -> OutputRecord | None:
    try:
        return _record(line)
    except (TypeError, ValueError):
        return None


def _record(line: list[Any]) -> OutputRecord:
    """Return what a line says. Raises ``TypeError`` or ``ValueError`` where we never wrote such a line."""
    _, path, size, mtime_ns, inode, sha256, pages, addresses, names, made_from = line
    numbers = (size, mtime_ns, inode, pages, *made_from)
    if not all(type(number) is int for number in numbers) or not all(
        type(word) is str for word in (path, sha256, *addresses, *names)
    ):
        raise TypeError
    if not is_below(path):  # a log is no leave to touch what lies elsewhere
        raise ValueError(path)
    return OutputRecord(
        path=path,
        stamp=FileStamp(size, mtime_ns, inode),
        sha256=sha256,
        pages=pages,
        addresses=tuple(addresses),
        label=_label(names),
        made_from=tuple(made_from),
    )


def _label(names: list[Any]) -> OutputLabel:
    names[PURPOSE] = names[PURPOSE] or "screen"
    return OutputLabel(*names)
