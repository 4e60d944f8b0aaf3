"""SVG whose colours are roles: ``fill="primary"`` is the brand's own colour on every page, screen and print sheet.

Besides the roles of a brand there are ``ink`` and ``paper``, the near-black of text and white. Only flat colours are
roles: shapes, lines, patterns, what is used again and what lets others shine through keep them; gradients do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handoutpress.content.brand.brand import ROLES
from handoutpress.content.brand.colours import read_colour
from handoutpress.content.brand.svg import read_svg
from handoutpress.yamlfile.nearest import nearest

FIXED = {"ink": "#1a1a1a", "paper": "#ffffff"}
NAMES = tuple(role.replace("_", "-") for role in ROLES) + tuple(FIXED)
"""What a file may write for a colour."""
_MARKS = {role: f"#0b1d{index:02x}" for index, role in enumerate(ROLES)}
"""Colours that stand for roles while a file is read: black to the eye, and in no file by chance."""
_PAINT = re.compile(r"""\b((?:fill|stroke)\s*[:=]\s*["']?\s*)([A-Za-z][\w-]*)(?=\s*["';}!])""")
_GRADIENT = re.compile(
    r"<(?:\w+:)?(linearGradient|radialGradient|meshgradient|mask|filter|image|text)\b", re.IGNORECASE
)
_OTHER_WORDS = frozenset({"none", "currentcolor", "inherit", "transparent", "context-fill", "context-stroke", "url"})


@dataclass(frozen=True)
class RoleSvg:
    """A safe SVG in colour roles; width and height are in its own units."""

    width: float
    height: float
    markup: str

    def painted(self, colours: Mapping[str, str]) -> str:
        """Return the SVG with ``colours`` for the roles of a brand."""
        return _MARK.sub(lambda mark: colours[_ROLE_OF[mark[0]]], self.markup)


_ROLE_OF = {mark: role for role, mark in _MARKS.items()}
_MARK = re.compile("|".join(_ROLE_OF))


def has_roles(raw: bytes) -> bool:
    """Return whether an SVG names a colour role."""
    return any(match[2] in NAMES for match in _PAINT.finditer(raw.decode("utf-8", "replace")))


def read_roles(raw: bytes) -> RoleSvg:
    """Return an SVG in colour roles. Raises ``ValueError`` with what is wrong, as it reads after its name."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is not in UTF-8. Hint: save it as plain SVG, in UTF-8.") from None
    if found := _GRADIENT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ValueError(
            f"holds <{found[1]}> (line {line}), which cannot take a brand's colours. "
            "Hint: use flat fills and lines, or write colours as #1f3a5f alone."
        )
    svg = read_svg(_PAINT.sub(_marked, text).encode())
    markup = svg.data.decode()
    if not markup.startswith("<svg"):
        raise ValueError("gives its elements prefixes. Hint: save it as plain SVG.")
    return RoleSvg(svg.width, svg.height, markup)


def _marked(match: re.Match[str]) -> str:
    """Return a paint with the mark of its role, or as it stands where it names none."""
    name = match[2]
    if name in FIXED:
        return match[1] + FIXED[name]
    if name in NAMES:
        return match[1] + _MARKS[name.replace("-", "_")]
    if name.lower() not in _OTHER_WORDS:
        _check_colour(name)
    return match[0]


def _check_colour(name: str) -> None:
    try:
        read_colour(name)
    except ValueError:
        near = nearest(name, NAMES)
        hint = f'did you mean "{near}"?' if near else f"the roles are {', '.join(NAMES)}."
        raise ValueError(f'names a colour "{name}", which is none. Hint: {hint}') from None
