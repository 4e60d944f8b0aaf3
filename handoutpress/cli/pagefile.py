"""Where the pages that commands make for people are written."""

from __future__ import annotations

from pathlib import Path

from handoutpress.cli.console import note
from handoutpress.store.files import replace_file
from handoutpress.yamlfile.problems import HandoutError


def write_page(where: Path, name: str, page: bytes) -> None:
    """Write an HTML page to a file, or under ``name`` into a folder. Raises ``HandoutError`` where it cannot be."""
    file = where / name if where.is_dir() or not where.suffix else where
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, page)
    except OSError as error:
        raise HandoutError(f"{file.as_posix()} cannot be written: {error.strerror}.") from None
    note(f"Look at {file.as_posix()} ({len(page) / 1e6:.1f} MB) in a browser.")
