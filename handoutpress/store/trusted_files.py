"""The files that this user trusts, by their digests: a project that comes from elsewhere cannot say so of itself."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from handoutpress.store.files import replace_shared_file
from handoutpress.store.user_state import state_folder

VARIABLE = "HANDOUTS_TRUSTED"
"""Takes the place of the kept list: SHA-256 digests with spaces between them, or ``ALL``."""
ALL = "all"
_OWNER_ONLY = 0o600


def untrusted(digests: Iterable[str]) -> set[str]:
    """Return those of ``digests`` that this user does not trust."""
    trusted = _trusted()
    return set() if ALL in trusted else set(digests) - trusted


def trust(digests: Iterable[str]) -> None:
    """Remember that this user trusts files with these ``digests``; where nothing can be kept, for this run."""
    trusted = _trusted() | set(digests)
    if VARIABLE not in os.environ:
        with suppress(OSError, ValueError, RuntimeError):  # ``Path.home`` raises ``RuntimeError`` where nobody has one
            folder = state_folder()
            folder.mkdir(parents=True, exist_ok=True)
            replace_shared_file(folder / "trusted", "\n".join(sorted(trusted)).encode(), _OWNER_ONLY)
            return
    os.environ[VARIABLE] = " ".join(sorted(trusted))


def _trusted() -> set[str]:
    given = os.environ.get(VARIABLE)
    if given is not None:
        return set(given.split())
    try:
        # A digest is ASCII; whatever else stands in a damaged file matches nothing.
        return set((state_folder() / "trusted").read_bytes().decode("ascii", "replace").split()) - {ALL}
    except (OSError, ValueError, RuntimeError):
        return set()
