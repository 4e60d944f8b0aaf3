"""A logo as the engine draws it: typeset alone on a page of its size, and that page as pixels."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
from PIL import Image

from handoutpress.content.brand.brand import Logo
from handoutpress.content.brand.svg import Svg
from handoutpress.press.logo.comparison import OnGrounds
from handoutpress.press.logo.finest_line import finest_line
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

FINEST_TILE = 1 / 400
"""The engine makes a pattern of hairs of some gradients, over which a viewer or a printer works for hours."""

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


def page_picture(pdf: bytes, dpi: float) -> Image.Image:
    """Return the first page of a PDF as pixels, see-through where nothing is drawn."""
    with pypdfium2.PdfDocument(pdf) as opened:
        drawn = opened[0].render(scale=dpi / 72, fill_color=(255, 255, 255, 0), rev_byteorder=True)
        picture: Image.Image = drawn.to_pil()
    return picture.convert("RGBA")


@dataclass(frozen=True)
class EngineDrawing:
    """What the engine drew of an SVG, and the thickness of its finest line as a share of its width."""

    shown: OnGrounds
    finest: float


def engine_drawing(engine: Typesetter, svg: Svg, size: tuple[int, int]) -> EngineDrawing:
    """Draw an SVG with the engine in a picture of ``size`` pixels, whose width it fills.

    Raises whatever the engine raises, which is of many kinds.
    """
    width, height = size
    html = _PAGE.format(width=width, page=height, height=width * svg.height / svg.width, address=_ADDRESS)
    pdf = engine.typeset(html, (), lambda address: svg.data).pdf()
    if _finest_tile(pdf) < FINEST_TILE:
        raise OverflowError("a pattern whose tiles are finer than can be drawn")
    with pypdfium2.PdfDocument(pdf) as opened:
        shown = OnGrounds(*(_on_ground(opened[0], ground) for ground in (WHITE, BLACK)))
    return EngineDrawing(shown, finest_line(pdf))


def _finest_tile(data: bytes) -> float:
    """Return the shorter side of the finest pattern's tile, as a share of the page's width (ISO 32000-1, 8.7.3)."""
    finest = 1.0
    with pikepdf.open(io.BytesIO(data)) as pdf:
        width = float(pdf.pages[0].mediabox[2])
        for pattern in pdf.objects:
            if isinstance(pattern, pikepdf.Stream) and pattern.get("/PatternType") == 1:
                a, b, c, d, *_ = (float(part) for part in pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))
                across, up = math.hypot(a, b) * float(pattern.XStep), math.hypot(c, d) * float(pattern.YStep)
                finest = min(finest, abs(across) / width, abs(up) / width)
    return finest


def _on_ground(page: Any, ground: tuple[int, int, int, int]) -> Image.Image:
    picture: Image.Image = page.render(scale=1 / _POINTS, fill_color=ground, rev_byteorder=True).to_pil()
    return picture.convert("RGB")
