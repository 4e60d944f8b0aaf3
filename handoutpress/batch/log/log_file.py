"""The build log on disk: lines are put at its end; only a whole new file ever takes its place."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from handoutpress.batch.log.build_log import BuildLog, compacted, lines_of
from handoutpress.store.files import replace_file


class LogFile:
    """An open log. A line that could not be written (the disk is full) waits and is tried again with the next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _open(path)
        self._waiting: list[str] = []
        self.fault: OSError | None = None

    def append(self, lines: Iterable[str]) -> None:
        """Put lines at the end, or all of them off; ``fault`` then says why. Never leaves part of a line."""
        self._waiting.extend(lines)
        content = "".join(line + "\n" for line in self._waiting).encode()
        length = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, content)
            if written < len(content):
                raise OSError(28, "No space left on device")
        except OSError as error:
            os.ftruncate(self._file, length)
            self.fault = error
        else:
            self._waiting.clear()
            self.fault = None

    def compact(self, log: BuildLog) -> BuildLog:
        """Write the log anew without what is superseded. Raises ``OSError``; the old file then stands."""
        tidy = compacted(log)
        replace_file(self.path, "".join(line + "\n" for line in lines_of(tidy)).encode())
        os.close(self._file)
        self._file = _open(self.path)
        self._waiting.clear()
        self.fault = None
        return tidy

    def close(self) -> None:
        os.close(self._file)


def _open(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
