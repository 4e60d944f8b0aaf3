"""The block ``steps``: a numbered list, and what is needed for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handoutpress.content.models.blocks.steps import Step, StepsContent
from handoutpress.press.page.blocks.picture import PictureView, picture_view
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import TextWriter
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.phrases import ended_well


@dataclass(frozen=True)
class StepView:
    """One step, and what it looks like."""

    text: Markup
    picture: PictureView | None


@dataclass(frozen=True)
class StepsView:
    """Steps in order; ``need`` under its heading ``need_heading``, where there is any."""

    need_heading: str
    need: Markup
    items: tuple[StepView, ...]

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        yield self.need_heading
        yield from paragraphs(self.need)
        for item in self.items:
            yield from paragraphs(item.text)
            if item.picture:
                yield from item.picture.words()


def steps_section(name: str, content: StepsContent, writer: TextWriter) -> SectionView:
    """Return the section of steps."""
    need = writer.blocks(content.need)
    items = tuple(_step(step, writer) for step in content.items)
    view = StepsView(writer.phrases.blocks.need if content.need else "", need, items)
    return SectionView(name, "steps", content.heading or "", block=view)


def _step(step: Step, writer: TextWriter) -> StepView:
    text = ended_well(writer.entry(step.text))
    return StepView(text, picture_view(step.picture, "step", writer) if step.picture else None)
