"""The pages of one clinic: which there are, from which plates, in a stable order. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from handoutpress.content.articles import ArticleFile
from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.site_addresses import REFERENCES, hash_folder
from handoutpress.press.page.flow import FlowFields
from handoutpress.site.clinics import GivenTexts, TextKey
from handoutpress.site.page_inputs import PageInputs, repr_digest
from handoutpress.site.pages.handout_pages import HandoutPages
from handoutpress.site.pages.list_pages import ListPages, Titled
from handoutpress.site.pages.page_plate import PagePlate
from handoutpress.site.pages.standing_pages import StandingPages
from handoutpress.site.pages.stubs import stub
from handoutpress.site.site_map import ARTICLE_TEXT, HOME, Place, article_place, handout_place, sheet_place
from handoutpress.site.standings import Standing, Standings, slug_words
from handoutpress.site.typefaces import LETTERS
from handoutpress.store.cache import Cache

MISSING = "404.html"
PAGES = "site-pages"
"""What the cache calls rendered pages, kept by the digest of what they are made from."""


@dataclass(frozen=True)
class PlannedPage:
    """One page of a clinic: its file below the clinic's first page, its plate, and the language of its slots.

    ``lists`` is the text whose PDFs it lists, if it does.
    """

    file: str
    plate: PagePlate
    language: str
    lists: TextKey | None = None


@dataclass(frozen=True)
class SiteContent:
    """What all clinics share: handouts, articles by handout and language, what became of each text, and digests."""

    handouts: Mapping[TextKey, HandoutFile]
    articles: Mapping[str, Mapping[str, ArticleFile]]
    standings: Standings
    inputs: PageInputs


@dataclass(frozen=True)
class PageMakers:
    """Who renders the pages of each kind."""

    handouts: HandoutPages
    lists: ListPages
    standings: StandingPages


@dataclass(frozen=True)
class ClinicPlan:
    """The pages of clinics that give the same: those that their codes lead to, in small letters, apart."""

    pages: tuple[PlannedPage, ...]
    standings: tuple[PlannedPage, ...]


class SitePlanner:
    """Plans pages once for all clinics that give the same; a page that two can share is one plate.

    What was rendered is kept in ``cache``.
    """

    def __init__(self, content: SiteContent, makers: PageMakers, cache: Cache) -> None:
        self._cache = cache
        self._content = content
        self._inputs = content.inputs
        self._make = makers
        self._plates: dict[str, PagePlate] = {}
        self._plans: dict[GivenTexts, ClinicPlan] = {}
        self._letters: dict[GivenTexts, str] = {}
        self._pictures: dict[GivenTexts, list[tuple[TextKey, Path]]] = {}

    def plan(self, given: GivenTexts) -> ClinicPlan:
        """Return all pages of clinics that give this."""
        if given not in self._plans:
            self._plans[given] = ClinicPlan(tuple(self._pages(given)), tuple(self._standings(given)))
        return self._plans[given]

    def pictures(self, given: GivenTexts) -> Sequence[tuple[TextKey, Path]]:
        """Return the pictures of the articles that are given, each with its text."""
        if given not in self._pictures:
            articles = ((key, self._content.articles.get(key[0], {}).get(key[1])) for key in given.flows)
            self._pictures[given] = [
                (key, path) for key, article in articles if article for path in article.pictures.values()
            ]
        return self._pictures[given]

    def letters(self, given: GivenTexts) -> str:
        """Return all letters in which what is given is written, each once, in order."""
        if given not in self._letters:
            articles = (self._content.articles.get(slug, {}).get(language) for slug, language in given.flows)
            texts = [self._content.handouts[key].path.read_text("utf-8") for key in given.flows]
            texts += [article.whole for article in articles if article]
            self._letters[given] = "".join(sorted({*LETTERS}.union(*texts)))
        return self._letters[given]

    def _pages(self, given: GivenTexts) -> Iterator[PlannedPage]:
        titles = [self._titled(key, given) for key in given.flows]
        listed = [titled for titled, key in zip(titles, given.flows, strict=True) if self._is_readable(key, given)]
        codes = tuple(dict.fromkeys(titled.language for titled in titles)) or (given.first,)
        lists, first = self._make.lists, given.first
        home = self._plate("home", first, *listed, make=lambda: lists.home(listed, first))
        yield PlannedPage(HOME.file, home, first)
        missing = self._plate("404", first, codes, make=lambda: lists.missing(codes, first))
        yield PlannedPage(MISSING, missing, first)
        for slug in given.slugs:
            yield self._chooser(given, [titled for titled in titles if titled.slug == slug])
        for key in given.flows:
            yield from self._of_text(given, key)
        for old, new in moved(given, self._content.standings).items():
            yield PlannedPage(old.file, self._stub(old, new), first)

    def _is_readable(self, key: TextKey, given: GivenTexts) -> bool:
        """Return whether there is more than a notice to read of a text."""
        slug, language = key
        return key not in given.withheld or language in self._content.articles.get(slug, {})

    def _titled(self, key: TextKey, given: GivenTexts) -> Titled:
        slug, language = key
        file = self._content.handouts[key]
        article = self._content.articles.get(slug, {}).get(language)
        if key in given.withheld:
            head = article.head if article else None
            return Titled(slug, language, head.title if head else slug_words(slug), (head and head.summary) or "")
        about = (article.head.summary if article else None) or file.handout.subtitle or ""
        return Titled(slug, language, file.handout.title, about, self._has_article(key))

    def _chooser(self, given: GivenTexts, titles: Sequence[Titled]) -> PlannedPage:
        there = [titled.language for titled in titles]
        first = given.first if given.first in there else there[0]
        named = [(titled.place, titled.title) for titled in titles]
        plate = self._plate("languages", first, *named, make=lambda: self._make.lists.languages(titles, first))
        return PlannedPage(handout_place(titles[0].slug).file, plate, first)

    def _of_text(self, given: GivenTexts, key: TextKey) -> Iterator[PlannedPage]:
        (slug, language), file = key, self._content.handouts[key]
        codes, with_sheet = given.languages_of(slug), key not in given.withheld
        article = self._article(file, codes, with_sheet=with_sheet)
        place = article_place(slug, language)
        yield PlannedPage(place.file, article, language, lists=key)
        if language in self._content.articles.get(slug, {}):
            plain = self._plate("text", article.digest, make=lambda: self._make.handouts.text(article.html))
            yield PlannedPage(f"{place.folder}/{ARTICLE_TEXT}", plain, language)
        shown = [code for code in codes if (slug, code) in given.shown]
        sheet = self._sheet(file, given.flows[key], shown) if with_sheet else self._stub(sheet_place(*key), place)
        yield PlannedPage(sheet_place(*key).file, sheet, language, lists=key if with_sheet else None)

    def _sheet(self, file: HandoutFile, flow: FlowFields, codes: Sequence[str]) -> PagePlate:
        with_article, make = self._has_article((file.slug, file.language)), self._make.handouts
        read = file.slug, file.language, codes, self._inputs.handout(file), self._inputs.flow(flow), with_article
        return self._plate("sheet", *read, make=lambda: make.sheet(file, flow, codes, with_article=with_article))

    def _article(self, file: HandoutFile, codes: Sequence[str], *, with_sheet: bool) -> PagePlate:
        written = self._content.articles.get(file.slug, {})
        articles = {code: article for code, article in written.items() if code in codes}
        own = self._inputs.article(articles[file.language]) if file.language in articles else ""
        read = file.slug, file.language, codes, tuple(articles), self._inputs.handout(file), own, with_sheet
        make = self._make.handouts
        return self._plate("article", *read, make=lambda: make.article(file, articles, codes, with_sheet=with_sheet))

    def _standings(self, given: GivenTexts) -> Iterator[PlannedPage]:
        for content_hash, text in sorted(given.texts.all().items()):
            standing = self._content.standings.of(text, given.texts)
            for references in (False, True):
                plate = self._standing(standing, content_hash, references=references)
                folder = hash_folder(content_hash) + (f"/{REFERENCES}" if references else "")
                yield PlannedPage(Place(folder).file, plate, standing.shown_in)

    def _standing(self, standing: Standing, content_hash: str, *, references: bool) -> PagePlate:
        cited, make = self._inputs.references(standing.cited), self._make.standings
        with_article = self._has_article((standing.slug, standing.language))
        return self._plate(
            *("standing", standing, content_hash, cited, references, with_article),
            make=lambda: make.page(standing, content_hash, references=references, with_article=with_article),
        )

    def _has_article(self, key: TextKey) -> bool:
        """Return whether an article was written for what a clinic gives, in whichever language, or is meant to be."""
        file = self._content.handouts.get(key)
        return key[0] in self._content.articles or bool(file and file.handout.article)

    def _stub(self, old: Place, new: Place) -> PagePlate:
        return self._plate("stub", old, new, make=lambda: stub(old, new))

    def _plate(self, *made_from: object, make: Callable[[], str]) -> PagePlate:
        digest = repr_digest(self._inputs.common, made_from)[:16]
        return self._plates.setdefault(digest, PagePlate(digest, partial(self._rendered, digest, make)))

    def _rendered(self, digest: str, make: Callable[[], str]) -> str:
        return self._cache.keep(PAGES, digest, lambda: make().encode()).decode()


def moved(given: GivenTexts, standings: Standings) -> dict[Place, Place]:
    """Return where each page of what a clinic no longer gives leads, by its place.

    That is the same handout under its new name, in this language or in the list of its languages, else the first page.
    """
    places: dict[Place, Place] = {}
    for slug, language in given.before:
        now = next((name for name in given.slugs if standings.same(name) == standings.same(slug)), "")
        same_language = language in given.languages_of(now)
        article = article_place(now, language) if same_language else handout_place(now) if now else HOME
        if (slug, language) not in given.flows:
            places[article_place(slug, language)] = article
            places[sheet_place(slug, language)] = sheet_place(now, language) if same_language else article
        if slug not in given.slugs:
            places[handout_place(slug)] = handout_place(now) if now else HOME
    return places
