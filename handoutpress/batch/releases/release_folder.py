"""The folder ``releases/``: one folder a release, a link to the current one, and since when it was that.

A folder counts as a release from the moment when it is renamed to its place, whole; the link ``current`` is replaced
in one step. So a command that is killed leaves the release kept or not, and this or that release the current one, but
nothing between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from handoutpress.batch.log.manifest import NAME, NOT_OURS
from handoutpress.batch.releases.release import Release, read_release
from handoutpress.store.files import part_of, place_part, replace_file
from handoutpress.store.locks import locked_folder
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import HandoutError

FOLDER = "releases"
CURRENT = "current"
HISTORY = "history.json"
STATE = ".handouts"


class _Turn(NamedTuple):
    """From which day on a release was the current one."""

    name: str
    since: date


class ReleaseFolder:
    """The releases of one project. Nothing is written until one is kept."""

    def __init__(self, project_root: Path) -> None:
        self.folder = project_root / FOLDER

    @contextmanager
    def locked(self, waiting: Callable[[int], None]) -> Iterator[None]:
        """Lock the releases for one command; ``waiting`` gets the id of a process that has it. Raises ``OSError``."""
        state = self.folder / STATE
        state.mkdir(parents=True, exist_ok=True)
        with locked_folder(state, waiting):
            yield

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """All kept releases, the oldest first. Raises ``HandoutError`` where one cannot be read."""
        return tuple(sorted(map(read_release, self._folders()), key=lambda release: release.facts.number))

    def _folders(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        inside = (path for path in self.folder.iterdir() if not path.name.startswith(".") and not path.is_symlink())
        return [path for path in inside if (path / NAME).is_file()]

    def find(self, name: str) -> Release:
        """Return the release of this name. Raises ``HandoutError`` where there is none."""
        by_name = {release.name: release for release in self.releases}
        if name not in by_name:
            raise HandoutError(f'No release is called "{name}". Hint: {meant(name, by_name)}')
        return by_name[name]

    @property
    def current(self) -> Release | None:
        """The current release; None before the first."""
        name = self._current_name()
        return next((release for release in self.releases if release.name == name), None)

    def _current_name(self) -> str:
        try:
            return (self.folder / CURRENT).readlink().name
        except OSError:
            return ""

    def since(self) -> date | None:
        """Return the day from which the current release has been the current one; None before the first."""
        turns = self._history()
        return turns[-1].since if turns else None

    def _history(self) -> list[_Turn]:
        """Read which release became the current one when, without a last turn that was noted but never made."""
        try:
            entries = json.loads((self.folder / HISTORY).read_bytes())
            turns = [_Turn(str(entry["name"]), date.fromisoformat(entry["since"])) for entry in entries]
        except FileNotFoundError:
            return []
        except (OSError, *NOT_OURS):
            hint = "take it from a copy, or delete it: only since when a release was the current one is lost."
            raise HandoutError(f"{(self.folder / HISTORY).as_posix()} cannot be read. Hint: {hint}") from None
        return turns if turns and turns[-1].name == self._current_name() else turns[:-1]

    def make_current(self, name: str, day: date) -> None:
        """Make a kept release the current one, in one step. Raises ``OSError``, and then the old one stays.

        The turn is noted before it is made: a note without its turn is left out when it is read.
        """
        turns = [{"name": turn.name, "since": turn.since.isoformat()} for turn in (*self._history(), _Turn(name, day))]
        replace_file(self.folder / HISTORY, json.dumps(turns, indent=1).encode())
        link = self.folder / CURRENT
        # A link cannot be written over, unlike a file: what a killed command left is in its way.
        with suppress(FileNotFoundError):
            part_of(link).unlink()
        part_of(link).symlink_to(name, target_is_directory=True)
        place_part(link)
