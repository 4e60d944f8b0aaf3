"""Which inks lie on which grounds of a plate, by colour role: so each brand's contrast is reckoned, not measured.

A plate's text says in which role's colour it is painted. What lies behind it is seen on a picture of the plate in which
each role has its sentinel colour, so that no two roles look alike, nor a role like any other colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from PIL import Image

from handoutpress.content.brand.brand import ROLES
from handoutpress.press.plate.roles import SENTINELS
from handoutpress.proof.checks.contrast import BODY, SLACK, needed_contrast
from handoutpress.proof.pdf.colours import Colour, screen_colour
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.grounds import role_grounds
from handoutpress.proof.pdf.visibility import (
    DPI,
    LEFT_OUT,
    TextVisibility,
    contrast_of,
    page_rasters,
    read_visibility,
)

RoleOrColour = str | Colour
"""A colour role, or a colour that no brand changes."""
MIXED = "mixed"
"""A ground whose colour the roles do not tell: one of them lies over something, or a picture does."""
GREY = 2
"""How far the components of a colour may lie apart if no role is to be mixed into it."""

_ROLE_OF_SENTINEL = {SENTINELS[role]: role for role in ROLES}


class ColourPairing(NamedTuple):
    """An ink on a ground, the ink's opacity, and the contrast that the type there needs."""

    ink: RoleOrColour
    alpha: float
    ground: RoleOrColour
    needed: float


def read_pairings(pdf: FinishedPdf) -> tuple[ColourPairing, ...]:
    """Return the pairings of a plate's own text, each once; those of its slots are for each brand to be judged by."""
    by_role = _drawn_by_role(pdf)
    pairings = (pairing for line in read_visibility(pdf) for pairing in _of_line(pdf, line, by_role[line.page]))
    return tuple(dict.fromkeys(pairings))


def _drawn_by_role(pdf: FinishedPdf) -> dict[int, Image.Image]:
    """Draw each page with the roles' sentinel colours, without words and art."""
    return pdf.once("by role", lambda: dict(zip(pdf.pages, role_grounds(pdf, DPI), strict=True)))


def _of_line(pdf: FinishedPdf, line: TextVisibility, by_role: Image.Image) -> Iterator[ColourPairing]:
    mark, rasters = line.mark, page_rasters(pdf)[line.page]
    ink, pixels = mark.ink.role or screen_colour(mark.ink), rasters.pixels(mark.box)
    if ink is None or pixels is None or mark.in_slot:
        return
    role_or_colour: RoleOrColour = ink if isinstance(ink, str) else (round(ink[0]), round(ink[1]), round(ink[2]))
    for ground in _without_rarest(rasters.under(pixels, by_role)):
        yield ColourPairing(role_or_colour, mark.ink.alpha, ground, needed_contrast(pdf, mark))


def _without_rarest(colours: Iterable[tuple[Colour, int]]) -> Iterator[RoleOrColour]:
    """Yield the grounds but for the rarest: whatever brand makes these too near to the ink, so few pixels may be."""
    counts: Counter[RoleOrColour] = Counter()
    for colour, count in colours:
        counts[ground_of(colour)] += count
    left_out, allowed = 0, LEFT_OUT * counts.total()
    for ground, count in sorted(counts.items(), key=lambda entry: entry[1]):
        left_out += count
        if left_out > allowed:
            yield ground


def ground_of(colour: Colour) -> RoleOrColour:
    """Return what a colour on a picture by role stands for."""
    if colour in _ROLE_OF_SENTINEL:
        return _ROLE_OF_SENTINEL[colour]
    return colour if max(colour) - min(colour) <= GREY else MIXED


def slot_grounds(pdf: FinishedPdf) -> tuple[RoleOrColour, ...]:
    """Return the grounds of all slots, to their edges: another brand may have words where this one has none."""
    grounds: dict[RoleOrColour, None] = {}
    for page, picture in _drawn_by_role(pdf).items():
        for slot in pdf.marks(page).slots:
            piece = picture.crop(page_rasters(pdf)[page].inner_pixels(slot))
            colours = cast(list[tuple[int, Colour]], piece.getcolors(piece.width * piece.height) or [])
            grounds |= {ground_of(colour): None for _, colour in colours}
    return tuple(grounds)


def stand_out(pairings: Iterable[ColourPairing], colours: Mapping[str, str]) -> bool:
    """Return whether a brand's colours, ``#rrggbb`` by role, are right in all of the pairings."""
    return all(_stands_out(pairing, colours) for pairing in pairings)


def _stands_out(pairing: ColourPairing, colours: Mapping[str, str]) -> bool:
    ink, ground = _colour(pairing.ink, colours), _colour(pairing.ground, colours)
    if ink is None or ground is None:
        return False
    return contrast_of(ink, pairing.alpha, ground) >= pairing.needed - SLACK


def _colour(role_or_colour: RoleOrColour, colours: Mapping[str, str]) -> Colour | None:
    if not isinstance(role_or_colour, str):
        return role_or_colour
    value = colours.get(role_or_colour)
    return (int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)) if value else None


def pairings_of_art(inks: Iterable[Colour], grounds: Iterable[RoleOrColour]) -> Iterator[ColourPairing]:
    """Return what a brand's words in slots may meet: each of their inks on each of the slots' grounds."""
    return (ColourPairing(ink, 1.0, ground, BODY) for ink in inks for ground in grounds)
