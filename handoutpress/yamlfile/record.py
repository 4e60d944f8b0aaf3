"""The base of all content models: closed keys, frozen values, and the types that several models share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError


def misplaced(place: str | tuple[str | int, ...], sentence: str) -> PydanticCustomError:
    """Return the error of a record whose mistake stands at ``place`` in it: ``imposition.panels``, ``("rows", 2)``."""
    # A check of the whole record can name no key to pydantic; ``explain`` takes the place from the error's context.
    steps = tuple(place.split(".")) if isinstance(place, str) else place
    return PydanticCustomError("value_error", "{sentence}", {"sentence": sentence, "place": steps})


class Record(BaseModel):
    """A piece of content: unknown keys are refused and values never change."""

    # Built when it is first used (``defer_build``): a command needs few of the models that it loads.
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)

    written_as: ClassVar[str] = "a group of keys"
    """What messages say that a file should have in its place."""


class NotPrinted:
    """Marks a type or a field that no patient reads as words: keys, addresses, files, notes for the editor."""


NOT_PRINTED = NotPrinted()
"""Stands in ``Annotated[…]``. Text without it is printed, and so is read by every rule on words."""

ONE_LINE = r"^[^\r\n]*$"
SingleLine = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=ONE_LINE)]
"""Plain text on one line, without Markdown."""


def _no_number(value: Any) -> Any:
    """Return a number as text: pydantic would take it for seconds since 1970."""
    return str(value) if isinstance(value, int | float) else value


Day = Annotated[date, BeforeValidator(_no_number)]
"""A day, written as year-month-day."""

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
"""The pattern of a slug."""
MAX_SLUG = 80
Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=MAX_SLUG), NOT_PRINTED]
"""A name for files and addresses: lower-case letters, digits and single hyphens."""

CITATION_KEY = r"[^\s\[\]@;,\"'`(){}\\]{1,200}"
"""The pattern of the key of a reference: what Zotero, Better BibTeX and Pandoc write."""
