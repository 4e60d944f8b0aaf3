"""A logo as a mail shows it: pixels on a ground of their own, since mail programs draw no SVG, and some are dark."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from handoutpress.content.brand.brand import Logo
from handoutpress.content.brand.logo_files import drawn_picture
from handoutpress.store.files import FileStamp, stamp_of

AREA, WIDEST, HIGHEST = 12_000, 280, 96
"""How much of the screen a logo takes, in pixels of CSS, and how wide and high it is at most."""
FINER = 2
"""So many pixels are stored for one of CSS, since phones have so many."""
PAPER = "#ffffff"
MARGIN = 8
"""Ground around a logo that has one of its own colour, in pixels of CSS."""


@dataclass(frozen=True)
class MailLogo:
    """A PNG and the size at which it is shown, in pixels of CSS."""

    png: bytes
    width: int
    height: int


def logo_picture(logo: Logo) -> MailLogo:
    """Return the picture of a logo that was read without a mistake: the same bytes each time."""
    return _drawn(logo, stamp_of(logo.path))


@lru_cache(maxsize=256)
def _drawn(logo: Logo, stamp: FileStamp) -> MailLogo:
    from PIL import Image  # noqa: PLC0415 - 50 ms that only a run with letters waits for

    drawn = drawn_picture(logo.path).convert("RGBA")
    ratio, margin = drawn.width / drawn.height, MARGIN if logo.ground else 0
    width = min(sqrt(AREA * ratio), WIDEST, HIGHEST * ratio)
    shown = max(1, round(width)), max(1, round(width / ratio))
    finer = (FINER * shown[0], FINER * shown[1])
    small = drawn.resize(finer, Image.Resampling.LANCZOS)
    around = FINER * margin
    sheet = Image.new("RGB", (finer[0] + 2 * around, finer[1] + 2 * around), logo.ground or PAPER)
    sheet.paste(small, (around, around), small)
    content = io.BytesIO()
    sheet.quantize(256, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return MailLogo(content.getvalue(), shown[0] + 2 * margin, shown[1] + 2 * margin)
