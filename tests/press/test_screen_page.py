"""The page for phones, in a real browser: nothing fetched, nothing that axe-core finds, all of the handout."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browsing import axe, in_browser
from playwright.sync_api import Browser
from print_room import shipped_job_sheet

from handoutpress.app.build import assemble_press
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}

pytestmark = in_browser

Pages = dict[tuple[str, str], Path]
"""The files by brand and handout."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """One file for each brand and handout."""
    catalog = load_catalog(
        find_project(ROOT), EditionFilter(languages=("en",), formats=("a4-leaflet", "letter-leaflet"))
    )
    press = assemble_press(catalog)
    folder = tmp_path_factory.mktemp("screen")
    written: Pages = {}
    for edition in catalog.editions():
        names = edition.brand_slug, edition.handout_slug
        written[names] = folder / f"{'-'.join(names)}.html"
        written[names].write_bytes(press.html(edition))
    return written


def violations(browser: Browser, path: Path, size: dict[str, int]) -> tuple[list[Any], list[str], int]:
    """What axe-core finds, what the page fetched, and by how many px it is wider than the window."""
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(path.as_uri())
    found = axe(page)
    wider = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    page.close()
    return found, [url for url in fetched if not url.startswith(("file:", "data:"))], wider


def some_of(pages: Pages) -> Pages:
    """Of all pages so few that each brand and each handout has its turn: a page is the one in the other's words."""
    seen: set[str] = set()
    chosen: Pages = {}
    for new in (2, 1):
        for names, path in pages.items():
            if len({*names} - seen) >= new:
                chosen[names] = path
                seen |= {*names}
    return chosen


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.soak)])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_and_nothing_is_fetched(
    browser: Browser, pages: Pages, size: dict[str, int], whole: bool
) -> None:
    assert len(pages) >= 12
    for path in (pages if whole else some_of(pages)).values():
        found, fetched, wider = violations(browser, path, size)
        assert (found, fetched, wider <= 0) == ([], [], True), path.name


@pytest.mark.parametrize("width", [320, 390, 500, 768, 1280])
def test_help_is_at_hand_at_every_width_and_a_phone_shows_no_code(browser: Browser, pages: Pages, width: int) -> None:
    path = pages["harbour-osteopathy", "acupuncture"]
    found, fetched, wider = violations(browser, path, {"width": width, "height": 800})
    assert (found, fetched, wider <= 0) == ([], [], True)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    page.evaluate("document.getElementById('risks').scrollIntoView()")
    urgent, call = page.locator("a.urgent-link"), page.locator("a.call-link")
    for link in (urgent, call):
        box = link.bounding_box()
        assert box
        assert 0 <= box["y"] <= 800 - box["height"], "it stays in the window"
    assert (urgent.get_attribute("href"), call.get_attribute("href")) == ("#urgent_help", "tel:+44-1632-960114")
    assert page.locator(".way svg").first.is_visible() == (width >= 768)
    assert page.locator(".contents a").first.is_visible() == (width == 1280)
    page.close()


def test_no_page_with_a_wide_table_is_wider_than_its_window(browser: Browser, tmp_path: Path) -> None:
    catalog = load_catalog(
        find_project(ROOT), EditionFilter(handouts=("pain-and-sleep-diary",), brands=("lantern-street",))
    )
    press, page = assemble_press(catalog), browser.new_page()
    by_language = {edition.language_slug: edition for edition in catalog.editions()}
    assert {"en", "es", "ar"} <= by_language.keys()
    for edition in by_language.values():
        path = tmp_path / "page.html"
        path.write_bytes(press.html(edition))
        page.goto(path.as_uri())
        for width in range(320, 960, 40):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0, width
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_a_job_sheet(browser: Browser, tmp_path: Path, size: dict[str, int]) -> None:
    sheet = tmp_path / "job-sheet.html"
    sheet.write_bytes(shipped_job_sheet()["html"])
    found, fetched, wider = violations(browser, sheet, size)
    assert (found, fetched, wider <= 0) == ([], [], True)


def test_axe_finds_a_planted_defect(browser: Browser, pages: Pages, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    text = next(iter(pages.values())).read_text("utf-8")
    broken.write_text(re.sub(r'<html lang="en"', "<html", text), "utf-8")
    assert "html-has-lang" in [rule for rule, _ in violations(browser, broken, PHONE)[0]]


def test_the_page_names_the_emergency_number_of_the_country(pages: Pages) -> None:
    assert 'href="tel:911"' in pages["sunbird-acupuncture", "acupuncture"].read_text("utf-8")
    assert 'href="tel:999"' in pages["north-moor", "acupuncture"].read_text("utf-8")


def test_the_page_names_a_lesser_step_than_the_emergency_number(pages: Pages) -> None:
    there, here = (pages[brand, "acupuncture"].read_text("utf-8") for brand in ("sunbird-acupuncture", "north-moor"))
    assert "If it is urgent but not an emergency, call your doctor today." in there
    assert "call NHS" in here.replace("\xa0", " ")
    assert "call your doctor today" not in here
