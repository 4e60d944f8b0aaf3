"""What a web page says of its article outside the text: meta elements, JSON-LD, and which part is the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from handoutpress.editorial.importing.blocks import ArticleFacts, tidy

_TITLES = ("citation_title", "og:title", "dc.title", "twitter:title")
_AUTHORS = ("author", "citation_author", "dc.creator", "article:author", "parsely-author", "twitter:creator")
_DATES = (
    *("article:published_time", "citation_publication_date", "datepublished", "date", "dc.date", "dc.date.issued"),
    *("dcterms.date", "dcterms.created", "publish-date", "pubdate", "og:published_time", "article:modified_time"),
)
_NOISE = re.compile(
    r"(?:addthis|advert|ads|breadcrumbs?|comments?|cookies?|disqus|infobox|menu|metadata|mw-editsection|mw-jump-link"
    r"|mw-cite-backlink|nav|navbar|navbox|navigation|newsletter|noprint|pagination|promo|related|related-posts|share|sharing"
    r"|share-bar|share-buttons|sharedaddy|sidebar|site-header|site-footer|skip-link|social|social-share|social-links"
    r"|subscribe|toc|toolbar|widget|sr-only|screen-reader-text)(?:[-_](?:bar|box|buttons?|links?|list|wrapper|container))?"
)
FRAME_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "noscript", "select", "dialog", "menu"})


def page_facts(tree: Element) -> ArticleFacts:
    """Return what the head of a page says; where it says a thing twice, what is meant for machines comes first."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if name and (content := tidy(meta.get("content") or "")):
            named.setdefault(name, content)
    data = _linked_data(tree)
    return ArticleFacts(
        title=data.get("title") or _first(named, _TITLES),
        author=data.get("author") or _name_only(_first(named, _AUTHORS)),
        date=data.get("date") or _first(named, _DATES),
    )


def _first(named: dict[str, str], names: tuple[str, ...]) -> str:
    return next((named[name] for name in names if name in named), "")


def _name_only(author: str) -> str:
    return "" if re.match(r"https?://|@", author) else author


def _linked_data(tree: Element) -> dict[str, str]:
    """Return headline, author and day of the first article in the page's JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            if isinstance(item, dict) and (item.get("datePublished") or item.get("headline")):
                facts = {
                    "title": _text(item.get("headline")),
                    "author": _name_only(_text(item.get("author"))),
                    "date": _text(item.get("datePublished") or item.get("dateModified")),
                }
                return {key: words for key, words in facts.items() if words}
    return {}


def _items(data: Any) -> Iterator[Any]:
    for part in data if isinstance(data, list) else [data]:
        yield part
        if isinstance(part, dict) and isinstance(part.get("@graph"), list):
            yield from part["@graph"]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(words for part in value[:10] if (words := _text(part)))
    if isinstance(value, dict):
        return _text(value.get("name"))
    return tidy(value)[:300] if isinstance(value, str) else ""


class PageShape:
    """How long each element's text is, which element holds the article, and which ones only frame it."""

    def __init__(self, tree: Element) -> None:
        self._lengths: dict[Element, int] = {}
        self._headed: set[Element] = set()
        self._measure(tree)
        self._total = max(self._lengths[tree], 1)
        self.article = self._article(tree)

    def _measure(self, element: Element) -> int:
        length = len((element.text or "").strip())
        for child in element:
            length += self._measure(child) + len((child.tail or "").strip())
            if child in self._headed or child.tag == "h1":
                self._headed.add(element)
        self._lengths[element] = length
        return length

    def _article(self, tree: Element) -> Element:
        """Return the one element that is marked as the article, if it has the page's heading; else the whole page."""
        body = next(tree.iter("body"), tree)
        marked = [part for part in body.iter() if part.tag == "main" or part.get("role") == "main"]
        marked = marked or list(body.iter("article"))
        has_heading = body in self._headed
        fitting = [part for part in marked if part in self._headed or not has_heading]
        return fitting[0] if fitting and self._lengths[fitting[0]] * 4 > self._total else body

    def frame_role(self, element: Element) -> str:
        """Return what an element is that belongs to no article (a share bar, a menu), or ""."""
        if element in self._headed or element.tag == "h1" or self._lengths[element] * 2 > self._total:
            return ""
        if element.tag in FRAME_TAGS:
            return f"the page's own frame ({element.tag})"
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return "hidden words of the page"
        if re.search(r"display\s*:\s*none", element.get("style") or ""):
            return "hidden words of the page"
        for (
            token
        ) in f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower().split():
            if _NOISE.fullmatch(token):
                return f"the page's own frame ({token})"
        return ""
