"""What outlasts a run: plates, art and proofs, by the digest of everything that they were made from.

Every entry begins with its seal: a keyed digest of its kind, its key and its bytes (BLAKE2b, RFC 7693). What has
another seal was damaged, moved, or written by someone else: it does not count, is put aside and is made again. So
nothing in the cache can say what the sources do not, whoever laid it there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from handoutpress.store.cache_secret import cache_secret
from handoutpress.store.digests import bytes_digest
from handoutpress.store.files import replace_shared_file
from handoutpress.store.locks import FileLock, locked
from handoutpress.store.objects.object_store import ObjectStore

DAY = 86_400.0
"""Seconds."""
KEEP_DAYS = 60.0
KEEP_BYTES = 2_000_000_000
_OWNER_ONLY = 0o600
_PRUNED = "pruned"
"""The file whose time says when the cache was last pruned."""
_SEAL = b"handoutpress cache 1\n"
"""How each entry begins; the keyed digest follows, then what is kept."""
_SEAL_BYTES = 32
_ASIDE = "damaged"
"""The folder for entries whose seal is wrong, until someone is told."""
_LOCKS = "locks"
SHARED = frozenset({"plates", "reads", "layouts", "plate-proofs", "subsets", "site-fonts"})
"""Kinds that machines share where they have a store in common: what takes seconds to make, and is the same for many."""


@dataclass(frozen=True)
class CacheUsage:
    """What a cache holds."""

    files: int
    bytes: int


class Cache:
    """Files by kind and key below one folder. Reading one keeps it young.

    ``store`` is behind it where machines share what is dear: entries of one secret, so that each can tell its seals.
    """

    def __init__(self, folder: Path, store: ObjectStore | None = None) -> None:
        self.folder = folder
        self._store = store

    def read(self, kind: str, key: str) -> bytes | None:
        """Return the bytes stored under ``key``, or None."""
        path = self._path(kind, key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:  # unreadable is as good as absent: it is made again
            return self._fetch(kind, key)
        data = _unsealed(kind, key, content)
        if data is None:
            self._put_aside(path)
        return data

    def write(self, kind: str, key: str, data: bytes) -> None:
        """Store ``data`` under ``key``, in one step. Raises ``OSError``."""
        sealed = _seal(kind, key, data) + data
        self._write_file(kind, key, sealed)
        if self._store and kind in SHARED:
            with suppress(OSError):  # the others then make it, too
                self._store.put(_object_name(kind, key), sealed)

    def _write_file(self, kind: str, key: str, sealed: bytes) -> None:
        path = self._path(kind, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_shared_file(path, sealed, _OWNER_ONLY)

    def _fetch(self, kind: str, key: str) -> bytes | None:
        """Return what another machine has made, if it is in the store; it is then here, too."""
        if not self._store or kind not in SHARED:
            return None
        try:
            sealed = self._store.get(_object_name(kind, key)) or b""
            data = _unsealed(kind, key, sealed)
            if data is not None:
                self._write_file(kind, key, sealed)
        except OSError:  # as good as absent
            return None
        return data

    def keep(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is stored under ``key``, made first if need be; of several processes that ask, one makes it."""
        data = self.read(kind, key)
        if data is not None:
            return data
        with self.only_maker(kind, key):
            data = self.read(kind, key)
            if data is None:
                data = make()
                self.write(kind, key, data)
        return data

    @contextmanager
    def only_maker(self, kind: str, name: str) -> Iterator[None]:
        """Hold the right to make what ``name`` says; other processes that ask for it wait."""
        path = self.folder / _LOCKS / f"{kind}-{bytes_digest(name.encode())}"
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            yield

    def take_damaged(self) -> int:
        """Return how many entries were put aside since the last time that this was asked, and remove them."""
        removed = 0
        for path in (self.folder / _ASIDE).glob("*"):
            with suppress(OSError):
                path.unlink()
                removed += 1
        return removed

    def _put_aside(self, path: Path) -> None:
        """Take an entry whose seal is wrong out of the way; where that cannot be, it stays and never counts."""
        with suppress(OSError):
            (self.folder / _ASIDE).mkdir(exist_ok=True)
            path.replace(self.folder / _ASIDE / f"{path.parent.parent.name}-{path.name}")

    def prune(self, keep_days: float = KEEP_DAYS, keep_bytes: int = KEEP_BYTES) -> int:
        """Remove what was not read for ``keep_days``, then the oldest until ``keep_bytes`` hold; return how many."""
        oldest = time.time() - keep_days * DAY
        removed = total = 0
        for mtime, size, path in sorted(self._files(), reverse=True):
            if mtime >= oldest and total + size <= keep_bytes:
                total += size
                continue
            path.unlink(missing_ok=True)
            removed += 1
        self._remove_locks()
        return removed

    def _remove_locks(self) -> None:
        """Remove the files of locks that nobody has taken for a day: each is empty, and made when it is needed."""
        for path in (self.folder / _LOCKS).glob("*"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - DAY and _is_free(path):
                    path.unlink()

    def prune_daily(self) -> int:
        """Prune at most once a day; return how many files were removed, 0 where the cache cannot be written."""
        stamp = self.folder / _PRUNED
        try:
            if stamp.exists() and 0 <= time.time() - stamp.stat().st_mtime < DAY:
                return 0
            self.folder.mkdir(parents=True, exist_ok=True)
            stamp.touch()
            return self.prune()
        except OSError:
            return 0

    def usage(self) -> CacheUsage:
        """Return how many files the cache holds, and their bytes."""
        sizes = [size for _, size, _ in self._files()]
        return CacheUsage(files=len(sizes), bytes=sum(sizes))

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Yield the time of the last use, the size and the path of each file."""
        for path in self.folder.glob("*/??/*"):
            try:
                status = path.stat()
            except FileNotFoundError:  # another process prunes as well
                continue
            if S_ISREG(status.st_mode):
                yield status.st_mtime, status.st_size, path


def _unsealed(kind: str, key: str, content: bytes) -> bytes | None:
    """Return what an entry holds; None where its seal is not ours."""
    seal, data = content[: len(_SEAL) + _SEAL_BYTES], content[len(_SEAL) + _SEAL_BYTES :]
    return data if hmac.compare_digest(seal, _seal(kind, key, data)) else None


def _object_name(kind: str, key: str) -> str:
    """Return an entry's name in a store: entries of another secret have other names, and never stand in its way."""
    secret = hashlib.blake2b(b"whose entries", digest_size=8, key=cache_secret()[: hashlib.blake2b.MAX_KEY_SIZE])
    return f"cache/{secret.hexdigest()}/{kind}/{key}"


def _seal(kind: str, key: str, data: bytes) -> bytes:
    """Return what stands before ``data`` under this kind and key, and before nothing else."""
    digest = hashlib.blake2b(digest_size=_SEAL_BYTES, key=cache_secret()[: hashlib.blake2b.MAX_KEY_SIZE])
    for part in (kind.encode(), key.encode(), data):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return _SEAL + digest.digest()


def _is_free(path: Path) -> bool:
    """Return whether nobody holds the lock on ``path``."""
    lock = FileLock(path)
    try:
        return lock.try_to_take()
    finally:
        lock.release()
