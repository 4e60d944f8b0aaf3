"""Colours as a PDF stores them, resolved to the device space below (ISO 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf

from handoutpress.proof.pdf.marks import Ink

Colour = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

_BY_COUNT = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
_SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "CalGray": "DeviceGray", "CalRGB": "DeviceRGB"}


def space_name(space: Any) -> str:
    """Return the device space that a colour space ends in, or its own name ("Separation", "Pattern", "Lab")."""
    if space is None:
        return "none"
    if isinstance(space, pikepdf.Array):
        family = str(space[0])[1:]
        if family == "ICCBased":
            return _BY_COUNT.get(int(space[1].get("/N", 0)), "ICCBased")
        if family == "Indexed":
            return space_name(space[1])
        return _SHORT.get(family, family)
    name = str(space).removeprefix("/")
    return _SHORT.get(name, name)


def read_ink(space: Any, components: Sequence[float]) -> Ink:
    """Read a colour set by ``sc`` and its kin.

    Without components, it is the space's initial colour (ISO 32000-1, 8.6.8), such as the first entry of its palette.
    """
    name = space_name(space)
    if isinstance(space, pikepdf.Array) and space[0] == "/Indexed":
        return Ink(name, _palette_entry(space, int(components[0]) if components else 0))
    if not components:
        components = (0.0, 0.0, 0.0, 1.0) if name == "DeviceCMYK" else (0.0,) * (3 if name == "DeviceRGB" else 1)
    return Ink(name, tuple(components))


def _palette_entry(space: Any, index: int) -> tuple[float, ...]:
    """Return an entry of an Indexed space; an index beyond its ends means the last there (ISO 32000-1, 8.6.6.3)."""
    table = space[3]
    data = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    count = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}.get(space_name(space[1]), 1)
    index = min(max(index, 0), int(space[2]))
    return tuple(byte / 255 for byte in data[index * count : index * count + count])


def screen_colour(ink: Ink) -> tuple[float, float, float] | None:
    """Return an ink as sRGB from 0 to 255, by the plain formula for CMYK; None for patterns and spot colours."""
    if ink.space == "DeviceGray" and len(ink.values) == 1:
        return (255 * ink.values[0],) * 3
    if ink.space == "DeviceRGB" and len(ink.values) == 3:
        red, green, blue = (255 * value for value in ink.values)
        return red, green, blue
    if ink.space == "DeviceCMYK" and len(ink.values) == 4:
        cyan, magenta, yellow, black = ink.values
        return 255 * (1 - cyan) * (1 - black), 255 * (1 - magenta) * (1 - black), 255 * (1 - yellow) * (1 - black)
    return None
