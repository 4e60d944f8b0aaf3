"""The pages of one clinic: which there are, from which plates, in a stable order. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handoutpress.content.articles import ArticleFile
from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.site_addresses import REFERENCES, hash_folder
from handoutpress.press.page.flow import FlowFields
from handoutpress.site.clinics import SiteClinic, TextKey
from handoutpress.site.pages.handout_pages import HandoutPages
from handoutpress.site.pages.list_pages import ListPages, Titled
from handoutpress.site.pages.page_plate import PagePlate
from handoutpress.site.pages.standing_pages import StandingPages
from handoutpress.site.pages.stubs import stub
from handoutpress.site.site_map import ARTICLE_TEXT, HOME, Place, article_place, handout_place, sheet_place
from handoutpress.site.standings import Standing, Standings

MISSING = "404.html"


@dataclass(frozen=True)
class PlannedPage:
    """One page of a clinic: its file below the clinic's first page, its plate, and the language of its slots."""

    file: str
    plate: PagePlate
    language: str


@dataclass(frozen=True)
class SiteContent:
    """What all clinics share: handouts, articles by handout and language, and what became of each text."""

    handouts: Mapping[TextKey, HandoutFile]
    articles: Mapping[str, Mapping[str, ArticleFile]]
    standings: Standings


@dataclass(frozen=True)
class PageMakers:
    """Who renders the pages of each kind."""

    handouts: HandoutPages
    lists: ListPages
    standings: StandingPages


class SitePlanner:
    """Plans the pages of one clinic after the other; a page that two can share is rendered once."""

    def __init__(self, content: SiteContent, makers: PageMakers) -> None:
        self._content = content
        self._make = makers
        self.plates: dict[tuple[object, ...], PagePlate] = {}
        """What was rendered, by all that it depends on: another planner of the same project may begin with it."""

    def pages(self, clinic: SiteClinic) -> Iterator[PlannedPage]:
        """Yield all pages of a clinic."""
        titles = [self._titled(key) for key in clinic.flows]
        codes = tuple(dict.fromkeys(titled.language for titled in titles)) or (clinic.first,)
        home = self._plate(("home", clinic.first, *titles), lambda: self._make.lists.home(titles, clinic.first))
        yield PlannedPage(HOME.file, home, clinic.first)
        missing = self._plate(("404", codes), lambda: self._make.lists.missing(codes, clinic.first))
        yield PlannedPage(MISSING, missing, clinic.first)
        for slug in clinic.slugs:
            yield self._chooser(clinic, [titled for titled in titles if titled.slug == slug])
        for key, flow in clinic.flows.items():
            yield from self._of_text(clinic, key, flow)
        yield from self.standings(clinic)
        yield from self._moved(clinic)

    def _titled(self, key: TextKey) -> Titled:
        slug, language = key
        file = self._content.handouts[key]
        article = self._content.articles.get(slug, {}).get(language)
        about = (article.head.summary if article else None) or file.handout.subtitle or ""
        return Titled(slug, language, file.handout.title, about)

    def _chooser(self, clinic: SiteClinic, titles: Sequence[Titled]) -> PlannedPage:
        there = [titled.language for titled in titles]
        first = clinic.first if clinic.first in there else there[0]
        plate = self._plate(("languages", first, *titles), lambda: self._make.lists.languages(titles, first))
        return PlannedPage(handout_place(titles[0].slug).file, plate, first)

    def _of_text(self, clinic: SiteClinic, key: TextKey, flow: FlowFields) -> Iterator[PlannedPage]:
        (slug, language), file = key, self._content.handouts[key]
        codes = clinic.languages_of(slug)
        articles = {code: article for code, article in self._content.articles.get(slug, {}).items() if code in codes}
        make = self._make.handouts
        article = self._plate(("article", key, codes), lambda: make.article(file, articles, codes))
        place = article_place(slug, language)
        yield PlannedPage(place.file, article, language)
        text = self._plate(("text", key, codes), lambda: make.text(article))
        yield PlannedPage(f"{place.folder}/{ARTICLE_TEXT}", text, language)
        read = (flow.country, flow.note, flow.hidden)
        sheet = self._plate(("sheet", key, codes, repr(read)), lambda: make.sheet(file, flow, codes))
        yield PlannedPage(sheet_place(slug, language).file, sheet, language)

    def standings(self, clinic: SiteClinic) -> Iterator[PlannedPage]:
        """Yield the pages that a clinic's codes lead to, in small letters."""
        for content_hash, text in sorted(clinic.texts.all().items()):
            standing = self._content.standings.of(text, clinic.texts)
            for references in (False, True):
                plate = self._standing(standing, content_hash, references=references)
                folder = hash_folder(content_hash) + (f"/{REFERENCES}" if references else "")
                yield PlannedPage(Place(folder).file, plate, standing.shown_in)

    def _standing(self, standing: Standing, content_hash: str, *, references: bool) -> PagePlate:
        key = ("standing", standing, content_hash, references)
        return self._plate(key, lambda: self._make.standings.page(standing, content_hash, references=references))

    def _moved(self, clinic: SiteClinic) -> Iterator[PlannedPage]:
        """Yield a stub for each page of what a clinic gave earlier, which leads to what stands in its place."""
        for old, new in moved(clinic, self._content.standings).items():
            plate = self._plate(("stub", old, new), lambda old=old, new=new: stub(old, new))  # type: ignore[misc]
            yield PlannedPage(old.file, plate, clinic.first)

    def _plate(self, key: tuple[object, ...], make: Callable[[], PagePlate]) -> PagePlate:
        if key not in self.plates:
            self.plates[key] = make()
        return self.plates[key]


def moved(clinic: SiteClinic, standings: Standings) -> dict[Place, Place]:
    """Return where each page of what a clinic no longer gives leads, by its place.

    That is the same handout under its new name, in this language or in the list of its languages, else the first page.
    """
    places: dict[Place, Place] = {}
    for slug, language in clinic.before:
        now = next((name for name in clinic.slugs if standings.same(name) == standings.same(slug)), "")
        same_language = language in clinic.languages_of(now)
        article = article_place(now, language) if same_language else handout_place(now) if now else HOME
        if (slug, language) not in clinic.flows:
            places[article_place(slug, language)] = article
            places[sheet_place(slug, language)] = sheet_place(now, language) if same_language else article
        if slug not in clinic.slugs:
            places[handout_place(slug)] = handout_place(now) if now else HOME
    return places
