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
from handoutpress.batch.releases.release_folder import STATE, ReleaseFolder
from handoutpress.store.digests import bytes_digest, file_digest
from handoutpress.yamlfile.problems import HandoutError

PARTS = "parts"
"""The folder, among what we keep for ourselves, where a release is put together: no file of anyone else is there."""
READ_ONLY = 0o444
"""Nobody changes a released file by accident."""


def keep_files(
    release_folder: ReleaseFolder, name: str, records: Iterable[OutputRecord], out: Path, manifest: bytes
) -> None:
    """Keep the files of ``records``, which lie below ``out``, and their manifest as the release ``name``.

    Raises ``HandoutError`` where a file is not the one in the log, ``OSError`` where it cannot be written;
    there is no such release then.
    """
    parts = release_folder.folder / STATE / PARTS
    shutil.rmtree(parts, ignore_errors=True)  # what a killed command had begun
    part = parts / name
    part.mkdir(parents=True)
    kept_files = _files_by_digest(release_folder.releases)
    for record in records:
        place = part / record.path
        place.parent.mkdir(parents=True, exist_ok=True)
        if not _link(kept_files.get(record.sha256), record.sha256, place):
            _copy(out / record.path, record.sha256, place)
    (part / NAME).write_bytes(manifest)
    (part / NAME).chmod(READ_ONLY)
    part.rename(release_folder.folder / name)  # in one step: a command that is killed leaves a release or none


def damaged(release: Release) -> list[str]:
    """Return the paths of a release's files that are missing, or are not what was released."""
    return [file.path for file in release.files if not _has_digest(release.folder / file.path, file.sha256)]


def _files_by_digest(releases: Iterable[Release]) -> dict[str, Path]:
    return {file.sha256: release.folder / file.path for release in releases for file in release.files}


def _link(kept_file: Path | None, digest: str, place: Path) -> bool:
    """Link the file of an earlier release, where it is unharmed. Returns whether that could be."""
    if kept_file is None or not _has_digest(kept_file, digest):
        return False
    try:
        os.link(kept_file, place)
    except OSError:  # a file system without hard links, or with too many of this one
        return False
    return True


def _copy(source: Path, digest: str, place: Path) -> None:
    content = source.read_bytes()
    if bytes_digest(content) != digest:
        raise HandoutError(f"{source.as_posix()} changed while it was being released. Hint: run it again.")
    place.write_bytes(content)
    place.chmod(READ_ONLY)


def _has_digest(path: Path, digest: str) -> bool:
    try:
        return file_digest(path) == digest
    except OSError:
        return False
