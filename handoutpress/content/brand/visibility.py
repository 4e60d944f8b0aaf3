"""Whether a logo can be seen: its ink, as drawn, against the ground that it lies on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from handoutpress.content.brand.colours import contrast

if TYPE_CHECKING:
    from PIL import Image

FAINT = 2.0
"""A logo with less contrast is not printed on that ground. WCAG 2.2, 1.4.11, wants 3:1 of pictures that mean something
and exempts logos: what lies between is printed as its clinic has it, and told."""
CLEAR = 3.0
"""The contrast that a logo should have (WCAG 2.2, 1.4.11)."""
LOST = 1.2
"""What has less contrast than this cannot be told from its ground."""
SEEN_SHARE = 0.004
"""The share of a picture that must have a contrast for the picture to have it: a signature covers one in a hundred."""
LOST_SHARE = 0.1
"""How much of a logo's ink may be lost, as white letters beside a coloured sign are on white paper."""

_SIDE = 512
"""Pixels of the longer side of the picture that is measured: a stroke of a fifth of a millimetre has one or more."""
_CELL = 8
"""Pixels of the side of a cell, of which parts of a logo are put together."""
_SOLID = 128
"""From which opacity a pixel is ink."""
_LINEAR = [
    round(255 * (level / 255 / 12.92 if level <= 10 else ((level / 255 + 0.055) / 1.055) ** 2.4))
    for level in range(256)
]
_LUMINANCE = (0.2126, 0.7152, 0.0722, 0.0)


@dataclass(frozen=True)
class Visibility:
    """What of a logo is seen on a ground: its ``contrast``, and the share of its ink that is ``lost``, 0 to 1."""

    contrast: float
    lost: float

    @property
    def is_seen(self) -> bool:
        return self.contrast >= FAINT and self.lost <= LOST_SHARE

    @property
    def is_clear(self) -> bool:
        return self.contrast >= CLEAR and self.lost <= LOST_SHARE


def visibility(picture: Image.Image, ground: str) -> Visibility:
    """Measure a picture on a ground, ``#rrggbb``."""
    from PIL import Image  # noqa: PLC0415 - 50 ms that only a run with a new logo waits for

    small = _small(picture)
    paper = Image.new("RGBA", small.size, ground)
    paper.alpha_composite(small)
    drawn = paper.convert("RGB")
    lost = _lost(small.getchannel("A"), drawn, ground)
    return Visibility(contrast_in(drawn, ground), lost)


def brings_own_ground(picture: Image.Image) -> bool:
    """Return whether most of a picture's edge is opaque: another ground around it would not lie behind its ink."""
    alpha = picture.convert("RGBA").getchannel("A")
    width, height = alpha.size
    edges = ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height))
    levels = b"".join(alpha.crop(edge).tobytes() for edge in edges)
    return sum(level >= _SOLID for level in levels) > len(levels) / 2


def contrast_in(picture: Image.Image, ground: str) -> float:
    """Return the contrast with ``ground``, ``#rrggbb``, that a visible share of an RGB picture has at least."""
    levels, counts = _luminance(picture).histogram(), 0
    by_contrast = sorted(range(256), key=lambda level: -_contrast(level, ground))
    for level in by_contrast:
        counts += levels[level]
        if counts >= max(1, SEEN_SHARE * picture.width * picture.height):
            return _contrast(level, ground)
    return 1.0


def _small(picture: Image.Image) -> Image.Image:
    from PIL import Image  # noqa: PLC0415  as in ``visibility``

    small = picture.convert("RGBA")
    if max(small.size) > _SIDE:
        # Pillow weighs colours by their opacity when it makes RGBA smaller.
        scale = _SIDE / max(small.size)
        size = (max(1, round(small.width * scale)), max(1, round(small.height * scale)))
        small = small.resize(size, Image.Resampling.BOX)
    return small


def _luminance(picture: Image.Image) -> Image.Image:
    """Return the relative luminance of an RGB picture (WCAG 2.2), 0 to 255."""
    return picture.point(_LINEAR * 3).convert("L", _LUMINANCE)


@lru_cache(maxsize=8192)
def _contrast(level: int, ground: str) -> float:
    own, of_ground = level / 255, _luminance_of(ground)
    lighter, darker = max(own, of_ground), min(own, of_ground)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=256)
def _luminance_of(colour: str) -> float:
    return 1.05 / contrast(colour, "#ffffff") - 0.05


def _lost(alpha: Image.Image, drawn: Image.Image, ground: str) -> float:
    """Return the share of the ink that belongs to parts of which nothing can be told from the ground."""
    ink = alpha.point([255 * (level >= _SOLID) for level in range(256)])
    seen = _luminance(drawn).point([255 * (_contrast(level, ground) >= LOST) for level in range(256)])
    columns = -(-alpha.width // _CELL)
    inked, visible = ink.reduce(_CELL).tobytes(), seen.reduce(_CELL).tobytes()
    lost = sum(
        sum(inked[cell] for cell in part) for part in _parts(inked, columns) if not any(visible[cell] for cell in part)
    )
    return lost / (sum(inked) or 1)


def _parts(inked: Sequence[int], columns: int) -> Iterator[list[int]]:
    """Yield the cells with ink in groups that touch."""
    left = {cell for cell, amount in enumerate(inked) if amount}
    while left:
        group, edge = [], [left.pop()]
        while edge:
            cell = edge.pop()
            group.append(cell)
            near = {neighbour for neighbour in _neighbours(cell, columns) if neighbour in left}
            left -= near
            edge += near
        yield group


def _neighbours(cell: int, columns: int) -> Iterator[int]:
    column = cell % columns
    for step in (-1, 0, 1):
        if 0 <= column + step < columns:
            yield from (cell + step - columns, cell + step, cell + step + columns)
