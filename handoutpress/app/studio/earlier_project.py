"""A project as it was: its files under a second name, to draw pages as they were before a change."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from handoutpress.app.project import CACHE, OUT, SITE, STUDIO
from handoutpress.batch.releases.release_folder import FOLDER as RELEASES
from handoutpress.content.project import Project

LEFT_OUT = frozenset({OUT, RELEASES, SITE})
"""Folders of a project that no page is drawn from."""


class EarlierProject:
    """A project as it was when it was first asked for; it shares the cache, so that only what changed is set anew."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._folder: TemporaryDirectory[str] | None = None
        self._lock = Lock()

    def root(self) -> Path:
        """Return the folder of the project as it was. Raises ``OSError``."""
        with self._lock:
            if self._folder is None:
                state = self._project.root / STUDIO
                state.mkdir(parents=True, exist_ok=True)
                folder = TemporaryDirectory(prefix="before-", dir=state, ignore_cleanup_errors=True)
                _link_files(self._project.root, Path(folder.name))
                with suppress(OSError):  # where links are not allowed, all is set anew
                    (Path(folder.name) / CACHE).symlink_to(self._project.root / CACHE, target_is_directory=True)
                self._folder = folder
            return Path(self._folder.name).resolve()

    def close(self) -> None:
        """Remove it."""
        with self._lock:
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None


def at_root(project: Project, root: Path) -> Project:
    """Return ``project`` with its files in another folder."""
    return replace(project, root=root)


def _link_files(source: Path, target: Path) -> None:
    """Give each file a second name below ``target``: a file that is replaced under the first one stays there."""
    for name, folders, files in os.walk(source):
        folder = Path(name)
        folders[:] = [each for each in folders if each[0] != "." and not (folder == source and each in LEFT_OUT)]
        inner = target / folder.relative_to(source)
        inner.mkdir(exist_ok=True)
        for each in files:
            if each[0] != ".":
                _link(folder / each, inner / each)


def _link(path: Path, other: Path) -> None:
    try:
        os.link(path.resolve(), other)
    except OSError:
        with suppress(OSError):  # what cannot be read is told where it is used
            shutil.copyfile(path, other)
