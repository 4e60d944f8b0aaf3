"""The block ``note``: a few words in a frame."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.text.fields import Markdown


class NoteContent(BlockContent):
    """A note, told by a sign, a word and a frame. A plain text is an important one."""

    written_in: ClassVar[str] = "text"

    kind: Literal["important", "tip"] = Field("important", description="Which sign and word it has.")
    text: Markdown
