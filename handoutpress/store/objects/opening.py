"""Stores by their address, as people write it."""

from __future__ import annotations

import re
from pathlib import Path

from handoutpress.store.objects.folder_store import FolderStore
from handoutpress.store.objects.object_store import ObjectStore, StoreFaultError

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def open_store(address: str) -> ObjectStore:
    """Return the store at an address: a folder. Raises ``StoreFaultError`` for an address of another kind."""
    if _SCHEME.match(address):
        raise StoreFaultError(f"{address} is no store that we know. Hint: give a folder that every machine mounts.")
    return FolderStore(Path(address))
