"""The client of the registries: JSON over HTTP, at most one request a second, with retries and a deadline."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, IncompleteRead
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from handoutpress.content.models.web_addresses import web_address
from handoutpress.yamlfile.problems import HandoutError

MAX_BYTES = 5_000_000
"""An answer about one paper has some thousand bytes; five candidates with all their references under a million."""
MAX_WAIT = 60.0
"""Seconds that a server may make us wait before one more try."""
AWAY, SILENT = "it cannot be reached", "it took too long"


class NoAnswerError(HandoutError):
    """The server gave no answer that can be read; the sentence says what it did instead."""


class RegistryAwayError(NoAnswerError):
    """The server cannot be reached, or says nothing however often it is asked."""


@dataclass(frozen=True)
class RequestPolicy:
    """How servers are asked. ``pause`` is seconds between two requests, ``timeout`` seconds for one answer."""

    mailto: str = ""
    pause: float = 1.0
    timeout: float = 15.0
    tries: int = 3

    @property
    def agent(self) -> str:
        contact = f"; mailto:{self.mailto}" if self.mailto else ""
        return f"HandoutPress/1.0 (reference check{contact})"


@dataclass
class RegistryClient:
    """Fetches JSON, one request after the other. Tests have a ``clock`` and a ``sleep`` of their own."""

    policy: RequestPolicy = field(default_factory=RequestPolicy)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _last_request: float | None = None
    _away: dict[str, RegistryAwayError] = field(default_factory=dict)

    def json(self, address: str) -> Any:
        """Return the JSON at ``address``, or None where the server says that there is no such thing (404).

        Raises ``NoAnswerError`` after the last try: ``RegistryAwayError`` where the server is away, which costs its
        tries once and not for each question.
        """
        host = _host(address)
        if host in self._away:
            raise self._away[host]
        try:
            return self._ask(address)
        except RegistryAwayError as error:
            self._away[host] = error
            raise

    def _ask(self, address: str) -> Any:
        wait = 0.0
        for attempt in range(self.policy.tries):
            self._pause(wait)
            try:
                return self._fetch(address)
            except HTTPError as error:
                if error.code == 404:
                    return None
                reason, wait = f"it answered {error.code}", _wait_asked_for(error.headers, attempt)
                # Too many requests, or a fault of the server, may pass; any other refusal stays.
                if error.code != 429 and error.code < 500:
                    break
            except (TimeoutError, URLError, HTTPException, OSError) as error:
                reason, wait = _reason(error), 2.0**attempt
            except (ValueError, RecursionError):
                reason, wait = "its answer was no JSON", 2.0**attempt
        kind = RegistryAwayError if reason in (AWAY, SILENT) else NoAnswerError
        raise kind(f"{_host(address)} gave no answer: {reason}. Hint: try again later; what is known is kept.")

    def _pause(self, wait: float) -> None:
        if self._last_request is not None:
            due = self._last_request + max(self.policy.pause, min(wait, MAX_WAIT))
            if (seconds := due - self.clock()) > 0:
                self.sleep(seconds)
        self._last_request = self.clock()

    def _fetch(self, address: str) -> Any:
        headers = {"User-Agent": self.policy.agent, "Accept": "application/json"}
        request = Request(web_address(address), headers=headers)  # noqa: S310 - only http and https pass web_address
        deadline = time.monotonic() + self.policy.timeout
        with urlopen(request, timeout=self.policy.timeout) as answer:  # noqa: S310
            return json.loads(_body(answer, deadline).decode("utf-8"))


def _body(answer: Any, deadline: float) -> bytes:
    """Read an answer to its end. Raises ``TimeoutError`` where a server lets it drip until the deadline has passed."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(65536):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise ValueError("too large")
        if time.monotonic() > deadline:
            raise TimeoutError
    # A connection that breaks off early ends the answer without an error; only its length tells.
    promised = answer.headers.get("Content-Length", "")
    if promised.isdigit() and size < int(promised):
        raise IncompleteRead(b"", int(promised) - size)
    return b"".join(parts)


def _wait_asked_for(headers: Message, attempt: int) -> float:
    """Return the seconds that the server asks for, or else 1, 2 and 4 by attempt."""
    seconds = headers.get("Retry-After", "") if headers else ""
    return float(seconds) if seconds and seconds.isdigit() else 2.0**attempt


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError) or isinstance(error, TimeoutError):
        return SILENT
    if isinstance(inner, OSError):
        return AWAY
    return "it broke off"


def _host(address: str) -> str:
    return address.split("/")[2] if address.count("/") >= 2 else address
