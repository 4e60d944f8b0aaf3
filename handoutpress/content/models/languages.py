"""A language: every fixed phrase that the press prints, and a mail says, around a handout's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from handoutpress.content.models.blocks.exercise_phrases import ExercisePhrases
from handoutpress.content.text.phrases import FilledPhrases
from handoutpress.content.text.studio_phrases import StudioPhrases
from handoutpress.yamlfile.record import NOT_PRINTED, Record, SingleLine


class MailPhrases(FilledPhrases):
    """What a mail says around a handout's own words; the page's headings and link words are used as well."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "subject": frozenset({"title", "clinic"}),
        "subject_many": frozenset({"clinic"}),
        "greeting_name": frozenset({"name"}),
        "call": frozenset({"phone"}),
        "why": frozenset({"clinic"}),
        "recall_subject": frozenset({"title", "clinic"}),
        "recall": frozenset({"title", "version"}),
        "recall_none_subject": frozenset({"title", "clinic"}),
        "recall_none": frozenset({"title", "version"}),
    }

    subject: SingleLine = Field(description="With {title} and {clinic}.")
    subject_many: SingleLine = Field(description="With {clinic}.")
    greeting: SingleLine = Field(description="Where no name is known.")
    greeting_name: SingleLine = Field(description="With {name}.")
    intro: SingleLine
    intro_many: SingleLine
    attached: SingleLine
    attached_many: SingleLine
    page_attached: SingleLine = Field(description="Where the page for phones is attached beside the PDF.")
    locked: SingleLine = Field(description="Where the PDF is encrypted: how the patient gets the password.")
    too_large: SingleLine = Field(description="Where nothing is attached, since the mail would be too large.")
    your_note: SingleLine = Field(description="Heading of what the practitioner wrote to this patient.")
    links: SingleLine = Field(description="Heading of the links.")
    reply: SingleLine
    call: SingleLine = Field(description="With {phone}, where a clinic may have words before its number.")
    closing: SingleLine
    why: SingleLine = Field(
        description="With {clinic}: why this came, and what to do if it was meant for someone else."
    )
    recall_subject: SingleLine = Field(description="With {title} and {clinic}.")
    recall: SingleLine = Field(description="With {title} and {version}, the oldest version that is still right.")
    recall_new: SingleLine = Field(description="Where the new version is attached.")
    recall_none_subject: SingleLine = Field(description="Where there is no new version; with {title} and {clinic}.")
    recall_none: SingleLine = Field(description="All that is said then; with {title} and {version}.")


class SitePhrases(FilledPhrases):
    """What the pages of a site say around articles and sheets; the phrases of the printed page are used as well."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "title": frozenset({"clinic"}),
        "note_back": frozenset({"note"}),
        "download": frozenset({"name", "size", "date"}),
        "written": frozenset({"author", "date"}),
        "read_in": frozenset({"language"}),
        "looked_up": frozenset({"date"}),
        "recalled_why": frozenset({"date"}),
        "your_version": frozenset({"version"}),
        "newest": frozenset({"version", "date"}),
        "signs": frozenset({"hash"}),
    }

    title: SingleLine = Field(description="Of the first page; with {clinic}.")
    clinics: SingleLine = Field(description="Of the first page of a site that several clinics share.")
    languages: SingleLine
    home: SingleLine
    sheet: SingleLine = Field(description="The link to the sheet as a page.")
    contents: SingleLine = Field(description="Above the list of headings.")
    note_back: SingleLine = Field(description="Spoken for the link back to the text; with {note}.")
    downloads: SingleLine = Field(description="Above the PDFs.")
    download: SingleLine = Field(description="With {name}, {size} in kB, and {date}.")
    plain: SingleLine = Field(description="The link to the text without its layout.")
    written: SingleLine = Field(description="With {author} and {date}.")
    no_article: SingleLine
    read_in: SingleLine = Field(description="With {language}, as it calls itself.")
    looked_up: SingleLine = Field(description="Of a reference; with {date}.")
    corrected: SingleLine = Field(description="Of a reference that the source of a text quoted wrongly.")
    retracted: SingleLine = Field(description="Of a reference that was withdrawn by its journal.")
    current: SingleLine
    superseded: SingleLine
    recalled: SingleLine
    recalled_why: SingleLine = Field(description="With {date}.")
    not_given: SingleLine = Field(description="Of a sheet that has no newer version.")
    not_given_why: SingleLine
    draft: SingleLine = Field(description="Of a sheet that was built and is in no release.")
    draft_why: SingleLine
    your_version: SingleLine = Field(description="With {version}.")
    newest: SingleLine = Field(description="With {version} and {date}.")
    signs: SingleLine = Field(description="With {hash}, the eight signs of the content hash.")
    missing: SingleLine = Field(description="Of a page that is not there.")
    missing_why: SingleLine
    first_page: SingleLine


class Headings(Record):
    """The headings of the fixed sections and of the parts that the press adds."""

    what_it_is: SingleLine
    what_to_expect: SingleLine
    benefits: SingleLine
    risks: SingleLine
    tell_us_first: SingleLine
    after_care: SingleLine
    urgent_help: SingleLine
    alternatives: SingleLine
    questions: SingleLine
    comparison: SingleLine
    normal: SingleLine = Field(description="The first step of the ladder: what is normal.")
    call_us: SingleLine = Field(description="The second step: when to call the clinic.")
    before_you_start: SingleLine
    before_you_come: SingleLine
    if_it_hurts: SingleLine
    how_to_use: SingleLine
    what_to_do: SingleLine
    self_care: SingleLine
    at_home: SingleLine
    serious_harms: SingleLine = Field(description="Above the serious harms of a treatment that an aftercare sheet has.")
    clinic_note: SingleLine
    references: SingleLine
    contact: SingleLine
    read_on: SingleLine
    your_notes: SingleLine = Field(description="Above lines to write on.")


class Figures(FilledPhrases):
    """How a figure is said. ``{count}`` of ``{of}`` ``{unit}``; units follow the word for many."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "about": frozenset({"count", "of", "unit"}),
        "none_seen": frozenset({"of", "unit"}),
        "town": frozenset({"of"}),
        "filled": frozenset({"count", "of"}),
    }

    about: SingleLine = Field(description="About {count} in {of} {unit}")
    none_seen: SingleLine = Field(description="None in {of} {unit}")
    person: SingleLine
    treatment: SingleLine
    consultation: SingleLine
    report: SingleLine
    none_of_this: SingleLine = Field(description="What those have whom a harm does not affect: none of this.")
    town: SingleLine = Field(
        description="Above rare serious harms: the bar is a town, a dot one who is harmed; with {of}."
    )
    filled: SingleLine = Field(description="What a hundred drawn people say to a screen reader; with {count} and {of}.")


class BlockPhrases(FilledPhrases):
    """What the press adds to the blocks of a body."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {"picture_by": frozenset({"by"})}

    need: SingleLine = Field(description="Above what to have at hand for some steps.")
    do: SingleLine = Field(description="Above what to do, beside what not to do.")
    dont: SingleLine
    myth: SingleLine = Field(description="Before what many believe, beside what is true.")
    fact: SingleLine
    problem: SingleLine = Field(description="Above what may happen, beside what to do about it.")
    action: SingleLine
    important: SingleLine = Field(description="In the frame of a note.")
    tip: SingleLine
    full_name: SingleLine = Field(description="Before a line for the name of the person who signs.")
    signature: SingleLine
    signed_on: SingleLine = Field(description="Before a line for the day.")
    more: SingleLine = Field(description="Where a format has no room for all blocks.")
    to_write: SingleLine = Field(description="Spoken for a line to write on.")
    to_tick: SingleLine = Field(description="Spoken for a box to tick.")
    picture_by: SingleLine = Field(description="Below a picture; with {by}.")


class Severities(Record):
    """Sub-headings that group the risks by how much they matter."""

    mild: SingleLine
    significant: SingleLine
    serious: SingleLine


class Phrases(FilledPhrases):
    """All fixed phrases; braces hold what the press fills in."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "label_then_text": frozenset({"label", "text"}),
        "risk_then_note": frozenset({"risk", "note"}),
        "not_counted": frozenset({"because"}),
        "all_risks": frozenset({"title"}),
        "all_risks_of_several": frozenset({"titles"}),
        "leaflet_title": frozenset({"title"}),
        "call_emergency": frozenset({"number"}),
        "call_crisis_line": frozenset({"name", "number"}),
        "call_advice": frozenset({"name", "number"}),
        "code_alt": frozenset({"purpose", "address"}),
        "logo_alt": frozenset({"name"}),
        "contact_link_phone": frozenset({"name", "number"}),
        "contact_link_email": frozenset({"name", "address"}),
        "contact_link_web": frozenset({"name"}),
        "reference_link": frozenset({"number"}),
        "version": frozenset({"version", "date"}),
        "references_left": frozenset({"numbers"}),
        "reviewed": frozenset({"by", "on", "next"}),
        "translated_from": frozenset({"language", "version", "by"}),
        "page": frozenset({"page", "pages"}),
        "continued": frozenset({"heading"}),
        "urgent_help_on": frozenset({"page"}),
        "based_on": frozenset({"title", "author", "date"}),
        "written_by": frozenset({"author"}),
    }

    headings: Headings
    figures: Figures
    severities: Severities
    blocks: BlockPhrases
    exercises: ExercisePhrases
    label_then_text: SingleLine = Field(description="With {label} and {text}: a colon as the language sets it.")
    risk_then_note: SingleLine = Field(description="With {risk} and {note}, each without its full stop.")
    not_counted: SingleLine = Field(description="Of a harm without a figure; with {because}.")
    all_risks: SingleLine = Field(description="Behind the serious harms of another handout; with {title}.")
    all_risks_of_several: SingleLine = Field(description="The same of several handouts; with {titles}.")
    leaflet_title: SingleLine = Field(description="One of those titles in its marks of quotation; with {title}.")
    patient_information: SingleLine = Field(description="Above a title: what this sheet is.")
    main_message: SingleLine
    skip_to_content: SingleLine = Field(
        description="The first link of the page for phones, for those who tab through it."
    )
    call_emergency: SingleLine = Field(description="With {number}.")
    call_crisis_line: SingleLine = Field(description="For thoughts of ending one's life; with {name} and {number}.")
    call_advice: SingleLine = Field(description="With {name} and {number}.")
    call_doctor: SingleLine = Field(description="In place of call_advice where a country has no advice line.")
    read_article: SingleLine
    see_references: SingleLine
    read_sheet: SingleLine = Field(description="In place of read_article where there is no article.")
    ask_references: SingleLine = Field(description="Where neither the paper nor a code has them.")
    scan_or_type: SingleLine
    code_alt: SingleLine = Field(description="Spoken for a QR code; with {purpose} and {address}.")
    logo_alt: SingleLine = Field(description="Spoken for a logo without its own words; with {name}.")
    contact_link_phone: SingleLine = Field(description="Spoken for a telephone link; with {name} and {number}.")
    contact_link_email: SingleLine = Field(description="Spoken for a mail link; with {name} and {address}.")
    contact_link_web: SingleLine = Field(description="Spoken for the clinic's own page; with {name}.")
    reference_link: SingleLine = Field(description="Spoken for a citation; with {number}.")
    version: SingleLine = Field(description="With {version} and {date}.")
    not_reviewed: SingleLine
    references_left: SingleLine = Field(description="With {numbers}, of the references that are not on the paper.")
    reviewed: SingleLine = Field(description="With {by}, {on} and {next}.")
    draft_translation: SingleLine = Field(description="In the foot of every page, until a person has reviewed it.")
    translated_from: SingleLine = Field(description="With {language}, {version} and {by}, while it is a draft.")
    page: SingleLine = Field(description="With {page} and {pages}.")
    continued: SingleLine = Field(description="Above what goes on over a page, without its heading; with {heading}.")
    urgent_help_on: SingleLine = Field(description="On the first page, where urgent help stands overleaf; with {page}.")
    based_on: SingleLine = Field(description="With {title}, {author} and {date}.")
    written_by: SingleLine = Field(description="With {author}.")
    practitioner: SingleLine
    next_appointment: SingleLine


HelpPatterns = tuple[Annotated[SingleLine, NOT_PRINTED], ...]


class HelpWords(Record):
    """By which words texts of a language send someone to a step of help.

    In each, * is any letters, … up to four words between, a|b either word, and a_b two words as one choice.
    """

    emergency: HelpPatterns = Field(description="An ambulance or an emergency department. The numbers need not stand.")
    lesser: HelpPatterns = Field(description="A doctor, a pharmacist, an advice line: what can wait until later today.")
    clinic: HelpPatterns = Field(description="Whoever gives the sheet.")
    calls: HelpPatterns = Field(description="Words before a number that is to be called.")
    denied: HelpPatterns = Field(description="Words before a step that tell not to take it, or not to wait for it.")
    unnamed: HelpPatterns = Field(
        default=(), description="Help without a word on whom to call, such as: seek medical help."
    )
    several: HelpPatterns = Field(
        default=(),
        description="From a word that sends somewhere to the one that joins a second place, such as: contact … or.",
    )
    forbids: HelpPatterns = Field(
        default=(),
        description="Words with which a sentence begins that forbids something; with … before them, anywhere in one.",
    )


class Language(Record):
    """One ``languages/<code>.yaml``; the code is a BCP 47 tag."""

    name: SingleLine = Field(description="In English.")
    native_name: SingleLine
    direction: Literal["ltr", "rtl"]
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(_[A-Z][A-Za-z]+)*$"), NOT_PRINTED] = Field(
        description="For dates, as Babel names it."
    )
    date_pattern: Annotated[SingleLine, NOT_PRINTED] = Field(description="A CLDR date pattern, such as d MMMM y.")
    fonts: tuple[Annotated[SingleLine, NOT_PRINTED], ...] = Field(
        (), description="Families for the script, where a brand's own font may lack it; in order of preference."
    )
    scale: Annotated[float, Field(ge=0.8, le=1.4)] = Field(
        1.0, description="How much larger the script is set than Latin, to look as large."
    )
    leading: Annotated[float, Field(ge=1.0, le=1.4)] = Field(
        1.0,
        description="How much further apart the script's lines stand than those of Latin, for its marks and tails.",
    )
    quotes: Annotated[tuple[SingleLine, ...], Field(min_length=4, max_length=4)] = Field(
        description="Quotation marks: opening and closing, then those inside a quotation."
    )
    largest_file: Annotated[int, Field(ge=50, le=1000)] = Field(
        120, description="What a PDF may weigh, kB: it goes by mail, to phones. Scripts of many shapes need more."
    )
    help_words: HelpWords | None = Field(
        None,
        description="By which words texts send someone to an emergency department, a doctor or the clinic; without "
        "them nobody can see that the signs of urgent help stand above another number than their own.",
    )
    phrases: Phrases
    mail: MailPhrases
    site: SitePhrases
    studio: StudioPhrases | None = Field(
        None, description="The words of the studio's pages; without them it speaks English to those who read this."
    )
