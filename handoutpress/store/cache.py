"""What is kept between runs: plates and art, by the hash of everything that they were made from."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

try:
    import fcntl
except ImportError:  # pragma: no cover  Windows has no such locks; there, two workers may make one plate twice
    fcntl = None  # type: ignore[assignment]

DAY = 86_400.0
KEEP_DAYS = 60.0
KEEP_BYTES = 2_000_000_000


class Cache:
    """Files by kind and key below one folder. Reading one keeps it young."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key

    def read(self, kind: str, key: str) -> bytes | None:
        """The bytes kept under ``key``, or None."""
        path = self._path(kind, key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        except OSError:  # unreadable is as good as absent: it is made again
            return None
        return data

    def write(self, kind: str, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``, in one step."""
        path = self._path(kind, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)

    def keep(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under ``key``, made first if need be; of several processes that want it, one makes it."""
        kept = self.read(kind, key)
        if kept is not None:
            return kept
        with self.only_maker(kind, key):
            kept = self.read(kind, key)
            if kept is None:
                kept = make()
                self.write(kind, key, kept)
        return kept

    @contextmanager
    def only_maker(self, kind: str, name: str) -> Iterator[None]:
        """Hold the right to make what ``name`` says; other processes that want it wait."""
        path = self.folder / "locks" / f"{kind}-{sha256(name.encode()).hexdigest()}"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w") as file:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def prune(self, keep_days: float = KEEP_DAYS, keep_bytes: int = KEEP_BYTES) -> int:
        """Remove what was not read for ``keep_days``, then the oldest until ``keep_bytes`` hold; returns how many."""
        files = [(path.stat().st_mtime, path) for path in self.folder.glob("*/??/*") if path.is_file()]
        files.sort(reverse=True)
        oldest = time.time() - keep_days * DAY
        removed = total = 0
        for used, path in files:
            size = path.stat().st_size
            total += size
            if used < oldest or total > keep_bytes:
                path.unlink(missing_ok=True)
                removed += 1
                total -= size
        return removed
