"""What pages draw: outlines of pictures once for all that show them, and nothing packed that is opened at once."""

from __future__ import annotations

from functools import wraps
from typing import Any

KEPT = 4096
"""Outlines that are remembered: those of some hundred pictures."""


def remember_outlines(svg: Any) -> None:
    """Draw each outline of an SVG once; ``svg`` is the engine's module for such pictures."""
    draw = svg.TAGS["path"]
    if getattr(draw, "patched", False):
        return
    outlines: dict[tuple[Any, ...], tuple[list[Any], list[Any]]] = {}

    @wraps(draw)
    def draw_once(picture: Any, node: Any, font_size: float) -> None:
        strokes, corners = picture.stream.stream, node.vertices
        key = (node.get("d", ""), font_size, picture.inner_width, picture.inner_height)
        if key in outlines:
            drawn, turned = outlines[key]
            strokes.extend(drawn)
            corners.extend(turned)
            return
        before = len(strokes), len(corners)
        draw(picture, node, font_size)
        if len(outlines) >= KEPT:
            outlines.clear()
        outlines[key] = strokes[before[0] :], [*corners][before[1] :]

    draw_once.patched = True  # type: ignore[attr-defined]
    svg.TAGS["path"] = draw_once


def leave_plain(document: Any) -> None:
    """Pack no drawings of a page that is marked ``is_plain``; ``document`` is the engine's module for pages."""
    paint = document.Page.paint
    if getattr(paint, "is_plain", False):
        return

    @wraps(paint)
    def paint_plain(page: Any, stream: Any, *args: Any, **options: Any) -> None:
        stream.compress = stream.compress and not getattr(page, "is_plain", False)
        paint(page, stream, *args, **options)

    # A mark of its own: this function is "patched" already where grounds are laid when it draws.
    paint_plain.is_plain = True  # type: ignore[attr-defined]
    document.Page.paint = paint_plain
