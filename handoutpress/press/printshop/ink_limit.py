"""How much ink paper takes: 300% at most, all four together."""

from __future__ import annotations

from typing import Any

from PIL import Image, ImageMath

LIMIT = 3 * 255
"""Of four inks from 0 to 255."""


def within_limit(picture: Image.Image) -> Image.Image:
    """Return a CMYK picture none of whose pixels takes more than 300%.

    Black takes the place of the grey in the coloured inks, which keep their proportions, and so the hue.
    """
    bands = dict(zip("cmyk", picture.split(), strict=True))
    if ImageMath.lambda_eval(_total, **bands).getextrema()[1] <= LIMIT:
        return picture
    more = ImageMath.lambda_eval(_more_black, **bands)
    coloured = [ImageMath.lambda_eval(_less_colour, **bands, more=more, ink=bands[name]) for name in "cmy"]
    return Image.merge("CMYK", [band.convert("L") for band in (*coloured, more)])


def _total(given: dict[str, Any]) -> Any:
    return given["c"] + given["m"] + given["y"] + given["k"]


def _more_black(given: dict[str, Any]) -> Any:
    # One part more of black makes up for one part less of the three, which are two parts less in all.
    beyond = given["max"](_total(given) - LIMIT + 1, 0) / 2
    return given["min"](given["k"] + beyond, 255)


def _less_colour(given: dict[str, Any]) -> Any:
    room, taken = LIMIT - given["more"], _total(given) - given["k"]
    return given["ink"] * room / given["max"](taken, room)
