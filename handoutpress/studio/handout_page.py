"""A handout: its form on the left, its real pages on the right."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handoutpress.app.studio.forms.edit_forms import (
    EditForm,
    checked_handout,
    handout_form,
    handout_path,
    handout_remarks,
    own_brands,
)
from handoutpress.app.studio.forms.file_notes import source_language
from handoutpress.app.studio.page_drawing import PageRequest, PrintedAs, printed_as
from handoutpress.app.studio.translations import other_languages
from handoutpress.content.models.handouts import Handout
from handoutpress.studio.drawing_pages import ShownPages, said_fit, shown_pages
from handoutpress.studio.edit_page import EditTarget, open_parts, save, script_answer, undo
from handoutpress.studio.studio import Studio, in_format
from handoutpress.studio.words import PageWords, plain
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
        form = handout_form(studio.project, handout, language, now.text, query.getlist("add"))
        words = studio.words(request, _kind(form))
        printed = printed_as(studio.project, handout, language)
        brand, format_ = printed.chosen(query.get("brand", ""), query.get("format", ""))
        asked = PageRequest(handout, language, brand, format_)
        shown = shown_pages(studio, words, asked) if query.get("draw") and brand else ShownPages()
        values = {
            "words": words,
            "target": target, "form": form, "etag": now.etag, "printed": printed, "asked": asked, "shown": shown,
            "remarks": self._remarks(request, words, form, brand if query.get("draw") else ""),
            "open": open_parts(form, query.getlist("open")),
            "problems": words.problems_of(form),
            "fits": self._fits(words, asked, printed) if query.get("fits") else {},
            "title": next((field.value for field in form.fields if field.name == "title"), handout),
        }  # fmt: skip
        return studio.page(request, "handout.html", values | self._additions(request, now.text, form, printed))

    def _fits(self, words: PageWords, asked: PageRequest, printed: PrintedAs) -> dict[str, str]:
        """Return how the handout fits each format of its clinic, in words, for a page without its script."""
        formats = [name for brand, name in printed.pairs if brand == asked.brand]
        return {name: said_fit(self._studio, words, in_format(asked, name)) for name in formats}

    def _additions(self, request: Request, text: str, form: EditForm, printed: PrintedAs) -> dict[str, object]:
        """Return what the page offers besides its form; ``ungiven`` is a clinic that does not give this language."""
        project, (handout, language) = self._studio.project, self._names(request)
        brand = request.query_params.get("brand", "") or next(iter(printed.brands), "")
        is_given = any(pair[0] == brand for pair in printed.pairs) or bool(form.problems)
        return {
            "others": other_languages(project, handout),
            "source": source_language(text),
            "language": language,
            "ungiven": "" if is_given or brand not in own_brands(project) else brand,
        }

    async def save(self, request: Request) -> Response:
        target = self._target(request)
        result = await save(self._studio, request, target)
        if isinstance(result, Response):
            return result
        handout, language = self._names(request)
        form = await run_in_threadpool(checked_handout, self._studio.project, handout, language, result.now.text)
        words = self._studio.words(request, _kind(form))
        count = words.fill("fitting.words", count=form.words) if form.words else ""
        return script_answer(result, words.problems_of(form), count)

    def remarks(self, request: Request) -> Response:
        """Tell the script what is to be looked at."""
        handout, language = self._names(request)
        text = self._studio.files.read(self._target(request).path).text
        form = checked_handout(self._studio.project, handout, language, text)
        words, brand = self._studio.words(request, _kind(form)), request.query_params.get("brand", "")
        return JSONResponse({"remarks": self._remarks(request, words, form, brand)})

    def _remarks(self, request: Request, words: PageWords, form: EditForm, brand: str) -> dict[str, list[str]]:
        """Return the doubts of an import and, for a ``brand``, what the editor would say, by the field's name."""
        fields = [field for outer in form.fields for field in outer.walk()]
        told = {field.name: [words.doubt(doubt) for doubt in field.doubts] for field in fields if field.doubts}
        of_editor = self._of_editor(request, brand) if brand and not form.problems else {}
        for name, sentences in of_editor.items():
            kept = list(filter(None, map(plain, sentences)))
            if kept:
                told[name] = [*told.get(name, ()), *kept]
        return told

    def _of_editor(self, request: Request, brand: str) -> Mapping[str, tuple[str, ...]]:
        handout, language = self._names(request)
        text = self._studio.files.read(self._target(request).path).text
        try:
            return handout_remarks(self._studio.project, handout, language, text, brand)
        except HandoutError:  # what is to be put right is told beside it
            return {}

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


def _kind(form: EditForm) -> str:
    """Return what kind of handout a form is of; "" where it does not say so."""
    return next((field.value for field in form.fields if field.name == "kind"), "")
