"""Logo files: whether one is safe and fit to print, what of it is lost, and what the press prints of it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handoutpress.content.brand.brand import LOGO_AREA
from handoutpress.content.brand.rasters import encoded, read_raster
from handoutpress.content.brand.svg import MAX_BYTES as MAX_SVG_BYTES
from handoutpress.content.brand.svg import is_svg, read_svg
from handoutpress.content.brand.svg_picture import svg_picture
from handoutpress.store.files import FileStamp, stamp_of

if TYPE_CHECKING:
    from PIL import Image

MAX_PICTURE_BYTES = 10_000_000
COARSE_DPI = 200
"""A logo with fewer pixels an inch, as printed, looks coarse; print shops want 300."""
_MEASURED_SIDE = 512
"""Pixels of the longer side of an SVG that is drawn to be measured, which is what ``visibility`` looks at."""


@dataclass(frozen=True)
class LogoPicture:
    """Width and height in the picture's own units, or in ``pixels``, and what is lost or poor in print, in words."""

    width: float
    height: float
    remarks: tuple[str, ...] = ()
    pixels: bool = False


@dataclass(frozen=True)
class PrintedPicture:
    """A picture's bytes as the press prints them, and the suffix of such a file: ``.svg``, ``.png`` or ``.jpg``."""

    data: bytes
    suffix: str


def read_picture(path: Path) -> LogoPicture:
    """Return the size of a logo file, and remarks on it.

    Raises ``ValueError`` with what is wrong, as it reads after the file's name, and after " Hint: " what to do.
    """
    try:
        stamp = stamp_of(path)
    except OSError:
        raise ValueError("cannot be read. Hint: check its name and who may read it.") from None
    return _read(path, stamp)


@lru_cache(maxsize=4096)
def _read(path: Path, stamp: FileStamp) -> LogoPicture:
    if stamp.size > MAX_PICTURE_BYTES:
        raise ValueError(f"is larger than {MAX_PICTURE_BYTES // 1_000_000} MB. Hint: save the picture smaller.")
    if stamp.size == 0:
        raise ValueError("is an empty file. Hint: save the picture again.")
    raw = path.read_bytes()
    return _read_svg(raw) if is_svg(raw) else _read_pixels(raw)


def _read_svg(raw: bytes) -> LogoPicture:
    if len(raw) > MAX_SVG_BYTES:
        raise ValueError(f"is larger than {MAX_SVG_BYTES // 1_000_000} MB. Hint: simplify its paths.")
    svg = read_svg(raw)
    lost = ", ".join(svg.left_out)
    return LogoPicture(svg.width, svg.height, (f"effects that print leaves out: {lost}",) if lost else ())


def _read_pixels(raw: bytes) -> LogoPicture:
    raster = read_raster(raw)
    width, height = raster.image.size
    widest = sharp_width(width)
    few = f"only {width} × {height} pixels, so that it prints {widest:.0f} mm wide: larger, it would look coarse"
    remarks = (few,) if widest < (LOGO_AREA * width / height) ** 0.5 else ()
    return LogoPicture(width, height, (*raster.remarks, *remarks), pixels=True)


def sharp_width(pixels: float) -> float:
    """Return the width in mm at which so many pixels print without looking coarse."""
    return pixels / COARSE_DPI * 25.4


def printed_picture(path: Path) -> PrintedPicture:
    """Return what the press prints of a logo that was read without a mistake."""
    raw = path.read_bytes()
    if is_svg(raw):
        return PrintedPicture(raw, ".svg")
    raster = read_raster(raw)
    if raster.as_it_is:
        return PrintedPicture(raw, ".jpg" if raster.lossy else ".png")
    return PrintedPicture(*encoded(raster))


def drawn_picture(path: Path) -> Image.Image:
    """Return a logo that was read without a mistake as pixels, to be measured."""
    raw = path.read_bytes()
    if not is_svg(raw):
        return read_raster(raw).image
    from PIL import Image  # noqa: PLC0415 - 50 ms that only a run with a new logo waits for

    svg = read_svg(raw)
    width = max(1, round(_MEASURED_SIDE * min(1.0, svg.width / svg.height)))
    return Image.open(io.BytesIO(svg_picture(svg.data, width)))
