"""Which function makes the section of which type of block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from handoutpress.content.models.blocks.block import Block
from handoutpress.press.page.blocks.exercises import exercises_section
from handoutpress.press.page.blocks.links import links_section
from handoutpress.press.page.blocks.note import note_section
from handoutpress.press.page.blocks.pairs import pairs_section, with_picture_beside
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


def body_sections(blocks: Sequence[tuple[str, Block]], writer: TextWriter) -> Iterator[SectionView]:
    """Yield the sections of a body; where a page is wide, a picture stands beside the line of time that it is of."""
    left = list(blocks)
    while left:
        section = block_section(*left.pop(0), writer)
        picture = left[0][1].picture if left else None
        beside = with_picture_beside(section, picture, writer) if picture else None
        if beside:
            left.pop(0)
        yield beside or section
