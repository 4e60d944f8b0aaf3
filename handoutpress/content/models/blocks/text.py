"""The block ``text``: paragraphs and lists."""

from __future__ import annotations

from typing import ClassVar

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.text.fields import Markdown


class TextContent(BlockContent):
    """Paragraphs and lists, as everywhere. A plain string or list is the text alone."""

    written_in: ClassVar[str] = "text"

    text: Markdown
