"""Pages beside a form: their pictures are what was drawn, and what stays as it is is drawn once."""

from __future__ import annotations

import io
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
