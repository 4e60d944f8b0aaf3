"""What patients are given: making all pages, approving them, releasing, recalling, and knowing a sheet again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from handoutpress.app.outbox import patients_to_recall
from handoutpress.app.recall import identify, recall, released_files
from handoutpress.app.release import ReleaseResult, approve, rollback
from handoutpress.app.studio.giving_out import ReleaseView, Subject, make_release, read_releases, subject_of
from handoutpress.studio.studio import Studio
from handoutpress.studio.words import PageWords, plain, plain_sentences
from handoutpress.studio.working import begin_work, said_progress
from handoutpress.yamlfile.problems import HandoutError


class ReleasePage:
    """The page for releases."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/release", self.show),
            Route("/release/make", self.make, methods=["POST"]),
            Route("/release/keep", self.keep, methods=["POST"]),
            Route("/release/approve", self.approve, methods=["POST"]),
            Route("/release/current", self.make_current, methods=["POST"]),
            Route("/release/recall", self.ask_to_recall),
            Route("/release/recall", self.recall, methods=["POST"]),
            Route("/work", self.work),
        ]

    def show(self, request: Request) -> Response:
        studio, words = self._studio, self._studio.words(request)
        code = request.query_params.get("signs", "").strip()
        work, done = said_progress(studio, words), studio.work.done("release")
        view = read_releases(studio.project)  # after that, so that it has what was released by then
        result = done.result if done and isinstance(done.result, ReleaseResult) else None
        values = {
            "view": view, "code": code, "sheets": identify(studio.project, code) if code else [],
            "work": work, "done": done, "result": result,
            "against": _against(words, view, (*result.reasons, *_failures(result)) if result else ()),
            "kept": request.query_params.get("kept") == "1", "recalled": request.query_params.get("recalled") == "1",
        }  # fmt: skip
        return studio.page(request, "release.html", values)

    async def make(self, request: Request) -> Response:
        """Make and check all pages, and release nothing."""
        work = partial(make_release, self._studio.project, "", (), keep=False)
        return begin_work(self._studio, request, "release", work, "/release")

    async def keep(self, request: Request) -> Response:
        """Release what was chosen: all of it as everything, so that the next handout belongs to it, too."""
        async with request.form() as form:
            name = str(form.get("name", "")).strip()
            chosen = {str(value) for value in form.getlist("handout")}
        handouts = (await run_in_threadpool(read_releases, self._studio.project)).handouts
        if not chosen & set(handouts):
            return self._studio.notice(request, 428)
        those = () if chosen >= set(handouts) else tuple(slug for slug in handouts if slug in chosen)
        work = partial(make_release, self._studio.project, name, those, keep=True)
        return begin_work(self._studio, request, "release", work, "/release?kept=1")

    async def approve(self, request: Request) -> Response:
        async with request.form() as form:
            brand, name = str(form.get("clinic", "")), str(form.get("name", ""))
        give = partial(approve, self._studio.project, [brand], by=name, reporter=lambda _: None)
        words = self._studio.words(request)
        return await self._told(request, give, "/release#approve", words.release.make_first)

    async def make_current(self, request: Request) -> Response:
        async with request.form() as form:
            name = str(form.get("name", ""))
        try:
            result = await run_in_threadpool(rollback, self._studio.project, name, reporter=lambda _: None)
        except HandoutError as error:
            return self._refused(request, str(error).splitlines())
        return self._refused(request, result.reasons) if result.reasons else RedirectResponse("/release", 303)

    def ask_to_recall(self, request: Request) -> Response:
        """Show what would be recalled."""
        studio, view = self._studio, read_releases(self._studio.project)
        handout, below = (request.query_params.get(name, "").strip() for name in ("handout", "below"))
        if handout not in view.released:
            return studio.notice(request, 404)
        try:
            rows = released_files(studio.project, handout, below=below)
            mailed = sum(len(group.patients) for group in patients_to_recall(studio.project, handout, below))
        except HandoutError as error:
            return self._refused(request, str(error).splitlines())
        texts = sorted({(row.clinic, row.language, row.version, row.content_hash) for row in rows})
        values = {
            "title": view.released[handout], "handout": handout, "below": below, "texts": texts, "mailed": mailed,
        }  # fmt: skip
        return studio.page(request, "recall.html", values)

    async def recall(self, request: Request) -> Response:
        async with request.form() as form:
            handout, below = str(form.get("handout", "")), str(form.get("below", ""))
        project = self._studio.project

        def take_back() -> object:
            rows = released_files(project, handout, below=below)
            return recall(project, handout, rows, below=below, reporter=lambda _: None)

        return await self._told(request, take_back, "/release?recalled=1#recall")

    def work(self, request: Request) -> Response:
        """Tell the script how far the work is."""
        return JSONResponse({"work": said_progress(self._studio, self._studio.words(request))})

    async def _told(self, request: Request, what: Callable[[], object], address: str, otherwise: str = "") -> Response:
        """Do something short; say why where it cannot be done."""
        try:
            await run_in_threadpool(what)
        except HandoutError as error:
            return self._refused(request, str(error).splitlines(), otherwise)
        return RedirectResponse(address, 303)

    def _refused(self, request: Request, sentences: Any, otherwise: str = "") -> Response:
        words = self._studio.words(request)
        return self._studio.notice(request, 409, " ".join(plain_sentences(sentences, otherwise or words.went_wrong)))


def _failures(result: ReleaseResult) -> tuple[str, ...]:
    ended = result.ended
    return (*(failed.sentence for failed in ended.failed), *ended.faults) if ended else ()


def _against(
    words: PageWords, view: ReleaseView, sentences: tuple[str, ...]
) -> dict[tuple[Subject | None, str], list[str]]:
    """Return what stands against a release, in plain words, by what it is about and how people call that."""
    told: dict[tuple[Subject | None, str], list[str]] = {}
    for sentence in sentences:
        subject = subject_of(sentence)
        names = view.handouts if subject and subject.language else view.clinics
        called = names.get(subject.name, subject.name) if subject else ""
        lines = told.setdefault((subject, called), [])
        line = plain(sentence) or words.by_hand
        if line not in lines:
            lines.append(line)
    return told
