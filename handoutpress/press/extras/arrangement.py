"""Where what a clinic prints beside its contact stands in the one box that a format has for all of it.

The box has one of few heights, so that clinics with other kinds of it, and other numbers of people, share a plate.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from handoutpress.content.brand.extras.values import KINDS, MANY_PEOPLE, Extras
from handoutpress.content.models.formats import Format, SlotSize

WORDS, PICTURES = ("people", "lines", "links"), ("marks", "photo")
"""What stands below each other in this order, in one column where a page is narrow, else in one each."""
READ_IN_ORDER = (*WORDS, *PICTURES)
WEIGHTS: Mapping[str, int] = {"people": 2, "lines": 2, "links": 1, "marks": 1, "photo": 3}
"""How much room each takes beside the others; more people than two take one more."""
ROOMS = (0, 3, 5, 7, 10)
"""The most weight that each room holds: nothing, and four heights of the box."""
GAP = 2.0
"""Millimetres between two that stand below each other, and between the columns."""

Part = tuple[float, float, float, float]
"""A part of a slot: left, bottom, right and top as shares of its width and height."""
WHOLE: Part = (0, 0, 1, 1)


@dataclass(frozen=True)
class ExtraPlace:
    """The place of one kind in the box: from its start side and its top, mm."""

    start: float
    top: float
    size: SlotSize


def room_of(extras: Extras, language: str) -> int:
    """Return which of ``ROOMS`` a clinic's ``extras`` need on a handout in ``language``."""
    weight = _weight(extras.kinds(language), many=len(extras.people) >= MANY_PEOPLE)
    return next(room for room, most in enumerate(ROOMS) if weight <= most)


def box_of(format_: Format, room: int) -> SlotSize | None:
    """Return the box of a room in a format, as wide as its text; None where nothing of it is printed."""
    heights = [_height(format_, kinds, people) for kinds, people in _alike(room)]
    height = max(heights, default=0.0)
    return SlotSize(width=round(format_.text_width, 2), height=round(height, 1)) if height else None


def arranged(format_: Format, kinds: Collection[str], people: int) -> dict[str, ExtraPlace]:
    """Return where each of a clinic's ``kinds`` stands that the format prints."""
    sizes = {name: size for name in READ_IN_ORDER if name in kinds and (size := size_of(format_, name, people))}
    is_wide, tops, places = _has_columns(format_), {False: 0.0, True: 0.0}, dict[str, ExtraPlace]()
    for name, size in sizes.items():
        at_end = is_wide and name in PICTURES
        places[name] = ExtraPlace(format_.text_width - size.width if at_end else 0.0, tops[at_end], size)
        tops[at_end] += size.height + GAP
    return places


def part_of(place: ExtraPlace, box: SlotSize, *, from_right: bool) -> Part:
    """Return the part of the box that a place is."""
    left = box.width - place.start - place.size.width if from_right else place.start
    bottom = box.height - place.top - place.size.height
    right, top = left + place.size.width, bottom + place.size.height
    return left / box.width, bottom / box.height, right / box.width, top / box.height


def size_of(format_: Format, name: str, people: int) -> SlotSize | None:
    """Return the size of what one kind needs in a format; None where it is left out."""
    slots = format_.slots.extras
    if name == "people" and slots.people:
        return (slots.people.many if people >= MANY_PEOPLE else None) or slots.people.few
    size: SlotSize | None = getattr(slots, name)
    return size


def _weight(kinds: Collection[str], *, many: bool) -> int:
    return sum(WEIGHTS[name] for name in kinds) + (many and "people" in kinds)


def _alike(room: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield all kinds, and numbers of people, that need this room."""
    for count in range(1, len(KINDS) + 1):
        for kinds in combinations(KINDS, count):
            for people in (1, MANY_PEOPLE):
                if ROOMS[room - 1] < _weight(kinds, many=people >= MANY_PEOPLE) <= ROOMS[room]:
                    yield kinds, people


def _height(format_: Format, kinds: Collection[str], people: int) -> float:
    return max((place.top + place.size.height for place in arranged(format_, kinds, people).values()), default=0.0)


def _has_columns(format_: Format) -> bool:
    """Return whether words and pictures stand side by side."""
    widths = [
        max((size.width for name in group if (size := size_of(format_, name, MANY_PEOPLE))), default=0.0)
        for group in (WORDS, PICTURES)
    ]
    return sum(widths) + GAP <= format_.text_width
