"""The block ``links``: where to read more, and whom to ask."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.models.web_addresses import WebAddress
from handoutpress.content.text.fields import MarkdownLine, Words
from handoutpress.yamlfile.record import NOT_PRINTED, Record, SingleLine

MAX_LINKS = 12


class LinkEntry(Record):
    """A place to read more or someone to ask: an address of the web, a telephone, or both."""

    label: Words = Field(description="What or who it is.")
    text: MarkdownLine | None = Field(None, description="What one finds there.")
    address: WebAddress | None = Field(None, description="Printed in short, without https://.")
    phone: Annotated[SingleLine, Field(pattern=r"^[0-9+][0-9 +()-]*$"), NOT_PRINTED] | None = Field(
        None, description="Printed as it is written, and dialled."
    )

    @model_validator(mode="after")
    def _leads_somewhere(self) -> LinkEntry:
        if not (self.address or self.phone):
            raise ValueError(f'"{self.label}" leads nowhere. Hint: add "address: https://…" or "phone: …".')
        return self


class LinksContent(BlockContent):
    """A list of links. A plain list is ``items``."""

    written_in: ClassVar[str] = "items"

    items: Annotated[tuple[LinkEntry, ...], Field(min_length=1, max_length=MAX_LINKS)]
