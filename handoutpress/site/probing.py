"""Whether addresses of the web answer: each asked once, with a pause between two questions to one host."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urlsplit
from urllib.request import Request, urlopen

from handoutpress.content.models.web_addresses import plain_case, web_address

PAUSE = 1.0
"""Seconds between two questions to one host."""
TIMEOUT = 15.0
"""Seconds that an answer may take."""
AGENT = "HandoutPress/1.0 (link check)"
NO_HEAD = (403, 405, 501)
"""What hosts answer that do not like to be asked for the head of a page alone."""


@dataclass
class Prober:
    """Asks hosts for pages. Tests have a ``clock`` and a ``sleep`` of their own."""

    pause: float = PAUSE
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)
    _answers: dict[str, str] = field(default_factory=dict)

    def fault(self, address: str) -> str:
        """Return why an address does not answer, in a few words; "" where it does."""
        page = urldefrag(plain_case(address)).url
        if page not in self._answers:
            self._answers[page] = self._ask(page)
        return self._answers[page]

    def _ask(self, page: str) -> str:
        host = urlsplit(page).netloc
        for method in ("HEAD", "GET"):
            if (wait := self._asked.get(host, -self.pause) + self.pause - self.clock()) > 0:
                self.sleep(wait)
            self._asked[host] = self.clock()
            try:
                request = Request(web_address(page), method=method, headers={"User-Agent": AGENT})  # noqa: S310
                with urlopen(request, timeout=TIMEOUT):  # noqa: S310 - only http and https pass web_address
                    return ""
            except HTTPError as error:
                if method == "GET" or error.code not in NO_HEAD:
                    return f"it answers {error.code}"
            except (TimeoutError, URLError, HTTPException, OSError, ValueError):
                return "it cannot be reached"
        return ""
