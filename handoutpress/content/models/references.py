"""The reference library: CSL data as Zotero and Pandoc write it, with what we know of each entry's truth."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, field_validator

from handoutpress.yamlfile.record import Record, SingleLine, Slug

CITABLE = ("confirmed", "corrected")


def csl_date(value: Any) -> Any:
    """Return a date as CSL data, from how Pandoc and Zotero may write it: ``2012``, ``2012-05``, a day, or parts.

    Raises ``ValueError`` for what is no date.
    """
    parts = value[0] if isinstance(value, list) and len(value) == 1 else value
    if parts is None or (isinstance(parts, dict) and isinstance(parts.get("literal", parts.get("raw")), str)):
        return parts
    if isinstance(parts, dict) and "date-parts" in parts:
        return {"date-parts": _whole_numbers(parts["date-parts"])}
    if isinstance(parts, dict):
        return {"date-parts": _whole_numbers([[parts[name] for name in ("year", "month", "day") if name in parts]])}
    words = parts.isoformat() if isinstance(parts, date) else str(parts)
    return {"date-parts": _whole_numbers([words.split("-")])}


def _whole_numbers(days: Any) -> list[list[int]]:
    """Check that ``days`` is one day or a span of two, each of year, month and day as far as known."""
    if isinstance(days, list) and len(days) in (1, 2) and all(_is_day(day) for day in days):
        return [[int(part) for part in day] for day in days]
    raise ValueError("This is not a date. Hint: write 2012, 2012-05 or 2012-05-31.")


def _is_day(day: Any) -> bool:
    return isinstance(day, list) and 1 <= len(day) <= 3 and all(str(part).isdecimal() for part in day)


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


class Custom(Record):
    """Ours within a CSL entry: the state of the search for the real paper."""

    status: Literal["confirmed", "corrected", "misquoted", "not-found", "not-verified", "retracted"]
    cited_as: str | None = Field(None, description="What the source said, where that differs from the entry.")
    note: str | None = None


class Reference(BaseModel):
    """One CSL-YAML entry. CSL's own keys are open; ``id``, ``type``, ``title`` and ``custom`` are ours to need."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    id: Slug
    type: SingleLine
    title: Annotated[str, Field(min_length=1)]
    custom: Custom = Field(description="{status: confirmed}, once someone has looked the paper up")
    DOI: str | None = Field(None, pattern=r"^10\.\d{4,9}/\S+$")
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    issued: CslDate | None = None
    accessed: CslDate | None = None
    PMID: Annotated[str, WithJsonSchema({"type": ["string", "integer"]})] | None = Field(None, pattern=r"^\d{1,8}$")

    @field_validator("PMID", mode="before")
    @classmethod
    # YAML reads a PMID without quotes as a number.
    def _pmid_without_quotes(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value

    @field_validator("issued", "accessed", mode="before")
    @classmethod
    def _as_csl_date(cls, value: Any) -> Any:
        return csl_date(value)

    @property
    def citable(self) -> bool:
        return self.custom.status in CITABLE

    def csl(self) -> dict[str, Any]:
        """Return the entry as CSL data, without what is ours."""
        return self.model_dump(mode="json", exclude={"custom"}, exclude_none=True, exclude_unset=True)
