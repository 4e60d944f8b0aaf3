"""Pages beside a form: their pictures are what was drawn, and what stays as it is is drawn once."""

from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from press_room import HANDOUT, change
from starlette.testclient import TestClient
from studio_room import client as client  # noqa: PLC0414
from studio_room import root as root  # noqa: PLC0414

from handoutpress.app.studio.drawing_worker import DrawingWorker
from handoutpress.app.studio.page_drawing import DrawnPages, PageRequest, as_png
from handoutpress.content.project import Project

QUERY = "handout=warm-tea&language=en&brand=hill&format=a4-leaflet"


def test_a_picture_has_each_pixel_of_its_page() -> None:
    drawn = Image.effect_noise((31, 17), 90).convert("RGB")
    with Image.open(io.BytesIO(as_png(drawn))) as read:
        read.load()
        assert (read.format, read.mode, read.size) == ("PNG", "RGB", drawn.size)
        assert read.tobytes() == drawn.tobytes()


def test_pages_as_they_were_are_drawn_once(client: TestClient, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[PageRequest] = []
    draw = DrawingWorker.draw

    def noted(worker: DrawingWorker, request: PageRequest, place: str = "") -> DrawnPages:
        asked.append(request)
        return draw(worker, request, place)

    monkeypatch.setattr(DrawingWorker, "draw", noted)
    client.get("/clinics/hill")
    told = client.get(f"/pages?{QUERY}&before=1").json()
    for title in ("Hot tea", "Cool tea"):
        change(root / HANDOUT, partial(dict.update, title=title))
        later = client.get(f"/pages?{QUERY}&before=1").json()
        assert later["before"] == told["pages"] != later["pages"]
    assert [request.root is None for request in asked] == [True, False, True, True]


def held(project: Project, _asked: PageRequest) -> DrawnPages:
    """Notes that it has begun, and waits until it may go on."""
    begun = project.root / "begun"
    begun.write_text(begun.read_text("ascii") + "1" if begun.exists() else "1", "ascii")
    while not (project.root / "go-on").exists():
        time.sleep(0.01)
    return DrawnPages(reasons=(begun.read_text("ascii"),))


def test_those_who_wait_for_the_same_pages_are_given_them_at_once(tmp_path: Path) -> None:
    worker, asked = DrawingWorker(Project(tmp_path, tmp_path), held), PageRequest("tea", "en", "hill", "a4-leaflet")
    with ThreadPoolExecutor(5) as browsers:
        first = browsers.submit(worker.draw, asked, "first")
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        others = [browsers.submit(worker.draw, asked, f"window {number}") for number in range(4)]
        while worker._arrived < 5:
            time.sleep(0.01)
        (tmp_path / "go-on").touch()
        assert first.result().reasons == ("1",)
        assert {other.result().reasons for other in others} == {("11",)}
    assert worker.draw(asked).reasons == ("111",)
    worker.close()
