"""Debian's chromium for the tests that look at pages or logos as a browser shows them, and axe-core within it."""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from handoutpress.press.logo.comparison import OnGrounds, on_grounds

CHROMIUM = shutil.which("chromium")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
FOUND = "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
WIDTHS = (320, 640, 1280, 1920)
"""Pixels of a page's width: a phone, 200 % of a desk, a desk, and a wide one."""
SIDE = 400
"""Pixels of the longer side of a logo."""
ACROSS = 5
"""Logos in each row and column of a page."""

in_browser = pytest.mark.skipif(not CHROMIUM, reason="Debian's chromium is not installed")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that is closed in the end."""
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file of tests: its driver runs a loop in which no other test's could start."""
    with chromium() as launched:
        yield launched


def axe(page: Page) -> list[Any]:
    """What axe-core finds: each rule's id with the elements that break it."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[Any] = page.evaluate(FOUND)
    return found


def faults_at_every_width(page: Page) -> dict[int, Any]:
    """What axe-core finds from a phone to a wide desk, with a width at which the page is wider than its window."""
    size, faults = page.viewport_size, dict[int, Any]()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if found := axe(page) or page.evaluate(f"{FITS} ? [] : ['wider than its window']"):
            faults[width] = found
    if size:
        page.set_viewport_size(size)
    return faults


def logo_size(ratio: float) -> tuple[int, int]:
    """Width and height in whole pixels of a logo that is ``ratio`` times as wide as high."""
    width = max(1, round(SIDE * min(1.0, ratio)))
    return width, max(1, int(width / ratio))


def shown_in_browser(browser: Browser, logos: Sequence[tuple[bytes, float]]) -> list[OnGrounds]:
    """SVG files with their ratios, each as a browser shows it; at most 25."""
    assert len(logos) <= ACROSS**2
    places = [(at % ACROSS * SIDE, at // ACROSS * SIDE) for at in range(len(logos))]
    # An <image> within SVG is drawn at its very size, where an <img> is stretched to whole pixels.
    images = "".join(
        f'<image x="{left}" y="{top}" width="{logo_size(ratio)[0]}" height="{logo_size(ratio)[0] / ratio}" '
        f'href="data:image/svg+xml;base64,{base64.b64encode(raw).decode()}"/>'
        for (left, top), (raw, ratio) in zip(places, logos, strict=True)
    )
    side = ACROSS * SIDE
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">{images}</svg>'
    page = browser.new_page(viewport={"width": side, "height": side})
    page.set_content(f"<style>body{{margin:0;background:none}}</style>{drawing}")
    shot = Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
    page.close()
    boxes = [
        (left, top, left + logo_size(r)[0], top + logo_size(r)[1])
        for (left, top), (_, r) in zip(places, logos, strict=True)
    ]
    return [on_grounds(shot.crop(box)) for box in boxes]
