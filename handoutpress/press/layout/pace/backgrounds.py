"""Grounds of boxes, laid only on pages that are drawn: a trial of a setting needs none."""

from __future__ import annotations

from functools import wraps
from typing import Any


def lay_when_drawn(layout: Any, document: Any) -> None:
    """Lay the grounds of a page as it is drawn; ``layout`` is the engine's package, ``document`` its module."""
    paint, lay = document.Page.paint, layout.layout_backgrounds
    if getattr(paint, "patched", False):
        return

    def lay_later(page: Any, picture_of: Any) -> None:
        page.picture_of = picture_of

    @wraps(paint)
    def lay_and_paint(page: Any, *args: Any, **options: Any) -> None:
        lay(page._page_box, page._page_box.picture_of)
        paint(page, *args, **options)

    lay_and_paint.patched = True  # type: ignore[attr-defined]
    layout.layout_backgrounds, document.Page.paint = lay_later, lay_and_paint
