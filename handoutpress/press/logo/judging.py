"""Whether the engine draws an SVG as it looks in a browser."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from handoutpress.content.brand.svg import Svg
from handoutpress.content.brand.svg_picture import svg_picture
from handoutpress.press.layout.typeset import EngineMissingError
from handoutpress.press.logo.comparison import on_grounds, reduced, visible_difference
from handoutpress.press.logo.engine_drawing import engine_drawing
from handoutpress.press.logo.logo_print import LogoPrint

if TYPE_CHECKING:
    from handoutpress.press.layout.typeset import Typesetter

MOST_DIFFERENT = 0.01
"""Which share of a logo may look different before its picture is printed instead."""
SIDE = 400
"""Pixels of the longer side at which drawings are compared."""
FINER = 2
"""Drawn at so many times the size first: no renderer draws a hair finer than a pixel as another does."""


def judge(svg: Svg, engine: Typesetter) -> LogoPrint:
    """Draw an SVG with the engine and with resvg, and say how it prints. Raises ``EngineMissingError``."""
    width = max(1, round(FINER * SIDE * min(1.0, svg.width / svg.height)))
    with Image.open(io.BytesIO(svg_picture(svg.data, width))) as opened:
        picture = opened.convert("RGBA")
    try:
        drawing = engine_drawing(engine, svg, picture.size)
    except EngineMissingError:
        raise
    except Exception:  # odd drawings make the engine fail in many ways
        return LogoPrint("picture", "its lines cannot be drawn")
    difference = visible_difference(reduced(drawing, FINER), reduced(on_grounds(picture), FINER))
    if difference <= MOST_DIFFERENT:
        return LogoPrint("lines")
    return LogoPrint("picture", f"drawn as lines, {difference:.0%} of it would look otherwise than in a browser")
