"""What a finished edition should be, from the catalog alone: its words as a page prints them, codes, fonts, paper.

Nothing here looks at HTML, a plate or a PDF: the words come from what the handout says, so that a template that drops
a section is found out. The checks get an ``Expectation``, and never read one from the PDF that they check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from handoutpress.content.brand.brand import Brand, Contact
from handoutpress.content.brand.colours import WHITE
from handoutpress.content.brand.extras.line_parts import line_parts
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition, HandoutFile
from handoutpress.content.models.formats import REFERENCE_FLOOR
from handoutpress.content.models.languages import Language, Phrases
from handoutpress.content.models.telephones import phone_parts
from handoutpress.content.models.web_addresses import typed_address
from handoutpress.content.text.markdown import ESCAPED
from handoutpress.press.layout.choices import given_back, layout_choices, lengths_of, view_choice, with_fewer_references
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import ViewChoice
from handoutpress.press.page.flow import FlowFieldsReader, flow_of
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.phrases import logo_alt
from handoutpress.press.page.view import URGENT_HELP, PageView, page_view, side_by_side
from handoutpress.press.plate.slots import printed_extras
from handoutpress.press.press import code_addresses
from handoutpress.press.printshop.profile_inks import inks_of
from handoutpress.proof.drawn_people import WantedPeople, wanted_people
from handoutpress.proof.largest_file import largest_file

SAFE_AREA = 5.0
"""Millimetres at the paper's edge that office printers leave white."""
CODES_AS_HEADINGS = frozenset({"leaflet", "bilingual"})
"""Styles that set what a code leads to as a heading, and none above the codes."""
WITH_POINTERS = frozenset({"leaflet", "bilingual", "booklet", "trifold", "large-print"})
"""Styles whose first page says on which page is urgent help: others have it on a side that is seen at once."""
ONE_CODE = frozenset({"card", "poster"})
"""Styles that print the article's code alone: its page leads to the references."""


@dataclass(frozen=True)
class WantedCode:
    """A QR code that must be on the page: the address in it and, where known, the words printed beside it."""

    address: str
    printed: str = ""


@dataclass(frozen=True)
class WantedBrandmark:
    """A logo that must be seen: its words for a screen reader, and the ground that it lies on, ``#rrggbb``."""

    alt: str
    ground: str


@dataclass(frozen=True)
class WantedPointer:
    """What the first page must say of a section that begins on another: its ``heading``, and a phrase with {page}."""

    heading: str
    phrase: str


@dataclass(frozen=True)
class WantedInks:
    """What a print file's inks must be: those of ``profile`` (None: the shipped one), whose bytes have ``digest``.

    ``colours`` are the brand's, ``#rrggbb`` by role, and ``named`` the inks, 0 to 1, that it names by role; both are
    empty for a file in black alone.
    """

    profile: Path | None
    digest: str
    colours: tuple[tuple[str, str], ...] = ()
    named: tuple[tuple[str, tuple[float, float, float, float]], ...] = ()


@dataclass(frozen=True)
class Expectation:
    """What is wanted of one PDF. A field left at None or empty asks nothing.

    Lengths are mm, type sizes pt, ``max_bytes`` bytes. ``text`` holds the words in reading order, a heading,
    paragraph or cell each; ``anywhere`` those that must be printed, but where is for the format to say; ``running``
    the words of running heads and feet, which belong to no section. ``in_order`` are words that an eye must meet from
    left to right: numbers, addresses; ``together`` what must be read without other words within it: a place with all
    that belongs to it; ``in_slots`` all that may stand in the brand's slots; ``pointers`` what the first page says of
    sections on others; ``people`` the hundreds that are drawn. ``small_text`` names those parts of ``text`` and
    ``anywhere`` that may be as small as ``reference_floor``: references, addresses. ``fonts`` holds family names
    ("Source Sans 3"). ``page_multiple`` is 4 for a booklet; ``widths`` are further widths that its pages may have.
    """

    codes: tuple[WantedCode, ...] | None = None
    text: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    in_order: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    in_slots: tuple[str, ...] = ()
    pointers: tuple[WantedPointer, ...] = ()
    people: tuple[WantedPeople, ...] | None = None
    language: str = ""
    title: str = ""
    small_text: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    type_floor: float | None = None
    reference_floor: float = 8.0
    paper: tuple[float, float] | None = None
    widths: tuple[float, ...] = ()
    bleed: float | None = None
    safe_area: float | None = None
    max_pages: int | None = None
    page_multiple: int = 1
    max_bytes: int | None = None
    line_length: int = 80
    for_print: bool = False
    inks: WantedInks | None = None
    release: bool = False
    brandmark: WantedBrandmark | None = None
    attachments: tuple[str, ...] = ()


NOTHING_EXPECTED = Expectation()
"""For a PDF from elsewhere: the checks that need no expectation run."""


def expectations(edition: Edition, catalog: Catalog) -> tuple[Expectation, ...]:
    """Return what the edition's PDF may be: with full texts or, as its format allows, shorter ones, or no references.

    Raise ``ContentError`` where the edition's codes cannot be made.
    """
    return tuple(each_expectation(edition, catalog))


def each_expectation(edition: Edition, catalog: Catalog) -> Iterator[Expectation]:
    """Yield ``expectations`` one after the other: shorter texts are put together only where the full ones do not do."""
    without_words = _without_words(edition, catalog)
    choices = _view_choices(edition)
    yielded: set[_ExpectedWords] = set()
    for words in (_expected_words(edition, catalog, choice) for choice in choices):
        if words not in yielded:
            yielded.add(words)
            together = (*without_words.together, *words.together)
            printed = replace(without_words, text=words.text, anywhere=words.anywhere, small_text=words.small)
            yield replace(printed, together=together, people=words.people)


def _view_choices(edition: Edition) -> dict[ViewChoice, None]:
    """Return what an edition's format may print of its texts, the fullest first."""
    cited = dict.fromkeys(key for text in edition.texts for key in text.cited)
    has_code = bool(edition.handout_file.codes(has_site=bool(edition.brand.site)))
    lengths = lengths_of([text.handout for text in edition.texts], edition.format, len(cited), has_code=has_code)
    reduced = (choice.setting for choice in layout_choices(edition.format, lengths))
    settings = (setting for last in reduced for setting in (*given_back(last), last))
    fewer = (less for last in settings for less in (last, *with_fewer_references(last, edition.format, lengths)))
    return dict.fromkeys(view_choice(edition.format, setting, beside=edition.beside is not None) for setting in fewer)


def wanted_codes(edition: Edition) -> tuple[WantedCode, ...]:
    """Return the codes that the edition prints. Raise ``ContentError`` where they cannot be made."""
    return tuple(WantedCode(address, typed_address(address)) for address in _addresses(edition).values())


def wanted_brandmark(edition: Edition) -> WantedBrandmark | None:
    """Return the logo that the edition prints; None where the clinic's name takes its place."""
    logo = edition.brand.logo
    return WantedBrandmark(logo_alt(edition.brand, edition.language), logo.ground or WHITE) if logo else None


def brand_words(edition: Edition) -> tuple[str, ...]:
    """Return the words that the edition's brand adds to its plate, but for those beside its codes."""
    slots = edition.format.slots
    contact = filter(None, _contact(edition.brand)) if slots.contact else ()
    numbers = _numbers(edition.brand) if slots.phone else ()
    return (*contact, *numbers, *_extras(edition))


def slot_words(edition: Edition) -> tuple[str, ...]:
    """Return all that may stand in the slots of the edition's brand: what it says, and the addresses of its codes."""
    brand = edition.brand
    link = typed_address(brand.link) if brand.link else ""
    codes = (code.printed for code in wanted_codes(edition))
    return tuple(filter(None, (brand.name, brand.short_name, link, *_contact(brand), *_extras(edition), *codes)))


def words_in_order(edition: Edition) -> tuple[str, ...]:
    """Return the words of a brand that are dialled or typed, and so read from left to right in every language."""
    slots, places = edition.format.slots, edition.brand.contacts
    called = places if slots.contact or slots.phone else ()
    numbers = [part.text for place in called for part in phone_parts(place.phone, edition.brand.country) if part.link]
    addresses = [place.email for place in places] if slots.contact else []
    numbers += [part.text for line in _lines(edition) for part in line_parts(line, edition.brand.country) if part.link]
    return tuple(filter(None, (*(code.printed for code in wanted_codes(edition)), *numbers, *addresses)))


def places_whole(edition: Edition) -> tuple[str, ...]:
    """Return each place of the edition's brand with its address, telephone, mail and hours, in this order."""
    contacts = edition.brand.contacts if edition.format.slots.contact else ()
    return tuple(filter(None, (" ".join(filter(None, _place(place))) for place in contacts)))


def wanted_pointers(edition: Edition, catalog: Catalog) -> Iterator[WantedPointer]:
    """Yield what the edition's first page says of urgent help that stands on another."""
    if edition.format.style in WITH_POINTERS:
        for text, page in zip(edition.texts, _pages(edition, catalog, ViewChoice()), strict=True):
            phrase = catalog.languages[text.language].phrases.urgent_help_on
            headings = (section.heading for section in page.sections if section.id == URGENT_HELP)
            yield from (WantedPointer(heading, phrase) for heading in headings)


def calls_whole(edition: Edition, catalog: Catalog) -> Iterator[str]:
    """Yield what is read where an edition says when to call: the heading, and each number right behind it."""
    numbers = _numbers(edition.brand)
    for page in _pages(edition, catalog, ViewChoice()):
        for section in page.sections:
            if section.id == "call_us":
                yield " ".join((section.heading, *numbers))


def _numbers(brand: Brand) -> list[str]:
    """Return a clinic's telephone numbers as a text has them: each behind its place's name, where it has several."""
    numbers = [(place.name, place.phone) for place in brand.contacts if place.phone]
    return [" ".join(filter(None, pair)) if len(brand.contacts) > 1 else pair[1] for pair in numbers]


def wanted_inks(edition: Edition, *, mono: bool) -> WantedInks:
    """Return what a print file's inks must be. Raises ``HandoutError``."""
    brand, profile = edition.brand, inks_of(edition.brand).profile
    if mono:
        return WantedInks(brand.print_profile, profile.digest)
    colours, named = tuple(vars(brand.colours).items()), tuple(brand.print_inks.items())
    return WantedInks(brand.print_profile, profile.digest, colours, named)


def _without_words(edition: Edition, catalog: Catalog) -> Expectation:
    """Return all that is wanted but the words."""
    format_, brand = edition.format, edition.brand
    built_in = [name for kind in ("*/*.ttf", "*/*.otf") for name in catalog.project.files("fonts", kind)]
    return Expectation(
        codes=wanted_codes(edition),
        brandmark=wanted_brandmark(edition),
        in_order=words_in_order(edition),
        together=(*places_whole(edition), *calls_whole(edition, catalog)),
        in_slots=slot_words(edition),
        pointers=tuple(wanted_pointers(edition, catalog)),
        language=edition.language_slug,
        title=edition.handout.title,
        fonts=tuple(dict.fromkeys((brand.base_font.name, brand.heading_font.name, *built_in))),
        type_floor=format_.type.floor,
        reference_floor=REFERENCE_FLOOR,
        paper=(format_.paper.width, format_.paper.height),
        widths=format_.imposition.panels,
        safe_area=SAFE_AREA,
        max_pages=format_.max_pages,
        page_multiple=format_.page_multiple,
        max_bytes=largest_file(edition, catalog),
    )


def _addresses(edition: Edition) -> dict[str, str]:
    """Return the addresses of the codes that the edition's format prints, by slot."""
    has_one = edition.format.style in ONE_CODE
    return {name: address for name, address in code_addresses(edition).items() if not has_one or name == "article"}


@dataclass(frozen=True)
class _ExpectedWords:
    """The words of one choice of a handout's texts: in order, anywhere, those that may be small, those read whole.

    And the people who are drawn.
    """

    text: tuple[str, ...]
    anywhere: tuple[str, ...]
    small: tuple[str, ...]
    together: tuple[str, ...]
    people: tuple[WantedPeople, ...]


def _expected_words(edition: Edition, catalog: Catalog, choice: ViewChoice) -> _ExpectedWords:
    pages = _pages(edition, catalog, choice)
    all_sections = choice.only is None
    text: list[str] = []
    for text_file, page in zip(edition.texts, pages, strict=True):
        phrases = catalog.languages[text_file.language].phrases
        text += _titles(page, phrases, all_sections=all_sections)
    text += [words for page in pages for words in paragraphs(page.message)]
    text += _body(pages[0].sections) if len(pages) == 1 else _columns(*pages)
    to_call = [words for words in text if ESCAPED in words]
    numbers = _numbers(edition.brand) if to_call else []
    anywhere = list(numbers)
    for text_file, page in zip(edition.texts, pages, strict=True):
        language = catalog.languages[text_file.language]
        anywhere += _codes(edition, text_file, language)
        anywhere += paragraphs(page.dated_version, page.content_hash, page.review_line)
        anywhere += _ends(page, language.phrases, edition) if all_sections else ()
        is_told = edition.format.references == "printed" or not page.codes
        anywhere += paragraphs(page.references_left) if is_told else ()
    anywhere += brand_words(edition)
    groups = [group for page in pages for section in page.sections for group in section.groups]
    severities = [severity for group in groups for severity in group.severities]
    return _ExpectedWords(
        text=tuple(filter(None, (words.replace(ESCAPED, "").strip() for words in text))),
        anywhere=tuple(filter(None, anywhere)),
        small=tuple(filter(None, [*severities, *anywhere])),
        together=tuple(words.replace(ESCAPED, " ".join(numbers)) for words in to_call),
        people=tuple(
            people for file in edition.texts for people in wanted_people(file, catalog.languages[file.language], choice)
        ),
    )


def _titles(page: PageView, phrases: Phrases, *, all_sections: bool) -> Iterator[str]:
    yield from (phrases.patient_information,) if all_sections else ()
    yield page.title
    yield from paragraphs(page.subtitle, page.for_whom) if all_sections else ()


def _pages(edition: Edition, catalog: Catalog, choice: ViewChoice) -> list[PageView]:
    """Return the page in each of the edition's languages, citations numbered over both."""
    country = catalog.countries[edition.brand.country]
    flow = FlowFieldsReader(flow_of(edition.brand, country, *edition.texts))
    pages: list[PageView] = []
    for file in edition.texts:
        pages.append(page_view(file, catalog.languages[file.language], catalog.references, flow, choice))
        choice = replace(choice, numbered=pages[0].cited, with_pictures=False)
    return pages


def _columns(first: PageView, second: PageView) -> Iterator[str]:
    """Yield section by section in the one language and then in the other; a clinic's note is in its language once."""
    for pair in side_by_side(first, second):
        sections = [section for section in pair if section]
        if sections[0].kind == "note":
            yield from (section.heading for section in sections)
            yield from paragraphs(sections[0].body)
        else:
            yield from _body(tuple(sections))


def _body(sections: tuple[SectionView, ...]) -> Iterator[str]:
    for section in sections:
        yield from section.words()


def _codes(edition: Edition, text: HandoutFile, language: Language) -> Iterator[str]:
    """Yield the words of the codes, in the language of one of the edition's texts."""
    addresses, phrases = _addresses(edition), language.phrases
    article = phrases.read_article if text.handout.article else phrases.read_sheet
    labels = {"article": article, "references": phrases.see_references}
    yield from (phrases.scan_or_type,) if addresses else ()
    for name, address in addresses.items():
        yield from (labels[name], typed_address(address))


def _ends(page: PageView, phrases: Phrases, edition: Edition) -> Iterator[str]:
    """Yield the words of the codes, the lines to write on, and the references."""
    yield from (phrases.headings.read_on,) if page.codes and edition.format.style not in CODES_AS_HEADINGS else ()
    yield phrases.headings.contact
    yield from (str(getattr(phrases, line)) for line in edition.brand.writing_lines)
    if page.references:
        yield from (phrases.headings.references, *paragraphs(*(entry.html for entry in page.references)))
    yield from paragraphs(Markup(" ").join(page.source_lines))


def _contact(brand: Brand) -> Iterator[str]:
    """Yield the words of the clinic's places."""
    for place in brand.contacts:
        yield from _place(place)


def _extras(edition: Edition) -> Iterator[str]:
    """Yield the words that the clinic prints beside its contact, in the language of the edition."""
    words = edition.brand.extras.words(edition.language_slug)
    for name in printed_extras(edition.format, edition.brand.extras.kinds(edition.language_slug)):
        yield from words.get(name, ())


def _lines(edition: Edition) -> tuple[str, ...]:
    return edition.brand.extras.lines_in(edition.language_slug) if edition.format.slots.extras.lines else ()


def _place(place: Contact) -> Iterator[str]:
    yield from (place.name, *place.address, place.phone, place.email, place.hours)
