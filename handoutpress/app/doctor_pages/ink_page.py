"""The page of ``handouts doctor --inks``: each brand's colours on the screen beside their print."""

from __future__ import annotations

from dataclasses import dataclass

from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog
from handoutpress.press.printshop.ink_rule import InkRule
from handoutpress.press.printshop.profile_inks import inks_of
from handoutpress.press.printshop.soft_proof import ProofedColour, proofed
from handoutpress.proof.html_pages import html_page

TEMPLATE = "inks.html.j2"
HARDLY = 2.0
"""CIEDE2000 that is seen only side by side."""


@dataclass(frozen=True)
class Patch:
    """One colour: what it is for, its two patches, and what is told of it; ``badge`` is right, heed or nothing."""

    colour: ProofedColour
    name: str
    percent: str
    difference: str
    told: str
    badge: str


@dataclass(frozen=True)
class InkedBrands:
    """The patches that all of ``brands`` share, and the name of their profile."""

    brands: tuple[str, ...]
    profile: str
    patches: tuple[Patch, ...]

    @property
    def unmixable(self) -> int:
        return sum(patch.badge == "heed" for patch in self.patches)


def inked_brands(catalog: Catalog) -> list[InkedBrands]:
    """Return the patches of all brands, those that print alike together. Raises ``HandoutError``."""
    sharing: dict[object, list[Brand]] = {}
    for brand in catalog.brands.values():
        inks = tuple(sorted(brand.print_inks.items()))
        sharing.setdefault((brand.colours, inks, brand.print_profile), []).append(brand)
    return [_inked(brands) for brands in sharing.values()]


def ink_page(inked: list[InkedBrands]) -> bytes:
    """Return the page: a single file that fetches nothing, the same for the same brands."""
    return html_page(TEMPLATE, {"inked": inked})


def _inked(brands: list[Brand]) -> InkedBrands:
    rule = InkRule(inks_of(brands[0]), brands[0].print_inks)
    return InkedBrands(
        brands=tuple(sorted(brand.slug for brand in brands)),
        profile=rule.profile.profile.name,
        patches=tuple(_patch(colour) for colour in proofed(rule, vars(brands[0].colours))),
    )


def _patch(colour: ProofedColour) -> Patch:
    percent = " ".join(f"{ink:.0%}" for ink in colour.inks)
    badge, told = _told(colour)
    return Patch(colour, colour.role.replace("_", " "), percent, f"{colour.difference:.1f}", told, badge)


def _told(colour: ProofedColour) -> tuple[str, str]:
    if colour.is_named:
        return "", "the inks that the brand names"
    if not any(colour.inks):
        return "right", "the paper"
    if colour.is_black_alone:
        return "right", "black ink alone"
    if colour.is_close:
        return "right", "prints as on the screen" if colour.difference <= HARDLY else "prints nearly as on the screen"
    return "heed", "no ink can mix it: it prints duller"
