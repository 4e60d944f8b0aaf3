"""What all blocks have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from handoutpress.content.text.fields import Markdown, Words
from handoutpress.yamlfile.record import Record


class BlockContent(Record):
    """What a block holds, below its type."""

    written_in: ClassVar[str] = ""
    """The key that a plain text or a list stands for, where the block may be written as one; else ""."""

    heading: Words | None = Field(None, description="Above the block; often a question.")
    short: Markdown | None = Field(None, description="Printed in place of the block where a format lacks the room.")


def or_text(schema: dict[str, Any]) -> None:
    """Tell editors that a plain string will do for a record."""
    group = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string", "minLength": 1}, group]
