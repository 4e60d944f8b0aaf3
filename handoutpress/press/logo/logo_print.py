"""How a logo prints, and the file that a page is given for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handoutpress.content.brand.brand import Logo
from handoutpress.press.layout.typeset import PICTURE_DPI

LogoWay = Literal["lines", "picture", "pixels"]
"""As SVG with its lines; as a picture of an SVG that the engine draws otherwise; as the PNG or JPEG that it is."""

SVG_DPI = (600, 450, 300, 220, 150)
"""Pixels an inch of a picture in place of an SVG: the finest that is no larger than ``SVG_BYTES``, else the last."""
SVG_BYTES = 26_000
"""With such a picture the longest of our sheets is no larger than any that is mailed may be."""
HAIRLINE = 0.25 * 25.4 / 72
"""The thinnest line, mm, that prints for certain: 0.25 pt. A picture softens what is finer instead of losing it."""


@dataclass(frozen=True)
class LogoPrint:
    """How a logo prints. ``why`` says in words why an SVG prints as a picture; it is empty for all others.

    ``finest`` is the thickness of the finest line of an SVG, as a share of its width.
    """

    way: LogoWay
    why: str = ""
    finest: float = 1.0

    @property
    def remark(self) -> str:
        """What is to be told of it, as it reads after the file's name; empty where nothing is."""
        return f"prints as a picture of up to {SVG_DPI[0]} dpi: {self.why}" if self.why else ""


def box_style(logo: Logo, width: float, height: float) -> str:
    """Return the CSS declarations of a logo's box, of these mm, and of the ground that it lies on, if any."""
    box = f"width: {width}mm; height: {height}mm"
    if logo.ground:
        padding = width * logo.padding / logo.width
        box += f"; box-sizing: border-box; padding: {padding:.4f}mm; background: {logo.ground}"
    return box


@dataclass(frozen=True)
class PrintedLogo:
    """The file that a page is given for a logo, by an address of its own; finer pixels than ``dpi`` are scaled down."""

    address: str
    data: bytes
    dpi: int = PICTURE_DPI
