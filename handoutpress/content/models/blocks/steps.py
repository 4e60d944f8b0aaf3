"""The block ``steps``: what to do, one thing after the other."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field, model_validator

from handoutpress.content.models.blocks.content import BlockContent, or_text
from handoutpress.content.models.blocks.picture import ShownPicture
from handoutpress.content.text.fields import Markdown, MarkdownEntry
from handoutpress.yamlfile.record import Record

MAX_STEPS = 20


class Step(Record):
    """One step. A plain string is its text alone."""

    model_config = ConfigDict(json_schema_extra=or_text)

    text: MarkdownEntry
    picture: ShownPicture | None = Field(None, description="What the step looks like.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class StepsContent(BlockContent):
    """Numbered steps, and what is needed for them. A plain list is the steps alone."""

    written_in: ClassVar[str] = "items"

    need: Markdown | None = Field(None, description="What to have at hand: text or a list.")
    items: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MAX_STEPS)]
