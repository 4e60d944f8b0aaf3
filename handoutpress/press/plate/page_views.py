"""Handouts as pages print them, made once for all settings and plates that print the same of a text."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.press.page.blocks.writer import ViewChoice
from handoutpress.press.page.flow import FlowFields, FlowFieldsReader
from handoutpress.press.page.view import PageView, page_view

KEPT = 64
"""Views that are remembered: those of some ten plates."""


@dataclass(frozen=True)
class KnownView:
    """A view and all that it was made from: a text, what of it is printed, and the flow fields that it read."""

    file: HandoutFile
    language: Language
    choice: ViewChoice
    read: Mapping[str, object]
    page: PageView

    def is_of(self, file: HandoutFile, language: Language, flow: FlowFields, choice: ViewChoice) -> bool:
        """Return whether the view of a text for these flow fields is this one."""
        is_text = file is self.file and language is self.language and choice == self.choice
        return is_text and all(getattr(flow, name) == value for name, value in self.read.items())


class PageViews:
    """The views of handouts that cite one library of references."""

    def __init__(self, library: Mapping[str, Reference]) -> None:
        self._library = library
        self._known = deque[KnownView](maxlen=KEPT)

    def view(self, file: HandoutFile, language: Language, reader: FlowFieldsReader, choice: ViewChoice) -> PageView:
        """Return a handout as its page prints it; the reader notes what flow fields that depends on."""
        known = next((view for view in self._known if view.is_of(file, language, reader.flow, choice)), None)
        if known is None:
            known = self._made(file, language, FlowFieldsReader(reader.flow), choice)
            self._known.appendleft(known)
        reader.reads.update(known.read)
        return known.page

    def _made(self, file: HandoutFile, language: Language, reader: FlowFieldsReader, choice: ViewChoice) -> KnownView:
        page = page_view(file, language, self._library, reader, choice)
        return KnownView(file, language, choice, {name: getattr(reader.flow, name) for name in reader.reads}, page)
