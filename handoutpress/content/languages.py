"""A language: every fixed phrase that the press prints around a handout's own words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handoutpress.content.mail_phrases import MailPhrases
from handoutpress.content.records import Line, Record


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
    figure_then_name: Line = Field(description="{figure}: {name}")
    person: Line
    treatment: Line
    consultation: Line
    report: Line
    squares: Line = Field(description="What an icon array says to a screen reader; with {count} and {of}.")


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
    page: Line = Field(description="With {page} and {pages}.")
    based_on: Line = Field(description="With {title}, {author} and {date}.")
    written_by: Line = Field(description="With {author}.")
    practitioner: Line
    next_appointment: Line


class Language(Record):
    """One ``languages/<code>.yaml``; the code is a BCP 47 tag."""

    name: Line = Field(description="In English.")
    native_name: Line
    direction: Literal["ltr", "rtl"]
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(_[A-Z][A-Za-z]+)*$")] = Field(
        description="For dates, as Babel names it."
    )
    date_pattern: Line = Field(description="A CLDR date pattern, such as d MMMM y.")
    phrases: Phrases
    mail: MailPhrases
