"""Colours that not every renderer knows, as sRGB: ``oklch()``, ``color()``, ``color-mix()`` (CSS Color 4 and 5)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tinycss2 import color5

from handoutpress.content.brand.colours import (
    Triple,
    from_display_p3,
    linear_from_oklab,
    oklch,
    srgb_of,
    to_hex,
    to_rgb,
    to_srgb,
)
from handoutpress.content.brand.styles.tokens import between_commas, is_word, solid

_MIXED_IN = {"srgb", "oklab"}
"""The spaces in which colours are mixed here: the one of old, and the one that is used where none is named."""


@dataclass(frozen=True)
class Paint:
    """A colour in sRGB as ``#rrggbb``, and how opaque it is, from 0 to 1."""

    colour: str
    alpha: float

    @property
    def css(self) -> str:
        """The colour as every renderer reads it."""
        if self.alpha >= 1:
            return self.colour
        red, green, blue = (round(channel * 255) for channel in to_rgb(self.colour))
        return f"rgba({red}, {green}, {blue}, {round(self.alpha, 4):g})"


def read_paint(token: Any) -> Paint | Literal["currentcolor"] | None:
    """Return the colour that a token of tinycss2 is, or None if it is none.

    Raises ``ValueError`` with a name for one that cannot be computed.
    """
    if token.type == "function" and token.lower_name == "color-mix":
        return _mixed(token)
    if token.type == "function" and token.lower_name == "light-dark":
        first = solid(between_commas(token.arguments)[0])
        return read_paint(first[0]) if len(first) == 1 else None
    if token.type == "function" and any(is_word(part, "from") for part in token.arguments):
        raise ValueError(f'a colour made from another with "{token.lower_name}(from …)"')
    colour = color5.parse_color(token)
    if colour == "currentcolor":
        return "currentcolor"
    if colour is None or colour.space == "device-cmyk":
        return None  # no browser draws inks
    alpha = 1.0 if colour.alpha is None else min(1.0, max(0.0, float(colour.alpha)))
    if colour.space == "display-p3":
        red, green, blue = (coordinate or 0.0 for coordinate in colour.coordinates)
        return Paint(from_display_p3((red, green, blue)), alpha)
    return Paint(srgb_of(colour, token.serialize()), alpha)


def _mixed(token: Any) -> Paint | None:
    """Return what ``color-mix(in SPACE, A x%, B y%)`` is (CSS Color 5, 3.2)."""
    name = token.serialize()
    head, *parts = [solid(part) for part in between_commas(token.arguments)]
    if not (head and is_word(head[0], "in")):
        head, parts = [], [head, *parts]
    space = head[1].lower_value if len(head) == 2 else "" if head else "oklab"
    if space not in _MIXED_IN or len(parts) != 2:
        raise ValueError(f'"{name}"')
    (first, share), (second, other) = map(_part, parts)
    if not isinstance(first, Paint) or not isinstance(second, Paint):
        raise ValueError(f'"{name}"')
    share, other = _shares(share, other)
    if share + other == 0:
        return None
    return _mix(first, second, other / (share + other), min(1.0, share + other), space)


def _part(tokens: Sequence[Any]) -> tuple[Any, float | None]:
    share = next((token.value / 100 for token in tokens if token.type == "percentage"), None)
    colours = [token for token in tokens if token.type != "percentage"]
    return (read_paint(colours[0]) if len(colours) == 1 else None), share


def _shares(first: float | None, second: float | None) -> tuple[float, float]:
    if first is None and second is None:
        return 0.5, 0.5
    if first is None:
        return 1 - (second or 0), second or 0
    return first, 1 - first if second is None else second


def _mix(first: Paint, second: Paint, share: float, opacity: float, space: str) -> Paint:
    """Return two colours mixed, ``share`` of the second; each counts for as much as it is opaque."""
    alpha = first.alpha * (1 - share) + second.alpha * share
    if alpha == 0:
        return Paint(first.colour, 0)
    weight, convert = second.alpha * share / alpha, to_rgb if space == "srgb" else _oklab
    pairs = zip(convert(first.colour), convert(second.colour), strict=True)
    one, two, three = (a + (b - a) * weight for a, b in pairs)
    colour = to_hex((one, two, three)) if space == "srgb" else to_srgb(linear_from_oklab(one, two, three))
    return Paint(colour, alpha * opacity)


def _oklab(colour: str) -> Triple:
    light, chroma, hue = oklch(colour)
    return light, chroma * math.cos(hue), chroma * math.sin(hue)
