"""Photos made as small as they are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from handoutpress.content.brand.logo_files import PrintedPicture
from handoutpress.content.brand.rasters import encoded, read_raster

QUALITY = 85
"""Of a JPEG: no eye tells it from a better one in a picture so small."""
FACE_RATIO = 0.8
"""Width by height of a face."""
_ABOVE_MIDDLE = 0.35
"""Where the middle of what is kept of a photo of a person lies, from its top, as a share of what is cut off."""


def face(path: Path, height: int) -> PrintedPicture:
    """Return a face, cut out of its photo, ``height`` pixels high."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - 50 ms that a brand without a photo need not wait for

    raster = read_raster(path.read_bytes())
    size = max(1, round(FACE_RATIO * height)), max(1, height)
    cut_out = ImageOps.fit(raster.image, size, Image.Resampling.LANCZOS, centering=(0.5, _ABOVE_MIDDLE))
    return PrintedPicture(*encoded(replace(raster, image=cut_out), QUALITY))


def whole(path: Path, width: int, height: int) -> PrintedPicture:
    """Return a picture in so many pixels at most."""
    from PIL import Image  # noqa: PLC0415  as in ``face``

    raster = read_raster(path.read_bytes())
    image = raster.image.copy()
    image.thumbnail((max(1, width), max(1, height)), Image.Resampling.LANCZOS)
    return PrintedPicture(*encoded(replace(raster, image=image), QUALITY))
