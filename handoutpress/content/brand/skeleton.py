"""The start of a brand: the colours that a logo already has, and a first ``_brand.yml`` around them."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

from handoutpress.content.brand.colours import TEXT_CONTRAST, WHITE, contrast, oklch, read_colour
from handoutpress.content.brand.logo_files import drawn_picture, read_picture
from handoutpress.content.brand.svg import is_svg, svg_fills

MOST = 4
_SIDE = 160
"""Pixels to which a picture is made smaller before its colours are counted."""
_GREY = 0.035
"""Chroma (OKLCH) under which a colour is a grey, a black or a white."""
_NEARLY_WHITE = 1.15
"""Contrast with white under which a colour is none to begin a brand with."""
_APART = 0.09
"""Distance (OKLab) from which two colours are seen as two."""

FORMATS = {
    "a4": (("a4-leaflet", "a4-large-print"), ("a4-trifold", "a5-booklet", "a6-card", "a3-poster")),
    "letter": (("letter-leaflet", "letter-large-print"), ("letter-trifold", "half-letter-booklet", "tabloid-poster")),
}
"""By paper, the formats that a clinic begins with, and those that it may add."""

_SKELETON = """\
# yaml-language-server: $schema=../../schemas/brand.schema.json
meta:
  name: {name}
  # link: https://your-clinic.example
  # contacts:
  #   - address: [1 High Street, Your Town]
  #     phone: 01632 960 000
  #     email: hello@your-clinic.example
  #     hours: Monday to Friday, 9 am to 5 pm
{logo}
color:
{colours}defaults:
  handout:
    country: {country}
    # Others: {others}. Without this line, all formats are made.
    formats: [{formats}]
    # article_url: https://your-clinic.example/articles/{{slug}}
    # writing_lines: [practitioner, next_appointment]
"""

_NO_LOGO = "# logo: logo.svg"
"""What stands where a brand's logo is named, before there is one."""


def colours_from_logo(path: Path) -> tuple[str, ...]:
    """Return up to four colours of a logo as ``#rrggbb``, one that can be read on white first.

    Greys count only where there is nothing else, and what is nearly white never. Raises ``ValueError`` with what is
    wrong with the file, as it reads after its name, and after " Hint: " what to do.
    """
    read_picture(path)
    raw = path.read_bytes()
    drawn = _drawn(raw) if is_svg(raw) else _painted(path)
    weights = {colour: weight for colour, weight in drawn.items() if contrast(colour, WHITE) >= _NEARLY_WHITE}
    vivid = {colour: weight for colour, weight in weights.items() if oklch(colour)[1] >= _GREY}
    chosen: list[str] = []
    for colour in sorted(vivid or weights, key=lambda colour: (-_merit(colour, weights[colour]), colour)):
        if all(_distance(colour, earlier) >= _APART for earlier in chosen):
            chosen.append(colour)
    chosen = chosen[:MOST]
    readable = next((colour for colour in chosen if contrast(colour, WHITE) >= TEXT_CONTRAST), None)
    return tuple(chosen) if readable is None else (readable, *(colour for colour in chosen if colour != readable))


def brand_skeleton(
    name: str, country: str = "gb", logo: str | None = None, colours: tuple[str, ...] = (), paper: str = "a4"
) -> str:
    """Return a first ``_brand.yml`` as YAML; ``logo`` is the file's name beside it, ``colours`` the most used first.

    It asks for the usual formats on the country's ``paper``.
    """
    usual, others = FORMATS[paper]
    quoted = json.dumps(name, ensure_ascii=False)
    named = dict(zip(("primary", "secondary", "tertiary"), colours or ("#2f4858",), strict=False))
    return _SKELETON.format(
        name=quoted,
        logo=f"logo:\n  path: {json.dumps(logo, ensure_ascii=False)}\n  alt: {quoted}" if logo else _NO_LOGO,
        colours="".join(f'  {key}: "{colour}"\n' for key, colour in named.items()),
        country=country,
        formats=", ".join(usual),
        others=", ".join(others),
    )


def _merit(colour: str, weight: float) -> float:
    """Return how well a colour stands for the logo: the more, the more of it there is and the more vivid it is."""
    return weight * (0.5 + oklch(colour)[1])


def _distance(colour_a: str, colour_b: str) -> float:
    (light, chroma, hue), (light_2, chroma_2, hue_2) = oklch(colour_a), oklch(colour_b)
    across = chroma * math.cos(hue) - chroma_2 * math.cos(hue_2)
    up = chroma * math.sin(hue) - chroma_2 * math.sin(hue_2)
    return math.hypot(light - light_2, across, up)


def _drawn(raw: bytes) -> Counter[str]:
    weights: Counter[str] = Counter()
    for fill, weight in svg_fills(raw):
        try:
            weights[read_colour(fill)] += weight
        except ValueError:
            continue  # none, or a gradient's address
    return weights


def _painted(path: Path) -> Counter[str]:
    from PIL import Image  # noqa: PLC0415 - 50 ms that no other command waits for

    small = drawn_picture(path).convert("RGBA")
    # Any other way of making it smaller mixes neighbours, and counts colours that the logo does not have.
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.NEAREST)
    pixels = small.tobytes()
    solid = [pixels[at : at + 3] for at in range(0, len(pixels), 4) if pixels[at + 3] >= 250]
    if not solid:
        return Counter()
    reduced = Image.frombytes("RGB", (len(solid), 1), b"".join(solid)).quantize(16, Image.Quantize.MEDIANCUT)
    palette = reduced.getpalette() or []
    colours = ["#" + bytes(palette[at : at + 3]).hex() for at in range(0, len(palette), 3)]
    weights: Counter[str] = Counter()
    for colour, count in zip(colours, reduced.histogram(), strict=False):
        if count:
            weights[colour] += count
    return weights
