"""The mathematics of colour: contrast as WCAG 2.2 counts it, and changes of lightness that keep a hue its hue.

A colour is ``#rrggbb`` everywhere outside this module. Lightness and chroma are OKLCH's (CSS Color 4, 9.3): equal
steps look equal, so a darkened yellow stays the brand's yellow as long as it can.
"""

from __future__ import annotations

import math
from functools import lru_cache

WHITE = "#ffffff"
BLACK = "#000000"
NEAR_BLACK = "#1a1a1a"
"""The text of a page."""

Triple = tuple[float, float, float]


def to_rgb(colour: str) -> Triple:
    """Return red, green and blue of ``#rrggbb``, each from 0 to 1."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def to_hex(rgb: Triple) -> str:
    """Return ``#rrggbb`` for channels from 0 to 1; what lies outside is cut off."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, channel)) * 255):02x}" for channel in rgb)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Return the relative luminance, 0 for black and 1 for white (WCAG 2.2, relative luminance)."""
    red, green, blue = (_linear(channel) for channel in to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklch(colour: str) -> Triple:
    """Return OKLCH lightness (0 to 1), chroma (0 to about 0.37) and hue (radians)."""
    red, green, blue = (_linear(channel) for channel in to_rgb(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return light, math.hypot(a, b), math.atan2(b, a)


def linear_from_oklab(light: float, a: float, b: float) -> Triple:
    """Return linear sRGB; a channel outside 0 to 1 means that no screen or press has this colour."""
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def from_oklch(light: float, chroma: float, hue: float) -> str:
    """Return the colour as ``#rrggbb``; where sRGB has none so vivid, the same hue with less chroma."""
    across, up = math.cos(hue), math.sin(hue)
    whole = linear_from_oklab(light, chroma * across, chroma * up)
    if _displayable(whole):
        return to_srgb(whole)
    low, high = 0.0, chroma
    for _ in range(7):
        middle = (low + high) / 2
        if _displayable(linear_from_oklab(light, middle * across, middle * up)):
            low = middle
        else:
            high = middle
    return to_srgb(linear_from_oklab(light, low * across, low * up))


def _displayable(linear: Triple) -> bool:
    return min(linear) >= -0.0005 and max(linear) <= 1.0005


def to_srgb(linear: Triple) -> str:
    """Return linear sRGB as ``#rrggbb``, cut off at the edges of sRGB."""
    red, green, blue = (_gamma(min(1.0, max(0.0, channel))) for channel in linear)
    return to_hex((red, green, blue))


@lru_cache(maxsize=4096)
def darkened(colour: str, ratio: float, ground: str = WHITE) -> str:
    """Return ``colour`` itself if it has at least ``ratio`` on ``ground``, else the lightest darker shade that has."""
    if contrast(colour, ground) >= ratio:
        return colour
    light, chroma, hue = oklch(colour)
    low, high = 0.0, light
    for _ in range(12):
        middle = (low + high) / 2
        if contrast(from_oklch(middle, chroma, hue), ground) >= ratio:
            low = middle
        else:
            high = middle
    return from_oklch(low, chroma, hue)


@lru_cache(maxsize=4096)
def tinted(colour: str) -> str:
    """Return a very light ground of the hue of ``colour``: near-black text on it keeps well above 12:1."""
    _, chroma, hue = oklch(colour)
    return from_oklch(0.962, min(chroma, 0.14) * 0.16, hue)


def on(ground: str) -> str:
    """Return black or white, whichever stands out more on ``ground``."""
    return BLACK if contrast(BLACK, ground) > contrast(WHITE, ground) else WHITE
