"""Where this system keeps what a program remembers of a user, outside of every project."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def state_folder() -> Path:
    """Return our folder there (XDG Base Directory Specification 0.8). Raises ``RuntimeError`` without a home."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "handoutpress"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "handoutpress"
