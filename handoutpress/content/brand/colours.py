"""A brand's colours: read from what CSS can write, measured, darkened where need be, and given to a page's roles.

A colour is ``#rrggbb`` everywhere outside this module. Lightness and chroma are OKLCH's (CSS Color 4, 9.3): equal
steps look equal, so a darkened yellow stays the brand's yellow as long as it can.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from tinycss2.color4 import Color, parse_color

from handoutpress.content.brand.brand import Colours

WHITE = "#ffffff"
BLACK = "#000000"
NEAR_BLACK = "#1a1a1a"
"""The text of a page."""

TEXT_CONTRAST = 4.5
"""Least contrast of text with its ground (WCAG 2.2, 1.4.3)."""
BODY_CONTRAST = 7.0
"""What we aim at for text of body size (WCAG 2.2, 1.4.6)."""
MARK_CONTRAST = 3.0
"""Least contrast of a mark that carries meaning (WCAG 2.2, 1.4.11)."""
GROUND_CONTRAST = 12.0
"""Least contrast of near-black text on a brand's light ground."""

_SHORT_HEX = re.compile(r"#[0-9a-fA-F]{6}")

Triple = tuple[float, float, float]
"""Three channels or coordinates of a colour, as each function says."""


def to_rgb(colour: str) -> Triple:
    """Return red, green and blue of ``#rrggbb``, each from 0 to 1."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def to_hex(rgb: Triple) -> str:
    """Return ``#rrggbb`` for channels from 0 to 1; what lies outside is cut off."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, channel)) * 255):02x}" for channel in rgb)


def _linear(channel: float) -> float:
    # The threshold of IEC 61966-2-1. WCAG had 0.03928 until 2021; no channel of eight bits lies between the two.
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


@lru_cache(maxsize=4096)
def luminance(red: float, green: float, blue: float) -> float:
    """Return the relative luminance of channels from 0 to 255: 0 for black and 1 for white (WCAG 2.2)."""
    return 0.2126 * _linear(red / 255) + 0.7152 * _linear(green / 255) + 0.0722 * _linear(blue / 255)


def contrast_ratio(luminance_a: float, luminance_b: float) -> float:
    """Return the contrast ratio of two relative luminances, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    low, high = sorted((luminance_a, luminance_b))
    return (high + 0.05) / (low + 0.05)


def contrast(colour: str, ground: str) -> float:
    """Return the contrast ratio of two colours, in any order."""
    return contrast_ratio(_luminance_of(colour), _luminance_of(ground))


@lru_cache(maxsize=4096)
def _luminance_of(colour: str) -> float:
    return luminance(int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


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
    vivid = linear_from_oklab(light, chroma * across, chroma * up)
    if _displayable(vivid):
        return to_srgb(vivid)
    low, high = 0.0, chroma
    # Seven halvings leave the chroma open by 0.003: a difference is just seen at 0.02 (CSS Color 4).
    for _ in range(7):
        middle = (low + high) / 2
        if _displayable(linear_from_oklab(light, middle * across, middle * up)):
            low = middle
        else:
            high = middle
    return to_srgb(linear_from_oklab(light, low * across, low * up))


def _displayable(linear: Triple) -> bool:
    # The matrices are rounded: white itself comes back as 1.00000007.
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
    # Twelve halvings of a lightness from 0 to 1 are finer than the 255 steps of a channel.
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


@lru_cache(maxsize=4096)
def read_colour(text: str) -> str:
    """Return any CSS colour (CSS Color 4) as ``#rrggbb``; what is half see-through is seen on white paper.

    Raises ``ValueError`` with a sentence.
    """
    if _SHORT_HEX.fullmatch(text):
        return text.lower()
    colour = parse_color(text) if text.strip() else None
    if colour is None:
        raise ValueError(f'"{text}" is not a colour.')
    # The parser gives "currentcolor" as a word.
    if not isinstance(colour, Color):
        raise ValueError(f'"{text}" has no colour of its own on paper.')
    if colour.alpha == 0:
        raise ValueError(f'"{text}" is wholly see-through: on paper nothing would be seen.')
    solid = to_rgb(srgb_of(colour, text))
    red, green, blue = (channel * colour.alpha + 1 - colour.alpha for channel in solid)
    return to_hex((red, green, blue))


def srgb_of(colour: Color, text: str) -> str:
    """Return a colour of tinycss2, written as ``text``, as ``#rrggbb``, cut off at the edges of sRGB.

    Raises ``ValueError`` for a space that it cannot be converted from.
    """
    if colour.space in ("srgb", "hsl", "hwb"):
        red, green, blue = colour.to("srgb").coordinates
        return to_hex((red, green, blue))
    # tinycss2 converts none of the spaces below. "none" counts as 0 (CSS Color 4, 4.4).
    light, first, second = (coordinate or 0.0 for coordinate in colour.coordinates)
    if colour.space in ("lch", "oklch"):
        first, second = first * math.cos(math.radians(second)), first * math.sin(math.radians(second))
    if colour.space in ("oklab", "oklch"):
        return to_srgb(linear_from_oklab(light, first, second))
    if colour.space in ("lab", "lch"):
        return to_srgb(_linear_from_lab(light, first, second))
    raise ValueError(f'"{text}" is in the colour space {colour.space}, which printers do not share.')


def _linear_from_lab(light: float, a: float, b: float) -> Triple:
    """Return linear sRGB for CIE Lab under D50 (CSS Color 4, 10.1), adapted to D65 by Bradford's matrix."""
    middle = (light + 16) / 116
    roots = (middle + a / 500, middle, middle - b / 200)
    cubes = [root**3 if root > 6 / 29 else 3 * (6 / 29) ** 2 * (root - 4 / 29) for root in roots]
    x, y, z = cubes[0] * 0.9642957, cubes[1], cubes[2] * 0.8251046
    return (
        3.1341359 * x - 1.6173864 * y - 0.4906619 * z,
        -0.9787955 * x + 1.9162544 * y + 0.0334427 * z,
        0.0719554 * x - 0.2289768 * y + 1.4053860 * z,
    )


def from_display_p3(coordinates: Triple) -> str:
    """Return a colour of Display P3, which has the white of sRGB, as ``#rrggbb``, cut off at the edges of sRGB."""
    red, green, blue = map(_linear, coordinates)
    # CSS Color 4, 10.3: the two matrices of its sample code, multiplied.
    return to_srgb(
        (
            1.2249402 * red - 0.2249402 * green,
            -0.0420570 * red + 1.0420570 * green,
            -0.0196376 * red - 0.0786361 * green + 1.0982736 * blue,
        )
    )


@lru_cache(maxsize=4096)
def colour_roles(
    primary: str, accent: str | None, link: str | None, light: str | None, heading: str | None
) -> tuple[Colours, tuple[str, ...]]:
    """Return the colour roles for a brand's colours (``#rrggbb``), and a remark for each colour that was changed."""
    remarks: list[str] = []
    tint = _ground(primary, light, remarks)
    text = _readable("primary", primary, tint, TEXT_CONTRAST, remarks)
    roles = Colours(
        primary=primary,
        primary_text=text,
        on_primary=on(primary),
        tint=tint,
        accent=_mark(accent, tint, remarks) if accent else darkened(primary, MARK_CONTRAST, tint),
        link=_readable("link", link, tint, TEXT_CONTRAST, remarks) if link else darkened(text, BODY_CONTRAST),
        heading=_readable("headings", heading, tint, TEXT_CONTRAST, remarks) if heading else _heading(primary, text),
    )
    if _luminance_of(primary) > 0.4:
        remarks.append(f"primary {primary} prints as a light grey in black and white: nothing may hang on it alone")
    return roles, tuple(remarks)


def _ground(primary: str, light: str | None, remarks: list[str]) -> str:
    """Return the brand's own light colour where near-black text is easy to read on it, else a tint of ``primary``."""
    if light is None or light == WHITE:
        return tinted(primary)
    ratio = contrast(NEAR_BLACK, light)
    if ratio >= GROUND_CONTRAST:
        return light
    ground = tinted(primary)
    remarks.append(f"light {light} is too dark for a ground of text ({ratio:.1f}:1): the ground is {ground}")
    return ground


def _readable(name: str, colour: str, ground: str, ratio: float, remarks: list[str]) -> str:
    """Return ``colour``, darkened where it has less than ``ratio`` on white or on the page's tinted ground."""
    if contrast(colour, WHITE) < ratio:
        shade = darkened(colour, BODY_CONTRAST)
        measured = contrast(colour, WHITE)
        remarks.append(f"{name} {colour} is too pale for text on white ({measured:.1f}:1): text uses {shade}")
    else:
        shade = darkened(colour, ratio, ground)
        if shade != colour:
            measured = contrast(colour, ground)
            remarks.append(f"{name} {colour} is too pale for text on the tint ({measured:.1f}:1): text uses {shade}")
    return shade


def _heading(primary: str, text: str) -> str:
    """Return the colour of headings where a brand names none: near black for a pale brand, whose shade is muddy."""
    return text if contrast(primary, WHITE) >= MARK_CONTRAST else NEAR_BLACK


def _mark(accent: str, ground: str, remarks: list[str]) -> str:
    shade = darkened(accent, MARK_CONTRAST, ground)
    if shade != accent:
        measured = contrast(accent, WHITE)
        remarks.append(f"accent {accent} is too pale for a mark on white ({measured:.1f}:1): marks use {shade}")
    return shade
