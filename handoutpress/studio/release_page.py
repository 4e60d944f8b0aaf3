"""What patients are given: making all pages, approving them, releasing, recalling, and knowing a sheet again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from handoutpress.app.outbox import patients_to_recall
from handoutpress.app.recall import identify, recall, released_files
from handoutpress.app.release import ReleaseResult, approve, rollback
from handoutpress.app.studio.giving_out import (
    ReleaseView,
    Subject,
    field_of,
    make_release,
    read_releases,
    subject_of,
    waits_for_approval,
)
from handoutpress.app.studio.long_work import WorkProgress
from handoutpress.studio.studio import Studio
from handoutpress.studio.words import PageWords, plain, plain_sentences
from handoutpress.studio.working import begin_work, said_progress
from handoutpress.yamlfile.problems import HandoutError

PARTS_OF_REVIEW = ("reviewed", "claims_read", "by", "on", "next")
"""Fields that what is told of a release quotes by their keys."""


@dataclass(frozen=True)
class Obstacle:
    """Where something that stands against a release is put right: an address, "" for none, and how it is called."""

    address: str
    called: str
    language: str = ""


class ReleasePage:
    """The page for releases."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._standing: tuple[str, ...] = ()
        """What stood in the way of handouts when they were last tried, and that have not been released since."""

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
            "against": self._against(words, view),
            "early": not all(map(waits_for_approval, self._standing)),
            "kept": request.query_params.get("kept") == "1", "recalled": request.query_params.get("recalled") == "1",
        }  # fmt: skip
        return studio.page(request, "release.html", values)

    async def make(self, request: Request) -> Response:
        """Make and check all pages, and release nothing."""
        work = partial(self._try, "", (), keep=False)
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
        work = partial(self._try, name, those, keep=True)
        return begin_work(self._studio, request, "release", work, "/release?kept=1")

    def _try(
        self, name: str, handouts: tuple[str, ...], tell: Callable[[WorkProgress], None], *, keep: bool
    ) -> ReleaseResult:
        result = make_release(self._studio.project, name, handouts, tell=tell, keep=keep)
        told = (*result.reasons, *_failures(result))
        others = ((each, subject_of(each)) for each in self._standing if handouts)
        rest = (each for each, about in others if about and about.language and about.name not in handouts)
        self._standing = tuple(dict.fromkeys((*told, *rest)))
        return result

    async def approve(self, request: Request) -> Response:
        async with request.form() as form:
            brand, name = str(form.get("clinic", "")), str(form.get("name", ""))
        give = partial(approve, self._studio.project, [brand], by=name, reporter=lambda _: None)
        words = self._studio.words(request)

        def approved() -> None:
            give()
            self._standing = tuple(each for each in self._standing if not _waits_for(brand, each))

        return await self._told(request, approved, "/release#approve", words.release.make_first)

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

    def _against(self, words: PageWords, view: ReleaseView) -> dict[Obstacle, list[str]]:
        """Return what stands against a release, in plain words, by where it is put right."""
        told: dict[Obstacle, list[str]] = {}
        for sentence in self._standing:
            subject = subject_of(sentence)
            is_placed = subject and not waits_for_approval(sentence)
            field = field_of(self._studio.project, subject, sentence) if subject and is_placed else ""
            lines = told.setdefault(_obstacle(words, view, subject, field), [])
            if subject and subject.file:
                line = words.fill("release.finding", file=subject.file)
            else:
                line = words.named(plain(sentence) or words.by_hand, PARTS_OF_REVIEW)
            if line not in lines:
                lines.append(line)
        return told

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


def _waits_for(brand: str, sentence: str) -> bool:
    subject = subject_of(sentence)
    return waits_for_approval(sentence) and subject is not None and subject.name == brand


def _obstacle(words: PageWords, view: ReleaseView, subject: Subject | None, field: str) -> Obstacle:
    if subject is None:
        return Obstacle("", "")
    names = view.handouts if subject.language else view.clinics
    called = " – ".join(filter(None, [names.get(subject.name, subject.name), field and words.place(field)]))
    page = f"/handouts/{subject.name}/{subject.language}" if subject.language else f"/clinics/{subject.name}"
    shown = f"?{urlencode({'add': field, 'open': field})}#{field}" if field else ""
    return Obstacle(page + shown, called, subject.language)
