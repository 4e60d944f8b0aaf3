"""What all pages of one running studio share: its project, its words, its files, its workers, and drawn pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from handoutpress.app.studio.drawing_worker import Drawer, DrawingWorker
from handoutpress.app.studio.earlier_project import EarlierProject
from handoutpress.app.studio.history import SaveHistory
from handoutpress.app.studio.long_work import LongWork
from handoutpress.app.studio.page_drawing import DrawnPage, PageRequest, draw_pages
from handoutpress.app.studio.page_words import page_languages, section_headings
from handoutpress.app.studio.saving import EditedFiles
from handoutpress.content.project import Project
from handoutpress.studio.access import Access
from handoutpress.studio.words import PageWords, chosen_language

HERE = Path(__file__).parent
KEPT_PAGES = 120
"""Drawn pages that are kept to be fetched: some 30 MB."""
KEPT_LAST = 12
"""Handouts of which the pages that were drawn last are kept."""
NOTICES = {
    401: ("closed", "closed_why"),
    403: ("refused", "refused_why"),
    404: ("missing", "missing_why"),
    409: ("refused", "by_hand"),
    413: ("refused", "too_large"),
    415: ("refused", "no_file"),
    421: ("closed", "closed_why"),
    428: ("refused", "refused_why"),
    500: ("refused", "went_wrong"),
}
"""By the status of an answer, the phrases of the page that says why."""


def query_of(asked: PageRequest) -> str:
    """Return the query of an address that asks for pages."""
    return urlencode(
        {"handout": asked.handout, "language": asked.language, "brand": asked.brand, "format": asked.format}
    )


def in_format(asked: PageRequest, format_: str) -> PageRequest:
    """Return the same in another format."""
    return replace(asked, format=format_)


class Studio:
    """One project, open on this computer."""

    def __init__(self, project: Project, access: Access, drawer: Drawer = draw_pages) -> None:
        self.project, self.access = project, access
        self.history = SaveHistory(project)
        self.files = EditedFiles(project, self.history.keep)
        self.pages = DrawnPageStore()
        self.earlier = EarlierProject(project)
        self.work = LongWork()
        # A page that someone waits for is not kept waiting by a shelf full of small ones.
        self.worker, self.shelf_worker = DrawingWorker(project, drawer), DrawingWorker(project, drawer)
        self.languages = page_languages(project)
        # Ours alone: a project's own templates are never read here.
        self._templates = Jinja2Templates(directory=HERE / "templates")
        self._templates.env.globals |= {"query_of": query_of, "in_format": in_format}
        self._templates.env.trim_blocks = self._templates.env.lstrip_blocks = True

    def words(self, request: Request, kind: str | None = None) -> PageWords:
        """Return the words of the pages in the language that a person reads: for a handout, those of its ``kind``."""
        language = chosen_language(request, self.languages)
        sections = {} if kind is None else section_headings(self.project, kind, language)
        return PageWords(language, self.languages, sections)

    def page(self, request: Request, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """Return the page that the template ``name`` makes of ``values``."""
        context = {"words": self.words(request), "languages": self.languages, **values}
        return self._templates.TemplateResponse(request, name, context, status_code=status)

    def notice(self, request: Request, status: int, why: str = "") -> Response:
        """Return the page that says why something was not done: ``why``, else what is known of the ``status``."""
        words = self.words(request)
        title, phrase = NOTICES.get(status, NOTICES[500])
        sentence = why or getattr(words, phrase)
        return self.page(request, "notice.html", {"title": getattr(words, title), "sentence": sentence}, status)

    def close(self) -> None:
        """End the workers."""
        self.worker.close()
        self.shelf_worker.close()
        self.earlier.close()


class DrawnPageStore:
    """Pages that were drawn, by the digest of their picture, until so many newer ones have come."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, DrawnPage] = OrderedDict()
        self._last: OrderedDict[PageRequest, tuple[tuple[str, DrawnPage], ...]] = OrderedDict()
        self._lock = Lock()

    def put(self, page: DrawnPage) -> str:
        """Keep a page and return its address."""
        with self._lock:
            self._pages[page.digest] = page
            self._pages.move_to_end(page.digest)
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return f"/drawn/{page.digest}.png"

    def keep(self, asked: PageRequest, pages: Iterable[DrawnPage]) -> tuple[tuple[str, DrawnPage], ...]:
        """Keep the pages that were asked for, as the last of these, and return each with its address."""
        kept = tuple((self.put(page), page) for page in pages)
        with self._lock:
            self._last[asked] = kept
            self._last.move_to_end(asked)
            while len(self._last) > KEPT_LAST:
                self._last.popitem(last=False)
        return kept

    def last(self, asked: PageRequest) -> tuple[tuple[str, DrawnPage], ...]:
        """Return the pages that were drawn last when the same was asked for; none where there are none any more."""
        with self._lock:
            pages = self._last.get(asked)
        return self.keep(asked, (page for _, page in pages)) if pages else ()

    def find(self, digest: str) -> DrawnPage | None:
        """Return a page that is kept."""
        with self._lock:
            return self._pages.get(digest)
