"""The shelf: all handouts as pictures of their first page; and the choice of the pages' language."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handoutpress.app.studio.beginning import begin_handout
from handoutpress.app.studio.page_drawing import PageRequest
from handoutpress.app.studio.shelf import ShelfChoice, ShelfItem, read_shelf
from handoutpress.content.handout_names import new_handout_path
from handoutpress.studio.studio import Studio, query_of
from handoutpress.studio.words import LANGUAGE

CHOICES = ("brand", "language", "format", "kind")


class ShelfPage:
    """The first page of the studio."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/enter", self.enter),
            Route("/", self.shelf),
            Route("/language", self.language),
            Route("/new", self.begin, methods=["POST"]),
        ]

    async def enter(self, request: Request) -> Response:
        """Exchange the token of the start address for a session, once."""
        session = self._studio.access.enter(request.query_params.get("token", ""))
        if not session:
            return self._studio.notice(request, 401)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._studio.access.cookie, session, httponly=True, samesite="strict")
        return answer

    def shelf(self, request: Request) -> Response:
        choice = ShelfChoice(**{name: request.query_params.get(name, "") for name in CHOICES})
        shelf = read_shelf(self._studio.project, choice)
        pictures = {(item.handout, item.language): _picture(item, choice) for item in shelf.items}
        offered = {"brand": shelf.brands, "language": shelf.languages, "format": shelf.formats, "kind": shelf.kinds}
        values = {"shelf": shelf, "choice": choice, "pictures": pictures, "offered": offered}
        return self._studio.page(request, "shelf.html", values)

    async def begin(self, request: Request) -> Response:
        """Begin a handout, and go on to its page."""
        async with request.form() as form:
            title, kind = str(form.get("title", "")), str(form.get("kind", ""))
        studio = self._studio
        name = await run_in_threadpool(begin_handout, studio.project, title, kind)
        await run_in_threadpool(studio.history.keep, [new_handout_path(studio.project, name, "en")])
        return RedirectResponse(f"/handouts/{name}/en", 303)

    async def language(self, request: Request) -> Response:
        """Keep which language the pages are in."""
        answer = RedirectResponse("/", 303)
        answer.set_cookie(LANGUAGE, request.query_params.get("code", "")[:20], httponly=True, samesite="strict")
        return answer


def _picture(item: ShelfItem, choice: ShelfChoice) -> str:
    """Return the query of the edition that stands for a handout: as chosen, else the first; "" where there is none."""
    pairs = [pair for pair in item.editions if choice.brand in ("", pair[0]) and choice.format in ("", pair[1])]
    if not pairs:
        return ""
    brand, format_ = pairs[0]
    return query_of(PageRequest(item.handout, item.language, brand, format_))
