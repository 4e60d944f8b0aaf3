"""History: whether each save is kept in the folder's Git repository, under whose name, and the last of them."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handoutpress.studio.studio import Studio
from handoutpress.yamlfile.editing import UneditableError


class HistoryPage:
    """The page on which keeping saves is switched on."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def routes(self) -> list[Route]:
        return [Route("/history", self.show), Route("/history", self.switch, methods=["POST"])]

    def show(self, request: Request) -> Response:
        history = self._studio.history
        values = {
            "possible": history.is_possible, "on": history.is_on, "person": history.person,
            "saves": history.saves(), "failed": history.has_failed,
        }  # fmt: skip
        return self._studio.page(request, "history.html", values)

    async def switch(self, request: Request) -> Response:
        """Switch it on or off, by someone who says who they are."""
        async with request.form() as form:
            on, person = form.get("on") == "yes", str(form.get("person", ""))
        if on and not person.strip():
            return self._studio.notice(request, 428)
        try:
            await run_in_threadpool(partial(self._studio.history.switch, on=on, person=person))
        except UneditableError:
            return self._studio.notice(request, 409)
        return RedirectResponse("/history", 303)
