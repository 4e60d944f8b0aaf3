"""Logos as chromium shows them, many on one page."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

from PIL import Image
from playwright.sync_api import Browser

from handoutpress.press.logo.comparison import OnGrounds, on_grounds

SIDE = 400
"""Pixels of the longer side."""
ACROSS = 5
"""Logos in each row and column of a page."""


def logo_size(ratio: float) -> tuple[int, int]:
    """Width and height in whole pixels of a logo that is ``ratio`` times as wide as high."""
    width = max(1, round(SIDE * min(1.0, ratio)))
    return width, max(1, int(width / ratio))


def shown_in_browser(browser: Browser, logos: Sequence[tuple[bytes, float]]) -> list[OnGrounds]:
    """SVG files with their ratios, each as a browser shows it; at most 25."""
    assert len(logos) <= ACROSS**2
    places = [(at % ACROSS * SIDE, at // ACROSS * SIDE) for at in range(len(logos))]
    images = "".join(
        f'<img style="left:{left}px;top:{top}px;width:{logo_size(ratio)[0]}px;height:{logo_size(ratio)[0] / ratio}px" '
        f'src="data:image/svg+xml;base64,{base64.b64encode(raw).decode()}">'
        for (left, top), (raw, ratio) in zip(places, logos, strict=True)
    )
    page = browser.new_page(viewport={"width": ACROSS * SIDE, "height": ACROSS * SIDE})
    page.set_content(f"<style>body{{margin:0;background:none}}img{{position:absolute}}</style>{images}")
    shot = Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
    page.close()
    boxes = [
        (left, top, left + logo_size(r)[0], top + logo_size(r)[1])
        for (left, top), (_, r) in zip(places, logos, strict=True)
    ]
    return [on_grounds(shot.crop(box)) for box in boxes]
