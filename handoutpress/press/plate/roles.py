"""Colour roles: sentinel colours on a plate, and the palettes that a brand gives them.

A plate is typeset with sentinel colours. Each is then replaced by a colour space of its role, ``/RolePrimary cs 0 sc``,
an Indexed space with one entry (ISO 32000-1, 8.6.6.3). A brand then sets that one small object, and no page stream is
ever touched again: the same for red, green and blue on a screen as for the four inks of a print shop.
"""

from __future__ import annotations

import re
from functools import lru_cache

from handoutpress.content.brand.brand import ROLES

SENTINELS: dict[str, tuple[int, int, int]] = {role: (251, 3, 200 + index) for index, role in enumerate(ROLES)}
"""Garish magentas that no design uses, so that one left over is seen at once."""

_NUMBER = rb"([0-9.]+)"
_COLOUR = re.compile(rb"(?<![0-9.])" + rb"\s".join([_NUMBER] * 3) + rb"\s+(rg|RG)\b")


def sentinel_css() -> dict[str, str]:
    """Return the CSS colour of each role while a plate is typeset."""
    return {role: "#{:02x}{:02x}{:02x}".format(*SENTINELS[role]) for role in ROLES}


def space_name(role: str) -> str:
    """Return the name of the role's colour space among a page's resources, such as ``/RolePrimaryText``."""
    return "/Role" + "".join(word.capitalize() for word in role.split("_"))


@lru_cache(maxsize=1024)
def _role_of(red: bytes, green: bytes, blue: bytes) -> str | None:
    triple = tuple(round(float(part) * 255) for part in (red, green, blue))
    return next((role for role, sentinel in SENTINELS.items() if sentinel == triple), None)


def _replace(match: re.Match[bytes]) -> bytes:
    role = _role_of(*match.group(1, 2, 3))
    if role is None:
        return match.group()
    select, paint = (b"cs", b"sc") if match.group(4) == b"rg" else (b"CS", b"SC")
    return space_name(role).encode() + b" " + select + b" 0 " + paint


def replace_sentinels(stream: bytes) -> bytes:
    """Return a content stream whose sentinel colours are roles."""
    return _COLOUR.sub(_replace, stream)


def shows_sentinel(stream: bytes) -> bool:
    """Return whether a content stream still paints in a sentinel colour."""
    return any(_role_of(*match.group(1, 2, 3)) for match in _COLOUR.finditer(stream))


def holds_sentinel(numbers: list[float]) -> bool:
    """Return whether three successive numbers, each 0 to 1, are a sentinel colour: in a gradient's array, say."""
    triples = zip(numbers, numbers[1:], numbers[2:], strict=False)
    return any(tuple(round(n * 255) for n in triple) in SENTINELS.values() for triple in triples)


def palette(colour: str) -> bytes:
    """Return the colour space object that gives a role the colour ``#rrggbb`` on a screen."""
    return b"[/Indexed /DeviceRGB 0 <" + colour.lstrip("#").encode() + b">]"
