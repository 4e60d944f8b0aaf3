"""A brand's colours: what CSS can write, read into ``#rrggbb``, and the colour roles of a page made from them."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from tinycss2.color4 import Color, parse_color

from handoutpress.content.brands import Colours
from handoutpress.content.shades import (
    NEAR_BLACK,
    WHITE,
    Triple,
    contrast,
    darkened,
    linear_from_oklab,
    luminance,
    on,
    tinted,
    to_hex,
    to_rgb,
    to_srgb,
)

TEXT_CONTRAST = 4.5
"""Least contrast of text with its ground (WCAG 2.2, 1.4.3)."""
BODY_CONTRAST = 7.0
"""What we aim at for text of body size (WCAG 2.2, 1.4.6)."""
MARK_CONTRAST = 3.0
"""Least contrast of a mark that carries meaning (WCAG 2.2, 1.4.11)."""
GROUND_CONTRAST = 12.0
"""Least contrast of near-black text on a brand's light ground."""

_SHORT_HEX = re.compile(r"#[0-9a-fA-F]{6}")


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
    if not isinstance(colour, Color):
        raise ValueError(f'"{text}" has no colour of its own on paper.')
    if colour.alpha == 0:
        raise ValueError(f'"{text}" is wholly see-through: on paper nothing would be seen.')
    solid = to_rgb(_srgb(colour, text))
    red, green, blue = (channel * colour.alpha + 1 - colour.alpha for channel in solid)
    return to_hex((red, green, blue))


def _srgb(colour: Color, text: str) -> str:
    if colour.space in ("srgb", "hsl", "hwb"):
        red, green, blue = colour.to("srgb").coordinates
        return to_hex((red, green, blue))
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
        heading=_readable("headings", heading, tint, TEXT_CONTRAST, remarks) if heading else text,
    )
    if luminance(primary) > 0.4:
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
        found = contrast(colour, WHITE)
        remarks.append(f"{name} {colour} is too pale for text on white ({found:.1f}:1): text uses {shade}")
    else:
        shade = darkened(colour, ratio, ground)
        if shade != colour:
            found = contrast(colour, ground)
            remarks.append(f"{name} {colour} is too pale for text on the tint ({found:.1f}:1): text uses {shade}")
    return shade


def _mark(accent: str, ground: str, remarks: list[str]) -> str:
    shade = darkened(accent, MARK_CONTRAST, ground)
    if shade != accent:
        found = contrast(accent, WHITE)
        remarks.append(f"accent {accent} is too pale for a mark on white ({found:.1f}:1): marks use {shade}")
    return shade
