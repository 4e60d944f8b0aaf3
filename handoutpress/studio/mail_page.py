"""Mail: letters to one patient or to those of a list, looked at before they are sent; and what became of each."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handoutpress.app.studio.mailing import (
    LettersToSend,
    MailRequest,
    PreparedLetters,
    SentCounts,
    mail_choices,
    outbox_lines,
    prepare,
    send,
    send_waiting,
)
from handoutpress.studio.studio import Studio
from handoutpress.studio.uploads import uploaded
from handoutpress.studio.words import plain_sentences
from handoutpress.studio.working import begin_work, said_progress
from handoutpress.yamlfile.problems import HandoutError


class MailPage:
    """The page for mail."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._letters = LettersToSend()

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/mail", self.show),
            Route("/mail", self.prepare, methods=["POST"]),
            Route("/mail/send", self.send, methods=["POST"]),
            Route("/mail/again", self.again, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        studio, words = self._studio, self._studio.words(request)
        work, done = said_progress(studio, words), studio.work.done("mail")
        values = {
            "choices": mail_choices(studio.project), "outbox": outbox_lines(studio.project),
            "work": work, "done": done,
            "counts": done.result if done and isinstance(done.result, SentCounts) else None,
            "chosen": request.query_params.get("handout", ""),
        }  # fmt: skip
        return studio.page(request, "mail.html", values)

    async def prepare(self, request: Request) -> Response:
        """Write the letters, and show them; nothing is sent."""
        async with request.form(max_fields=2000) as form:
            asked = await _request(form)
        words = self._studio.words(request)
        if (not asked.handouts and not asked.table) or not (asked.address or asked.table):
            return self._studio.notice(request, 409, words.mail.choose_first)
        try:
            prepared = await run_in_threadpool(prepare, self._studio.project, asked)
            return await run_in_threadpool(self._looked_at, request, prepared)
        except HandoutError as error:
            told = plain_sentences(str(error).splitlines(), words.by_hand)
            return self._studio.notice(request, 409, " ".join(told))

    def _looked_at(self, request: Request, prepared: PreparedLetters) -> Response:
        studio, words = self._studio, self._studio.words(request)
        letters = [(letter, [(studio.pages.put(page), page) for page in letter.pages]) for letter in prepared.shown()]
        rows = [
            words.fill("mail.row", row=row.line, sentence=" ".join(plain_sentences([f"{row.sentence} {row.hint}"], "")))
            for row in prepared.bad_rows
        ]
        values = {
            "letters": letters, "count": len(prepared.entries), "repeated": prepared.repeated, "rows": rows,
            "word": self._letters.keep(prepared) if prepared.entries else "",
            "choices": mail_choices(studio.project),
        }  # fmt: skip
        return studio.page(request, "letters.html", values)

    async def send(self, request: Request) -> Response:
        """Send the letters that were looked at."""
        async with request.form() as form:
            prepared = self._letters.take(str(form.get("letters", "")))
        if prepared is None:
            return self._studio.notice(request, 409, self._studio.words(request).mail.write_anew)
        return begin_work(self._studio, request, "mail", partial(send, prepared), "/mail")

    async def again(self, request: Request) -> Response:
        """Send what waits, and one that was refused."""
        async with request.form() as form:
            letters = [int(value) for value in map(str, form.getlist("letter")) if value.isdecimal()]
        return begin_work(self._studio, request, "mail", partial(send_waiting, self._studio.project, letters), "/mail")


async def _request(form: FormData) -> MailRequest:
    _, content = await uploaded(form, "table")
    brand, language, address, name, note = (
        str(form.get(field, "")) for field in ("brand", "language", "address", "name", "note")
    )
    return MailRequest(brand, tuple(map(str, form.getlist("handout"))), language, address, name, note, content)
