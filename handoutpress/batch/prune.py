"""Removing outputs of handouts, brands, languages and formats that are gone: only files that we wrote ourselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handoutpress.batch.buildlog import BuildLog, Record
from handoutpress.batch.events import Kept, Removed
from handoutpress.batch.files import stamp_of
from handoutpress.batch.plan import Label
from handoutpress.batch.reasons import digest_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What the whole project still has, with mistakes or without, whatever a run selects: names, no contents.

    ``handouts`` are slug and language.
    """

    handouts: frozenset[tuple[str, str]]
    brands: frozenset[str]
    formats: frozenset[str]

    def has(self, label: Label) -> bool:
        """Whether all that an output was made of is still there. HTML has no format."""
        here = (label.handout, label.language) in self.handouts and label.brand in self.brands
        return here and (not label.format or label.format in self.formats)


def prune(log: BuildLog, out: Path, standing: Standing) -> Iterator[Removed | Kept]:
    """Remove what is gone from ``out``; the caller strikes each ``Removed`` from the log. Raises ``OSError``."""
    for record in [record for record in log.records.values() if not standing.has(record.label)]:
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
