"""The page for a phone or a desk: a handout in one brand and language as one accessible HTML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from markupsafe import Markup

from handoutpress.content.brand.brand import Brand, Contact
from handoutpress.content.brand.logo_files import printed_picture
from handoutpress.content.editions import Edition
from handoutpress.content.models.countries import Country
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.content.models.telephones import phone_parts, service_link
from handoutpress.content.models.web_addresses import mail_link, plain_case, typed_address
from handoutpress.content.text.markdown import PHONE_PLACE
from handoutpress.press.extras.screen_extras import data_address, screen_extras
from handoutpress.press.page.blocks.writer import ViewChoice
from handoutpress.press.page.fetches import refuse_fetches
from handoutpress.press.page.flow import FlowFields, FlowFieldsReader
from handoutpress.press.page.html_words import refuse_links
from handoutpress.press.page.imprint import code_labels
from handoutpress.press.page.phrases import kept_together, linked_line, logo_alt, say
from handoutpress.press.page.templates import BODY_TEMPLATE, SCREEN_TEMPLATE, Templates
from handoutpress.press.page.view import page_view

_BUTTON = Markup('<a class="button" href="{}" aria-label="{}"><bdi dir="ltr">{}</bdi></a>')
_IN_TEXT = Markup('<a href="{}" aria-label="{}"><bdi dir="ltr">{}</bdi></a>')
"""Links of telephone numbers."""


@dataclass(frozen=True)
class ScreenLink:
    """One of the two links to read on: its code as SVG, where it leads, and the words for it."""

    code: Markup
    address: str
    label: str
    typed: str


def _code_svg(address: str, spoken: str) -> Markup:
    # Their library takes 0.1 s to load, and the pages of a site have no codes.
    from handoutpress.press.page.qrcodes import make_code, svg_path  # noqa: PLC0415

    code = make_code(address, "M")
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n} {n}" role="img"><title>{spoken}</title>'
        '<path fill="#fff" d="M0 0h{n}v{n}H0z"/><path d="{path}"/></svg>'
    ).format(n=code.modules, spoken=spoken, path=svg_path(code))


def _links(edition: Edition, addresses: Mapping[str, str]) -> list[ScreenLink]:
    phrases = edition.language.phrases
    labels = code_labels(edition.handout_file, edition.language, has_site=bool(edition.brand.site))
    return [
        ScreenLink(
            code=_code_svg(address, phrases.code_alt.format(purpose=labels[name], address=address)),
            address=plain_case(address),
            label=labels[name],
            typed=typed_address(address),
        )
        for name, address in addresses.items()
    ]


@dataclass(frozen=True)
class ScreenCall:
    """Whom to call in an emergency, in a crisis or for advice: the link, empty without a number, and the words."""

    link: str
    words: Markup


def calls_of(handout: Handout, language: Language, country: Country) -> list[ScreenCall]:
    """Return whom to call in a country for the signs of a handout: in an emergency first, what can wait last."""
    phrases, advice = language.phrases, country.advice
    words = say(phrases.call_emergency, language, number=country.emergency)
    calls = [ScreenCall(service_link(country.emergency), words)]
    if handout.crisis_line and (line := country.crisis_line):
        words = say(phrases.call_crisis_line, language, name=line.name, number=kept_together(line.number, language))
        calls.append(ScreenCall(service_link(line.number), words))
    if advice:
        words = say(phrases.call_advice, language, name=advice.name, number=advice.number)
        calls.append(ScreenCall(service_link(advice.number), words))
    else:
        calls.append(ScreenCall("", say(phrases.call_doctor, language)))
    return calls


def phones_of(brand: Brand, language: Language) -> Markup:
    """Return the clinic's telephone numbers as links, where the text says when to call."""
    lines = []
    for contact in brand.contacts:
        if contact.phone:
            named = contact.name if len(brand.contacts) > 1 else ""
            numbers = _numbers(contact, brand, language, _BUTTON)
            name = Markup("<strong><bdi>{}</bdi></strong> ").format(named) if named else ""
            lines.append(Markup('<p class="calls phone">{}{}</p>').format(name, numbers))
    return Markup("").join(lines)


def phone_link(brand: Brand) -> str:
    """Return the link that calls the clinic; where it has several numbers, that to all of them on the page."""
    links = [part.link for each in brand.contacts for part in phone_parts(each.phone, brand.country) if part.link]
    return links[0] if len(links) == 1 else "#contact" if links else ""


def phone_links(brand: Brand, language: Language) -> Markup:
    """Return the clinic's telephone numbers as links that end a sentence; each with its place where there are more."""
    places = [contact for contact in brand.contacts if contact.phone]
    said = []
    for contact in places:
        name = Markup("<bdi>{}</bdi> ").format(contact.name) if len(places) > 1 and contact.name else Markup("")
        said.append(name + _numbers(contact, brand, language, _IN_TEXT))
    return Markup(" · ").join(said)


def _numbers(contact: Contact, brand: Brand, language: Language, link: Markup) -> Markup:
    """Return a place's telephone numbers, each as a ``link`` of its address, what is said of it, and the number."""
    spoken, name = language.phrases.contact_link_phone, contact.name or brand.short_name
    return Markup("").join(
        link.format(part.link, spoken.format(name=name, number=part.text), part.text) if part.link else part.text
        for part in phone_parts(contact.phone, brand.country)
    )


class ScreenPageMaker:
    """A maker of screen pages, with one project's templates, stylesheet and references."""

    def __init__(self, templates: Templates, library: Mapping[str, Reference], sheet: Path) -> None:
        self._templates = templates
        self._library = library
        self._sheet = sheet

    def make(self, edition: Edition, flow: FlowFields, addresses: Mapping[str, str]) -> bytes:
        """Return the edition's handout as UTF-8 HTML; its format plays no part. Raises ``HandoutError``."""
        brand, language = edition.brand, edition.language
        values = {
            "page": page_view(edition.handout_file, language, self._library, FlowFieldsReader(flow)),
            "code": edition.language_slug,
            "language": language,
            "phrases": language.phrases,
            "calls": calls_of(edition.handout, language, flow.country),
            "phones": phones_of(brand, language),
            "phone_link": phone_link(brand),
            "brand": brand,
            "extras": screen_extras(brand.extras, edition.language_slug),
            "author": edition.handout.author,
            "colours": asdict(brand.colours),
            "logo": data_address(printed_picture(brand.logo.path)) if brand.logo else "",
            "logo_ground": brand.logo.ground if brand.logo else "",
            "logo_alt": logo_alt(brand, language),
            "links": _links(edition, addresses),
            "sheet": Markup(self._sheet.read_text("utf-8")),  # noqa: S704  the project's own stylesheet
        }
        functions = {
            "typed": typed_address,
            "mail_link": mail_link,
            "linked": lambda line: linked_line(line, brand.country, language),
            "phone_parts": lambda phone: phone_parts(phone, brand.country),
        }
        html = self._templates.render(SCREEN_TEMPLATE, values, functions)
        html = html.replace(PHONE_PLACE, phone_links(brand, language))
        refuse_links(html)
        refuse_fetches(html)
        return html.encode()

    def body(self, edition: Edition, flow: FlowFields) -> str:
        """Return the blocks of the edition's body as HTML, without citations and pictures. Raises the same."""
        choice = ViewChoice(references=0, with_pictures=False, with_icons=False)
        page = page_view(edition.handout_file, edition.language, self._library, FlowFieldsReader(flow), choice)
        blocks = edition.handout.named_blocks
        html = self._templates.render(BODY_TEMPLATE, {"sections": [s for s in page.sections if s.id in blocks]}, {})
        html = html.replace(PHONE_PLACE, phone_links(edition.brand, edition.language))
        refuse_links(html)
        return html.strip()
