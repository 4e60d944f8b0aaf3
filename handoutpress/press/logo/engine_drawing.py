"""A logo as the engine draws it: typeset alone on a page of its size, and that page as pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import Image

from handoutpress.content.brand.svg import Svg
from handoutpress.press.logo.comparison import OnGrounds

if TYPE_CHECKING:
    from handoutpress.press.layout.typeset import Typesetter

_ADDRESS = "logo:logo.svg"
_PAGE = (
    '<html lang="en"><title>A logo</title><style>@page {{ size: {width}px {page}px; margin: 0 }} '
    "body {{ margin: 0 }} img {{ display: block; width: {width}px; height: {height}px }}</style>"
    '<img src="{address}" alt="logo">'
)
_POINTS = 72 / 96
"""Points in a pixel of CSS."""

WHITE, BLACK = (255, 255, 255, 255), (0, 0, 0, 255)


def engine_drawing(engine: Typesetter, svg: Svg, size: tuple[int, int]) -> OnGrounds:
    """Return what the engine draws of an SVG in a picture of ``size`` pixels, whose width it fills.

    Raises whatever the engine raises, which is of many kinds.
    """
    width, height = size
    html = _PAGE.format(width=width, page=height, height=width * svg.height / svg.width, address=_ADDRESS)
    pdf = engine.typeset(html, (), lambda address: svg.data).pdf()
    with pypdfium2.PdfDocument(pdf) as opened:
        return OnGrounds(*(_on_ground(opened[0], ground) for ground in (WHITE, BLACK)))


def _on_ground(page: Any, ground: tuple[int, int, int, int]) -> Image.Image:
    picture: Image.Image = page.render(scale=1 / _POINTS, fill_color=ground, rev_byteorder=True).to_pil()
    return picture.convert("RGB")
