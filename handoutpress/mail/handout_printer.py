"""What a mail brings: an edition printed, proofed and in date, with the few words that the mail repeats from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from handoutpress.content.brand.brand import Brand, Contact
from handoutpress.content.catalog import Catalog, may_give
from handoutpress.content.editions import Edition, FormatFile, HandoutFile
from handoutpress.content.models.mailboxes import MailError
from handoutpress.mail.letter_context import Leaflet, Recipient
from handoutpress.press.page.cover_page import CoverPage
from handoutpress.press.page.markdown import CITATION, render_blocks
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import Expectation, expectations
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.proving import prove_data
from handoutpress.yamlfile.problems import ContentError, HandoutError

FINE_POINTS = ("legibility", "layout", "printing")
STOPPING = tuple(name for name in CHECKS if name not in FINE_POINTS)
"""A mail stops for what keeps a patient from reading or trusting the file; fine points of the page are the build's."""
WITH_COVER_PAGE = tuple(name for name in STOPPING if name not in ("copies", "symbols", "addresses", "running-heads"))
"""What is proved once more with a page in front: it has no codes and no running heads, and the others were proved."""
_CITED = re.compile(r"\s*" + CITATION.pattern)
_SLUG = re.compile(r"[a-z0-9-]+")

Refusals = Callable[[Edition], Sequence[str]]
"""What a check found that keeps an edition from being given to anyone, in sentences."""


@dataclass(frozen=True)
class PrintedHandout:
    """A finished PDF, and where its two codes lead: the article and its references."""

    pdf: bytes
    article_url: str
    references_url: str


class HandoutPrinter(Protocol):
    """Makes and proofs what is attached. Raises ``HandoutError`` for what cannot be made or failed its proof."""

    def pdf(self, edition: Edition) -> PrintedHandout: ...

    def with_cover_page(self, edition: Edition, pdf: bytes, cover_page: CoverPage) -> bytes:
        """``pdf`` with a page in front for one patient; no sentence that it raises names them."""
        ...

    def page(self, edition: Edition) -> bytes:
        """The page for phones, as HTML that needs no other file."""
        ...


class ProofedPrinter:
    """The press, with the proof behind it: nothing leaves that fails a check."""

    def __init__(self, press: HandoutPress, catalog: Catalog) -> None:
        self._press = press
        self._catalog = catalog

    def pdf(self, edition: Edition) -> PrintedHandout:
        printed = self._press.open_plate(edition).print(edition)
        findings = _prove(edition, printed.pdf, expectations(edition, self._catalog), STOPPING)
        if findings:
            raise MailError("\n".join(["A page failed its proof, so it is not mailed.", *map(str, findings)]))
        article, references = printed.addresses
        return PrintedHandout(printed.pdf, article, references)

    def with_cover_page(self, edition: Edition, pdf: bytes, cover_page: CoverPage) -> bytes:
        whole = self._press.with_cover_page(edition, pdf, cover_page)
        words = (cover_page.name, *cover_page.note.split("\n"))
        plain = expectations(edition, self._catalog)[0]
        wanted = replace(plain, text=(cover_page.title,), anywhere=words, max_bytes=None)
        rules = sorted({finding.rule for finding in _prove(edition, whole, (wanted,), WITH_COVER_PAGE)})
        if rules:  # their sentences repeat the words that they are about
            raise MailError(f"The page with the name and the note fails its proof ({', '.join(rules)}).")
        return whole

    def page(self, edition: Edition) -> bytes:
        return self._press.html(edition)


def _prove(
    edition: Edition, pdf: bytes, wanted: Sequence[Expectation], checks: Sequence[str]
) -> tuple[ProofFinding, ...]:
    """What is wrong with ``pdf``, which may be any one of ``wanted``."""
    name = Path(f"{edition.brand_slug}/{edition.language_slug}/{edition.format_slug}/{edition.handout_slug}.pdf")
    return prove_data(name, pdf, wanted, checks).findings


class PrintedHandouts:
    """The leaflets of one brand, at one of its places, in one format: each printed once, however many ask for it."""

    def __init__(
        self, catalog: Catalog, printer: HandoutPrinter, giver: Brand, printed: FormatFile, refusals: Refusals
    ) -> None:
        self._catalog = catalog
        self._printer = printer
        self._giver = giver
        self._format = printed
        self._refusals = refusals
        self._leaflets: dict[tuple[str, str, bool], Leaflet] = {}

    def has(self, slug: str, language: str) -> bool:
        """Whether ``slug`` is there in ``language``, with or without mistakes."""
        return (slug, language) in self._catalog.selection.handouts

    def leaflet(self, slug: str, language: str, with_page: bool = False) -> Leaflet:
        """The leaflet, printed now if it was not yet. Raises ``HandoutError`` where it is broken or failed a check."""
        key = (slug, language, with_page)
        if key not in self._leaflets:
            self._leaflets[key] = self._print(self._edition(slug, language), with_page)
        return self._leaflets[key]

    def for_one(self, leaflet: Leaflet, recipient: Recipient) -> Leaflet:
        """``leaflet`` with a page in front that greets ``recipient`` and says the note; kept nowhere."""
        if not (recipient.to.name or recipient.note.strip()):
            raise MailError("There is neither a name nor a note to print into the PDF.")
        cover_page = CoverPage(leaflet.title, recipient.to.name, recipient.note)
        edition = self._edition(leaflet.slug, leaflet.language)
        return replace(leaflet, pdf=self._printer.with_cover_page(edition, leaflet.pdf, cover_page))

    def heading(self, slug: str, language: str) -> tuple[str, str]:
        """Title and version as they are now, printed or not. Raises ``HandoutError`` where it is gone or broken."""
        handout = self._handout(slug, language).handout
        return handout.title, handout.version

    def _handout(self, slug: str, language: str) -> HandoutFile:
        found = self._catalog.handouts.get((slug, language))
        if found is None:
            problems = [
                problem
                for path, problems in self._catalog.broken.items()
                for problem in problems
                if path.name == f"{slug}.{language}.yaml"
            ]
            raise ContentError(problems) if problems else _missing(slug, language)
        if language not in self._catalog.languages:
            raise MailError(f'The language "{language}" has mistakes, so nothing is mailed in it.')
        return found

    def _edition(self, slug: str, language: str) -> Edition:
        file = self._handout(slug, language)
        if not may_give(self._giver, file):
            raise MailError(f'{self._giver.name} gives no handout "{slug}" in "{language}": {_not_given(file)}.')
        edition = Edition(file, self._catalog.languages[language], self._format, self._giver)
        if refusals := self._refusals(edition):
            raise MailError("\n".join(["A check found errors, so this handout is not mailed.", *refusals]))
        return edition

    def _print(self, edition: Edition, with_page: bool) -> Leaflet:
        finished = self._printer.pdf(edition)
        handout = edition.handout
        return Leaflet(
            slug=edition.handout_slug,
            language=edition.language_slug,
            version=handout.version,
            title=handout.title,
            main_message=_markup(handout.main_message.text),
            urgent_help=_markup(handout.urgent_help.text),
            article_url=finished.article_url,
            references_url=finished.references_url,
            pdf=finished.pdf,
            page=self._printer.page(edition) if with_page else None,
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


def _markup(text: str) -> str:
    """Our small Markdown as HTML, without citations: their list is not in the mail, but one link away."""
    return str(render_blocks(_CITED.sub("", text), lambda keys: ""))


def at_place(giver: Brand, contact: Contact) -> Brand:
    """``giver`` as its patients at one place know it: its PDFs then print this place alone."""
    return replace(giver, contacts=(contact,)) if contact in giver.contacts else giver


def usual_format(catalog: Catalog, giver: Brand) -> FormatFile:
    """The leaflet on the paper of the brand's country, else the first format that the brand wants."""
    wanted = [name for name in catalog.formats if name in (giver.formats or tuple(catalog.formats))]
    if not wanted:
        raise MailError(f'There is no format for the brand "{giver.slug}" to mail.')
    country = catalog.countries.get(giver.country)
    leaflet = f"{country.paper}-leaflet" if country else ""
    return catalog.formats[leaflet if leaflet in wanted else wanted[0]]
