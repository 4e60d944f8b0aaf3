"""The pages of one handout in one language: its article, the same as plain text, and the sheet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from handoutpress.content.articles import ArticleFile
from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.handouts import Review
from handoutpress.content.models.languages import Language
from handoutpress.content.text.article_markdown import FIRST_LEVEL, Picture, article_html
from handoutpress.content.text.markdown import PHONE_PLACE
from handoutpress.press.page.citations import Citations, tie
from handoutpress.press.page.flow import FlowFields, FlowFieldsReader
from handoutpress.press.page.html_words import plain_text
from handoutpress.press.page.imprint import say_date
from handoutpress.press.page.isolates import isolated
from handoutpress.press.page.phrases import say
from handoutpress.press.page.screen_page import calls_of
from handoutpress.press.page.view import page_view
from handoutpress.site.pages.frame import PageFrame, SitePage, WayOn, alternates
from handoutpress.site.pages.page_plate import slot
from handoutpress.site.pages.references import SiteReferences, known_keys
from handoutpress.site.pictures import PictureFiles
from handoutpress.site.site_map import ARTICLE_TEXT, HOME, Place, article_place, sheet_place
from handoutpress.site.standings import slug_words

_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
_NOT_TEXT = re.compile(r'<nav.*?</nav>|<p class="(?:way|small)">.*?</p>|\x02[^\x03]*\x03', re.DOTALL)
_NUMBERS = re.compile(r'<sup class="cite">(.*?)</sup>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class HandoutPages:
    """A maker of these pages, with one project's references and pictures."""

    def __init__(self, frame: PageFrame, references: SiteReferences, pictures: PictureFiles) -> None:
        self._frame = frame
        self._references = references
        self._pictures = pictures

    def article(
        self, file: HandoutFile, articles: Mapping[str, ArticleFile], languages: Sequence[str], *, with_sheet: bool
    ) -> str:
        """Return the page of a handout's article, of which ``articles`` are those that there are, by language.

        ``languages`` are those in which the clinic gives the handout; ``with_sheet`` it leads to the sheet itself.
        """
        article, place = articles.get(file.language), article_place(file.slug, file.language)
        language = self._frame.languages[file.language]
        summary = (article.head.summary if article else file.handout.subtitle if with_sheet else "") or ""
        title = article.head.title if article else file.handout.title if with_sheet else slug_words(file.slug)
        ways = [WayOn(place.to(sheet_place(file.slug, file.language)), language.site.sheet)] if with_sheet else []
        values: dict[str, Any] = {"summary": summary, "ways": ways, "headings": (), "body": "", "notice": False}
        values |= self._written(article, language) if article else self._not_written(file, articles, place)
        return self._frame.render(
            SitePage(
                template="site/article.html.j2",
                place=place,
                code=file.language,
                title=title,
                description=summary or title,
                others=self._frame.others(place, languages, lambda code: article_place(file.slug, code), file.language),
                alternates=alternates(languages, lambda code: article_place(file.slug, code), file.slug),
                trail=(WayOn(place.to(HOME), language.site.home),),
                shows=f"{file.slug}/{file.language}" if with_sheet else "",
                data=_data(file, article),
                values={
                    "downloads": slot(f"downloads:{file.slug}/{file.language}:"),
                    "text": ARTICLE_TEXT,
                    **values,
                },
            )
        )

    def _written(self, article: ArticleFile, language: Language) -> dict[str, Any]:
        citations = Citations(language.phrases.reference_link)
        html = article_html(article.text, citations.cite, self._picture(article), language.site.note_back)
        return {
            "body": tie(isolated(html, language)),
            "headings": [heading for heading in article.outline.headings if heading.level == FIRST_LEVEL],
            "byline": say(
                language.site.written,
                language,
                author=article.head.author,
                date=say_date(language, article.head.date),
            ),
            "review": _review(article.head.reviewed, language),
            "references": self._references.of(citations.keys, language),
        }

    def _picture(self, article: ArticleFile) -> Callable[[str], Picture]:
        return lambda address: self._pictures.file(article.pictures[address]).shown

    def _not_written(self, file: HandoutFile, articles: Mapping[str, ArticleFile], place: Place) -> dict[str, Any]:
        language = self._frame.languages[file.language]
        elsewhere = [
            WayOn(place.to(article_place(file.slug, code)), self._frame.read_in(language, code), code)
            for code in articles
            if code in self._frame.languages
        ]
        cited = known_keys(file.cited, self._references.library)
        return {
            # Where none was meant, none is missed.
            "notice": bool(file.handout.article or articles),
            "byline": "",
            "elsewhere": elsewhere,
            "references": self._references.of(cited, language),
        }

    def text(self, page: str) -> str:
        """Return an article's page as plain text, its citations as numbers in brackets."""
        inner = _MAIN.search(page)
        html = _NUMBERS.sub(lambda match: f" [{_TAG.sub('', match[1])}]", _NOT_TEXT.sub("", inner[1] if inner else ""))
        words = plain_text(html)
        return f"{words}\n\n{slot('name_text')}\n{slot('base')}/\n"

    def sheet(self, file: HandoutFile, flow: FlowFields, languages: Sequence[str], *, with_article: bool) -> str:
        """Return the sheet itself as a page; ``flow`` is what of the clinic its text depends on.

        ``with_article`` it leads to that.
        """
        language, place = self._frame.languages[file.language], sheet_place(file.slug, file.language)
        page = page_view(file, language, self._references.library, FlowFieldsReader(flow))
        article = WayOn(place.to(article_place(file.slug, file.language)), language.phrases.read_article)
        html = self._frame.render(
            SitePage(
                template="site/sheet.html.j2",
                place=place,
                code=file.language,
                title=file.handout.title,
                description=file.handout.subtitle or file.handout.title,
                others=self._frame.others(place, languages, lambda code: sheet_place(file.slug, code), file.language),
                alternates=alternates(languages, lambda code: sheet_place(file.slug, code), file.slug),
                trail=_trail(place, file, language)[: 2 if with_article else 1],
                shows=f"{file.slug}/{file.language}",
                lines=(page.version_line, page.review_line, *page.source_lines),
                values={
                    "page": page,
                    "calls": calls_of(file.handout, language, flow.country),
                    "phones": slot("phones"),
                    "ways": (article,) if with_article else (),
                    "downloads": slot(f"downloads:{file.slug}/{file.language}:../"),
                },
            )
        )
        return html.replace(PHONE_PLACE, slot("phone_links"))


def _trail(place: Place, file: HandoutFile, language: Language) -> tuple[WayOn, ...]:
    article = place.to(article_place(file.slug, file.language))
    return WayOn(place.to(HOME), language.site.home), WayOn(article, file.handout.title)


def _review(review: Review | None, language: Language) -> Markup:
    if review is None:
        return say(language.phrases.not_reviewed, language)
    on, next_on = say_date(language, review.on), say_date(language, review.next)
    return say(language.phrases.reviewed, language, by=review.by, on=on, next=next_on)


def _data(file: HandoutFile, article: ArticleFile | None) -> Markup:
    """Return what a page says of itself to search engines (schema.org): who reviewed it only where someone has."""
    head = article.head if article else file.handout
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": head.title,
        "inLanguage": file.language,
        "datePublished": _day(head.date),
        "author": {"@type": "Person", "name": head.author},
        "publisher": {"@type": "MedicalOrganization", "name": slot("name_json")},
    }
    if head.reviewed:
        said["lastReviewed"] = _day(head.reviewed.on)
        said["reviewedBy"] = {"@type": "Person", "name": head.reviewed.by}
    # Nothing in it can end the element.
    text = json.dumps(said, ensure_ascii=False).replace("\\u0002", "\x02").replace("\\u0003", "\x03")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text.replace("<", "\\u003c")))  # noqa: S704


def _day(day: date) -> str:
    return day.isoformat()
