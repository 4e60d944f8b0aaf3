"""Keeping a release: every file of it in a folder of its own, which takes its place in one step.

A file that an earlier release has as well is the same file on disk, by a hard link, where the file system has them:
a release of twenty thousand PDFs of which ten changed costs ten.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from handoutpress.batch.log.build_log import OutputRecord
from handoutpress.batch.log.manifest import NAME
from handoutpress.batch.releases.release import Release
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.store.digests import bytes_digest, file_digest
from handoutpress.yamlfile.problems import HandoutError

READ_ONLY = 0o444
"""Nobody changes a released file by accident."""


def keep(shelf: ReleaseFolder, name: str, records: Iterable[OutputRecord], out: Path, manifest: bytes) -> None:
    """Keep the files of ``records``, which lie below ``out``, and their manifest as the release ``name``.

    Raises ``HandoutError`` where a file is not the one that the log knows, ``OSError`` where it cannot be written;
    there is no such release then.
    """
    _sweep(shelf.folder)
    part = shelf.folder / f".{name}.part"
    part.mkdir(parents=True)
    earlier = _earlier(shelf.releases)
    for record in records:
        place = part / record.path
        place.parent.mkdir(parents=True, exist_ok=True)
        if not _linked(earlier.get(record.sha256), record.sha256, place):
            _copy(out / record.path, record.sha256, place)
    (part / NAME).write_bytes(manifest)
    (part / NAME).chmod(READ_ONLY)
    part.rename(shelf.folder / name)


def damaged(release: Release) -> list[str]:
    """The paths of a release's files that are missing, or are not what was released."""
    return [made.path for made in release.files if not _is(release.folder / made.path, made.sha256)]


def _sweep(folder: Path) -> None:
    """Remove what a killed command had begun."""
    for left in folder.glob(".*.part"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def _earlier(releases: Iterable[Release]) -> dict[str, Path]:
    return {made.sha256: release.folder / made.path for release in releases for made in release.files}


def _linked(kept: Path | None, digest: str, place: Path) -> bool:
    """Whether the file could be had from an earlier release, where it is unharmed."""
    if kept is None or not _is(kept, digest):
        return False
    try:
        os.link(kept, place)
    except OSError:  # a file system without hard links, or with too many of this one
        return False
    return True


def _copy(source: Path, digest: str, place: Path) -> None:
    content = source.read_bytes()
    if bytes_digest(content) != digest:
        raise HandoutError(f"{source.as_posix()} changed while it was being released. Hint: run it again.")
    place.write_bytes(content)
    place.chmod(READ_ONLY)


def _is(path: Path, digest: str) -> bool:
    try:
        return file_digest(path) == digest
    except OSError:
        return False
