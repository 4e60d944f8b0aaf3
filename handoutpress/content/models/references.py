"""The reference library: CSL data as Zotero and Pandoc write it, with what we know of each entry's truth."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, field_validator, model_validator

from handoutpress.content.models.citations import CitationKey
from handoutpress.content.models.csl_dates import csl_date, csl_year
from handoutpress.content.models.csl_text import plain_text
from handoutpress.yamlfile.record import Day, Record, SingleLine

CITABLE = ("confirmed", "corrected")
RETRACTED = "retracted"
"""The status of a paper that its journal has withdrawn. An article that cites it goes on, with a warning."""
OTHER_DATES = ("accessed", "available-date", "event-date", "original-date", "submitted")
"""Dates that an entry may do without: one that cannot be read is not printed."""

_DOI_PREFIX = re.compile(r"^\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*)", re.IGNORECASE)
_PMID_PREFIX = re.compile(r"^\s*(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|PMID:?\s*)", re.IGNORECASE)
_IN_NOTE = re.compile(r"^\s*(DOI|PMID|PMCID)\s*:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)

CslDate = Annotated[
    dict[str, Any],
    WithJsonSchema({"type": ["object", "array", "integer", "string"], "description": "2012, 2012-05 or date-parts."}),
]


class Name(BaseModel):
    """Who wrote it: a family name, or ``literal`` for a body such as the World Health Organization."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    family: str | None = None
    given: str | None = None
    literal: str | None = None


def _as_names(value: Any) -> Any:
    """Read names that stand alone or as plain words, as people write them by hand."""
    names = value if isinstance(value, list) else [value]
    return [{"literal": name} if isinstance(name, str) else name for name in names if name]


Names = Annotated[tuple[Name, ...], BeforeValidator(_as_names)]


class Custom(Record):
    """Ours within a CSL entry: the state of the search for the real paper."""

    status: Literal["confirmed", "corrected", "misquoted", "not-found", "not-verified", "retracted"] = "not-verified"
    looked_up: Day | None = Field(None, description="The day on which someone looked the paper up.")
    cited_as: str | None = Field(None, description="What the source said, where that differs from the entry.")
    note: str | None = None


class Reference(BaseModel):
    """One CSL-YAML entry. CSL's own keys are open; ``id``, ``type`` and ``title`` are ours to need.

    An entry without ``custom`` has not been looked up yet.
    """

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    id: CitationKey
    type: SingleLine
    title: Annotated[str, Field(min_length=1)]
    custom: Custom = Field(
        Custom(looked_up=None, cited_as=None, note=None),
        description="{status: confirmed}, once someone has looked the paper up",
    )
    DOI: str | None = Field(None, pattern=r"^10\.\d{4,9}/\S+$")
    author: Names = ()
    editor: Names = ()
    issued: CslDate | None = None
    accessed: CslDate | None = None
    PMID: Annotated[str, WithJsonSchema({"type": ["string", "integer"]})] | None = Field(None, pattern=r"^\d{1,8}$")

    @model_validator(mode="before")
    @classmethod
    # Zotero has no field for a PMID: it stands as a line of the note.
    def _numbers_of_note(cls, entry: Any) -> Any:
        note = entry.get("note") if isinstance(entry, dict) else None
        if not isinstance(note, str):
            return entry
        return {match[1].upper(): match[2] for match in _IN_NOTE.finditer(note)} | entry

    @field_validator("title", mode="before")
    @classmethod
    # YAML reads a title such as 1984 as a number.
    def _title_without_quotes(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value

    @field_validator("PMID", mode="before")
    @classmethod
    # YAML reads a PMID without quotes as a number.
    def _pmid_alone(cls, value: Any) -> Any:
        return _PMID_PREFIX.sub("", str(value)).strip(" /") if isinstance(value, str | int) else value

    @field_validator("DOI", mode="before")
    @classmethod
    def _doi_alone(cls, value: Any) -> Any:
        return _DOI_PREFIX.sub("", value).strip() if isinstance(value, str) else value

    @field_validator("issued", mode="before")
    @classmethod
    def _as_csl_date(cls, value: Any) -> Any:
        return csl_date(value)

    @field_validator("accessed", mode="before")
    @classmethod
    def _as_csl_date_or_none(cls, value: Any) -> Any:
        with suppress(ValueError):
            return csl_date(value)

    @property
    def citable(self) -> bool:
        return self.custom.status in CITABLE

    @property
    def year(self) -> int | None:
        """The year in which it was issued, where its CSL data say so."""
        return csl_year(self.issued)

    @property
    def plain_title(self) -> str:
        """The title without markup."""
        return plain_text(self.title)

    def csl(self) -> dict[str, Any]:
        """Return the entry as CSL data, without what is ours."""
        return self.model_dump(mode="json", exclude={"custom"}, exclude_none=True, exclude_unset=True)
