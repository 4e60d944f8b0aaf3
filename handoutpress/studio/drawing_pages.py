"""Pictures of pages: those beside a form, and those of the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutpress.app.studio.drawing_worker import DrawingStoppedError, SupersededError
from handoutpress.app.studio.page_drawing import DrawnPage, DrawnPages, PageRequest, Part
from handoutpress.studio.studio import Studio
from handoutpress.studio.words import PageWords, plain_sentences

LASTING = "private, max-age=31536000, immutable"
"""Of a picture whose address is the digest of what it shows."""


@dataclass(frozen=True)
class ShownPages:
    """The pages beside a form, each with its address; with ``reasons`` why they cannot be drawn, the last that were."""

    pages: tuple[tuple[str, DrawnPage], ...] = ()
    reasons: tuple[str, ...] = ()
    before: tuple[tuple[str, DrawnPage], ...] = ()
    """As they were when clinics were first looked at, where they are other pages now."""


def page_request(query: Mapping[str, str], part: Part = "pages", root: Path | None = None) -> PageRequest:
    """Return which pages a query asks for."""
    handout, language, brand, format_ = (query.get(name, "") for name in ("handout", "language", "brand", "format"))
    return PageRequest(handout, language, brand, format_, part, root)


def shown_pages(
    studio: Studio, words: PageWords, asked: PageRequest, place: str = "", *, with_before: bool = False
) -> ShownPages:
    """Draw pages, and ``with_before`` as they were, and keep them to be fetched. Raises ``SupersededError``."""
    try:
        drawn = studio.worker.draw(asked, place)
        before = _earlier_pages(studio, asked) if with_before else ()
    except DrawingStoppedError:
        return ShownPages(studio.pages.last(asked), (words.too_slow,))
    if not drawn.pages:
        return ShownPages(studio.pages.last(asked), tuple(plain_sentences(drawn.reasons, words.by_hand)))
    pages = studio.pages.keep(asked, drawn.pages)
    return ShownPages(pages, before=before if before != pages else ())


def _earlier_pages(studio: Studio, asked: PageRequest) -> tuple[tuple[str, DrawnPage], ...]:
    """Return pages as they were when clinics were first looked at: drawn once, since they stay as they are."""
    earlier = replace(asked, root=studio.earlier.root())
    return studio.pages.last(earlier) or studio.pages.keep(earlier, studio.worker.draw(earlier).pages)


class DrawingPages:
    """The pages of the studio that are pictures."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/pages", self.pages),
            Route("/drawn/{digest}.png", self.drawn),
            Route("/first-page", self.first_page),
            Route("/fit", self.fit),
        ]

    def pages(self, request: Request) -> Response:
        """Draw pages and return their addresses; 409 where a newer request of the same window has come."""
        words = self._studio.words(request)
        query = dict(request.query_params)
        try:
            asked, with_before = page_request(query), query.get("before") == "1"
            shown = shown_pages(self._studio, words, asked, query.get("window", ""), with_before=with_before)
        except SupersededError:
            return JSONResponse({}, 409)
        content = {"pages": _told(words, shown.pages), "before": _told(words, shown.before), "reasons": shown.reasons}
        return JSONResponse(content)

    async def drawn(self, request: Request) -> Response:
        page = self._studio.pages.find(request.path_params["digest"])
        if page is None:
            return Response(status_code=404)
        return Response(page.png, media_type="image/png", headers={"Cache-Control": LASTING})

    def first_page(self, request: Request) -> Response:
        """Return the first page of a handout, small; ``before`` as it was when clinics were first looked at."""
        query = dict(request.query_params)
        asked = page_request(query, "first", self._studio.earlier.root() if query.get("before") == "1" else None)
        try:
            drawn = self._studio.shelf_worker.draw(asked)
        except DrawingStoppedError:
            drawn = DrawnPages()
        if not drawn.pages:
            return Response(status_code=404)
        return Response(drawn.pages[0].png, media_type="image/png")

    def fit(self, request: Request) -> Response:
        """Tell the script in words how a text fits a format; 409 where a newer request of the same window has come."""
        query = dict(request.query_params)
        try:
            words = said_fit(self._studio, self._studio.words(request), page_request(query), query.get("window", ""))
        except SupersededError:
            return JSONResponse({}, 409)
        return JSONResponse({"fit": words})


def said_fit(studio: Studio, words: PageWords, asked: PageRequest, place: str = "") -> str:
    """Return in words how a text fits a format. Raises ``SupersededError``."""
    try:
        fit = studio.shelf_worker.draw(replace(asked, part="fit"), place).fit
    except DrawingStoppedError:
        fit = None
    if fit is None:
        return str(words.fitting.unknown)
    if fit.pages:
        return words.fill("fitting.fits", pages=fit.pages)
    return words.fill("fitting.too_long", lines=fit.lines) if fit.lines else str(words.fitting.too_wide)


def _told(words: PageWords, pages: Sequence[tuple[str, DrawnPage]]) -> list[dict[str, object]]:
    """Return what the script needs to show pages."""
    return [
        {
            "address": address,
            "width": page.width,
            "height": page.height,
            "alt": words.fill("page_picture", page=number, pages=len(pages)),
        }
        for number, (address, page) in enumerate(pages, start=1)
    ]
