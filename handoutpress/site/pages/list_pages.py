"""The pages that lead to others: a clinic's first page, a handout's languages, and the one for what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handoutpress.press.page.phrases import say
from handoutpress.site.pages.frame import PageFrame, SitePage, WayOn, alternates
from handoutpress.site.pages.page_plate import slot
from handoutpress.site.site_map import HOME, Place, article_place, handout_place, sheet_place


@dataclass(frozen=True)
class Titled:
    """A handout in one language, as lists of handouts name it; without an article they lead to the sheet itself."""

    slug: str
    language: str
    title: str
    about: str = ""
    with_article: bool = True

    @property
    def place(self) -> Place:
        """Where lists lead."""
        return (article_place if self.with_article else sheet_place)(self.slug, self.language)


@dataclass(frozen=True)
class HomeGroup:
    """The handouts of one language on a clinic's first page."""

    code: str
    name: str
    direction: str
    items: tuple[HomeItem, ...]


@dataclass(frozen=True)
class HomeItem:
    """One handout on the first page."""

    address: str
    words: str
    about: str


class ListPages:
    """A maker of these pages."""

    def __init__(self, frame: PageFrame) -> None:
        self._frame = frame

    def languages(self, titles: Sequence[Titled], first: str) -> str:
        """Return the page on which one handout's languages are chosen, said in the language ``first``."""
        language, place = self._frame.languages[first], handout_place(titles[0].slug)
        items = [
            WayOn(
                place.to(titled.place),
                titled.title,
                titled.language,
                self._frame.languages[titled.language].direction,
                self._frame.languages[titled.language].native_name,
            )
            for titled in titles
        ]
        title = next((titled.title for titled in titles if titled.language == first), titles[0].title)
        return self._frame.render(
            SitePage(
                template="site/languages.html.j2",
                place=place,
                code=first,
                title=title,
                description=title,
                alternates=alternates(
                    [titled.language for titled in titles],
                    lambda code: article_place(titles[0].slug, code),
                    place.folder,
                ),
                trail=(WayOn(place.to(HOME), language.site.home),),
                values={"items": items},
            )
        )

    def home(self, titles: Sequence[Titled], first: str) -> str:
        """Return a clinic's first page: its handouts by language, the page itself said in the language ``first``."""
        language = self._frame.languages[first]
        codes = sorted({titled.language for titled in titles}, key=lambda code: (code != first, code))
        groups = [
            HomeGroup(
                code,
                self._frame.languages[code].native_name,
                self._frame.languages[code].direction,
                tuple(HomeItem(each.place.path, each.title, each.about) for each in titles if each.language == code),
            )
            for code in codes
        ]
        title = say(language.site.title, language, clinic=slot("short"))
        return self._frame.render(
            SitePage(
                template="site/home.html.j2",
                place=HOME,
                code=first,
                title=title,
                description=str(title),
                tail=False,
                values={"groups": groups},
            )
        )

    def missing(self, codes: Sequence[str], first: str) -> str:
        """Return what a host shows for an address that leads nowhere, in the languages of these codes."""
        language = self._frame.languages[first]
        groups = [
            {"code": code, "direction": self._frame.languages[code].direction, "site": self._frame.languages[code].site}
            for code in sorted(codes, key=lambda code: (code != first, code))
        ]
        # The host shows it at any depth: its links begin at the host.
        return self._frame.render(
            SitePage(
                template="site/missing.html.j2",
                place=HOME,
                code=first,
                title=language.site.missing,
                description=language.site.missing,
                hidden=True,
                values={"groups": groups},
            ),
            root="path",
        )
