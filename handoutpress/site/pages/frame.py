"""What every page of a site has around its own words: its head, the ways back, its languages, and the clinic's foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from handoutpress.content.models.languages import Language
from handoutpress.press.page.phrases import say
from handoutpress.press.page.templates import Templates
from handoutpress.site.pages.page_plate import slot
from handoutpress.site.site_map import Place, handout_place

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""What a page may load: styles, typefaces and pictures of its own host, and no more (Content Security Policy 3)."""
DESCRIBED = 160
"""Characters of what a page says of itself to those who share or list it."""


@dataclass(frozen=True)
class WayOn:
    """A link to read on: where it leads, its words, and the language there."""

    address: str
    words: Markup | str
    code: str = ""
    direction: str = "ltr"
    name: str = ""


@dataclass(frozen=True)
class SitePage:
    """A page before it is rendered: its template, where it lies, and what it says besides the frame's own words.

    ``others`` is the page in other languages, ``alternates`` the same for search engines; ``trail`` leads back, and
    ``lines`` stand at the foot. It ``shows`` a sheet, by slug and language, where its address is shared. With ``tail``
    its title ends with the clinic's name.
    """

    template: str
    place: Place
    code: str
    title: Markup | str
    description: str
    tail: bool = True
    hidden: bool = False
    others: tuple[WayOn, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    trail: tuple[WayOn, ...] = ()
    lines: tuple[Markup | str, ...] = ()
    shows: str = ""
    data: Markup | str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class PageFrame:
    """Renders pages, with one project's templates and languages."""

    def __init__(self, templates: Templates, languages: Mapping[str, Language]) -> None:
        self._templates = templates
        self.languages = languages

    def render(self, page: SitePage, root: str = "") -> str:
        """Return a page as HTML; ``root`` is the slot that leads to the first page where its own place does not."""
        language = self.languages[page.code]
        home = slot(root) if root else page.place.home
        values = {
            "code": page.code,
            "language": language,
            "phrases": language.phrases,
            "site": language.site,
            "policy": POLICY,
            "title": page.title,
            "tail": page.tail,
            "description": _short(page.description),
            "is_hidden": page.hidden,
            "path": page.place.path,
            "home": home or "./",
            "assets": home,
            "mark": slot(f"mark:{root or page.place.depth}"),
            "languages": page.others,
            "alternates": [{"code": code, "path": path} for code, path in page.alternates],
            "trail": page.trail,
            "lines": page.lines,
            "picture": slot(f"picture:{page.shows}") if page.shows else "",
            "data": page.data,
            **page.values,
        }
        return self._templates.render(page.template, values, {"slot": slot})

    def others(
        self, place: Place, languages: Sequence[str], where: Callable[[str], Place], this: str
    ) -> tuple[WayOn, ...]:
        """Return how a page leads to itself in other ``languages`` than ``this``."""
        return tuple(
            WayOn(
                place.to(where(code)),
                self.languages[code].native_name,
                code,
                self.languages[code].direction,
                self.languages[code].native_name,
            )
            for code in languages
            if code != this
        )

    def read_in(self, language: Language, code: str) -> Markup:
        """Return the words, in ``language``, for reading on in the language ``code``."""
        name = Markup('<span lang="{}">{}</span>').format(code, self.languages[code].native_name)
        return say(language.site.read_in, language, language=name)


def alternates(languages: Sequence[str], where: Callable[[str], Place], slug: str) -> tuple[tuple[str, str], ...]:
    """Return the same page in all its ``languages`` for search engines; where none fits, the list of languages."""
    if len(languages) < 2:
        return ()
    return (*((code, where(code).path) for code in languages), ("x-default", handout_place(slug).path))


def _short(description: str) -> str:
    return description if len(description) <= DESCRIBED else f"{description[: DESCRIBED - 1].rstrip()}…"
