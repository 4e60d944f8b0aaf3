"""What is printed: copies in the office, large print, an order for a print shop; and how a text fits a format."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from press_room import HANDOUT, change, clinic
from starlette.testclient import TestClient
from studio_room import client as client  # noqa: PLC0414
from studio_room import project_at, texts_in
from studio_room import root as root  # noqa: PLC0414

from handoutpress.app.studio.page_drawing import PageRequest, draw_pages, printed_as

QUERY = "handout=warm-tea&language=en&brand=hill"


def test_the_pdf_asks_for_as_many_copies_as_are_wanted(client: TestClient) -> None:
    for asked, copies in (("&copies=-3", None), ("&copies=25", 25)):
        answer = client.get(f"/pdf?{QUERY}&format=a6-card{asked}")
        assert answer.status_code == 200
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            wishes = pdf.Root.ViewerPreferences
            assert wishes.PrintScaling == "/None"
            assert wishes.get("/NumCopies") == copies


def test_an_order_for_a_print_shop_says_how_many(client: TestClient) -> None:
    answers = [client.get(f"/print-shop?{QUERY}&format=a6-card&copies=500") for _ in range(2)]
    assert answers[0].headers["content-disposition"] == 'attachment; filename="warm-tea.en.print-shop.zip"'
    assert answers[0].content == answers[1].content
    with zipfile.ZipFile(io.BytesIO(answers[0].content)) as order:
        names = order.namelist()
        assert names == ["en-a6-card-warm-tea.print.pdf", "job-sheet.html", "job-sheet.txt"]
        sheet = order.read("job-sheet.txt").decode()
        assert "Quantity: 500" in sheet
        assert "Hill" in sheet
        assert names[0] in sheet
        assert order.read(names[0]).startswith(b"%PDF-")
    assert client.get(f"/print-shop?{QUERY}&format=nothing").status_code == 404


def test_the_page_offers_what_there_is_and_large_print_with_one_click(client: TestClient) -> None:
    page = client.get("/print?brand=hill&preview=warm-tea.en&format=a4-leaflet&copies=12").text
    assert 'name="copies" type="number" min="1" max="100000" value="12"' in page
    assert '<button class="quiet" name="format" value="a4-large-print"' in page
    assert "Warm tea" in texts_in(page)
    assert 'value="1"' in client.get("/print?copies=%C2%B2").text
    assert client.get("/print?brand=nobody&preview=no.xx&format=?").status_code == 200


@pytest.fixture
def long_tea(tmp_path: Path) -> Path:
    root = clinic(tmp_path)
    words = "Sip your tea slowly, and sit down while you drink it. " * 150
    change(root / HANDOUT, lambda keys: keys.update(after_care=words))
    return root


def test_how_a_text_fits_is_found_once(long_tea: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_at(long_tea)
    formats = printed_as(project, "warm-tea", "en", "hill").formats
    assert {"a4-leaflet", "a6-card"} <= set(formats)
    leaflet, card = (
        draw_pages(project, PageRequest("warm-tea", "en", "hill", name, "fit")).fit
        for name in ("a4-leaflet", "a6-card")
    )
    assert leaflet
    assert leaflet.pages == 4
    assert card
    assert card.pages == 0
    assert card.lines > 10
    monkeypatch.setattr("handoutpress.press.press.HandoutPress.open_plate", None)
    assert draw_pages(project, PageRequest("warm-tea", "en", "hill", "a6-card", "fit")).fit == card
    assert draw_pages(project, PageRequest("warm-tea", "en", "hill", "no-such", "fit")).fit is None
