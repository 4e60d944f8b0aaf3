"""Which function makes the section of which type of block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handoutpress.content.models.blocks.block import Block
from handoutpress.press.page.blocks.exercises import exercises_section
from handoutpress.press.page.blocks.links import links_section
from handoutpress.press.page.blocks.note import note_section
from handoutpress.press.page.blocks.pairs import pairs_section
from handoutpress.press.page.blocks.picture import picture_section
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.steps import steps_section
from handoutpress.press.page.blocks.table import table_section
from handoutpress.press.page.blocks.text import text_section
from handoutpress.press.page.blocks.write import write_section
from handoutpress.press.page.blocks.writer import TextWriter

SECTIONS: Mapping[str, Callable[[str, Any, TextWriter], SectionView]] = {
    "text": text_section,
    "picture": picture_section,
    "steps": steps_section,
    "exercises": exercises_section,
    "table": table_section,
    "pairs": pairs_section,
    "note": note_section,
    "write": write_section,
    "links": links_section,
}
"""By the type of a block: a function of its section's id, its content and the writer of the page."""


def block_section(name: str, block: Block, writer: TextWriter) -> SectionView:
    """Return the section of a block: its ``short`` text alone where that is to be printed."""
    content = block.content
    if content.short and writer.is_short(name):
        return SectionView(name, "text", content.heading or "", writer.blocks(content.short))
    return SECTIONS[block.type](name, content, writer)
