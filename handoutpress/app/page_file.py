"""Where the pages that are made for people are written."""

from __future__ import annotations

from pathlib import Path

from handoutpress.store.files import replace_file
from handoutpress.yamlfile.problems import HandoutError


def write_page(where: Path, name: str, page: bytes) -> Path:
    """Write an HTML page to a file, or under ``name`` into a folder, and return the file.

    Raises ``HandoutError`` where it cannot be written.
    """
    # What has no ending is a folder, there or to be made.
    file = where / name if where.is_dir() or not where.suffix else where
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, page)
    except OSError as error:
        raise HandoutError(f"{file.as_posix()} cannot be written: {error.strerror}.") from None
    return file
