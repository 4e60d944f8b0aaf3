"""Waiting for saved files. What a file touches is for the next run to find out, which looks at everything anyway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

from handoutpress.store.files import FileStamp, stamp_of

STEP = 50
"""Milliseconds that saves must pause before they are reported: an editor writes a file in several steps."""
LONGEST = 400
"""Milliseconds after which saves are reported though they go on."""
GLANCE = 250
"""Milliseconds between two looks at the single files."""


def saves(paths: Iterable[Path], out: Path, stop: Event | None = None) -> Iterator[tuple[Path, ...]]:
    """Yield the files that were saved, added or removed, sorted, each time that some were.

    ``paths`` are folders, watched with all below them, and single files; those that are not there are left out. Never
    reports ``out``, or an editor's own files. Ends when ``stop`` is set, or with Ctrl-C.
    """
    from watchfiles import watch  # noqa: PLC0415 (50 ms of a cold start, which no other command needs)

    def accepts(change: object, path: str) -> bool:
        return is_content(Path(path), out)

    present = [path for path in paths if path.exists()]
    folders = [path for path in present if path.is_dir()]
    files = _WatchedFiles(path for path in present if path.is_file())
    changes = watch(
        *folders,
        watch_filter=accepts,
        debounce=LONGEST,
        step=STEP,
        stop_event=stop,
        rust_timeout=GLANCE,
        # A time out without a change is when the single files are looked at.
        yield_on_timeout=True,
    )
    with suppress(KeyboardInterrupt):
        for change in changes:
            saved = {Path(path) for _, path in change} | files.saved()
            if saved:
                yield tuple(sorted(saved))


def is_content(path: Path, out: Path) -> bool:
    """Return whether a saved file can be part of a project: no output, nor a file that an editor keeps for itself."""
    if path.is_relative_to(out) or path.name.endswith(("~", ".swp", ".swx", ".tmp", ".part")):
        return False
    # Vim tries with a file named 4913 whether it can write in a folder; Emacs locks and saves under # and .#.
    return not path.name.startswith((".", "#", "4913"))


class _WatchedFiles:
    """Single files, looked at by their stamps: an editor that replaces a file would take a watch away with it."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._stamps = {path: _stamp(path) for path in paths}

    def saved(self) -> set[Path]:
        """Return those that changed since the last look."""
        stamps = {path: _stamp(path) for path in self._stamps}
        changed = {path for path, stamp in stamps.items() if stamp != self._stamps[path]}
        self._stamps = stamps
        return changed


def _stamp(path: Path) -> FileStamp | None:
    try:
        return stamp_of(path)
    except OSError:
        return None
