"""Work that takes longer than a page may: begun from a page, which then says how far it is."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from handoutpress.app.studio.long_work import WorkKind
from handoutpress.studio.studio import Studio
from handoutpress.studio.words import PageWords


def begin_work(studio: Studio, request: Request, kind: WorkKind, work: Callable[..., object], address: str) -> Response:
    """Begin ``work``, which takes ``tell``, and show ``address``; refuse while other work is not done."""
    if not studio.work.begin(kind, lambda tell: work(tell=tell)):
        return studio.notice(request, 409, studio.words(request).release.still_working)
    return RedirectResponse(address, 303)


def said_progress(studio: Studio, words: PageWords) -> str:
    """Return in words how far the work of a studio is; "" where it does none: what came of it is there by then."""
    progress = studio.work.progress
    if progress is None:
        return ""
    if not progress.total and progress.step == "making":
        return str(words.drawing)
    return words.fill(f"release.{progress.step}", done=progress.done, total=progress.total)
