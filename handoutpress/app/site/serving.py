"""A site shown from this computer, so that it can be looked at before it is anywhere else."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET, SOCK_DGRAM, socket
from typing import Any
from urllib.parse import unquote, urlsplit

from handoutpress.site.plan import MISSING
from handoutpress.yamlfile.problems import HandoutError

HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - only where it is asked for
_SHOWN_WITH_A_DOT = ".well-known"
_ANYWHERE = "192.0.2.1"
"""An address that nobody has (RFC 5737): the way there begins at this computer's own."""


class SiteHandler(SimpleHTTPRequestHandler):
    """Shows the files of one folder, as hosts do: no list of a folder, no file of ours, a page for what is missing.

    It logs nothing: who reads what is nobody's business.
    """

    folder: Path

    def __init__(self, *args: Any) -> None:
        super().__init__(*args, directory=str(self.folder))

    def send_head(self) -> Any:
        parts = unquote(urlsplit(self.path).path).split("/")
        if any(part.startswith(".") and part != _SHOWN_WITH_A_DOT for part in parts):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self._missing() if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def _missing(self) -> bytes | None:
        first = self.path.split("/")[1] if self.path.count("/") > 1 else ""
        for folder in (first.lower(), ""):
            path = self.folder / folder / MISSING
            if path.is_file() and path.resolve().is_relative_to(self.folder.resolve()):
                return path.read_bytes()
        return None

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        pass


def network_address() -> str:
    """Return this computer's address on its own network, "" where it is on none. Nothing is sent."""
    with suppress(OSError), socket(AF_INET, SOCK_DGRAM) as probe:
        probe.connect((_ANYWHERE, 9))
        return str(probe.getsockname()[0])
    return ""


def site_server(folder: Path, *, port: int = 0, everywhere: bool = False) -> ThreadingHTTPServer:
    """Return a server of the site in ``folder`` on this computer, or ``everywhere`` on its network; port 0 is any free.

    Raises ``HandoutError`` where the port is taken.
    """
    handler = type("FolderHandler", (SiteHandler,), {"folder": folder})
    try:
        return ThreadingHTTPServer((EVERYWHERE if everywhere else HERE, port), handler)
    except (OSError, OverflowError) as error:
        raise HandoutError(f"The port {port} cannot be used: {error}. Hint: take another one with --port.") from None
