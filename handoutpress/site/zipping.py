"""A site as one zip, for whoever drops a folder on a host. Equal sites give equal zips."""

from __future__ import annotations

import zipfile
from pathlib import Path

from handoutpress.site.changes import LOG_FOLDER
from handoutpress.store.files import drop_part, part_of, place_part
from handoutpress.store.zips import zip_entry

STORED = (".pdf", ".png", ".jpg", ".webp")
"""Files that are compressed already."""


def zip_site(folder: Path) -> Path:
    """Write the files of the site in ``folder`` into a zip beside it, and return that. Raises ``OSError``."""
    path = folder.with_name(f"{folder.name}.zip")
    files = sorted(file for file in folder.rglob("*") if file.is_file() and LOG_FOLDER not in file.parts)
    try:
        with zipfile.ZipFile(part_of(path), "w") as archive:
            for file in files:
                archive.writestr(_entry(file.relative_to(folder).as_posix(), file.suffix), file.read_bytes())
    except BaseException:
        drop_part(path)
        raise
    place_part(path)
    return path


def _entry(name: str, suffix: str) -> zipfile.ZipInfo:
    entry = zip_entry(name)
    entry.compress_type = zipfile.ZIP_STORED if suffix in STORED else zipfile.ZIP_DEFLATED
    return entry
