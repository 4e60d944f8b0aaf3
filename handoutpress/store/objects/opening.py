"""Stores by their address, as people write it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from handoutpress.store.objects.folder_store import FolderStore
from handoutpress.store.objects.object_store import ObjectStore, StoreFaultError

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
CLOUDS = ("s3", "gs", "az", "memory")
"""How addresses of object stores begin; one in memory ends with its process."""


def open_store(address: str) -> ObjectStore:
    """Return the store at an address: a folder, ``s3://``, ``gs://``, ``az://`` or ``memory://``.

    Raises ``StoreFaultError`` for an address of another kind, and where the library that it needs is not installed.
    """
    scheme = _SCHEME.match(address)
    if scheme is None:
        return FolderStore(Path(address))
    if scheme[1] in CLOUDS:
        return _cloud_store(address)
    raise StoreFaultError(
        f"{address} is no store that we know. Hint: give a folder, or an address with s3://, gs:// or az://."
    )


@cache
def _cloud_store(address: str) -> ObjectStore:
    """Return the one store of an address in this process, with its connections."""
    from handoutpress.store.objects.cloud_store import CloudStore  # noqa: PLC0415  a folder needs none of it

    return CloudStore(address)
