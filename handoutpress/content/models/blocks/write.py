"""The block ``write``: lines and boxes for the reader's or the clinic's pen."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, model_validator

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.text.fields import Label, Markdown, MarkdownLine

MAX_LINES, MAX_BLANK = 20, 12


def _as_lines(value: Any) -> Any:
    """Take one text for a list of one."""
    return [value] if isinstance(value, str) else value


class WriteContent(BlockContent):
    """What is to be written or ticked by hand. A plain list is ``lines``."""

    written_in: ClassVar[str] = "lines"

    lines: Annotated[tuple[Label, ...], BeforeValidator(_as_lines), Field(max_length=MAX_LINES)] = Field(
        (), description="What stands before each line to write on."
    )
    blank: Annotated[int, Field(ge=0, le=MAX_BLANK)] = Field(0, description="So many lines without words before them.")
    ticks: Annotated[tuple[MarkdownLine, ...], BeforeValidator(_as_lines), Field(max_length=MAX_LINES)] = Field(
        (), description="What stands beside each box to tick."
    )
    consent: Markdown | None = Field(None, description="What is agreed to by signing; lines to sign follow.")
    signature: bool = Field(False, description="Whether lines for name, signature and date follow.")

    @model_validator(mode="after")
    def _has_something(self) -> WriteContent:
        if not (self.lines or self.blank or self.ticks or self.consent or self.signature):
            raise ValueError('"write" has nothing to write on. Hint: add "lines:", "blank: 4", "ticks:" or "consent:".')
        return self
