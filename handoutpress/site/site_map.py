"""Where the pages of a site lie: their folders, and how one leads to another wherever the site is put."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

ARTICLE_TEXT = "index.txt"
SHEET = "sheet"


@dataclass(frozen=True)
class Place:
    """A page's folder below a clinic's first page, such as ``acupuncture/en``; "" is the first page itself."""

    folder: str = ""

    @property
    def file(self) -> str:
        """The page's file, below the same."""
        return f"{self.folder}/index.html" if self.folder else "index.html"

    @property
    def path(self) -> str:
        """The page's address, below the same."""
        return f"{self.folder}/" if self.folder else ""

    @property
    def depth(self) -> int:
        """Folders between the first page and this one."""
        return self.folder.count("/") + 1 if self.folder else 0

    @property
    def home(self) -> str:
        """How this page leads to the folder of the first page; "" from there itself."""
        return "../" * self.depth

    def to(self, other: Place) -> str:
        """Return how this page leads to another."""
        return f"{posixpath.relpath(other.folder or '.', self.folder or '.')}/"


HOME = Place()


def handout_place(slug: str) -> Place:
    """Return where the languages of a handout are listed."""
    return Place(slug)


def article_place(slug: str, language: str) -> Place:
    """Return where the article of a handout is."""
    return Place(f"{slug}/{language}")


def sheet_place(slug: str, language: str) -> Place:
    """Return where the sheet itself is, as a page."""
    return Place(f"{slug}/{language}/{SHEET}")
