"""Recalling what was released, and telling which edition a printed sheet is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from handoutpress.app.project import out_folder, today
from handoutpress.app.release import HeldByAnother, file_errors, holding, release_folder
from handoutpress.batch.log.manifest import NAME, ManifestFile, read_manifest
from handoutpress.batch.releases.recalls import (
    Recall,
    WithdrawnSheet,
    as_csv,
    note_recall,
    read_recalls,
    recall_of,
    withdrawn,
)
from handoutpress.batch.releases.verifying import IdentifiedSheet, ReleaseHistory, verify
from handoutpress.batch.releases.withdrawing import Withdrawal, withdraw
from handoutpress.content.project import Project
from handoutpress.store.files import replace_file


def released_files(project: Project, handout: str, *, below: str = "") -> tuple[WithdrawnSheet, ...]:
    """Return every released file of a handout with a version below ``below``, or of any version.

    Raises ``HandoutError`` where no release has the handout, or ``below`` is no version.
    """
    return withdrawn(release_folder(project).releases, handout, below)


def write_csv(rows: Sequence[WithdrawnSheet], file: Path) -> None:
    """Write released files as a table for a spreadsheet. Raises ``HandoutError`` where it cannot be written."""
    with file_errors(file):
        replace_file(file, as_csv(rows))


def recall(
    project: Project,
    handout: str,
    rows: Sequence[WithdrawnSheet],
    *,
    below: str = "",
    reporter: Callable[[HeldByAnother], None],
) -> Withdrawal | None:
    """Recall a handout below a version, or just the released files ``rows``: no release may have it any more.

    Where the current release has recalled sheets, the rest of it takes its place, which is returned.
    """
    hashes = tuple(sorted({row.content_hash for row in rows}))
    releases = release_folder(project)
    with holding(releases, reporter):
        note_recall(releases.folder, Recall(handout, below, hashes, today()))
        return withdraw(releases, read_recalls(releases.folder), today())


def built_files(project: Project, out: Path | None = None) -> tuple[ManifestFile, ...]:
    """Return the files that were built last into ``out``; none where nothing was. Raises ``HandoutError``."""
    folder = out_folder(project, out)
    return read_manifest(folder) if (folder / NAME).is_file() else ()


def recalled_output(project: Project) -> tuple[ManifestFile, ...]:
    """Return the files that were built last, into the project's own folder for it, of what is recalled."""
    recalls = read_recalls(release_folder(project).folder)
    return tuple(file for file in built_files(project) if file.label.handout and recall_of(file.label, recalls))


def identify(project: Project, content_hash: str, *, out: Path | None = None) -> list[IdentifiedSheet]:
    """Return which editions print a content hash, and whether they may still be given out."""
    releases = release_folder(project)
    recalls = read_recalls(releases.folder)
    history = ReleaseHistory(releases.releases, releases.current, recalls, built_files(project, out), today())
    return verify(content_hash, history)
