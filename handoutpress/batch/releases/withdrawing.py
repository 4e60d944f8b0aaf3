"""Taking recalled sheets out of the current release: the rest of it is kept as a release of its own, and is current."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from handoutpress.batch.log.build_log import BuildLog, OutputRecord, compact
from handoutpress.batch.log.manifest import ManifestFile, read_inputs
from handoutpress.batch.releases.keeping import damaged
from handoutpress.batch.releases.recalls import Recall, recall_of
from handoutpress.batch.releases.release import Release
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.batch.releases.releasing import keep_release
from handoutpress.store.files import FileStamp
from handoutpress.yamlfile.record import MAX_SLUG


@dataclass(frozen=True)
class Withdrawal:
    """The release that was current, the one that took its place, and how many files that still has."""

    before: str
    after: str
    files: int


def withdraw(folder: ReleaseFolder, recalls: Iterable[Recall], day: date) -> Withdrawal | None:
    """Make current what is right of the current release, without what was recalled; None where it has none of that.

    What is not the file that was released is left out as well. Raises ``HandoutError`` or ``OSError``, and then the
    current release stays.
    """
    current, known = folder.current, tuple(recalls)
    if current is None or not any(recall_of(file.label, known) for file in current.files):
        return None
    spoilt = set(damaged(current))
    files = [file for file in current.files if file.path not in spoilt and recall_of(file.label, known) is None]
    number = max(release.facts.number for release in folder.releases) + 1
    facts = replace(current.facts, name=_free_name(folder, current.name), number=number, day=day)
    keep_release(folder, _log_of(current, files), current.folder, facts)
    return Withdrawal(current.name, facts.name, len(files))


def _log_of(release: Release, files: Iterable[ManifestFile]) -> BuildLog:
    """Return the files of a release as a build log has them; a release keeps no stamps but the size."""
    records = {file.path: _record(file) for file in files}
    return compact(BuildLog(records, read_inputs(release.folder)))


def _record(file: ManifestFile) -> OutputRecord:
    stamp = FileStamp(file.size, 0, 0)
    return OutputRecord(file.path, stamp, file.sha256, file.pages, file.addresses, file.label, file.made_from)


def _free_name(folder: ReleaseFolder, name: str) -> str:
    number = 2
    while (folder.folder / (free := f"{name[: MAX_SLUG - 5].rstrip('-')}-{number}")).exists():
        number += 1
    return free
