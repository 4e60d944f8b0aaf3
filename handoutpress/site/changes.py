"""What of a site has changed since it was written: only that is written, and nothing is left of what is gone.

What each file was made from stands in a log beside them. Thousands of clinics share their pages' plates, so the log has
each set of pages once, and for each clinic which one it has, a digest of what fills it, and the clinic's own files.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from handoutpress.site.pages.page_plate import FilledPage
from handoutpress.store.digests import bytes_digest
from handoutpress.store.files import is_below, replace_file

LOG_FOLDER = ".handouts"
LOG = "site.json"
VERSION = 2
FileSource = FilledPage | Callable[[], bytes] | str
"""What makes a file's bytes, or the file that it is a copy of."""
FileDigests = Mapping[str, str]
"""A digest of what each file is made from, by its path below the clinic's folder."""
_NOTHING: FileDigests = {}


@dataclass(frozen=True)
class SiteFile:
    """One file of a clinic: its path below the clinic's folder, a digest of what it is made from, and its source."""

    path: str
    digest: str
    source: FileSource


def files_of(files: Mapping[str, bytes]) -> tuple[SiteFile, ...]:
    """Return files whose bytes are there."""
    return tuple(SiteFile(path, bytes_digest(data)[:16], partial(bytes, data)) for path, data in files.items())


@dataclass(frozen=True)
class ClinicFiles:
    """All files of a clinic below ``folder``.

    Those that it ``shared`` with other clinics are one object for all of these; ``values`` is a digest of what fills
    them, and ``source`` has the source of each. ``own`` are the clinic's alone.
    """

    folder: str
    own: Sequence[SiteFile]
    values: str = ""
    shared: FileDigests = field(default_factory=dict)
    source: Callable[[str], FileSource] = str

    @property
    def record(self) -> ClinicRecord:
        """What the log has of them once they are written."""
        return ClinicRecord(self.values, self.shared, {file.path: file.digest for file in self.own})


@dataclass(frozen=True)
class ClinicRecord:
    """What was written for a clinic: a digest of what fills the pages that it shares, these, and its own files."""

    values: str
    shared: FileDigests
    own: FileDigests

    def paths(self) -> set[str]:
        """Return the paths of all its files."""
        return {*self.shared, *self.own}


@dataclass
class WrittenCount:
    """How many files were written, were fresh already, and were removed."""

    written: int = 0
    fresh: int = 0
    removed: int = 0


@dataclass
class SiteLog:
    """What stands in a site's folder, by the clinics' folders; ``""`` is the top."""

    clinics: dict[str, ClinicRecord] = field(default_factory=dict)

    @classmethod
    def read(cls, out: Path) -> SiteLog:
        """Read the log of the site in ``out``; without one of ours, nothing counts as written."""
        try:
            content = json.loads((out / LOG_FOLDER / LOG).read_bytes())
            if content["site"] != VERSION:
                return cls()
            table = [(str(path), str(digest)) for path, digest in content["files"]]
            shared = [dict(table[number] for number in numbers) for numbers in content["shared"]]
            records = {
                str(folder): ClinicRecord(str(values), shared[pages], dict(table[number] for number in numbers))
                for folder, (values, pages, numbers) in content["clinics"].items()
            }
            return cls(records if all(is_below(path) for path, _ in table) else {})
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            return cls()

    def begun(self, changes: Iterable[ClinicChange]) -> SiteLog:
        """Return a log in which nothing of these clinics counts as written, and all their files are known.

        It stands while they are written, so that a run that is interrupted is never taken for a whole one.
        """
        unwritten: dict[tuple[int, int], FileDigests] = {}
        records = dict(self.clinics)
        for change in changes:
            new, old = change.files, self.clinics.get(change.files.folder, ClinicRecord("", _NOTHING, _NOTHING))
            pair = id(old.shared), id(new.shared)
            if pair not in unwritten:
                unwritten[pair] = dict.fromkeys((*old.shared, *new.shared), "")
            own = dict.fromkeys((*old.own, *(file.path for file in new.own)), "")
            records[new.folder] = ClinicRecord("", unwritten[pair], own)
        return SiteLog(records)

    def write(self, out: Path) -> None:
        """Write the log. Raises ``OSError``, and then the old one stands."""
        files: dict[tuple[str, str], int] = {}
        shared: dict[tuple[int, ...], int] = {}
        known: dict[int, int] = {}

        def numbers(digests: FileDigests) -> list[int]:
            return [files.setdefault(pair, len(files)) for pair in digests.items()]

        def pages(digests: FileDigests) -> int:
            if id(digests) not in known:
                known[id(digests)] = shared.setdefault(tuple(numbers(digests)), len(shared))
            return known[id(digests)]

        clinics = {
            folder: (record.values, pages(record.shared), numbers(record.own))
            for folder, record in sorted(self.clinics.items())
        }
        content = {"site": VERSION, "files": list(files), "shared": list(shared), "clinics": clinics}
        (out / LOG_FOLDER).mkdir(parents=True, exist_ok=True)
        replace_file(out / LOG_FOLDER / LOG, json.dumps(content, ensure_ascii=False).encode())


@dataclass(frozen=True)
class ClinicChange:
    """What is to be done for a clinic: files to be written, shared ones and its own, and paths to be removed."""

    files: ClinicFiles
    shared: Sequence[str]
    own: Sequence[SiteFile]
    gone: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.shared or self.own or self.gone)

    def __len__(self) -> int:
        return len(self.shared) + len(self.own)


class SiteChanges:
    """What has changed since a site was written, by its log. Clinics that share pages share the answer, too."""

    def __init__(self, out: Path, log: SiteLog, *, force: bool) -> None:
        self._out = out
        self._log = log
        self._force = force
        self._between: dict[tuple[int, int], tuple[str, ...]] = {}
        self._same: dict[tuple[int, int], bool] = {}

    def of(self, files: ClinicFiles) -> ClinicChange:
        """Return what is to be done for a clinic."""
        old = self._log.clinics.get(files.folder)
        there = old if old and not self._force and self._stands(old, files.folder) else None
        filled_before = there.shared if there and there.values == files.values else _NOTHING
        shared = self._changed(filled_before, files.shared)
        own = [file for file in files.own if not there or there.own.get(file.path) != file.digest]
        return ClinicChange(files, shared, own, self._gone(old, files))

    def _stands(self, record: ClinicRecord, folder: str) -> bool:
        """Return whether the files of a clinic are there: somebody may have removed its folder."""
        first = next(iter(record.shared or record.own), None)
        # A Path for each of a thousand clinics would take as long as the asking.
        return first is None or os.path.isfile(f"{self._out}/{folder}/{first}")  # noqa: PTH113

    def _changed(self, old: FileDigests, new: FileDigests) -> tuple[str, ...]:
        pair = id(old), id(new)
        if pair not in self._between:
            self._between[pair] = tuple(path for path, digest in new.items() if old.get(path) != digest)
        return self._between[pair]

    def _has_same(self, old: ClinicRecord, new: ClinicFiles) -> bool:
        """Return whether a clinic shares the same pages as before, by their paths."""
        pair = id(old.shared), id(new.shared)
        if pair not in self._same:
            self._same[pair] = old.shared.keys() == new.shared.keys()
        return self._same[pair]

    def _gone(self, old: ClinicRecord | None, files: ClinicFiles) -> tuple[str, ...]:
        if old is None or (self._has_same(old, files) and old.own.keys() == {file.path for file in files.own}):
            return ()
        return tuple(sorted(old.paths() - files.record.paths()))


def folds_case(out: Path) -> bool:
    """Return whether the file system of a folder takes two names for one that differ in their capitals alone."""
    out.mkdir(parents=True, exist_ok=True)
    probe = out / ".handouts-case"
    probe.touch()
    try:
        return (out / probe.name.upper()).exists()
    finally:
        probe.unlink()
