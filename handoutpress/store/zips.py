"""Entries of zips that are equal wherever and whenever they are made."""

from __future__ import annotations

import zipfile

_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold."""
_MODE = 0o644 << 16
"""Read by all, written by the owner: the upper half of a zip entry's attributes."""


def zip_entry(name: str) -> zipfile.ZipInfo:
    """Return the entry of a file called ``name``, stored as it is."""
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = _MODE
    return entry
