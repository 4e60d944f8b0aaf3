"""The clinics: who they are, their contacts and colours, their logo; and one of their pages beside it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handoutpress.app.studio.edit_forms import BRAND_FILE, BRAND_PARTS, brand_form, own_brands
from handoutpress.app.studio.page_drawing import PageRequest, printed_as
from handoutpress.app.studio.uploaded_pictures import take_logo
from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.catalog import HandoutKey
from handoutpress.studio.drawing_pages import ShownPages, shown_pages
from handoutpress.studio.edit_page import EditTarget, open_parts, save, script_answer, undo
from handoutpress.studio.studio import Studio
from handoutpress.studio.words import plain_sentences
from handoutpress.yamlfile.editing import UneditableError
from handoutpress.yamlfile.problems import HandoutError


class ClinicPages:
    """The list of clinics and the page of each."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/clinics", self.list_clinics),
            Route("/clinics/{brand}", self.show),
            Route("/clinics/{brand}", self.save, methods=["POST"]),
            Route("/clinics/{brand}/undo", self.undo, methods=["POST"]),
            Route("/clinics/{brand}/logo", self.logo, methods=["POST"]),
        ]

    def list_clinics(self, request: Request) -> Response:
        printed = printed_as(self._studio.project).brands
        names = {name: printed.get(name, name) for name in own_brands(self._studio.project)}
        return self._studio.page(request, "clinics.html", {"clinics": names, "broken": names.keys() - printed.keys()})

    def show(self, request: Request) -> Response:
        studio, query, target = self._studio, request.query_params, self._target(request)
        brand, words, now = request.path_params["brand"], studio.words(request), studio.files.read(target.path)
        form = brand_form(studio.project, brand, now.text, query.getlist("add"))
        printed = printed_as(studio.project, brand=brand)
        handouts = _by_title(printed.handouts)
        handout = query.get("preview", "") if query.get("preview", "") in handouts else next(iter(handouts), "")
        _, format_ = printed.chosen(brand, query.get("format", ""))
        slug, _, language = handout.partition(".")
        asked = PageRequest(slug, language, brand, format_)
        shown = shown_pages(studio, words, asked) if query.get("draw") and handout else ShownPages()
        values = {
            "target": target, "form": form, "etag": now.etag, "printed": printed, "asked": asked, "shown": shown,
            "open": open_parts(form, BRAND_PARTS), "problems": words.problems_of(form),
            "handouts": handouts, "handout": handout, "title": printed.brands.get(brand, brand),
        }  # fmt: skip
        return studio.page(request, "clinic.html", values)

    async def save(self, request: Request) -> Response:
        result = await save(self._studio, request, self._target(request))
        if isinstance(result, Response):
            return result
        brand = request.path_params["brand"]
        form = await run_in_threadpool(brand_form, self._studio.project, brand, result.now.text)
        return script_answer(result, self._studio.words(request).problems_of(form))

    async def undo(self, request: Request) -> Response:
        return await undo(self._studio, request, self._target(request))

    async def logo(self, request: Request) -> Response:
        """Take an uploaded logo."""
        studio, target = self._studio, self._target(request)
        async with request.form() as form:
            picture, etag = form.get("logo"), str(form.get("etag", ""))
            if not etag or not isinstance(picture, UploadFile):
                return studio.notice(request, 428)
            content = await picture.read()
        try:
            await run_in_threadpool(
                take_logo, studio.project, studio.files, request.path_params["brand"], etag, content
            )
        except UneditableError:
            return studio.notice(request, 409)
        except HandoutError as error:
            return studio.notice(request, 415, " ".join(plain_sentences([str(error)], studio.words(request).no_logo)))
        return RedirectResponse(f"{target.address}?draw=1", 303)

    def _target(self, request: Request) -> EditTarget:
        """Return the file of a brand: one of those that the project has, never a name from the address."""
        brand = request.path_params["brand"]
        if brand not in own_brands(self._studio.project):
            raise HTTPException(404)
        path = self._studio.project.root / "brands" / brand / BRAND_FILE
        return EditTarget(path, BrandFile, f"/clinics/{brand}")


def _by_title(handouts: Mapping[HandoutKey, str]) -> dict[str, str]:
    """Return handouts in the order of their titles, each by its name and language in one word."""
    in_order = sorted(handouts.items(), key=lambda item: (item[1].casefold(), item[0][1]))
    return {f"{handout}.{language}": title for (handout, language), title in in_order}
