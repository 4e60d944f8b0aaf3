"""Each save as one commit of the project's Git repository, where that is switched on: that file alone, and nothing run.

Git's plumbing is asked with an index of our own: what a person has staged stays as it is. No hook, filter or watcher of
the repository runs, for a folder may come from anyone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Lock

from handoutpress.app.project import STUDIO
from handoutpress.app.studio.forms.edit_forms import BRAND_FILE
from handoutpress.content.loading import SETTINGS
from handoutpress.content.models.project_settings import ProjectSettings
from handoutpress.content.project import Project
from handoutpress.store.files import replace_shared_file, replace_text
from handoutpress.yamlfile.editing import with_value
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError

_PLACE = ("studio", "history")
SHOWN = 20
"""Saves that are listed."""
LIMIT = 20.0
"""Seconds that Git may take."""
MAIL = "studio@localhost"
"""The mail address of a commit by someone who has told Git none."""
_QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_UNDERWAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
"""What Git's folder has while a person is in the middle of something that a commit would disturb."""


class GitError(Exception):
    """Git is not there, or did not do what it was asked."""


@dataclass(frozen=True)
class KeptSave:
    """One commit: its day where the computer is, by whom, and what it says."""

    day: date
    by: str
    subject: str


class SaveHistory:
    """The saves of one project's studio."""

    def __init__(self, project: Project) -> None:
        self._root = project.root
        self._project = project
        self._person = project.root / STUDIO / "person"
        self._lock = Lock()
        self.has_failed = False
        """Whether the last save could not be kept."""

    @property
    def is_possible(self) -> bool:
        """Whether the project lies in a Git repository, and Git is installed."""
        with suppress(GitError):
            return self._git("rev-parse", "--is-inside-work-tree").strip() == "true"
        return False

    @property
    def is_on(self) -> bool:
        """Whether the project says that each save is kept."""
        path = self._root / SETTINGS
        with suppress(ContentError):  # told on every page
            settings = load_record(self._project.read(path), ProjectSettings) if path.is_file() else ProjectSettings()
            return bool(settings.studio and settings.studio.history)
        return False

    @property
    def person(self) -> str:
        """Who sits at the desk, as they said, or as Git knows them; "" where nobody has said."""
        with suppress(OSError, UnicodeDecodeError):
            return self._person.read_text("utf-8")
        with suppress(GitError):
            return self._git("config", "user.name").strip()
        return ""

    def switch(self, *, on: bool, person: str) -> None:
        """Keep each save from now on, or none; remember who saves. Raises ``HandoutError``, ``UneditableError``."""
        self._person.parent.mkdir(parents=True, exist_ok=True)
        replace_text(self._person, " ".join(person.replace("<", " ").replace(">", " ").split())[:100])
        settings = self._root / SETTINGS
        text = settings.read_bytes().decode("utf-8") if settings.is_file() else ""
        if self.is_on != on:
            replace_shared_file(settings, _switched(text, on=on).encode())

    def saves(self) -> tuple[KeptSave, ...]:
        """Return the last commits of the project's folder, the newest first."""
        with suppress(GitError):
            lines = self._git("log", f"-{SHOWN}", "--format=%at%x00%an%x00%s", "--", ".").splitlines()
            return tuple(_save(*line.split("\0")) for line in lines)
        return ()

    def keep(self, paths: Sequence[Path]) -> None:
        """Commit these files as they are now, if that is switched on; that may fail without harm."""
        if not paths or not self.is_on:
            return
        with self._lock:
            try:
                self._commit(paths)
                self.has_failed = False
            except (GitError, OSError):
                self.has_failed = True

    def _commit(self, paths: Sequence[Path]) -> None:
        folder = Path(self._git("rev-parse", "--absolute-git-dir").strip())
        if any((folder / name).exists() for name in _UNDERWAY):
            raise GitError("A merge or a rebase is under way.")
        top = Path(self._git("rev-parse", "--show-toplevel").strip()).resolve()
        names = [path.resolve().relative_to(top).as_posix() for path in paths]
        head = self._try("rev-parse", "--verify", "-q", "HEAD").strip()
        committed = {name: self._try("ls-tree", head, "--", name, at=top).split() if head else [] for name in names}
        staged = {name for name in names if self._is_staged(top, name, committed[name])}
        entries = [self._entry(top, name, committed[name]) for name in names if not self._is_ignored(top, name)]
        with TemporaryDirectory() as temporary:
            index = {"GIT_INDEX_FILE": str(Path(temporary) / "index")}
            if head:
                self._git("read-tree", head, env=index)
            for entry in entries:
                self._git("update-index", "--add", "--cacheinfo", entry, at=top, env=index)
            tree = self._git("write-tree", env=index).strip()
        if head and tree == self._git("rev-parse", f"{head}^{{tree}}").strip():
            return
        parents = ("-p", head) if head else ()
        commit = self._git("commit-tree", tree, *parents, "-m", _subject(names), env=self._author()).strip()
        self._git("update-ref", "-m", "studio", "HEAD", commit, head or "0" * len(commit))
        for entry in entries:
            if entry.split(",", 2)[2] not in staged:  # else it would look as if the save had been taken back
                self._git("update-index", "--add", "--cacheinfo", entry, at=top)

    def _entry(self, top: Path, name: str, committed: Sequence[str]) -> str:
        """Store a file as it is, by no filter of the repository, and return its entry of an index."""
        blob = self._git("hash-object", "-w", "--no-filters", "--", name, at=top).strip()
        return f"{committed[0] if committed else '100644'},{blob},{name}"

    def _is_staged(self, top: Path, name: str, committed: Sequence[str]) -> bool:
        """Return whether a person has staged something else of a file than the last commit has."""
        staged = self._try("ls-files", "-s", "--", name, at=top).split()
        return (staged[:2] if staged else []) != ([committed[0], committed[2]] if committed else [])

    def _is_ignored(self, top: Path, name: str) -> bool:
        return bool(self._try("check-ignore", "--", name, at=top).strip())

    def _author(self) -> dict[str, str]:
        name, mail = self.person or MAIL, self._try("config", "user.email").strip() or MAIL
        return {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", mail))
        }

    def _try(self, *words: str, at: Path | None = None) -> str:
        """Return what Git says; "" where it says no."""
        with suppress(GitError):
            return self._git(*words, at=at)
        return ""

    def _git(self, *words: str, at: Path | None = None, env: Mapping[str, str] | None = None) -> str:
        """Return what Git prints. Raises ``GitError``."""
        program = shutil.which("git")
        if program is None:
            raise GitError("Git is not installed.")
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        try:
            done = subprocess.run(
                [program, *_QUIET, *words],
                cwd=at or self._root, env=own | dict(env or {}), timeout=LIMIT, check=True,
                stdin=subprocess.DEVNULL, capture_output=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise GitError(str(error)) from None
        return done.stdout.decode("utf-8", "replace")


def _switched(text: str, *, on: bool) -> str:
    with suppress(ContentError):
        return with_value(text, _PLACE, on)
    return f"{text}studio:\n  history: {str(on).lower()}\n"  # it says nothing yet


def _subject(names: Sequence[str]) -> str:
    """Return what a commit says: ``Change warm-tea (en)``, ``Change the clinic hill``."""
    path = PurePosixPath(names[0])
    if path.name == BRAND_FILE:
        return f"Change the clinic {path.parent.name}"
    name, _, language = path.stem.partition(".")
    return f"Change {name} ({language})" if language else f"Change {name}"


def _save(moment: str, by: str, subject: str) -> KeptSave:
    return KeptSave(datetime.fromtimestamp(int(moment), UTC).astimezone().date(), by, subject)
