"""A language: every fixed phrase that the press prints around a handout's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from handoutpress.content.mail_phrases import MailPhrases, check_braces
from handoutpress.content.records import Line, Record

FIGURE_PLACES: Mapping[str, frozenset[str]] = {
    "about": frozenset({"count", "of", "unit"}),
    "none_seen": frozenset({"of", "unit"}),
    "squares": frozenset({"count", "of"}),
}
PLACES: Mapping[str, frozenset[str]] = {
    "label_then_text": frozenset({"label", "text"}),
    "risk_then_note": frozenset({"risk", "note"}),
    "call_emergency": frozenset({"number"}),
    "call_advice": frozenset({"name", "number"}),
    "code_alt": frozenset({"purpose", "address"}),
    "logo_alt": frozenset({"name"}),
    "contact_link_phone": frozenset({"name", "number"}),
    "contact_link_email": frozenset({"name", "address"}),
    "contact_link_web": frozenset({"name"}),
    "reference_link": frozenset({"number"}),
    "version": frozenset({"version", "date"}),
    "reviewed": frozenset({"by", "on", "next"}),
    "translated_from": frozenset({"language", "version", "by"}),
    "page": frozenset({"page", "pages"}),
    "based_on": frozenset({"title", "author", "date"}),
    "written_by": frozenset({"author"}),
}
"""The braces that each phrase of the page holds, all of them and no others; others hold none."""


class Headings(Record):
    """The headings of the fixed sections and of the parts that the press adds."""

    what_it_is: Line
    what_to_expect: Line
    benefits: Line
    risks: Line
    tell_us_first: Line
    after_care: Line
    urgent_help: Line
    alternatives: Line
    questions: Line
    comparison: Line
    clinic_note: Line
    references: Line
    contact: Line
    read_on: Line


class Figures(Record):
    """How a figure is said. ``{count}`` of ``{of}`` ``{unit}``; units follow the word for many."""

    about: Line = Field(description="About {count} in {of} {unit}")
    none_seen: Line = Field(description="None in {of} {unit}")
    person: Line
    treatment: Line
    consultation: Line
    report: Line
    squares: Line = Field(description="What an icon array says to a screen reader; with {count} and {of}.")

    @model_validator(mode="after")
    def _braces_are_known(self) -> Figures:
        check_braces(self, FIGURE_PLACES)
        return self


class Severities(Record):
    """Sub-headings that group the risks by how much they matter."""

    mild: Line
    significant: Line
    serious: Line


class Phrases(Record):
    """All fixed phrases; braces hold what the press fills in."""

    headings: Headings
    figures: Figures
    severities: Severities
    label_then_text: Line = Field(description="With {label} and {text}: a colon as the language sets it.")
    risk_then_note: Line = Field(description="With {risk} and {note}, each without its full stop.")
    main_message: Line
    skip_to_content: Line = Field(description="The first link of the page for phones, for those who tab through it.")
    call_emergency: Line = Field(description="With {number}.")
    call_advice: Line = Field(description="With {name} and {number}.")
    read_article: Line
    see_references: Line
    scan_or_type: Line
    code_alt: Line = Field(description="Spoken for a QR code; with {purpose} and {address}.")
    logo_alt: Line = Field(description="Spoken for a logo without its own words; with {name}.")
    contact_link_phone: Line = Field(description="Spoken for a telephone link; with {name} and {number}.")
    contact_link_email: Line = Field(description="Spoken for a mail link; with {name} and {address}.")
    contact_link_web: Line = Field(description="Spoken for the clinic's own page; with {name}.")
    reference_link: Line = Field(description="Spoken for a citation; with {number}.")
    version: Line = Field(description="With {version} and {date}.")
    not_reviewed: Line
    reviewed: Line = Field(description="With {by}, {on} and {next}.")
    draft_translation: Line = Field(description="In the foot of every page, until a person has reviewed it.")
    translated_from: Line = Field(description="With {language}, {version} and {by}, while it is a draft.")
    page: Line = Field(description="With {page} and {pages}.")
    based_on: Line = Field(description="With {title}, {author} and {date}.")
    written_by: Line = Field(description="With {author}.")
    practitioner: Line
    next_appointment: Line

    @model_validator(mode="after")
    def _braces_are_known(self) -> Phrases:
        check_braces(self, PLACES)
        return self


class Language(Record):
    """One ``languages/<code>.yaml``; the code is a BCP 47 tag."""

    name: Line = Field(description="In English.")
    native_name: Line
    direction: Literal["ltr", "rtl"]
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(_[A-Z][A-Za-z]+)*$")] = Field(
        description="For dates, as Babel names it."
    )
    date_pattern: Line = Field(description="A CLDR date pattern, such as d MMMM y.")
    fonts: tuple[Line, ...] = Field(
        (), description="Families for the script, where a brand's own font may lack it; in order of preference."
    )
    scale: Annotated[float, Field(ge=0.8, le=1.4)] = Field(
        1.0, description="How much larger the script is set than Latin, to look as large."
    )
    quotes: Annotated[tuple[Line, ...], Field(min_length=4, max_length=4)] = Field(
        description="Quotation marks: opening and closing, then those inside a quotation."
    )
    largest_file: Annotated[int, Field(ge=50, le=1000)] = Field(
        120, description="What a PDF may weigh, kB: it goes by mail, to phones. Scripts of many shapes need more."
    )
    phrases: Phrases
    mail: MailPhrases
