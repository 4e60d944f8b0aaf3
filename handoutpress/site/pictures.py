"""The pictures of articles on a site: each lies beside its article, under a name made of what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from handoutpress.content.brand.logo_files import printed_picture, read_picture
from handoutpress.content.text.article_markdown import Picture
from handoutpress.store.digests import bytes_digest

WIDEST = 1280
"""Pixels that a page says of a drawing that has no pixels of its own."""


class PictureFile(NamedTuple):
    """A picture as the site has it: its name, its bytes, and how a page shows it."""

    name: str
    data: bytes
    shown: Picture


class PictureFiles:
    """The pictures of one project, each read once. A photo is taken without what its camera noted of place and time."""

    def __init__(self) -> None:
        self._files: dict[Path, PictureFile] = {}

    def file(self, path: Path) -> PictureFile:
        """Return the picture ``path``, which was read without a mistake."""
        if path not in self._files:
            size, printed = read_picture(path), printed_picture(path)
            name = f"{bytes_digest(printed.data)[:16]}{printed.suffix}"
            scale = 1 if size.pixels else WIDEST / size.width
            width, height = (max(1, round(side * scale)) for side in (size.width, size.height))
            self._files[path] = PictureFile(name, printed.data, Picture(name, width, height))
        return self._files[path]
