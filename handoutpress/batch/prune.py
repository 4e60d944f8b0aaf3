"""Removing outputs that a project does not want any more: only files that we wrote ourselves.

A brand's job sheet is of no single handout: it goes with the last file that it lists (``job_sheets``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from handoutpress.batch.bundle_memory import BundleMemory
from handoutpress.batch.events import Kept, Removed
from handoutpress.batch.log.build_log import BuildLog, OutputRecord
from handoutpress.batch.log.journal import Journal
from handoutpress.batch.plan import OutputLabel
from handoutpress.store.digests import file_digest
from handoutpress.store.files import stamp_of

InProject = Callable[[OutputLabel], bool]
"""Whether the whole project still wants an output, with mistakes or without, whatever a run selects."""


def prune(journal: Journal, out: Path, in_project: InProject, zips: BundleMemory) -> Iterator[Removed | Kept]:
    """Remove what is not wanted any more from ``out``, and the zips of brands that have no output any more.

    Raises ``OSError``.
    """
    for record in unwanted(journal.log, in_project):
        event = remove_ours(record, out)
        if isinstance(event, Removed):
            journal.record_removal(record.path)
        yield event
    brands = {record.label.brand for record in journal.log.records.values()}
    yield from zips.remove(zips.of_others(brands), out)


def unwanted(log: BuildLog, in_project: InProject) -> list[OutputRecord]:
    """Return the records of outputs that the project does not want any more."""
    return [record for record in log.records.values() if record.label.handout and not in_project(record.label)]


def remove_ours(record: OutputRecord, out: Path) -> Removed | Kept:
    """Remove an output with the folders that it leaves empty, if it is the file that we wrote. Raises ``OSError``."""
    path = out / record.path
    if not path.exists():
        return Removed(record.path)
    # A folder may be a link to somewhere else, where nothing is ours to remove.
    if not path.resolve().is_relative_to(out.resolve()) or not is_as_written(path, record):
        return Kept(record.path)
    path.unlink()
    _remove_empty_folders(path.parent, out)
    return Removed(record.path)


def is_as_written(path: Path, record: OutputRecord) -> bool:
    """Return whether the file at ``path`` is the one that we wrote."""
    return path.is_file() and (stamp_of(path) == record.stamp or file_digest(path) == record.sha256)


def _remove_empty_folders(folder: Path, out: Path) -> None:
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
