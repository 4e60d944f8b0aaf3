"""Writing a site: each file in one step, only what has changed, and nothing left of what is gone.

What each file was made from stands in a log beside them. Thousands of clinics share their pages' plates, so the log has
each page once, and for each clinic which of them it has and a digest of what fills them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile

from handoutpress.store.files import is_below, part_of, replace_file

LOG_FOLDER = ".handouts"
LOG = "site.json"
VERSION = 1
FileSource = Callable[[], bytes] | Path
"""What makes a file's bytes, or the file that it is a copy of."""


@dataclass(frozen=True)
class SiteFile:
    """One file of a clinic: its path below the clinic's folder, and its source.

    ``digest`` is of what it is made from, besides what fills the clinic's pages.
    """

    path: str
    digest: str
    source: FileSource


@dataclass(frozen=True)
class ClinicRecord:
    """What was written for a clinic: a digest of what fills its pages, and its files with theirs."""

    values: str
    files: Mapping[str, str]


@dataclass
class WrittenCount:
    """How many files were written, were fresh already, and were removed."""

    written: int = 0
    fresh: int = 0
    removed: int = 0

    def add(self, other: WrittenCount) -> None:
        """Count the files of another run with these."""
        self.written += other.written
        self.fresh += other.fresh
        self.removed += other.removed


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
            records = {
                str(folder): ClinicRecord(str(values), dict(table[number] for number in numbers))
                for folder, (values, numbers) in content["clinics"].items()
            }
            return cls(records if all(is_below(path) for path, _ in table) else {})
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            return cls()

    def write(self, out: Path) -> None:
        """Write the log. Raises ``OSError``, and then the old one stands."""
        numbers: dict[tuple[str, str], int] = {}
        clinics = {
            folder: [record.values, [numbers.setdefault(pair, len(numbers)) for pair in record.files.items()]]
            for folder, record in sorted(self.clinics.items())
        }
        content = {"site": VERSION, "files": list(numbers), "clinics": clinics}
        (out / LOG_FOLDER).mkdir(parents=True, exist_ok=True)
        replace_file(out / LOG_FOLDER / LOG, json.dumps(content, ensure_ascii=False).encode())


class SiteWriter:
    """Writes the files of clinics into one folder."""

    def __init__(self, out: Path, log: SiteLog, *, force: bool = False) -> None:
        self._out = out
        self._log = log
        self._force = force
        self._folders: set[str] = set()
        self._new: set[str] = set()
        self.count = WrittenCount()

    def write(self, folder: str, values: str, files: Sequence[SiteFile]) -> ClinicRecord:
        """Write what has changed of a clinic's files. Raises ``OSError``."""
        old = self._log.clinics.get(folder)
        there = old.files if old and old.values == values and not self._force else {}
        root = self._out / folder if folder else self._out
        # Somebody may have removed the clinic's folder.
        there = there if files and (root / files[0].path).is_file() else {}
        for file in files:
            if there.get(file.path) == file.digest:
                self.count.fresh += 1
            else:
                self._place(f"{root}/{file.path}", file.source)
                self.count.written += 1
        self._remove(root, set(old.files if old else ()) - {file.path for file in files})
        return ClinicRecord(values, {file.path: file.digest for file in files})

    def remove(self, folder: str) -> None:
        """Remove the files of a clinic that the site no longer has."""
        self._remove(self._out / folder, self._log.clinics[folder].files)

    def _place(self, path: str, source: FileSource) -> None:
        # Hundreds of thousands of files: a Path for each would take as long as the writing.
        folder = os.path.dirname(path)  # noqa: PTH120
        if folder not in self._folders:
            self._make(folder)
        if isinstance(source, Path):
            self._copy(source, path)
        elif folder in self._new:
            # Nothing was here, and nothing counts as written before the log says so.
            with open(path, "wb", buffering=0) as file:  # noqa: PTH123
                file.write(source())
        else:
            replace_file(Path(path), source())

    def _make(self, folder: str) -> None:
        """Make a folder and those above it, and note whether it is new."""
        try:
            os.mkdir(folder)  # noqa: PTH102
            self._new.add(folder)
        except FileNotFoundError:
            self._make(os.path.dirname(folder))  # noqa: PTH120
            os.mkdir(folder)  # noqa: PTH102
            self._new.add(folder)
        except FileExistsError:
            pass
        self._folders.add(folder)

    def _copy(self, source: Path, path: str) -> None:
        part = part_of(Path(path))
        part.unlink(missing_ok=True)
        try:
            os.link(source, part)  # the same file twice costs nothing; both are only ever replaced as a whole
        except OSError:
            copyfile(source, part)
        part.replace(path)

    def _remove(self, root: Path, paths: Iterable[str]) -> None:
        for path in paths:
            with suppress(OSError):
                (root / path).unlink()
                self.count.removed += 1
            for above in Path(path).parents:
                with suppress(OSError):
                    os.rmdir(root / above)  # noqa: PTH106  only where nothing is left in it


def folds_case(out: Path) -> bool:
    """Return whether the file system of a folder takes two names for one that differ in their capitals alone."""
    out.mkdir(parents=True, exist_ok=True)
    probe = out / ".handouts-case"
    probe.touch()
    try:
        return (out / probe.name.upper()).exists()
    finally:
        probe.unlink()
