"""Pages as files that clinics share: which there are, what they are made from, and the bytes of each for one clinic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handoutpress.site.changes import FileSource
from handoutpress.site.clinics import SlotValues
from handoutpress.site.pages.page_plate import FilledPage
from handoutpress.site.plan import PlannedPage


class SharedPages:
    """A set of pages; ``digests`` is one object, by which all clinics that have them know each other."""

    def __init__(self, pages: Iterable[PlannedPage], in_capitals: Iterable[PlannedPage]) -> None:
        """Those ``in_capitals`` have their folders so, and are the same files as those in small letters."""
        self._pages = {page.file: page for page in pages}
        self._small = {_capitals(page.file): page.file for page in in_capitals}
        links = {_capitals(page.file): page.plate.digest for page in in_capitals}
        self.digests: Mapping[str, str] = {file: page.plate.digest for file, page in self._pages.items()} | links

    def source(self, folder: str, values: Mapping[str, SlotValues], file: str) -> FileSource:
        """Return the source of a file for the clinic whose pages lie in ``folder``, with its ``values``."""
        if file in self._small:
            return f"{folder}/{self._small[file]}"
        page = self._pages[file]
        return FilledPage(page.plate, page.language, values[page.language])


def _capitals(file: str) -> str:
    folders, _, name = file.rpartition("/")
    return f"{folders.upper()}/{name}"
