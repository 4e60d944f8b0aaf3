"""The secret that signs what the cache keeps: entries that were not written here, by this user, do not count."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from secrets import token_hex

from handoutpress.store.files import replace_shared_file
from handoutpress.store.user_state import state_folder

VARIABLE = "HANDOUTS_CACHE_KEY"
"""Takes the place of the secret file where several computers share a cache."""
_BYTES = 32
_OWNER_ONLY = 0o600


def cache_secret() -> bytes:
    """Return this user's secret, made when it is first asked for.

    It lies outside every project, so that whoever hands on a project cannot sign a cache for it. Where no file can be
    kept, this process and those that it starts share a secret that ends with them.
    """
    if given := os.environ.get(VARIABLE):
        return given.encode()
    with suppress(OSError, ValueError, RuntimeError):  # ``Path.home`` raises ``RuntimeError`` where nobody has one
        return _kept_secret(state_folder() / "cache.key")
    os.environ[VARIABLE] = token_hex(_BYTES)
    return os.environ[VARIABLE].encode()


@cache
def _kept_secret(path: Path) -> bytes:
    """Return what the secret file holds, written first if need be. Raises ``OSError``."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_shared_file(path, token_hex(_BYTES).encode(), _OWNER_ONLY)
    return path.read_bytes().strip()
