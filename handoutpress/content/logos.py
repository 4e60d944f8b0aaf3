"""A brand's logo: which of its pictures is printed, and whether that picture is safe and fit to print."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handoutpress.content.vectors import MAX_BYTES as MAX_SVG_BYTES
from handoutpress.content.vectors import read_svg

if TYPE_CHECKING:
    from PIL import Image

MAX_PICTURE_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
"""A logo is printed at most 80 mm wide: 2,000 pixels are plenty. More than this is a mistake or an attack."""
FEW_PIXELS = 300
"""A logo narrower than this looks coarse in print."""
_ORIENTATION = 0x0112
"""The EXIF tag that says which way up a JPEG is; from 5 on it lies on its side."""


@dataclass(frozen=True)
class Picture:
    """Width and height in the picture's own units, and what is lost or poor in print, in sentences."""

    width: float
    height: float
    remarks: tuple[str, ...] = ()


def read_picture(path: Path) -> Picture:
    """Look at a logo file: SVG, PNG or JPEG.

    Raises ``ValueError`` with what is wrong, as it reads after the file's name, and after " Hint: " what to do.
    """
    try:
        status = path.stat()
    except OSError:
        raise ValueError("cannot be read. Hint: check its name and who may read it.") from None
    return _read(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4096)
def _read(path: Path, size: int, _changed: int) -> Picture:
    if size > MAX_PICTURE_BYTES:
        raise ValueError(f"is larger than {MAX_PICTURE_BYTES // 1_000_000} MB. Hint: save the logo smaller.")
    raw = path.read_bytes()
    start = raw[:4]
    if start in (b"\x89PNG", b"\xff\xd8\xff\xe0") or start[:3] == b"\xff\xd8\xff":
        return _read_pixels(path, raw)
    if raw.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return _read_svg(raw)
    raise ValueError("is not a picture that can be printed. Hint: use SVG, PNG or JPEG.")


def _read_svg(raw: bytes) -> Picture:
    if len(raw) > MAX_SVG_BYTES:
        raise ValueError(f"is larger than {MAX_SVG_BYTES // 1_000_000} MB. Hint: simplify its paths.")
    width, height, left_out = read_svg(raw)
    lost = ", ".join(f"<{name}>" for name in left_out)
    return Picture(width, height, (f"effects that print leaves out: {lost}",) if lost else ())


def _read_pixels(path: Path, raw: bytes) -> Picture:
    from PIL import Image  # noqa: PLC0415 - 50 ms that a brand with an SVG logo need not wait for

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=("PNG", "JPEG")) as image:
                return _checked(image, raw)
        except Image.DecompressionBombError as error:
            found = re.search(r"\((\d+) pixels\)", str(error))
            raise ValueError(_too_many_pixels(int(found[1]) if found else 0)) from None
        except (OSError, SyntaxError):
            raise ValueError("is a broken picture. Hint: save the logo again.") from None


def _too_many_pixels(pixels: int) -> str:
    found = f"has {round(pixels / 1_000_000)} megapixels" if pixels else "has far too many pixels"
    return f"{found}; the most is {MAX_PIXELS // 1_000_000}. Hint: save it about 2,000 pixels wide."


def _checked(image: Image.Image, raw: bytes) -> Picture:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ValueError(_too_many_pixels(width * height))
    if getattr(image, "is_animated", False):
        raise ValueError("is animated, which paper is not. Hint: save one picture of it.")
    if image.mode == "CMYK":
        raise ValueError("is a CMYK picture, which screens show in wrong colours. Hint: save it as RGB, or as SVG.")
    if image.format == "JPEG":
        if b"\xff\xd9" not in raw[-4096:]:
            raise ValueError("is a broken picture. Hint: save the logo again.")
        if image.getexif().get(_ORIENTATION, 1) >= 5:
            width, height = height, width
    else:
        image.verify()
    few = width < FEW_PIXELS and height < FEW_PIXELS
    return Picture(width, height, (f"only {width} × {height} pixels, which look coarse in print",) if few else ())
