"""The reference library: CSL data as Zotero and Pandoc write it, with what we know of each entry's truth."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from handoutpress.content.records import Line, Record, Slug

CITABLE = ("confirmed", "corrected")


class Custom(Record):
    """Ours within a CSL entry: the state of the search for the real paper."""

    status: Literal["confirmed", "corrected", "misquoted", "not-found", "not-verified", "retracted"]
    cited_as: str | None = Field(None, description="What the source said, where that differs from the entry.")
    note: str | None = None


class Reference(BaseModel):
    """One CSL-YAML entry. CSL's own keys are open; ``id``, ``type``, ``title`` and ``custom`` are ours to need."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Slug
    type: Line
    title: Annotated[str, Field(min_length=1)]
    custom: Custom
    DOI: str | None = Field(None, pattern=r"^10\.\d{4,9}/\S+$")
    PMID: str | None = Field(None, pattern=r"^\d{1,8}$")

    @property
    def citable(self) -> bool:
        return self.custom.status in CITABLE

    def csl(self) -> dict[str, Any]:
        """The entry as CSL data, without what is ours."""
        return self.model_dump(exclude={"custom"}, exclude_none=True)
