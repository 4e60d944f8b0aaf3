"""The clinics: who they are, their contacts and colours, their logo; and one of their pages beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from handoutpress.app.studio.brand_advice import BrandAdvice, brand_advice, take_colours
from handoutpress.app.studio.earlier_project import at_root
from handoutpress.app.studio.forms.edit_forms import (
    BRAND_FILE,
    BRAND_PARTS,
    EditForm,
    brand_form,
    handout_path,
    own_brands,
)
from handoutpress.app.studio.page_drawing import PageRequest, PrintedAs, printed_as
from handoutpress.app.studio.saving import SaveResult
from handoutpress.app.studio.uploaded_pictures import NewPicture, PicturePlace, take_brand_picture, take_logo
from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.catalog import HandoutKey
from handoutpress.studio.drawing_pages import ShownPages, shown_pages
from handoutpress.studio.edit_page import EditTarget, open_parts, save, script_answer, undo
from handoutpress.studio.studio import Studio, in_format
from handoutpress.studio.uploads import uploaded
from handoutpress.studio.words import plain, plain_sentences
from handoutpress.yamlfile.editing import UneditableError
from handoutpress.yamlfile.problems import HandoutError

SEEN_BESIDE = 2
"""Further formats in which a clinic's handout is seen beside the one that was chosen."""


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
            Route("/clinics/{brand}/picture", self.picture, methods=["POST"]),
            Route("/clinics/{brand}/colours", self.colours, methods=["POST"]),
            Route("/clinics/{brand}/remarks", self.remarks),
            Route("/clinics/{brand}/changes", self.changes),
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
        handouts = by_title(printed.handouts)
        handout = chosen_handout(query, handouts)
        _, format_ = printed.chosen(brand, query.get("format", ""))
        slug, _, language = handout.partition(".")
        asked = PageRequest(slug, language, brand, format_)
        studio.earlier.root()  # as it is before anything is changed here
        is_drawn = bool(query.get("draw") and handout)
        shown = shown_pages(studio, words, asked, with_before=True) if is_drawn else ShownPages()
        advice = brand_advice(studio.project, brand)
        values = {
            "target": target, "form": form, "etag": now.etag, "printed": printed, "asked": asked, "shown": shown,
            "open": open_parts(form, (*BRAND_PARTS, *query.getlist("open"), *query.getlist("add"))),
            "problems": words.problems_of(form), "remarks": _told(advice), "advice": advice,
            "others": _other_formats(printed, asked), "people": _people(form),
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
        async with request.form() as form:
            (_, content), etag = await uploaded(form, "logo"), str(form.get("etag", ""))
        brand = request.path_params["brand"]
        take = partial(take_logo, self._studio.project, self._studio.files, brand, etag, content)
        return await self._taken(request, take, etag, has_file=bool(content))

    async def picture(self, request: Request) -> Response:
        """Take an uploaded picture that is printed beside the contact."""
        async with request.form() as form:
            (_, content), etag = await uploaded(form, "picture"), str(form.get("etag", ""))
            alt, place = str(form.get("alt", "")), picture_place(str(form.get("place", "")))
        project, files, brand = self._studio.project, self._studio.files, request.path_params["brand"]
        take = partial(take_brand_picture, project, files, brand, etag, NewPicture(content, alt), place)
        return await self._taken(
            request, take, etag, has_file=bool(content and (alt.strip() or place.kind == "person"))
        )

    async def colours(self, request: Request) -> Response:
        """Give the clinic the colours of its logo."""
        async with request.form() as form:
            etag = str(form.get("etag", ""))
        take = partial(take_colours, self._studio.project, self._studio.files, request.path_params["brand"], etag)
        return await self._taken(request, take, etag)

    async def _taken(
        self, request: Request, take: Callable[[], SaveResult], etag: str, *, has_file: bool = True
    ) -> Response:
        studio, target = self._studio, self._target(request)
        if not etag or not has_file:
            return studio.notice(request, 415 if etag else 428)
        try:
            result = await run_in_threadpool(take)
        except (UneditableError, KeyError, IndexError):
            return studio.notice(request, 409)
        except HandoutError as error:
            return studio.notice(request, 415, " ".join(plain_sentences([str(error)], studio.words(request).no_logo)))
        return RedirectResponse(f"{target.address}?draw=1{'&elsewhere=1' if result.changed_elsewhere else ''}", 303)

    def remarks(self, request: Request) -> Response:
        """Tell the script what is to be looked at."""
        self._target(request)
        return JSONResponse({"remarks": _told(brand_advice(self._studio.project, request.path_params["brand"]))})

    def changes(self, request: Request) -> Response:
        """Show the first page of all that a clinic gives in a format, as it was and as it is."""
        self._target(request)
        brand = request.path_params["brand"]
        printed = printed_as(self._studio.project, brand=brand)
        _, format_ = printed.chosen(brand, request.query_params.get("format", ""))
        given = printed_as(self._studio.project, brand=brand, format=format_) if format_ else printed
        earlier = at_root(self._studio.project, self._studio.earlier.root())
        had_brand = brand in own_brands(earlier)
        values = {
            "was_there": {key for key in given.handouts if had_brand and handout_path(earlier, *key)},
            "printed": printed, "brand": brand, "format": format_, "title": printed.brands.get(brand, brand),
            "asked": [(title, PageRequest(*key, brand, format_)) for key, title in _in_order(given.handouts)],
        }  # fmt: skip
        return self._studio.page(request, "changes.html", values)

    def _target(self, request: Request) -> EditTarget:
        """Return the file of a brand: one of those that the project has, never a name from the address."""
        brand = request.path_params["brand"]
        if brand not in own_brands(self._studio.project):
            raise HTTPException(404)
        path = self._studio.project.root / "brands" / brand / BRAND_FILE
        return EditTarget(path, BrandFile, f"/clinics/{brand}")


def by_title(handouts: Mapping[HandoutKey, str]) -> dict[str, str]:
    """Return handouts in the order of their titles, each by its name and language in one word."""
    return {f"{handout}.{language}": title for (handout, language), title in _in_order(handouts)}


def _in_order(handouts: Mapping[HandoutKey, str]) -> list[tuple[HandoutKey, str]]:
    return sorted(handouts.items(), key=lambda item: (item[1].casefold(), item[0][1]))


def chosen_handout(query: Mapping[str, str], handouts: Mapping[str, str]) -> str:
    """Return which of ``handouts`` is to be seen: the one that is asked for, else the first; "" where there is none."""
    asked = query.get("preview", "")
    return asked if asked in handouts else next(iter(handouts), "")


def picture_place(name: str) -> PicturePlace:
    """Return where a picture is printed: ``photo``, ``mark``, or ``0`` for the first person."""
    if name.isdecimal() and len(name) == 1:
        return PicturePlace("person", int(name))
    return PicturePlace("mark" if name == "mark" else "photo")


def _told(advice: BrandAdvice) -> dict[str, list[str]]:
    """Return what is to be looked at, by the field's name."""
    told: dict[str, list[str]] = {}
    for remark in advice.remarks:
        if sentence := plain(remark.sentence):
            told.setdefault(remark.field, []).append(sentence)
    return told


def _other_formats(printed: PrintedAs, asked: PageRequest) -> list[PageRequest]:
    """Return the same handout in further formats of its clinic, to be seen beside it."""
    names = [name for brand, name in printed.pairs if brand == asked.brand and name != asked.format]
    return [in_format(asked, name) for name in names[:SEEN_BESIDE]] if asked.handout else []


def _people(form: EditForm) -> list[str]:
    """Return the names of who treats patients, in their order."""
    people = next((field for field in form.fields if field.location[-1] == "people"), None)
    named = [{part.location[-1]: part.value for part in person.parts} for person in (people.parts if people else ())]
    return [parts.get("name", "") for parts in named]
