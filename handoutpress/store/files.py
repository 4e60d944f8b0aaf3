"""Writing a file so that it is either the old one or the new one, whatever happens."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class FileStamp(NamedTuple):
    """How the file system tells one file from another: bytes, nanoseconds, inode. Compared for equality only."""

    size: int
    mtime_ns: int
    inode: int


class HeldOpenError(OSError):
    """The finished file could not take its place."""


def stamp_of(path: str | Path) -> FileStamp:
    """The file's stamp. Raises ``OSError``."""
    stat = os.stat(path)  # noqa: PTH116 (ten thousand of them: a Path each would cost more than the call)
    return FileStamp(stat.st_size, stat.st_mtime_ns, stat.st_ino)


def part_of(path: Path) -> Path:
    """The temporary file beside ``path``. One name an output: what a killed run left is overwritten by the next."""
    return path.with_name(f".{path.name}.part")


def write_part(path: Path, content: bytes) -> FileStamp:
    """Write ``content`` to the temporary file beside ``path``; its stamp stays when it takes its place.

    Raises ``OSError``, and then leaves no temporary file.
    """
    part = part_of(path)
    try:
        with part.open("wb", buffering=0) as file:
            view = memoryview(content)
            while view:
                view = view[file.write(view) :]
            stat = os.fstat(file.fileno())
    except BaseException:
        drop_part(path)
        raise
    return FileStamp(stat.st_size, stat.st_mtime_ns, stat.st_ino)


def place_part(path: Path) -> None:
    """Put the temporary file in its place in one step. Raises ``HeldOpenError``, and then leaves no temporary file."""
    try:
        part_of(path).replace(path)
    except PermissionError as error:
        drop_part(path)
        raise HeldOpenError(*error.args) from error
    except BaseException:
        drop_part(path)
        raise


def drop_part(path: Path) -> None:
    """Remove the temporary file beside ``path``, if there is one."""
    with suppress(OSError):
        part_of(path).unlink()


def replace_file(path: Path, content: bytes) -> FileStamp:
    """Write ``path`` in one step. Raises ``OSError``; the old file then stands."""
    stamp = write_part(path, content)
    place_part(path)
    return stamp
