"""The block ``write``: lines to write on, boxes to tick, and where to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handoutpress.content.models.blocks.write import WriteContent
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import TextWriter
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.phrases import ended_well


@dataclass(frozen=True)
class WriteView:
    """What is to be written: boxes to tick, lines with and without words before them, and the lines to sign on.

    ``to_write`` and ``to_tick`` are what is said of a line and a box to those who hear the page.
    """

    ticks: tuple[Markup, ...]
    lines: tuple[str, ...]
    blank: int
    consent: Markup
    signing: tuple[str, ...]
    to_write: str
    to_tick: str

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        yield from paragraphs(*self.ticks)
        yield from self.lines
        yield from paragraphs(self.consent)
        yield from self.signing


def write_section(name: str, content: WriteContent, writer: TextWriter) -> SectionView:
    """Return the section of lines and boxes."""
    phrases = writer.phrases.blocks
    signs = content.signature or content.consent
    view = WriteView(
        ticks=tuple(ended_well(writer.line(tick)) for tick in content.ticks),
        lines=content.lines,
        blank=content.blank,
        consent=writer.blocks(content.consent),
        signing=(phrases.full_name, phrases.signature, phrases.signed_on) if signs else (),
        to_write=phrases.to_write,
        to_tick=phrases.to_tick,
    )
    return SectionView(name, "write", content.heading or "", block=view)
