"""A logo as the engine draws it: typeset alone on a page of its size, and that page as pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import Image

from handoutpress.content.brand.brand import Logo
from handoutpress.content.brand.svg import Svg
from handoutpress.press.logo.comparison import OnGrounds
from handoutpress.press.logo.logo_print import PrintedLogo, box_style

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


_PRINTED = (
    '<html lang="en"><title>A logo</title><style>@page {{ size: {width}mm {height}mm; margin: 0 }} '
    'body {{ margin: 0 }} img {{ display: block; {box} }}</style><img src="{address}" alt="logo">'
)
_SHOWN_DPI = 192


def printed_drawing(engine: Typesetter, logo: Logo, printed: PrintedLogo, size: tuple[float, float]) -> bytes:
    """Return a logo on its ground as it prints, ``size`` mm, as a PNG of 192 dpi. Raises ``HandoutError``."""
    width, height = size
    box = box_style(logo, width, height)
    html = _PRINTED.format(width=width, height=height, box=box, address=printed.address)
    pdf = engine.typeset(html, (), lambda address: printed.data, printed.dpi).pdf()
    with pypdfium2.PdfDocument(pdf) as opened:
        picture: Image.Image = opened[0].render(scale=_SHOWN_DPI / 72, rev_byteorder=True).to_pil()
    file = io.BytesIO()
    picture.convert("RGB").save(file, "PNG")
    return file.getvalue()


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
