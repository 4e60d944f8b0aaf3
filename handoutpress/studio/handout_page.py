"""A handout: its form on the left, its real pages on the right."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutpress.app.studio.edit_forms import checked_handout, handout_form, handout_remarks
from handoutpress.app.studio.page_drawing import PageRequest, printed_as
from handoutpress.app.studio.shelf import handout_path
from handoutpress.content.models.handouts import Handout
from handoutpress.studio.drawing_pages import ShownPages, shown_pages
from handoutpress.studio.edit_page import EditTarget, open_parts, save, script_answer, undo
from handoutpress.studio.studio import Studio
from handoutpress.studio.words import plain
from handoutpress.yamlfile.problems import HandoutError


class HandoutPage:
    """The page of one handout in one language."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/handouts/{handout}/{language}", self.show),
            Route("/handouts/{handout}/{language}", self.save, methods=["POST"]),
            Route("/handouts/{handout}/{language}/remarks", self.remarks),
            Route("/handouts/{handout}/{language}/undo", self.undo, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        studio, query = self._studio, request.query_params
        target, (handout, language) = self._target(request), self._names(request)
        now = studio.files.read(target.path)
        words = studio.words(request)
        form = handout_form(studio.project, handout, language, now.text, query.getlist("add"))
        printed = printed_as(studio.project, handout, language)
        brand, format_ = printed.chosen(query.get("brand", ""), query.get("format", ""))
        asked = PageRequest(handout, language, brand, format_)
        shown = shown_pages(studio, words, asked) if query.get("draw") and brand else ShownPages()
        values = {
            "target": target, "form": form, "etag": now.etag, "printed": printed, "asked": asked, "shown": shown,
            "remarks": self._remarks(request, brand) if query.get("draw") and not form.problems else {},
            "open": open_parts(form, query.getlist("open")),
            "problems": words.problems_of(form),
            "title": next((field.value for field in form.fields if field.name == "title"), handout),
        }  # fmt: skip
        return studio.page(request, "handout.html", values)

    async def save(self, request: Request) -> Response:
        target = self._target(request)
        result = await save(self._studio, request, target)
        if isinstance(result, Response):
            return result
        handout, language = self._names(request)
        form = await run_in_threadpool(checked_handout, self._studio.project, handout, language, result.now.text)
        return script_answer(result, self._studio.words(request).problems_of(form))

    def remarks(self, request: Request) -> Response:
        """Tell the script what the editor would say."""
        return JSONResponse({"remarks": self._remarks(request, request.query_params.get("brand", ""))})

    def _remarks(self, request: Request, brand: str) -> dict[str, list[str]]:
        handout, language = self._names(request)
        text = self._studio.files.read(self._target(request).path).text
        try:
            remarks = handout_remarks(self._studio.project, handout, language, text, brand)
        except HandoutError:  # what is to be put right is told beside it
            return {}
        told = {name: [plain(sentence) for sentence in sentences] for name, sentences in remarks.items()}
        return {name: kept for name, sentences in told.items() if (kept := [each for each in sentences if each])}

    async def undo(self, request: Request) -> Response:
        return await undo(self._studio, request, self._target(request))

    def _names(self, request: Request) -> tuple[str, str]:
        return request.path_params["handout"], request.path_params["language"]

    def _target(self, request: Request) -> EditTarget:
        """Return the file of a handout: one of those that the project has, never a name from the address."""
        handout, language = self._names(request)
        path = handout_path(self._studio.project, handout, language)
        if path is None:
            raise HTTPException(404)
        return EditTarget(path, Handout, f"/handouts/{handout}/{language}")
