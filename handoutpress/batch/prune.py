"""Removing outputs of handouts, brands, languages and formats that are gone: only files that we wrote ourselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from handoutpress.batch.buildlog import BuildLog, Record
from handoutpress.batch.events import Kept, Removed
from handoutpress.batch.files import stamp_of
from handoutpress.batch.plan import Label
from handoutpress.batch.reasons import digest_of

Standing = Callable[[Label], bool]
"""Whether the whole project still has what an output was made of, with mistakes or without, whatever a run selects."""


def prune(log: BuildLog, out: Path, standing: Standing) -> Iterator[Removed | Kept]:
    """Remove what is gone from ``out``; the caller strikes each ``Removed`` from the log. Raises ``OSError``."""
    for record in [record for record in log.records.values() if not standing(record.label)]:
        path = out / record.path
        if not path.exists():
            yield Removed(record.path)
        elif _is_ours(path, record):
            path.unlink()
            _remove_empty_folders(path.parent, out)
            yield Removed(record.path)
        else:
            yield Kept(record.path)


def _is_ours(path: Path, record: Record) -> bool:
    return path.is_file() and (stamp_of(path) == record.stamp or digest_of(path) == record.sha256)


def _remove_empty_folders(folder: Path, out: Path) -> None:
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
