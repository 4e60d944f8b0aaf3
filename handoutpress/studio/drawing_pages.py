"""Pictures of pages: those beside a form, those of the shelf, and the PDF to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutpress.app.printing import PrintResult, print_handout
from handoutpress.app.studio.drawing_worker import DrawingStoppedError, SupersededError
from handoutpress.app.studio.page_drawing import DrawnPage, DrawnPages, PageRequest
from handoutpress.content.project import Project
from handoutpress.studio.studio import Studio
from handoutpress.studio.words import PageWords, plain_sentences
from handoutpress.yamlfile.problems import HandoutError

LASTING = "private, max-age=31536000, immutable"
"""Of a picture whose address is the digest of what it shows."""


@dataclass(frozen=True)
class ShownPages:
    """The pages beside a form, each with its address; else in sentences why there are none."""

    pages: tuple[tuple[str, DrawnPage], ...] = ()
    reasons: tuple[str, ...] = ()
    before: tuple[tuple[str, DrawnPage], ...] = ()
    """As they were first drawn, where they are other pages now."""


def page_request(query: Mapping[str, str], *, small: bool = False) -> PageRequest:
    """Return which pages a query asks for."""
    handout, language, brand, format_ = (query.get(name, "") for name in ("handout", "language", "brand", "format"))
    return PageRequest(handout, language, brand, format_, small)


def shown_pages(studio: Studio, words: PageWords, asked: PageRequest, place: str = "") -> ShownPages:
    """Draw pages and keep them to be fetched. Raises ``SupersededError``."""
    try:
        drawn = studio.worker.draw(asked, place)
    except DrawingStoppedError:
        return ShownPages(reasons=(words.too_slow,))
    before = studio.first_pages.before(asked, drawn.pages) if drawn.pages else ()
    return ShownPages(
        tuple((studio.pages.put(page), page) for page in drawn.pages),
        tuple(plain_sentences(drawn.reasons, words.by_hand)),
        tuple((studio.pages.put(page), page) for page in before),
    )


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
            Route("/pdf", self.pdf),
        ]

    def pages(self, request: Request) -> Response:
        """Draw pages and return their addresses; 409 where a newer request of the same window has come."""
        words = self._studio.words(request)
        query = dict(request.query_params)
        try:
            shown = shown_pages(self._studio, words, page_request(query), query.get("window", ""))
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
        """Return the first page of a handout, small."""
        asked = page_request(dict(request.query_params), small=True)
        try:
            drawn = self._studio.shelf_worker.draw(asked)
        except DrawingStoppedError:
            drawn = DrawnPages()
        if not drawn.pages:
            return Response(status_code=404)
        return Response(drawn.pages[0].png, media_type="image/png")

    async def pdf(self, request: Request) -> Response:
        """Return the PDF to print, proved as ``handouts build`` does: a recalled text, say, is not printed."""
        asked = page_request(dict(request.query_params))
        try:
            printed = await run_in_threadpool(_printed, self._studio.project, asked)
        except HandoutError as error:
            printed = PrintResult(problems=tuple(str(error).splitlines()))
        if printed.pdf is None:
            why = " ".join(plain_sentences(printed.problems, self._studio.words(request).by_hand))
            return self._studio.notice(request, 404, why)
        headers = {"Content-Disposition": f'inline; filename="{asked.handout}.{asked.language}.pdf"'}
        return Response(printed.pdf, media_type="application/pdf", headers=headers)


def _printed(project: Project, asked: PageRequest) -> PrintResult:
    return print_handout(project, asked.handout, brand=asked.brand, format=asked.format, language=asked.language)


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
