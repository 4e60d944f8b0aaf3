"""Whether the engine draws an SVG as it looks in a browser."""

from __future__ import annotations

import io
from math import sqrt
from typing import TYPE_CHECKING

from PIL import Image

from handoutpress.content.brand.brand import LOGO_AREA
from handoutpress.content.brand.svg import Svg
from handoutpress.content.brand.svg_picture import svg_picture
from handoutpress.press.layout.typeset import EngineMissingError
from handoutpress.press.logo.comparison import on_grounds, reduced, visible_difference
from handoutpress.press.logo.engine_drawing import engine_drawing
from handoutpress.press.logo.logo_print import HAIRLINE, LogoPrint

if TYPE_CHECKING:
    from handoutpress.press.layout.typeset import Typesetter

MOST_DIFFERENT = 0.005
"""Which share of a logo's ink may look different before its picture is printed instead."""
SIDE = 400
"""Pixels of the longer side at which drawings are compared."""
FINER = (1, 2)
"""Drawn at so many times the size in turn: no renderer draws a hair finer than a pixel as another does."""


def judge(svg: Svg, engine: Typesetter) -> LogoPrint:
    """Draw an SVG with the engine and with resvg, and say how it prints. Raises ``EngineMissingError``."""
    difference = 1.0
    for finer in FINER:
        try:
            difference, finest = _difference(svg, engine, finer)
        except EngineMissingError:
            raise
        except Exception:  # odd drawings make the engine fail in many ways
            return LogoPrint("picture", "its lines cannot be drawn")
        if difference <= MOST_DIFFERENT:
            return _as_lines(svg, finest)
    return LogoPrint(
        "picture", f"drawn as lines, {max(difference, 0.01):.0%} of it would look otherwise than in a browser"
    )


def _as_lines(svg: Svg, finest: float) -> LogoPrint:
    """Return that an SVG prints with its lines, unless the finest would be lost at the size that logos have."""
    if finest * sqrt(LOGO_AREA * svg.width / svg.height) < HAIRLINE:
        return LogoPrint("picture", "some of its lines would be too thin to print", finest)
    return LogoPrint("lines", finest=finest)


def _difference(svg: Svg, engine: Typesetter, finer: int) -> tuple[float, float]:
    """Draw an SVG with both renderers, ``finer`` times as large at first.

    Returns which share of it the engine draws otherwise than resvg, and the thickness of its finest line, as a share
    of its width.
    """
    width = max(1, round(finer * SIDE * min(1.0, svg.width / svg.height)))
    with Image.open(io.BytesIO(svg_picture(svg.data, width))) as opened:
        wanted = on_grounds(opened.convert("RGBA"))
    drawing = engine_drawing(engine, svg, wanted.on_white.size)
    return visible_difference(reduced(drawing.shown, finer), reduced(wanted, finer)), drawing.finest
