"""How far print is from the screen: CIEDE2000 (ISO/CIE 11664-6), as ``coloraide`` reckons it, under D50."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from coloraide import Color

from handoutpress.press.printshop.ink_rule import InkRule
from handoutpress.press.printshop.profile_inks import Inks, Lab

CLOSE = 5.0
"""CIEDE2000 up to which print passes for the screen's colour; what the best inks miss by more, no ink can mix."""


@dataclass(frozen=True)
class ProofedColour:
    """A colour role beside its print. ``chroma`` is the share of its colourfulness that print keeps.

    ``difference`` is CIEDE2000; ``printed`` is ``#rrggbb``, as a screen shows the print.
    """

    role: str
    screen: str
    inks: Inks
    printed: str
    difference: float
    chroma: float
    is_named: bool

    @property
    def is_black_alone(self) -> bool:
        return self.inks[:3] == (0.0, 0.0, 0.0)

    @property
    def is_close(self) -> bool:
        return self.difference <= CLOSE


def proofed(rule: InkRule, colours: Mapping[str, str]) -> list[ProofedColour]:
    """Return each colour of a brand, ``#rrggbb`` by role, beside its print."""
    return [_proofed(rule, role, colour) for role, colour in colours.items()]


def _proofed(rule: InkRule, role: str, colour: str) -> ProofedColour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    inks = rule.of_role(role, (red, green, blue))
    lab = rule.profile.lab(inks)
    return ProofedColour(
        role=role,
        screen=colour,
        inks=inks,
        printed="#{:02x}{:02x}{:02x}".format(*rule.profile.screen(inks)),
        difference=difference(colour, lab),
        chroma=min(1.0, math.hypot(*lab[1:]) / max(1.0, math.hypot(*screen_lab(colour)[1:]))),
        is_named=role in rule.roles,
    )


def screen_lab(colour: str) -> Lab:
    """Return a screen's colour, ``#rrggbb`` of sRGB, as it is seen."""
    lightness, a, b = Color(colour).convert("lab").coords()
    return (lightness, a, b)


def difference(colour: str, printed: Lab) -> float:
    """Return CIEDE2000 between a screen's colour, ``#rrggbb``, and a print."""
    return float(Color(colour).delta_e(Color("lab", printed), method="2000", space="lab"))
