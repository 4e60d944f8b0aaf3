"""Fontconfig settings that show the engine these fonts and no others, so that a page is the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from handoutpress.store.digests import bytes_digest
from handoutpress.store.files import replace_shared_file


def _fontconfig(folders: Iterable[Path], cache: Path) -> str:
    rows = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    return f"<?xml version='1.0'?><fontconfig>{rows}<cachedir>{escape(str(cache))}</cachedir></fontconfig>"


def font_settings(folders: Iterable[Path], cache: Path) -> Path:
    """Write the file that names these folders and no others, and return its path.

    Each choice of folders has a file of its own, for processes that run side by side.
    """
    text = _fontconfig(folders, cache / "fontconfig")
    settings = cache / f"fonts-{bytes_digest(os.fsencode(text))[:16]}.conf"
    if not settings.is_file():
        replace_shared_file(settings, os.fsencode(text))
    return settings
