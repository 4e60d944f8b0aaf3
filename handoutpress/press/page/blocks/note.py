"""The block ``note``: a frame with a sign and a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handoutpress.content.models.blocks.note import NoteContent
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import TextWriter
from handoutpress.press.page.html_words import paragraphs


@dataclass(frozen=True)
class NoteView:
    """A note: its ``kind`` (``important``, ``tip``), the word for that, and its text."""

    kind: str
    label: str
    text: Markup

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        yield self.label
        yield from paragraphs(self.text)


def note_section(name: str, content: NoteContent, writer: TextWriter) -> SectionView:
    """Return the section of a note."""
    phrases = writer.phrases.blocks
    label = phrases.important if content.kind == "important" else phrases.tip
    view = NoteView(content.kind, label, writer.blocks(content.text))
    return SectionView(name, "notice", content.heading or "", block=view)
