"""Files of a site put into their places, in this process or in one that works for it; pages are filled in here."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

from handoutpress.site.pages.page_plate import PageParts
from handoutpress.store.files import part_of, replace_file
from handoutpress.store.processes import die_with_parent


class PageToFill(NamedTuple):
    """A page by the digest of its plate and the language of its slots: its writer has the plate."""

    plate: str
    language: str


FileContent = bytes | str | PageToFill
"""A file's bytes, or the file that it is a copy of, or the page that it is."""


@dataclass(frozen=True)
class WriteTask:
    """Files below the folder ``root``: those to be written by their paths there, and those to be removed.

    ``values`` are what fills the slots of its pages, language by language.
    """

    root: str
    files: Sequence[tuple[str, FileContent]]
    gone: Sequence[str]
    values: Mapping[str, Mapping[str, bytes]]


class FileWriter:
    """Writes and removes files; it knows which folders it made itself, where nothing can be in the way."""

    def __init__(self, plates: Mapping[str, PageParts]) -> None:
        """``plates`` are those of the pages to be filled in, by digest."""
        self._plates = plates
        self._folders: set[str] = set()
        self._new: set[str] = set()

    def do(self, task: WriteTask) -> int:
        """Do a task, and return how many files it removed. Raises ``OSError``."""
        for path, content in task.files:
            self._place(f"{task.root}/{path}", self._filled(content, task.values))
        return remove(Path(task.root), task.gone)

    def _filled(self, content: FileContent, values: Mapping[str, Mapping[str, bytes]]) -> bytes | str:
        if isinstance(content, PageToFill):
            return self._plates[content.plate].fill(values[content.language])
        return content

    def _place(self, path: str, content: bytes | str) -> None:
        # Hundreds of thousands of files: a Path for each would take as long as the writing.
        folder = os.path.dirname(path)  # noqa: PTH120
        if folder not in self._folders:
            self._make(folder)
        # Nothing was in a new folder, and nothing counts as written before the log says so.
        is_new = folder in self._new
        if isinstance(content, str):
            _link(content, path) if is_new else _copy(content, Path(path))
        elif is_new:
            _write_new(path, content)
        else:
            replace_file(path, content)

    def _make(self, folder: str) -> None:
        """Make a folder and those above it, and note whether it is new."""
        try:
            os.mkdir(folder)  # noqa: PTH102
            self._new.add(folder)
        except FileNotFoundError:
            self._make(os.path.dirname(folder))  # noqa: PTH120
            self._make(folder)
        except FileExistsError:
            pass
        self._folders.add(folder)


def remove(root: Path, paths: Iterable[str]) -> int:
    """Remove files below ``root``, and folders in which nothing is left; return how many files there were."""
    removed = 0
    for path in paths:
        with suppress(OSError):
            (root / path).unlink()
            removed += 1
        for above in Path(path).parents:
            with suppress(OSError):
                os.rmdir(root / above)  # noqa: PTH106  only where nothing is left in it
    return removed


def _write_new(path: str, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


def _link(source: str, path: str) -> None:
    try:
        os.link(source, path)
    except OSError:
        _copy(source, Path(path))


def _copy(source: str, path: Path) -> None:
    part = part_of(path)
    part.unlink(missing_ok=True)
    try:
        os.link(source, part)  # the same file twice costs nothing; both are only ever replaced as a whole
    except OSError:
        copyfile(source, part)
    part.replace(path)


def begin_work() -> None:
    """Begin a process that does tasks for another, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C on a terminal reaches every process of the group
    die_with_parent()


def begun() -> None:
    """Do nothing: a process that has done it is ready."""


def do_tasks(plates: Mapping[str, PageParts], tasks: Iterable[WriteTask]) -> int:
    """Do tasks in order, with the plates of their pages; return how many files were removed. Raises ``OSError``."""
    return sum(map(FileWriter(plates).do, tasks))
