"""The block ``steps``: a numbered list, and what is needed for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handoutpress.content.models.blocks.steps import StepsContent
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import TextWriter
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.phrases import ended_well


@dataclass(frozen=True)
class StepsView:
    """Steps in order; ``need`` under its heading ``need_heading``, where there is any."""

    need_heading: str
    need: Markup
    items: tuple[Markup, ...]

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        yield self.need_heading
        yield from paragraphs(self.need, *self.items)


def steps_section(name: str, content: StepsContent, writer: TextWriter) -> SectionView:
    """Return the section of steps."""
    need = writer.blocks(content.need)
    items = tuple(ended_well(writer.line(step.text)) for step in content.items)
    view = StepsView(writer.phrases.blocks.need if content.need else "", need, items)
    return SectionView(name, "steps", content.heading or "", block=view)
