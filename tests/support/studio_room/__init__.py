"""The studio of a small project, asked as a browser asks it, without a server; its pages drawn by hand, not typeset."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from socket import socket
from threading import Thread

import pytest
import uvicorn
from PIL import Image
from press_room import clinic
from starlette.testclient import TestClient

from handoutpress.app.references import Registries
from handoutpress.app.studio.page_drawing import DrawnPage, DrawnPages, PageRequest, draw_pages
from handoutpress.content.project import Project, builtin_root
from handoutpress.store.digests import bytes_digest
from handoutpress.studio.access import Access
from handoutpress.studio.application import studio_application

HOST = "127.0.0.1:8710"
OWN = {"Sec-Fetch-Site": "same-origin"}
UNDRAWN = "Not to be drawn"
TAG = re.compile(r'name="etag" id="etag" value="(\w+)"')
__all__ = [
    "HOST",
    "OWN",
    "UNDRAWN",
    "browser_of",
    "client",
    "draw_pages",
    "entered",
    "etag_in",
    "painted",
    "root",
    "served",
    "texts_in",
]


def painted(project: Project, asked: PageRequest) -> DrawnPages:
    """Pages that show of a handout's file only its digest, as a colour: drawn in no time, and other after a change.

    Of one that says ``UNDRAWN`` there are none.
    """
    path = project.root / "handouts" / f"{asked.handout}.{asked.language}.yaml"
    brand = project.root / "brands" / asked.brand / "_brand.yml"
    if UNDRAWN in path.read_text("utf-8"):
        return DrawnPages(reasons=("It is not drawn.",))
    digest = bytes_digest(path.read_bytes() + brand.read_bytes())
    out = io.BytesIO()
    Image.new("RGB", (90, 127), f"#{digest[:6]}").save(out, "PNG")
    return DrawnPages((DrawnPage(out.getvalue(), 90, 127, bytes_digest(out.getvalue())),))


def project_at(root: Path) -> Project:
    """The project in a folder."""
    return Project(root.resolve(), builtin_root())


@contextmanager
def browser_of(root: Path, registries: Registries | None = None) -> Iterator[tuple[TestClient, Access]]:
    """A browser that has not entered yet, and who lets it in."""
    access = Access(8710)
    app = studio_application(project_at(root), access, [HOST], painted, registries)
    with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as client:
        client.headers.update(OWN)
        yield client, access


@contextmanager
def entered(root: Path, registries: Registries | None = None) -> Iterator[TestClient]:
    """A browser that has entered."""
    with browser_of(root, registries) as (client, access):
        assert client.get(f"/enter?token={access.token}").status_code == 303
        yield client


def etag_in(page: str) -> str:
    """The text that a page was made from, as its form names it."""
    match = TAG.search(page)
    assert match, page
    return match[1]


def texts_in(page: str) -> str:
    """The words of a page that a person sees: no tags, no attributes."""
    body = page.partition("<body>")[2]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)))


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The studio behind a port of this computer: the address that lets one browser in."""
    listening = socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    access = Access(port)
    app = studio_application(project_at(root), access, [f"127.0.0.1:{port}"], painted)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/enter?token={access.token}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small clinic of a module's tests."""
    return clinic(tmp_path_factory.mktemp("clinic"))


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[TestClient]:
    """A browser that has entered the studio of ``root``, whichever a module has."""
    with entered(root) as browser:
        yield browser
