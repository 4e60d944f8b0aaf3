"""Receipts: whoever writes an output first notes its record here, so that not even a killed run makes anything twice.

A receipt is a line of the build log, written before the output takes its place. When a run was killed, the next one
takes every receipt whose file is really there into its log. After a run that ended well no receipts are left.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from handoutpress.batch.log.build_log import OutputRecord, line_of, records_in
from handoutpress.store.files import stamp_of

SUFFIX = ".receipts"


class Receipts:
    """One writer's receipts, in a file of its own."""

    def __init__(self, folder: Path, writer: str) -> None:
        self._file = os.open(folder / f"{writer}{SUFFIX}", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)

    def note(self, record: OutputRecord) -> None:
        """Write one receipt. Raises ``OSError``, and then leaves no part of it."""
        content = (line_of(record) + "\n").encode()
        length = os.fstat(self._file).st_size
        if os.write(self._file, content) < len(content):
            os.ftruncate(self._file, length)
            raise OSError(28, "No space left on device")

    def close(self) -> None:
        os.close(self._file)


def receipts_in(folder: Path) -> list[Path]:
    """The receipt files that are there: those of a run that was killed, or of the one that lasts."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def honoured(receipts: Path, out: Path) -> Iterator[OutputRecord]:
    """The records of those receipts whose file took its place below ``out``; inputs count as in the log's file."""
    for record in records_in(receipts.read_bytes()):
        try:
            if stamp_of(out / record.path) == record.stamp:
                yield record
        except OSError:
            continue
