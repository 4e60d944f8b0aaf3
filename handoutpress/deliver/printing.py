"""What a mail brings: an edition printed, proofed and in date, with the few words that the mail repeats from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from handoutpress.batch.press import Press
from handoutpress.content.brands import Brand, Contact
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition, FormatFile, HandoutFile
from handoutpress.content.mailboxes import MailError
from handoutpress.content.problems import ContentError, HandoutError
from handoutpress.deliver.stationery import Leaflet
from handoutpress.press.markdown import CITATION, render_blocks
from handoutpress.proof.checks import CHECKS, prove
from handoutpress.proof.expectation import Expectation, WantedCode

STOPPING = tuple(name for name in CHECKS if name not in ("legibility", "layout", "printing"))
"""A mail stops for what keeps a patient from reading or trusting the file; fine points of the page are the build's."""
_CITED = re.compile(r"\s*" + CITATION.pattern)


@dataclass(frozen=True)
class Finished:
    """A finished PDF, and where its two codes lead: the article and its references."""

    pdf: bytes
    article_url: str
    references_url: str


class Printer(Protocol):
    """Makes and proofs what is attached. Raises ``HandoutError`` for what cannot be made or failed its proof."""

    def pdf(self, edition: Edition) -> Finished: ...

    def page(self, edition: Edition) -> bytes:
        """The page for phones, as HTML that needs no other file."""
        ...


class ProofedPress:
    """The press, with the proof behind it: nothing leaves that fails a check."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def pdf(self, edition: Edition) -> Finished:
        printed = self._press.open_plate(edition).print(edition)
        article, references = printed.addresses
        expected = Expectation(
            codes=(WantedCode(article), WantedCode(references)),
            language=edition.language,
            title=edition.handout.handout.title,
        )
        name = Path(f"{edition.brand}/{edition.language}/{edition.format}/{edition.slug}.pdf")
        findings = prove(name, printed.pdf, expected, STOPPING)
        if findings:
            raise MailError("\n".join(["A page failed its proof, so it is not mailed.", *map(str, findings)]))
        return Finished(printed.pdf, article, references)

    def page(self, edition: Edition) -> bytes:
        return self._press.html(edition)


class Shelf:
    """The leaflets of one brand, at one of its places, in one format: each printed once, however many ask for it."""

    def __init__(self, catalog: Catalog, printer: Printer, giver: Brand, printed: FormatFile, today: date) -> None:
        self._catalog = catalog
        self._printer = printer
        self._giver = giver
        self._format = printed
        self._today = today
        self._leaflets: dict[tuple[str, str, bool], Leaflet] = {}

    def has(self, slug: str, language: str) -> bool:
        """Whether ``slug`` is there in ``language``, with or without mistakes."""
        return (slug, language) in self._catalog.selection.handouts

    def leaflet(self, slug: str, language: str, with_page: bool = False) -> Leaflet:
        """The leaflet, printed now if it was not yet. Raises ``HandoutError`` where it is broken or out of date."""
        key = (slug, language, with_page)
        if key not in self._leaflets:
            self._leaflets[key] = self._print(self._in_date(self._handout(slug, language)), with_page)
        return self._leaflets[key]

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

    def _in_date(self, file: HandoutFile) -> HandoutFile:
        reviewed = file.handout.reviewed
        if reviewed and reviewed.next < self._today:
            shown = self._catalog.project.show(file.path)
            raise MailError(f"{shown}: its review was due on {reviewed.next}, so it is not mailed.")
        return file

    def _print(self, file: HandoutFile, with_page: bool) -> Leaflet:
        edition = Edition(file, self._format, self._giver)
        finished = self._printer.pdf(edition)
        handout = file.handout
        return Leaflet(
            slug=file.slug,
            language=file.language,
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
    return MailError(f'There is no handout "{slug}" in the language "{language}".')


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
