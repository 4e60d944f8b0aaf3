"""Pictures made as small as they are shown."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from handoutpress.content.brand.logo_files import PrintedPicture
from handoutpress.content.brand.rasters import Raster, encoded, read_raster
from handoutpress.content.brand.svg import is_svg, read_svg
from handoutpress.content.brand.svg_picture import svg_picture

PRINT_PPI = 250
"""Pixels to the inch of a brand's pictures: between what a screen shows (220) and what a print shop wants (300)."""
PAGE_PPIS = (220, 200, 180, 160)
"""Those of a handout's photographs on pages for screens and mails: fewer where many share the bytes of a file."""
PRINT_SHOP_PPI = 300
"""Those of the same photographs on sheets for a print shop."""
_INCH = 25.4
QUALITY = 85
"""Of a JPEG: no eye tells it from a better one in a picture so small."""
_LIKE_A_PHOTOGRAPH = 2
"""A picture without loss that takes so many times the bytes of a JPEG is a photograph."""
FACE_RATIO = 0.8
"""Width by height of a face."""
_TAG = re.compile(rb"<([A-Za-z][\w.:-]*)")
_PLAIN = frozenset(b"svg g path rect circle ellipse line polyline polygon title desc defs".split())
_EFFECT = re.compile(rb"url\(|opacity|mix-blend|isolation|dasharray")
_FINER = 2
"""So many times the pixels of a photograph has a drawing, whose edges are sharp."""
_ABOVE_MIDDLE = 0.35
"""Where the middle of what is kept of a photo of a person lies, from its top, as a share of what is cut off."""


def print_pixels(length: float, ppi: int = PRINT_PPI) -> int:
    """Return how many pixels print needs for a length, mm."""
    return round(length / _INCH * ppi)


def face(path: Path, height: int) -> PrintedPicture:
    """Return a face, cut out of its photo, ``height`` pixels high."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - 50 ms that a brand without a photo need not wait for

    raster = read_raster(path.read_bytes())
    size = max(1, round(FACE_RATIO * height)), max(1, height)
    cut_out = ImageOps.fit(raster.image, size, Image.Resampling.LANCZOS, centering=(0.5, _ABOVE_MIDDLE))
    return PrintedPicture(*encoded(replace(raster, image=cut_out), QUALITY))


def whole(path: Path, width: int, height: int) -> PrintedPicture:
    """Return a picture in so many pixels at most."""
    return PrintedPicture(*encoded(_made_small(path.read_bytes(), width, height), QUALITY))


def _made_small(raw: bytes, width: int, height: int) -> Raster:
    from PIL import Image  # noqa: PLC0415  as in ``face``

    raster = read_raster(raw)
    image = raster.image.copy()
    image.thumbnail((max(1, width), max(1, height)), Image.Resampling.LANCZOS)
    return replace(raster, image=image)


def page_picture(path: Path, width: float, most: float) -> PrintedPicture:
    """Return a picture ``width`` mm wide as a page has it: a photograph is as fine as ``most`` bytes allow."""
    for ppi in PAGE_PPIS:
        picture = print_picture(path, print_pixels(width, ppi))
        if len(stored(picture)) <= most:
            break
    return picture


def stored(picture: PrintedPicture) -> bytes:
    """Return the bytes of a picture in a finished file: the engine compresses a JPEG anew."""
    from PIL import Image  # noqa: PLC0415  as in ``face``

    if picture.suffix != ".jpg":
        return picture.data
    file = io.BytesIO()
    Image.open(io.BytesIO(picture.data)).save(file, "JPEG", optimize=True)
    return file.getvalue()


def print_picture(path: Path, width: int) -> PrintedPicture:
    """Return a picture, at most ``width`` pixels wide, without what a camera has noted in it.

    A plain SVG stays one. Of any other the engine might draw something else, so that it becomes a picture.
    """
    raw = path.read_bytes()
    if not is_svg(raw):
        return _in_pixels(raw, width)
    svg = read_svg(raw)
    if _is_plain(svg.data):
        return PrintedPicture(svg.data, ".svg")
    return PrintedPicture(svg_picture(svg.data, _FINER * width), ".png")


def _in_pixels(raw: bytes, width: int) -> PrintedPicture:
    """Return a picture of pixels at most ``width`` wide; a photograph that was saved without loss, with some."""
    small = _made_small(raw, width, 50 * width)
    if small.image.mode == "RGBA" and small.image.getchannel("A").getextrema() == (255, 255):
        small = replace(small, image=small.image.convert("RGB"))
    data, suffix = encoded(small, QUALITY)
    if suffix == ".png" and small.image.mode != "RGBA":
        with_loss = encoded(replace(small, lossy=True), QUALITY)
        data, suffix = with_loss if len(data) > _LIKE_A_PHOTOGRAPH * len(with_loss[0]) else (data, suffix)
    return PrintedPicture(data, suffix)


def _is_plain(svg: bytes) -> bool:
    """Return whether an SVG has nothing but shapes with flat fills and lines."""
    names = {name.rpartition(b":")[2] for name in _TAG.findall(svg)}
    return names <= _PLAIN and not _EFFECT.search(svg)
