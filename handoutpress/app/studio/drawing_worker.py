"""A process that draws pages: what hangs or dies there costs a sentence, and the server goes on."""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Lock

from handoutpress.app.studio.earlier_project import at_root
from handoutpress.app.studio.page_drawing import DrawnPages, PageRequest, draw_pages
from handoutpress.content.project import Project
from handoutpress.store.garbage_collector import collect, collect_rarely
from handoutpress.store.processes import WORKERS

LIMIT = 240.0
"""Seconds after which drawing is stopped: what is stopped begins anew, and a slow machine must get through it once."""
REST, MOST_UNCOLLECTED = 0.02, 5
"""Seconds without a request after which what drawings left in cycles, 5 MB and 30 ms each, is given back; and after so
many, so that none waits for long."""
PLACES = 400
"""Places that are told apart: each window is one, and each format that it asks about."""

Drawer = Callable[[Project, PageRequest], DrawnPages]


class DrawingStoppedError(Exception):
    """The worker took longer than its limit, or died."""


class SupersededError(Exception):
    """A newer request for the same place came while this one waited."""


class DrawingWorker:
    """One worker process, begun when it is first needed. Requests wait for each other; the newest of a place wins.

    Those that wait for the same pages are given them at once.
    """

    def __init__(self, project: Project, drawer: Drawer = draw_pages, limit: float = LIMIT) -> None:
        self._project, self._drawer, self._limit = project, drawer, limit
        self._turn, self._counting = Lock(), Lock()
        self._newest: dict[str, int] = {}
        self._arrived = 0
        self._latest: tuple[int, PageRequest, DrawnPages] | None = None
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def draw(self, request: PageRequest, place: str = "") -> DrawnPages:
        """Return the pages; waits for its turn. ``place`` names who asks: an older request of the same gives way.

        Raises ``SupersededError``, and ``DrawingStoppedError`` after the time limit.
        """
        number, arrived = self._numbered(place)
        with self._turn:
            if place and self._newest.get(place, number) != number:
                raise SupersededError
            if self._latest and self._latest[0] >= arrived and self._latest[1] == request:
                return self._latest[2]  # begun by another since this one came: it shows what was saved before
            begun = self._arrived
            try:
                pipe = self._started()
                pipe.send(request)
                if not pipe.poll(self._limit):
                    raise DrawingStoppedError
                drawn: DrawnPages = pipe.recv()
            except (EOFError, OSError, DrawingStoppedError):
                self.close()
                raise DrawingStoppedError from None
            self._latest = begun, request, drawn
            return drawn

    def _numbered(self, place: str) -> tuple[int, int]:
        """Return the number of a request, which is now the newest of its ``place``, and that among all."""
        with self._counting:
            self._arrived += 1
            number = self._newest[place] = self._newest.pop(place, 0) + 1  # at the end: the newest places are kept
            while len(self._newest) > PLACES:
                del self._newest[next(iter(self._newest))]
            return number, self._arrived

    def close(self) -> None:
        """End the process; a new one begins when it is next needed."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._pipe, theirs = WORKERS.Pipe()
            self._process = WORKERS.Process(target=_serve, args=(theirs, self._project, self._drawer), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe


def _serve(pipe: Connection, project: Project, drawer: Drawer) -> None:
    """Draw what the pipe asks for until its other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    uncollected = 0
    while True:
        try:
            if uncollected >= MOST_UNCOLLECTED or (uncollected and not pipe.poll(REST)):
                collect()
                uncollected = 0
            request: PageRequest = pipe.recv()
            pipe.send(drawer(at_root(project, request.root) if request.root else project, request))
            uncollected += 1
        except (EOFError, ConnectionError):
            return
