"""Values of SVG's properties, each written so that every renderer reads it alike (SVG 2, CSS Transforms 1)."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any

import tinycss2

from handoutpress.content.brand.styles.colour_functions import Paint, read_paint
from handoutpress.content.brand.styles.tokens import is_sign, solid

INHERITED = {
    "fill": "black",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-opacity": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "color": "black",
    "visibility": "visible",
    "clip-rule": "nonzero",
    "marker-start": "none",
    "marker-mid": "none",
    "marker-end": "none",
    "paint-order": "normal",
    "shape-rendering": "auto",
    "image-rendering": "auto",
    "color-interpolation": "sRGB",
    "color-interpolation-filters": "linearRGB",
    "font-size": "16px",
}
"""The properties that draw and are inherited, with what they are where nobody says anything."""
NOT_INHERITED = {
    "opacity",
    "display",
    "overflow",
    "clip",
    "clip-path",
    "mask",
    "mask-type",
    "filter",
    "flood-color",
    "flood-opacity",
    "lighting-color",
    "stop-color",
    "stop-opacity",
    "vector-effect",
}
"""The properties that draw and are not inherited."""
GEOMETRY = {"x", "y", "cx", "cy", "r", "rx", "ry", "width", "height", "d"}
"""The attributes that a style may give as well (SVG 2, 8)."""
IN_STYLE = {"mix-blend-mode", "isolation"}
"""What has no attribute, and stays in the ``style`` attribute."""
UNKNOWN_HERE = {
    "offset-path",
    "translate",
    "rotate",
    "scale",
    "zoom",
    "backdrop-filter",
    "mask-image",
    "all",
    "mask-border",
}
"""What a browser draws and neither renderer knows, unless it says that there is nothing of it."""
_NOTHING = {"none", "initial", "unset", "inherit", "normal", "1", "auto"}
_PAINTS = {"fill", "stroke"}
_COLOURS = {"color", "stop-color", "flood-color", "lighting-color"}
_REFERENCES = {"clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end"}
_SHARES = {"opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "flood-opacity"}
_PAINT_WORDS = {"none", "context-fill", "context-stroke", "inherit", "initial", "unset", "revert"}
_FILTERS = {"blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert", "opacity", "saturate"}
_FILTERS |= {"sepia"}
_DEGREES = {"deg": 1.0, "grad": 0.9, "turn": 360.0, "rad": 180 / math.pi}
PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
"""How many pixels each unit of length has (CSS Values 3, 6.2)."""


class UnknownValueError(Exception):
    """A value that a browser draws and print cannot; the text names it."""


def plain_value(name: str, tokens: Sequence[Any], ids: Collection[str]) -> str | None:
    """Return a property's value as every renderer reads it, or None for one that a browser does not accept.

    ``ids`` are those of the elements that it may refer to. Raises ``UnknownValueError``.
    """
    parts = solid(tokens)
    if not parts:
        return None
    if name in UNKNOWN_HERE and _text(parts).lower() not in _NOTHING:
        raise UnknownValueError(f'"{name}: {_text(parts)}"')
    if name in _PAINTS:
        return _paint(parts, ids)
    if name in _COLOURS:
        return _colour(parts)
    return _reference(name, parts, ids) if name in _REFERENCES else _plain(name, parts)


def _plain(name: str, parts: Sequence[Any]) -> str:
    if name in _SHARES and len(parts) == 1 and parts[0].type == "percentage":
        return f"{parts[0].value / 100:g}"
    if name == "d" and len(parts) == 1 and parts[0].type == "function" and parts[0].lower_name == "path":
        return "".join(token.value for token in parts[0].arguments if token.type == "string")
    if function := next((token for token in parts if token.type == "function"), None):
        raise UnknownValueError(f'"{name}: {function.name}(…)"')
    if name in GEOMETRY and len(parts) == 1 and parts[0].type == "dimension" and parts[0].lower_unit in PIXELS:
        return _number(parts[0].value * PIXELS[parts[0].lower_unit])
    return _text(parts)


def _text(parts: Sequence[Any]) -> str:
    return " ".join(str(token.serialize()) for token in parts).replace(" ,", ",")


def _number(value: float) -> str:
    return f"{round(value, 6):g}" if abs(value) < 1e5 else repr(value)


def _paint(parts: Sequence[Any], ids: Collection[str]) -> str | None:
    """Return a paint; one that is not there is replaced by what stands behind it, or by none (SVG 2, 13.2)."""
    target = reference_of(parts[0])
    if target is None:
        return _colour(parts)
    if target in ids:
        return f"url(#{target})"
    return _colour(parts[1:]) if parts[1:] else "none"


def _colour(parts: Sequence[Any]) -> str | None:
    if len(parts) != 1:
        return None
    if parts[0].type == "ident" and parts[0].lower_value in _PAINT_WORDS:
        return str(parts[0].lower_value)
    try:
        paint = read_paint(parts[0])
    except ValueError as error:
        raise UnknownValueError(str(error)) from None
    return paint.css if isinstance(paint, Paint) else "currentColor" if paint else None


def plain_ground(tokens: Sequence[Any]) -> str | None:
    """Return a background that is one colour, or "none". Raises ``UnknownValueError`` for any other."""
    parts = solid(tokens)
    colour = _colour(parts)
    if colour is None and parts:
        raise UnknownValueError(f'"background: {_text(parts)[:40]}"')
    return colour


def reference_of(token: Any) -> str | None:
    """Return the id that ``url(#id)`` refers to, however it is quoted; "" for another address, None for no address."""
    if token.type == "url":
        address = token.value
    elif token.type == "function" and token.lower_name == "url":
        address = "".join(part.value for part in token.arguments if part.type == "string")
    else:
        return None
    address = address.strip()
    return address[1:] if address.startswith("#") else ""


def _reference(name: str, parts: Sequence[Any], ids: Collection[str]) -> str | None:
    """Return a reference; one to nothing counts as none, as in browsers."""
    if name == "filter" and all(token.type == "function" and token.lower_name in _FILTERS for token in parts):
        return " ".join(_filter(token) for token in parts)
    target = reference_of(parts[0])
    if target is None:
        text = _text(parts)
        if text.lower() in _NOTHING:
            return text.lower()
        raise UnknownValueError(f'"{name}: {text[:40]}"')
    if len(parts) > 1:
        raise UnknownValueError(f'"{name}: {_text(parts)[:40]}"')
    return f"url(#{target})" if target in ids else "none"


def _filter(function: Any) -> str:
    """Return a filter function with its colour in sRGB."""
    words = []
    for token in function.arguments:
        if token.type in ("whitespace", "comment"):
            continue
        colour = _colour([token]) if token.type in ("hash", "function", "ident") else None
        words.append(colour or token.serialize())
    return f"{function.lower_name}({' '.join(words)})"


def plain_transform(tokens: Sequence[Any]) -> str | None:
    """Return the value of the property ``transform`` as the attribute writes it: in pixels and degrees, without units.

    Raises ``UnknownValueError``.
    """
    parts = solid(tokens)
    if len(parts) == 1 and parts[0].type == "ident":
        return "" if parts[0].lower_value in ("none", "initial", "unset") else None
    if not parts or any(token.type != "function" for token in parts):
        return None
    return " ".join(_function(token) for token in parts)


def _function(function: Any) -> str:
    name = function.lower_name
    values = [_measure(token, function) for token in solid(function.arguments) if not is_sign(token, ",")]
    given = dict(enumerate(values))
    if name in ("matrix", "translate", "scale", "rotate") and 1 <= len(values) <= 6:
        return f"{name}({' '.join(map(_number, values))})"
    first = given.get(0, 0.0)
    simple = {
        "translatex": f"translate({_number(first)} 0)",
        "translatey": f"translate(0 {_number(first)})",
        "scalex": f"scale({_number(first)} 1)",
        "scaley": f"scale(1 {_number(first)})",
        "skewx": f"skewX({_number(first)})",
        "skewy": f"skewY({_number(first)})",
    }
    if name in simple and len(values) == 1:
        return simple[name]
    raise UnknownValueError(f'"transform: {function.name}(…)"')


def _measure(token: Any, function: Any) -> float:
    """Return a number, a length in pixels or an angle in degrees."""
    if token.type == "number":
        return float(token.value)
    if token.type == "percentage" and function.lower_name.startswith("scale"):
        return float(token.value) / 100
    if token.type == "dimension":
        unit = PIXELS.get(token.lower_unit) or _DEGREES.get(token.lower_unit)
        if unit:
            return float(token.value) * unit
    raise UnknownValueError(f'"transform: {function.name}({tinycss2.serialize([token])})"')


def origin(tokens: Sequence[Any], width: float, height: float) -> tuple[float, float]:
    """Return where ``transform-origin`` is in user units, in a view of this width and height.

    Raises ``UnknownValueError``.
    """
    parts = solid(tokens)[:2]
    words = [token.lower_value if token.type == "ident" else "" for token in parts]
    if words and (words[0] in ("top", "bottom") or words[1:] in (["left"], ["right"])):
        parts.reverse()
    if len(parts) == 1:
        across, down = _place(parts[0], width), height / 2
        return (width / 2, _place(parts[0], height)) if words[0] in ("top", "bottom") else (across, down)
    if len(parts) != 2:
        raise UnknownValueError('"transform-origin"')
    return _place(parts[0], width), _place(parts[1], height)


def _place(token: Any, side: float) -> float:
    shares = {"left": 0.0, "top": 0.0, "center": 0.5, "right": 1.0, "bottom": 1.0}
    if token.type == "ident" and token.lower_value in shares:
        return shares[token.lower_value] * side
    if token.type == "percentage":
        return float(token.value) / 100 * side
    if token.type == "number":
        return float(token.value)
    if token.type == "dimension" and token.lower_unit in PIXELS:
        return float(token.value) * PIXELS[token.lower_unit]
    raise UnknownValueError('"transform-origin"')
