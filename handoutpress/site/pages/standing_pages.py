"""The pages that codes lead to: what became of the text on a sheet, and the ways on from there."""

from __future__ import annotations

from markupsafe import Markup

from handoutpress.content.models.languages import Language
from handoutpress.content.models.site_addresses import REFERENCES, hash_folder
from handoutpress.press.page.imprint import say_date
from handoutpress.press.page.phrases import say
from handoutpress.site.pages.frame import PageFrame, SitePage, WayOn
from handoutpress.site.pages.page_plate import slot
from handoutpress.site.pages.references import SiteReferences, known_keys
from handoutpress.site.site_map import Place, article_place, sheet_place
from handoutpress.site.standings import Standing


class StandingPages:
    """A maker of these pages, with one project's references."""

    def __init__(self, frame: PageFrame, references: SiteReferences) -> None:
        self._frame = frame
        self._references = references

    def page(self, standing: Standing, content_hash: str, *, references: bool, with_article: bool) -> str:
        """Return what became of the text of a released sheet, and the ways on: to the article, if there is one."""
        language = self._frame.languages[standing.shown_in]
        folder = hash_folder(content_hash)
        place = Place(f"{folder}/{REFERENCES}" if references else folder)
        up = f"up:{place.depth}"
        keys = known_keys(standing.cited, self._references.library) if references else []
        return self._frame.render(
            SitePage(
                template="site/standing.html.j2",
                place=place,
                code=standing.shown_in,
                title=standing.title,
                description=standing.title,
                hidden=True,
                trail=(WayOn(slot(up), language.site.home),),
                values={
                    "standing": standing.kind,
                    "words": getattr(language.site, standing.kind),
                    "told": _told(standing, language),
                    "ways": self._ways_on(standing, slot(up), language, with_article=with_article),
                    "references": self._references.of(keys, language),
                    "signs": say(language.site.signs, language, hash=content_hash),
                },
            ),
            root=up,
        )

    def _ways_on(self, standing: Standing, up: Markup, language: Language, *, with_article: bool) -> list[WayOn]:
        ways = list[WayOn]()
        if standing.slug:
            article = f"{up}{article_place(standing.slug, standing.language).path}"
            sheet = f"{up}{sheet_place(standing.slug, standing.language).path}"
            words: Markup | str = language.phrases.read_article if with_article else language.site.sheet
            if standing.language != standing.shown_in:
                words = self._frame.read_in(language, standing.language)
            if with_article:
                ways += [WayOn(article, words, standing.language)]
            elif standing.has_sheet:
                ways += [WayOn(sheet, words, standing.language)]
            if known_keys(standing.cited, self._references.library):
                references = f"{article}#references"
                ways += [WayOn(references, language.phrases.see_references, standing.language)]
            if with_article and standing.has_sheet:
                ways += [WayOn(sheet, language.site.sheet, standing.language)]
        return ways or [WayOn(up, language.site.first_page, standing.shown_in)]


def _told(standing: Standing, language: Language) -> list[Markup]:
    """Return what is told of a sheet besides its standing."""
    site, told = language.site, []
    if standing.kind == "recalled" and standing.day:
        told.append(say(site.recalled_why, language, date=say_date(language, standing.day)))
    elif standing.kind in ("not_given", "draft"):
        told.append(say(getattr(site, f"{standing.kind}_why"), language))
    if standing.version:
        told.append(say(site.your_version, language, version=standing.version))
    if standing.kind in ("superseded", "recalled") and standing.newest and standing.newest_day:
        day = say_date(language, standing.newest_day)
        told.append(say(site.newest, language, version=standing.newest, date=day))
    return told
