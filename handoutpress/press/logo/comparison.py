"""Two drawings of one logo side by side: how much of it looks different."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

VISIBLE = 40
"""By how many of 255 steps a channel must differ before a difference is seen at the edge of a shape."""
VISIBLE_MEAN = 24
"""The same for the mean of a pixel and those around it."""


@dataclass(frozen=True)
class OnGrounds:
    """One drawing in RGB, on white and on black: a white mark is seen on one of them alone."""

    on_white: Image.Image
    on_black: Image.Image


def on_grounds(picture: Image.Image) -> OnGrounds:
    """Lay a picture with alpha on white and on black."""
    grounds = (Image.new("RGBA", picture.size, colour) for colour in ("white", "black"))
    return OnGrounds(*(Image.alpha_composite(ground, picture).convert("RGB") for ground in grounds))


def reduced(drawing: OnGrounds, times: int) -> OnGrounds:
    """Return a drawing so many times smaller, each pixel the mean of those that it was."""
    return OnGrounds(drawing.on_white.reduce(times), drawing.on_black.reduce(times))


def visible_difference(drawing: OnGrounds, wanted: OnGrounds) -> float:
    """Return which share of what either drawing shows is visibly different in the other, from 0 to 1.

    A pixel is not different if the other drawing has its colour beside it: edges may be softened in two ways.
    """
    shown = ImageChops.lighter(_shown(drawing), _shown(wanted))
    on_white = _different(drawing.on_white, wanted.on_white)
    on_black = _different(drawing.on_black, wanted.on_black)
    return _count(ImageChops.lighter(on_white, on_black)) / max(_count(shown), 1)


def _shown(drawing: OnGrounds) -> Image.Image:
    """Return a mask of the pixels at which a drawing is seen on white or on black."""
    on_white, on_black = _above(ImageChops.invert(drawing.on_white), VISIBLE), _above(drawing.on_black, VISIBLE)
    return ImageChops.lighter(on_white, on_black)


def _different(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return a mask of the pixels that differ: sharply, and in the mean of their neighbours, where a hair's ink is."""
    around = ImageFilter.BoxBlur(1)
    mean = _above(ImageChops.difference(one.filter(around), other.filter(around)), VISIBLE_MEAN)
    box = mean.getbbox()
    if box is None:
        return mean  # as with most logos: what follows takes ten times as long
    mask = Image.new("L", mean.size)
    mask.paste(ImageChops.darker(mean.crop(box), _strange(one, other, box)), box)
    return mask


def _strange(one: Image.Image, other: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """Return a mask of the pixels within ``box`` whose colour the other picture has nowhere within a pixel of them."""
    left, top, right, bottom = box
    wide = left - 1, top - 1, right + 1, bottom + 1
    inner = 1, 1, right - left + 1, bottom - top + 1
    pictures = one.crop(wide), other.crop(wide)
    darkest = [picture.filter(ImageFilter.MinFilter(3)).crop(inner) for picture in pictures]
    lightest = [picture.filter(ImageFilter.MaxFilter(3)).crop(inner) for picture in pictures]
    beyond = [
        difference
        for picture, low, high in zip(pictures, reversed(darkest), reversed(lightest), strict=True)
        for difference in (
            ImageChops.subtract(picture.crop(inner), high),
            ImageChops.subtract(low, picture.crop(inner)),
        )
    ]
    most = beyond[0]
    for difference in beyond[1:]:
        most = ImageChops.lighter(most, difference)
    return _above(most, VISIBLE)


def _above(differences: Image.Image, step: int) -> Image.Image:
    """Return a mask of the pixels of which a channel is above ``step``."""
    red, green, blue = differences.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda value: 255 * (value > step))


def _count(mask: Image.Image) -> int:
    return sum(mask.histogram()[128:])
