"""The studio's server: on this computer alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from socket import SO_REUSEADDR, SOL_SOCKET, socket

import uvicorn

from handoutpress.content.project import Project
from handoutpress.studio.access import Access
from handoutpress.studio.application import studio_application
from handoutpress.yamlfile.problems import HandoutError

LOOPBACK = ("127.0.0.1", "localhost")
ONE_MACHINE = (
    "The studio is for one machine: accounts and hosting come later. Hint: leave --host away, and open it here."
)


def serve_studio(project: Project, *, host: str, port: int, begun: Callable[[str], None]) -> None:
    """Serve the studio until Ctrl-C; ``begun`` is told the address that lets one browser in. Port 0 is any free one.

    Raises ``HandoutError`` for a host other than this computer, and where the port is taken.
    """
    if host not in LOOPBACK:
        raise HandoutError(ONE_MACHINE)
    listening = _listening(port)
    port = listening.getsockname()[1]
    access = Access(port)
    app = studio_application(project, access, [f"{name}:{port}" for name in LOOPBACK])
    # Its own log would name what is looked at.
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False))
    begun(f"http://{host}:{port}/enter?token={access.token}")
    server.run(sockets=[listening])


def _listening(port: int) -> socket:
    listening = socket()
    if os.name == "posix":  # else a port is closed for a minute after its last use; elsewhere it would be shared
        listening.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK[0], port))
        listening.listen()  # a browser that is opened before the server runs waits for it
    except (OSError, OverflowError) as error:
        listening.close()
        raise HandoutError(f"The port {port} cannot be used: {error}. Hint: take another one with --port.") from None
    return listening
