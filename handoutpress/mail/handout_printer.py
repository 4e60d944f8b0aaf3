"""What a mail brings: an edition printed, proofed and in date, with the few words that the mail repeats from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from markupsafe import Markup

from handoutpress.content.brand.brand import Brand, Contact
from handoutpress.content.catalog import Catalog, may_give
from handoutpress.content.editions import Edition, FormatFile, HandoutFile
from handoutpress.content.models.citations import drop_citations
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.mailboxes import MailError
from handoutpress.content.models.web_addresses import plain_case
from handoutpress.content.text.markdown import PHONE_PLACE, render_blocks
from handoutpress.mail.letter_context import Enclosure, Recipient
from handoutpress.press.page.cover_page import CoverPage
from handoutpress.press.page.phrases import apart
from handoutpress.press.page.screen_page import phone_links
from handoutpress.press.page.view import heading_of
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import edition_path
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import Expectation, expectations
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.proving import prove_data
from handoutpress.yamlfile.problems import ContentError, HandoutError

FINE_POINTS = ("legibility", "layout", "printing")
STOPPING_CHECKS = tuple(name for name in CHECKS if name not in FINE_POINTS)
"""A mail stops for what keeps a patient from reading or trusting the file; fine points of the page are the build's."""
COVER_PAGE_CHECKS = tuple(
    name for name in STOPPING_CHECKS if name not in ("copies", "symbols", "addresses", "running-heads")
)
"""What is proved once more with a page in front: it has no codes and no running heads, and the others were proved."""
_SLUG = re.compile(r"[a-z0-9-]+")

Refusals = Callable[[Edition], Sequence[str]]
"""What keeps an edition from being mailed to anyone, in sentences."""


@dataclass(frozen=True)
class ProofedPdf:
    """A finished PDF, and where its codes lead: the article and its references; empty where it has none."""

    pdf: bytes
    article_url: str
    references_url: str


class HandoutPrinter:
    """The press, with the proof behind it: nothing leaves that fails a check.

    Its methods raise ``HandoutError`` for what cannot be made or failed its proof.
    """

    def __init__(self, press: HandoutPress, catalog: Catalog) -> None:
        self._press = press
        self._catalog = catalog

    def pdf(self, edition: Edition) -> ProofedPdf:
        """Print ``edition`` and prove it."""
        printed = self._press.open_plate(edition).print(edition)
        findings = _prove(edition, printed.pdf, expectations(edition, self._catalog), STOPPING_CHECKS)
        if findings:
            raise MailError("\n".join(["A page failed its proof, so it is not mailed.", *map(str, findings)]))
        # A sheet may have no codes, or one.
        article, references = (*printed.addresses, "", "")[:2]
        return ProofedPdf(printed.pdf, article, references)

    def with_cover_page(self, edition: Edition, pdf: bytes, cover_page: CoverPage) -> bytes:
        """Put a page for one patient before ``pdf``, and prove it again; no sentence that it raises names them."""
        personal_pdf = self._press.with_cover_page(edition, pdf, cover_page)
        words = (cover_page.name, *cover_page.note.split("\n"))
        expected = expectations(edition, self._catalog)[0]
        expected = replace(expected, text=(cover_page.title,), anywhere=words, max_bytes=None)
        rules = sorted({finding.rule for finding in _prove(edition, personal_pdf, (expected,), COVER_PAGE_CHECKS)})
        if rules:  # their sentences repeat the words that they are about
            raise MailError(f"The page with the name and the note fails its proof ({', '.join(rules)}).")
        return personal_pdf

    def page(self, edition: Edition) -> bytes:
        """Return the page for phones, as HTML that needs no other file."""
        return self._press.html(edition)

    def body(self, edition: Edition) -> str:
        """Return the blocks of its body as HTML; empty where it has none."""
        return self._press.body_html(edition)


def _prove(
    edition: Edition, pdf: bytes, expected: Sequence[Expectation], checks: Sequence[str]
) -> tuple[ProofFinding, ...]:
    """Return what is wrong with ``pdf``, which may be any one of ``expected``."""
    return prove_data(Path(edition_path(edition)), pdf, expected, checks).findings


class PrintedHandouts:
    """The handouts of one brand, at one of its places, in one format: each printed once, however many ask for it."""

    def __init__(
        self, catalog: Catalog, printer: HandoutPrinter, brand: Brand, format_file: FormatFile, refusals: Refusals
    ) -> None:
        self.format = format_file
        self._catalog = catalog
        self._printer = printer
        self._brand = brand
        self._refusals = refusals
        self._enclosures: dict[tuple[str, str, bool], Enclosure] = {}

    @property
    def offered(self) -> Collection[tuple[str, str]]:
        """All that there are, with or without mistakes, by slug and language."""
        return frozenset(self._catalog.selection.handouts)

    def enclosure(self, slug: str, language: str, with_page: bool = False) -> Enclosure:
        """Return the handout, printed now if it was not yet. Raises ``HandoutError`` where it is broken or fails."""
        key = (slug, language, with_page)
        if key not in self._enclosures:
            self._enclosures[key] = self._print(self._edition(slug, language), with_page)
        return self._enclosures[key]

    def personal(self, enclosure: Enclosure, recipient: Recipient) -> Enclosure:
        """Return ``enclosure`` with a page in front that greets ``recipient`` and has the note; stored nowhere."""
        if not (recipient.to.name or recipient.note.strip()):
            raise MailError("There is neither a name nor a note to print into the PDF.")
        cover_page = CoverPage(enclosure.title, recipient.to.name, recipient.note)
        edition = self._edition(enclosure.slug, enclosure.language)
        return replace(enclosure, pdf=self._printer.with_cover_page(edition, enclosure.pdf, cover_page))

    def handout(self, slug: str, language: str) -> Handout:
        """Return the handout as it is now, printed or not. Raises ``HandoutError`` where it is gone or broken."""
        return self._handout_file(slug, language).handout

    def _handout_file(self, slug: str, language: str) -> HandoutFile:
        file = self._catalog.handouts.get((slug, language))
        if file is None:
            problems = [
                problem
                for path, problems in self._catalog.broken.items()
                for problem in problems
                if path.name == f"{slug}.{language}.yaml"
            ]
            raise ContentError(problems) if problems else _missing(slug, language)
        if language not in self._catalog.languages:
            raise MailError(f'The language "{language}" has mistakes, so nothing is mailed in it.')
        return file

    def _edition(self, slug: str, language: str) -> Edition:
        file = self._handout_file(slug, language)
        if not may_give(self._brand, file):
            raise MailError(f'{self._brand.name} gives no handout "{slug}" in "{language}": {_not_given(file)}.')
        edition = Edition(
            handout_file=file,
            language=self._catalog.languages[language],
            format_file=self.format,
            brand=self._brand,
        )
        if refusals := self._refusals(edition):
            raise MailError("\n".join(refusals))
        return edition

    def _print(self, edition: Edition, with_page: bool) -> Enclosure:
        printed = self._printer.pdf(edition)
        markup = partial(
            _markup,
            clinic=apart(edition.brand.usual_name, edition.language),
            phone=phone_links(edition.brand, edition.language),
        )
        handout, headings = edition.handout, partial(heading_of, edition.handout_file, language=edition.language)
        return Enclosure(
            slug=edition.handout_slug,
            language=edition.language_slug,
            version=handout.version,
            title=handout.title,
            main_message=markup(handout.main_message.text),
            urgent_help=markup(handout.urgent_help.text),
            urgent_heading=headings("urgent_help"),
            call_us=markup(handout.call_us.text) if handout.call_us else "",
            call_heading=headings("call_us") if handout.call_us else "",
            body=self._printer.body(edition),
            crisis_line=handout.crisis_line,
            article_url=printed.article_url and plain_case(printed.article_url),
            references_url=printed.references_url and plain_case(printed.references_url),
            pdf=printed.pdf,
            page=self._printer.page(edition) if with_page else None,
            content_hash=edition.content_hash,
        )


def _missing(slug: str, language: str) -> HandoutError:
    if not _SLUG.fullmatch(slug):  # more likely a name that wanted quotation marks: it is not repeated
        return MailError("A word that should name a handout is none. Hint: a name with a blank needs quotation marks.")
    return MailError(f'There is no handout "{slug}" in the language "{language}".')


def _not_given(file: HandoutFile) -> str:
    translation = file.handout.translation
    if translation is not None and translation.status == "draft":
        return "a draft translation is given only by a brand that names its language"
    return "the brand names other languages"


def _markup(text: str, clinic: Markup, phone: str) -> str:
    """Return our small Markdown as HTML, without citations: their list is not in the mail, but one link away.

    ``clinic`` is the clinic's name and ``phone`` its number, as HTML.
    """
    html = render_blocks(drop_citations(text), lambda keys: "", clinic=clinic)
    return str(html).replace(PHONE_PLACE, phone)


def brand_at_place(brand: Brand, contact: Contact) -> Brand:
    """Return ``brand`` as its patients at one place see it: its PDFs then print this place alone."""
    return replace(brand, contacts=(contact,)) if contact in brand.contacts else brand


def usual_format(catalog: Catalog, brand: Brand) -> FormatFile:
    """Return the leaflet on the paper of the brand's country, else the first format that the brand prints."""
    formats = [name for name in catalog.formats if name in (brand.formats or tuple(catalog.formats))]
    if not formats:
        raise MailError(f'There is no format for the brand "{brand.slug}" to mail.')
    country = catalog.countries.get(brand.country)
    leaflet = f"{country.paper}-leaflet" if country else ""
    return catalog.formats[leaflet if leaflet in formats else formats[0]]
