"""Writing a file so that it is either the old one or the new one, whatever happens; and telling files apart."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)
"""What a disk answers that cannot link, such as FAT."""
_NOT_BELOW = frozenset({"", ".", ".."})
"""Parts of a path that lead elsewhere, or nowhere."""


class FileStamp(NamedTuple):
    """How the file system tells one file from another: bytes, nanoseconds, inode. Compared for equality only."""

    size: int
    mtime_ns: int
    inode: int


class HeldOpenError(OSError):
    """The finished file could not take its place."""


def is_below(path: str) -> bool:
    """Return whether ``path``, written with ``/``, leads to something below the folder that it is taken from."""
    # ``C:`` is a drive on Windows; what has a backslash or an empty part is refused anyhow.
    if path[1:2] == ":" or "\\" in path or "\0" in path:
        return False
    return _NOT_BELOW.isdisjoint(path.split("/"))


def stamp_of(path: str | Path) -> FileStamp:
    """Return the file's stamp. Raises ``OSError``."""
    return _stamp(os.stat(path))  # noqa: PTH116 (ten thousand of them: a Path each would cost more than the call)


def replace_file(path: str | Path, content: bytes) -> FileStamp:
    """Write ``path`` in one step. Raises ``OSError``; the old file then stands, and no temporary file is left."""
    # Thousands of them for one change of a site: a Path for each would cost as much as the writing.
    folder, name = os.path.split(path)
    part = os.path.join(folder, _part_name(name))  # noqa: PTH118
    stamp = _write(part, content)
    _place(part, path)
    return stamp


def replace_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with its line ends as they are, in one step as ``replace_file`` does."""
    replace_file(path, text.encode())


def replace_shared_file(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write ``path`` as ``replace_file`` does, where several processes may write it at once.

    ``mode`` are its rights; None leaves them to the umask. Each writer has a temporary file of its own, since two would
    tear one that they shared.
    """
    part = path.with_name(f".{path.name}.{token_hex(4)}.part")
    _write(part, content, mode)
    _place(part, path)


def create_file(path: Path, content: bytes) -> bool:
    """Write ``path`` in one step unless it is there; say whether this call wrote it. Several processes may try at once.

    Raises ``OSError``; no temporary file is left.
    """
    part = path.with_name(f".{path.name}.{token_hex(4)}.part")
    _write(part, content)
    try:
        return _link(part, path)
    finally:
        _remove(part)


def _link(part: Path, path: Path) -> bool:
    # Unlike a move, a link never takes another's place.
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS or path.exists():
            raise
        _place(part, path)
    return True


def part_of(path: Path) -> Path:
    """Return the temporary file beside ``path``, one name an output: the next run overwrites what a killed one left."""
    return path.with_name(_part_name(path.name))


def _part_name(name: str) -> str:
    return f".{name}.part"


def write_part(path: Path, content: bytes) -> FileStamp:
    """Write ``content`` to the temporary file beside ``path``; its stamp stays when it takes its place.

    Raises ``OSError``, and then leaves no temporary file.
    """
    return _write(part_of(path), content)


def place_part(path: Path) -> None:
    """Put the temporary file in its place in one step. Raises ``HeldOpenError``, and then leaves no temporary file."""
    _place(part_of(path), path)


def drop_part(path: Path) -> None:
    """Remove the temporary file beside ``path``, if there is one."""
    _remove(part_of(path))


def _write(part: str | Path, content: bytes, mode: int | None = None) -> FileStamp:
    try:
        with open(part, "wb", buffering=0) as file:  # noqa: PTH123
            if mode is not None:  # before there is anything in it to read
                os.chmod(part, mode)  # noqa: PTH101
            view = memoryview(content)
            while view:
                view = view[file.write(view) :]
            return _stamp(os.fstat(file.fileno()))
    except BaseException:
        _remove(part)
        raise


def _place(part: str | Path, path: str | Path) -> None:
    try:
        os.replace(part, path)  # noqa: PTH105
    except PermissionError as error:  # Windows refuses while a program such as a viewer holds ``path`` open
        _remove(part)
        raise HeldOpenError(*error.args) from error
    except BaseException:
        _remove(part)
        raise


def _remove(part: str | Path) -> None:
    with suppress(OSError):
        os.unlink(part)  # noqa: PTH108


def _stamp(status: os.stat_result) -> FileStamp:
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)
