"""The studio as a web application (ASGI): its pages behind its guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from handoutpress.app.references import Registries
from handoutpress.app.studio.drawing_worker import Drawer
from handoutpress.app.studio.page_drawing import draw_pages
from handoutpress.content.project import Project
from handoutpress.studio.access import Access
from handoutpress.studio.addition_pages import AdditionPages
from handoutpress.studio.clinic_pages import ClinicPages
from handoutpress.studio.drawing_pages import DrawingPages
from handoutpress.studio.guard import Guard, TooLargeBodyError
from handoutpress.studio.handout_page import HandoutPage
from handoutpress.studio.history_page import HistoryPage
from handoutpress.studio.mail_page import MailPage
from handoutpress.studio.print_page import PrintPage
from handoutpress.studio.release_page import ReleasePage
from handoutpress.studio.shelf_page import ShelfPage
from handoutpress.studio.studio import HERE, Studio
from handoutpress.studio.words import plain_sentences
from handoutpress.yamlfile.problems import HandoutError


def studio_application(
    project: Project,
    access: Access,
    hosts: Iterable[str],
    drawer: Drawer = draw_pages,
    registries: Registries | None = None,
) -> ASGIApp:
    """Return the studio of a project for browsers that ask for it by one of ``hosts``, as ``127.0.0.1:8710``.

    ``registries`` are asked for papers by their numbers; the usual ones where none are given.
    """
    studio = Studio(project, access, drawer)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        studio.close()

    async def refused(request: Request, error: Exception) -> Response:
        return studio.notice(request, error.status_code if isinstance(error, HTTPException) else 500)

    async def too_large(request: Request, _: Exception) -> Response:
        return studio.notice(request, 413)

    async def told(request: Request, error: Exception) -> Response:
        sentences = str(error).splitlines()
        return studio.notice(request, 500, " ".join(plain_sentences(sentences, studio.words(request).by_hand)))

    app = Starlette(
        routes=_routes(studio, registries or Registries()),
        exception_handlers={
            HTTPException: refused,
            TooLargeBodyError: too_large,
            HandoutError: told,
            Exception: refused,
        },
        lifespan=lifespan,
    )
    return Guard(app, access, frozenset(hosts), studio.notice)


def _routes(studio: Studio, registries: Registries) -> list[BaseRoute]:
    return [
        *ShelfPage(studio).routes,
        *HandoutPage(studio).routes,
        *ClinicPages(studio).routes,
        *DrawingPages(studio).routes,
        *PrintPage(studio).routes,
        *HistoryPage(studio).routes,
        *ReleasePage(studio).routes,
        *MailPage(studio).routes,
        *AdditionPages(studio, registries).routes,
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
