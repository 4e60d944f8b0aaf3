"""The block ``text``: paragraphs and lists."""

from __future__ import annotations

from handoutpress.content.models.blocks.text import TextContent
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import TextWriter


def text_section(name: str, block: TextContent, writer: TextWriter) -> SectionView:
    """Return the section of a block ``text``."""
    return SectionView(name, "text", block.heading or "", writer.blocks(block.text))
