"""What every request passes and every answer carries, before any page is asked (OWASP ASVS 4.0, chapters 4, 13, 14)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handoutpress.studio.access import Access

MAX_BODY = 20_000_000
"""Bytes of a request: a picture of a camera has 5 to 12 million."""
SAFE_METHODS = frozenset({"GET", "HEAD"})
OPEN_TO_ALL = ("/enter", "/static/")
"""The start address, and the style of the page that says how to get in."""
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Notice = Callable[[Request, int], Response]
"""Makes the page that says why something was refused, by the status of the answer."""


class TooLargeBodyError(Exception):
    """A request's body is larger than ``MAX_BODY``."""


class Guard:
    """Refuses what comes from elsewhere: another name of this computer, another page, another browser, too much."""

    def __init__(self, app: ASGIApp, access: Access, hosts: frozenset[str], notice: Notice) -> None:
        self._app, self._access, self._hosts, self._notice = app, access, hosts, notice

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _with_headers(send))
        # Nothing here speaks by a socket: its handshake gets no answer, which closes it.

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = self._refusal(Headers(scope=scope), scope)
        if status:
            await self._notice(Request(scope), status)(scope, receive, send)
        else:
            await self._app(scope, _counted(receive), send)

    def _refusal(self, headers: Headers, scope: Scope) -> int:
        """Return the status by which a request is refused; 0 where it is let through."""
        if headers.get("host", "") not in self._hosts:  # a foreign name that leads here (DNS rebinding)
            return 421
        if scope["method"] not in SAFE_METHODS and not _is_own(headers):
            return 403
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY:
            return 413
        is_open = any(scope["path"].startswith(start) for start in OPEN_TO_ALL)
        session = Request(scope).cookies.get(self._access.cookie, "")
        return 0 if is_open or self._access.knows(session) else 401


def _is_own(headers: Headers) -> bool:
    """Return whether an unsafe request comes from a page of ours (Fetch Metadata; older browsers send Origin)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return headers.get("origin", "") == f"http://{headers.get('host', '')}"


def _counted(receive: Receive) -> Receive:
    """Return ``receive`` that raises ``TooLargeBodyError`` once more has come than was let through."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY:
            raise TooLargeBodyError
        return message

    return counted


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return with_headers
