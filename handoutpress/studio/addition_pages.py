"""What is added to a project: a handout from a text or by translating one, a paper, a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handoutpress.app.references import Registries
from handoutpress.app.studio.forms.edit_forms import handout_path, own_brands
from handoutpress.app.studio.papers import NewPaper, add_exported, add_paper
from handoutpress.app.studio.text_import import PASTED, import_text
from handoutpress.app.studio.translations import give_language
from handoutpress.app.studio.uploaded_pictures import NewPicture, take_picture
from handoutpress.app.translate import translate
from handoutpress.content.handout_names import new_handout_path
from handoutpress.content.library import LIBRARY
from handoutpress.studio.studio import Studio
from handoutpress.studio.uploads import uploaded
from handoutpress.studio.words import plain_sentences
from handoutpress.yamlfile.editing import UneditableError
from handoutpress.yamlfile.problems import HandoutError


class AdditionPages:
    """What adds to a project, and then shows a handout's page."""

    def __init__(self, studio: Studio, registries: Registries) -> None:
        self._studio, self._registries = studio, registries

    @property
    def routes(self) -> list[Route]:
        handout = "/handouts/{handout}/{language}"
        return [
            Route("/import", self.import_text, methods=["POST"]),
            Route(f"{handout}/translate", self.translate, methods=["POST"]),
            Route(f"{handout}/give", self.give, methods=["POST"]),
            Route(f"{handout}/papers", self.add_paper, methods=["POST"]),
            Route(f"{handout}/picture", self.take_picture, methods=["POST"]),
        ]

    async def import_text(self, request: Request) -> Response:
        """Make a draft of a text that is uploaded or pasted."""
        async with request.form(max_part_size=1_000_000) as form:
            name, content = await uploaded(form, "text")
            pasted = str(form.get("pasted", "")).strip()
            language, kind = str(form.get("language", "")), str(form.get("kind", ""))
        if (not content and not pasted) or language not in self._studio.languages:
            return self._studio.notice(request, 415 if language in self._studio.languages else 428)
        draft = partial(
            import_text,
            self._studio.project,
            name if content else PASTED,
            content or pasted.replace("\r\n", "\n").encode(),
            language=language,
            kind=kind,
        )
        return await self._added(
            request,
            draft,
            lambda slug: f"/handouts/{slug}/{language}",
            lambda slug: [new_handout_path(self._studio.project, slug, language)],
        )

    async def translate(self, request: Request) -> Response:
        """Begin a translation, or bring the one that is open up to date with what it is made from."""
        handout, language = self._names(request)
        async with request.form() as form:
            to, source = str(form.get("to", "")), str(form.get("source", ""))
        if to not in self._studio.languages and not source:
            return self._studio.notice(request, 428)
        begin = partial(translate, self._studio.project, handout, to=to, source=language)
        bring = partial(translate, self._studio.project, handout, to=language, source=source, bring=True)
        address = f"/handouts/{handout}/{language if source else to}"
        written = new_handout_path(self._studio.project, handout, language if source else to)
        return await self._added(request, bring if source else begin, lambda _: address, lambda _: [written])

    async def give(self, request: Request) -> Response:
        """Have a clinic give handouts in the language of the one that is open."""
        handout, language = self._names(request)
        async with request.form() as form:
            brand = str(form.get("brand", ""))
        if brand not in own_brands(self._studio.project):
            raise HTTPException(404)
        give = partial(give_language, self._studio.project, self._studio.files, brand, language)
        query = urlencode({"brand": brand, "draw": "1"})
        return await self._added(request, give, lambda _: f"/handouts/{handout}/{language}?{query}")

    async def add_paper(self, request: Request) -> Response:
        """Add a paper to the library, by its number or from a file."""
        handout, language = self._names(request)
        async with request.form() as form:
            name, content = await uploaded(form, "papers")
            number = str(form.get("number", "")).strip()
        if not content and not number:
            return self._studio.notice(request, 415)
        project = self._studio.project
        by_number = partial(add_paper, project, self._registries, number)
        exported = partial(add_exported, project, name, content)
        address = f"/handouts/{handout}/{language}"
        return await self._added(
            request, exported if content else by_number, lambda papers: f"{address}?{_told_of(papers)}"
        )

    async def take_picture(self, request: Request) -> Response:
        """Take an uploaded picture into the handout that is open."""
        handout, language = self._names(request)
        path = handout_path(self._studio.project, handout, language)
        async with request.form() as form:
            _, content = await uploaded(form, "picture")
            alt, etag = str(form.get("alt", "")), str(form.get("etag", ""))
        if not etag or not content or not alt.strip() or path is None:
            return self._studio.notice(request, 415 if etag else 428)
        take = partial(take_picture, self._studio.project, self._studio.files, path, etag, NewPicture(content, alt))
        return await self._added(request, take, lambda _: f"/handouts/{handout}/{language}?draw=1&open=body#body")

    async def _added(
        self,
        request: Request,
        what: Callable[[], Any],
        address: Callable[[Any], str],
        written: Callable[[Any], list[Path]] = lambda _: [],
    ) -> Response:
        """Do what adds, keep what it has ``written``, and the library where it has changed; show the ``address``."""
        words, library = self._studio.words(request), self._studio.project.root / LIBRARY

        def added_and_kept() -> Any:
            before = library.read_bytes() if library.is_file() else b""
            added = what()
            is_changed = library.is_file() and library.read_bytes() != before
            self._studio.history.keep([*written(added), *([library] if is_changed else [])])
            return added

        try:
            added = await run_in_threadpool(added_and_kept)
        except UneditableError:
            return self._studio.notice(request, 409)
        except HandoutError as error:
            return self._studio.notice(request, 415, " ".join(plain_sentences(str(error).splitlines(), words.by_hand)))
        return RedirectResponse(address(added), 303)

    def _names(self, request: Request) -> tuple[str, str]:
        """Return which handout is open: one of those that the project has, never a name from the address."""
        names = request.path_params["handout"], request.path_params["language"]
        if handout_path(self._studio.project, *names) is None:
            raise HTTPException(404)
        return names


def _told_of(papers: Iterable[NewPaper]) -> str:
    """Return the query by which a page tells of papers that were added."""
    return urlencode([("paper" if paper.is_citable else "unread", paper.title) for paper in papers])
