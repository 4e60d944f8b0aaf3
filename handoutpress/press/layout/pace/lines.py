"""Lines of text, broken once: the same words in the same type and width break alike, on every page that is tried."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import wraps
from itertools import count
from typing import Any

READ = (
    *("font_size", "font_family", "font_style", "font_stretch", "font_weight", "font_kerning", "font_feature_settings"),
    *(f"font_variant_{part}" for part in ("caps", "ligatures", "position", "numeric", "alternates", "east_asian")),
    *("font_variation_settings", "font_language_override", "lang", "direction", "tab_size"),
    *("word_spacing", "letter_spacing", "white_space", "overflow_wrap", "word_break", "hyphens"),
    *("hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character"),
)
"""The properties that the engine reads while it breaks a line; of its decoration, whether there is any."""
INHERITED = frozenset((*READ, "text_decoration_line"))
"""All of these: where a style says nothing of them, they are its parent's."""
KEPT = 8192
"""Lines that are remembered: those of some ten pages."""
TYPE = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_variant_ligatures", "font_variant_position"),
    *("font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override", "lang"),
)
"""The properties by which the engine remembers measures of a typeface."""


def remember_lines(line_break: Any, inline: Any, preferred: Any) -> None:
    """Break each line once; ``line_break`` is the engine's module that does, the others ask it."""
    if getattr(line_break._font_style_cache_key, "patched", False):
        return
    numbers = count()
    inline.strut = _remembering_heights(inline.strut)
    for user in (inline, preferred):
        user.split_first_line = _remembering(user.split_first_line, numbers)

    def key_of_type(style: Any, include_size: bool = False) -> tuple[Any, ...]:
        """Return what the engine writes out as one long string."""
        names = (*TYPE, "font_size", "line_height") if include_size else TYPE
        return tuple([style[name] for name in names])

    key_of_type.patched = True  # type: ignore[attr-defined]
    line_break._font_style_cache_key = key_of_type


def _remembering(split: Any, numbers: Iterator[int]) -> Any:
    @wraps(split)
    def split_once(text: str, style: Any, context: Any, *args: Any, **options: Any) -> Any:
        # Kept with the fonts, as the engine keeps the heights of their lines.
        lines = style.font_config.__dict__.setdefault("lines", {})
        key = (split, text, args, *options.items(), _number(style, numbers))
        if key not in lines:
            if len(lines) >= KEPT:
                lines.clear()
            lines[key] = split(text, style, context, *args, **options)
        # What draws a line is changed when a line is justified or drawn.
        drawn, *measures = lines[key]
        return copy(drawn), *measures

    return split_once


def _number(style: Any, numbers: Iterator[int]) -> int:
    """Return a number that all styles have in common of which the engine reads the same while it breaks a line.

    No style changes any more once lines are broken: where a box needs another one, the engine gives it a copy.
    """
    number: int | None = style.__dict__.get("line_number")
    if number is None:
        number = style.line_number = _number(style.parent_style, numbers) if _inherits(style) else _new(style, numbers)
    return number


def _inherits(style: Any) -> bool:
    """Return whether all that is read of a style is its parent's, which needs no computing then."""
    parent = style.parent_style
    if parent is None or not INHERITED.isdisjoint(getattr(style, "cascaded", ())):
        return False
    return all(style[name] == parent[name] for name in style.keys() & INHERITED)


def _new(style: Any, numbers: Iterator[int]) -> int:
    known: dict[tuple[Any, ...], int] = style.font_config.__dict__.setdefault("line_numbers", {})
    if len(known) >= KEPT:
        known.clear()
    read = (style["text_decoration_line"] != "none", *[style[name] for name in READ])
    if read not in known:
        known[read] = next(numbers)
    return known[read]


def _remembering_heights(strut: Any) -> Any:
    @wraps(strut)
    def measure_once(style: Any) -> Any:
        if "line_heights" not in style.__dict__:
            style.line_heights = strut(style)
        return style.line_heights

    return measure_once
