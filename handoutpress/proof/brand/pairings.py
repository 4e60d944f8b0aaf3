"""Which inks lie on which grounds of a plate, told by colour role: so each brand's contrast is reckoned, not measured.

A plate's text says in which role's colour it is painted. What lies behind it is seen on a picture of the plate in which
each role has its sentinel colour, so that no two roles look alike, nor a role like any other colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import NamedTuple, cast

from PIL import Image

from handoutpress.press.plate.roles import ROLES, SENTINELS
from handoutpress.proof.checks.contrast import (
    BODY,
    DPI,
    LEFT_OUT,
    SLACK,
    PageViews,
    TextVisibility,
    read_sights,
    read_views,
    stands_out,
    wanted_contrast,
)
from handoutpress.proof.pdf.colours import Colour, screen_colour
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.grounds import role_grounds

ColourName = str | Colour
"""A colour role, or a colour that no brand changes."""
MIXED = "mixed"
"""A ground whose colour the roles do not tell: one of them lies over something, or a picture does."""
GREY = 2
"""How far the components of a colour may lie apart if no role is to be mixed into it."""

_ROLE_SEEN = {SENTINELS[role]: role for role in ROLES}


class InkOnGround(NamedTuple):
    """An ink on a ground, the ink's opacity, and the contrast that the type there needs."""

    ink: ColourName
    alpha: float
    ground: ColourName
    wanted: float


def read_pairings(pdf: FinishedPdf) -> tuple[InkOnGround, ...]:
    """The pairings of a plate's own text, each once; those of its slots are for each brand to see."""
    seen = _by_role(pdf)
    found = (pairing for sight in read_sights(pdf) for pairing in _of_sight(pdf, sight, seen[sight.page]))
    return tuple(dict.fromkeys(found))


def _by_role(pdf: FinishedPdf) -> dict[int, Image.Image]:
    """Each page with the roles' sentinel colours, without words and art."""
    return pdf.once("by role", lambda: dict(zip(pdf.pages, role_grounds(pdf, DPI), strict=True)))


def _of_sight(pdf: FinishedPdf, sight: TextVisibility, seen: Image.Image) -> Iterator[InkOnGround]:
    mark, views = sight.mark, read_views(pdf)[sight.page]
    ink, pixels = mark.ink.role or screen_colour(mark.ink), views.pixels(mark.box)
    if ink is None or pixels is None or mark.in_slot:
        return
    hue: ColourName = ink if isinstance(ink, str) else (round(ink[0]), round(ink[1]), round(ink[2]))
    for ground in _most(views.under(pixels, seen)):
        yield InkOnGround(hue, mark.ink.alpha, ground, wanted_contrast(pdf, mark))


def _most(colours: Iterable[tuple[Colour, int]]) -> Iterator[ColourName]:
    """The grounds but for the rarest: whatever brand makes these too near to the ink, so few pixels may be."""
    counts: Counter[ColourName] = Counter()
    for colour, count in colours:
        counts[hue_of(colour)] += count
    left_out, allowed = 0, LEFT_OUT * counts.total()
    for hue, count in sorted(counts.items(), key=lambda one: one[1]):
        left_out += count
        if left_out > allowed:
            yield hue


def hue_of(seen: Colour) -> ColourName:
    """What a colour on a picture by role stands for."""
    if seen in _ROLE_SEEN:
        return _ROLE_SEEN[seen]
    return seen if max(seen) - min(seen) <= GREY else MIXED


def slot_grounds(pdf: FinishedPdf) -> tuple[ColourName, ...]:
    """The grounds of all slots, whole: another brand may have words where this one has none, or longer ones."""
    found: dict[ColourName, None] = {}
    for page, picture in _by_role(pdf).items():
        for slot in pdf.marks(page).slots:
            piece = picture.crop(_inside(read_views(pdf)[page], slot))
            colours = cast(list[tuple[int, Colour]], piece.getcolors(piece.width * piece.height) or [])
            found |= {hue_of(colour): None for _, colour in colours}
    return tuple(found)


def _inside(views: PageViews, slot: Box) -> tuple[int, int, int, int]:
    """The whole pixels of a slot, none that it shares with what is beside it."""
    part, all_ = slot.overlap(views.visible), views.visible
    left, top = ceil((part.left - all_.left) * views.across), ceil((all_.top - part.top) * views.down)
    right, bottom = int((part.right - all_.left) * views.across), int((all_.top - part.bottom) * views.down)
    return left, top, max(left, right), max(top, bottom)


def stand_out(pairings: Iterable[InkOnGround], colours: Mapping[str, str]) -> bool:
    """Whether a brand's colours, ``#rrggbb`` by role, are right in all of the pairings."""
    return all(_is_right(pairing, colours) for pairing in pairings)


def _is_right(pairing: InkOnGround, colours: Mapping[str, str]) -> bool:
    ink, ground = _colour(pairing.ink, colours), _colour(pairing.ground, colours)
    if ink is None or ground is None:
        return False
    return stands_out(ink, pairing.alpha, ground) >= pairing.wanted - SLACK


def _colour(hue: ColourName, colours: Mapping[str, str]) -> Colour | None:
    if not isinstance(hue, str):
        return hue
    value = colours.get(hue)
    return (int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)) if value else None


def pairings_of_art(inks: Iterable[Colour], grounds: Iterable[ColourName]) -> Iterator[InkOnGround]:
    """What a brand's words in slots may meet: each of their inks on each of the slots' grounds."""
    return (InkOnGround(ink, 1.0, ground, BODY) for ink in inks for ground in grounds)
