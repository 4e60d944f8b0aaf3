"""The fixed phrases of the mails, one set a language, stored under ``mail:`` of ``languages/<code>.yaml``."""

from __future__ import annotations

import string
from collections.abc import Mapping

from pydantic import Field, model_validator

from handoutpress.content.records import Line, Record

PLACES: Mapping[str, frozenset[str]] = {
    "subject": frozenset({"title", "clinic"}),
    "subject_many": frozenset({"clinic"}),
    "greeting_name": frozenset({"name"}),
    "call": frozenset({"phone"}),
    "why": frozenset({"clinic"}),
    "recall_subject": frozenset({"title", "clinic"}),
    "recall": frozenset({"title", "version"}),
}
"""The braces that each phrase holds, all of them and no others; a phrase that is not named here holds none."""


def braces(phrase: str) -> set[str]:
    """The names in the braces of ``phrase``; raises ``ValueError`` where a brace is not closed."""
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}


def check_braces(phrases: Record, places: Mapping[str, frozenset[str]]) -> None:
    """Raise ``ValueError`` for a phrase of ``phrases`` whose braces are not those of ``places``."""
    for key, phrase in phrases:
        if not isinstance(phrase, str):
            continue
        wanted = places.get(key, frozenset())
        if braces(phrase) != wanted:
            said = " and ".join("{" + name + "}" for name in sorted(wanted)) or "no braces"
            raise ValueError(f'"{key}" needs {said} in its phrase')


class MailPhrases(Record):
    """What a mail says around a handout's own words; the page's headings and link words are used as well."""

    subject: Line = Field(description="With {title} and {clinic}.")
    subject_many: Line = Field(description="With {clinic}.")
    greeting: Line = Field(description="Where no name is known.")
    greeting_name: Line = Field(description="With {name}.")
    intro: Line
    intro_many: Line
    attached: Line
    attached_many: Line
    page_attached: Line = Field(description="Where the page for phones is attached beside the PDF.")
    locked: Line = Field(description="Where the PDF is encrypted: how the patient gets the password.")
    too_large: Line = Field(description="Where nothing is attached, since the mail would be too large.")
    your_note: Line = Field(description="Heading of what the practitioner wrote to this patient.")
    links: Line = Field(description="Heading of the links.")
    reply: Line
    call: Line = Field(description="With {phone}.")
    closing: Line
    why: Line = Field(description="With {clinic}: why this came, and what to do if it was meant for someone else.")
    recall_subject: Line = Field(description="With {title} and {clinic}.")
    recall: Line = Field(description="With {title} and {version}, the oldest version that is still right.")
    recall_new: Line = Field(description="Where the new version is attached.")
    recall_none: Line = Field(description="Where there is no new version.")

    @model_validator(mode="after")
    def _braces_are_known(self) -> MailPhrases:
        check_braces(self, PLACES)
        return self
