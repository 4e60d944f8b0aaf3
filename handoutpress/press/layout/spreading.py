"""Spare room of laid-out pages, spread between their parts by moving the engine's boxes: no page is laid out again.

Typesetting fills pages from the top and leaves what is over at the foot. A picture stands there where it has room, and
is taken away from all other pages, as is a rule over a page's first section. What is over goes between the sections,
but for steps of the ladder, which are read as one, and, a fifth as much, between the paragraphs, the items of lists and
the rows of tables; rows to write in get several times that. Lengths are CSS pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handoutpress.content.models.formats import Format
from handoutpress.press.layout.blocks import (
    PageBoxes,
    body_blocks,
    classes_of,
    count_places,
    is_section,
    lowest,
    places_in,
)
from handoutpress.press.layout.choices import TypeSetting

COMPOSED_PAGES = frozenset({"cover", "contents", "notes", "back"})
"""Pages that their stylesheets compose, by the class of what stands on them."""
POINT = 0.75
"""A CSS pixel in points."""
MM_PER_PIXEL = 25.4 / 96
WEIGHT = 5
"""Between two parts goes so many times the room that goes between two lines of a list."""
MOST_BETWEEN = 0.5
"""The most room that is added between two lines of a list, in em of the body type."""
LEAST_FULL = 0.35
"""A last page less full than this is left as it is: its few lines would only drift apart."""
STEP = "step"
"""The class of a step of the ladder: what is normal, when to call the clinic, when to get urgent help."""
PICTURE_SHARE = 0.9
"""What of a page's spare room a picture over its title takes; the rest goes between its parts."""
ROW, ABOVE_ROWS, LEAST_ROWS = 9.0, 14.0, 3
"""A line for the reader's notes, mm, and what stands above the first; so many at least end a booklet's text."""
OWN_NOTES = ".own-notes"
"""The selector of these lines."""
FOOT_PICTURE = "foot-picture"
"""The class of what stands in a margin at the foot of each page, to be taken away where it has no room."""


@dataclass(frozen=True)
class SpareRoom:
    """How much room may be added, px: between two lines of a list, between two parts, and for a picture at the foot."""

    between: float
    below: float
    foot: float = 0.0


def spare_room(format_: Format, setting: TypeSetting) -> SpareRoom:
    """Return how much room a format adds: none where it does not spread."""
    size = setting.size / POINT if format_.spread else 0.0
    return SpareRoom(MOST_BETWEEN * size, format_.leading.air * size, format_.foot_picture / MM_PER_PIXEL)


def is_composed(page: PageBoxes) -> bool:
    """Return whether a page is composed by its stylesheet alone."""
    return any(COMPOSED_PAGES & set(block.key.strip(".").split(".")) for block in page.blocks)


def note_rows(page: PageBoxes) -> int:
    """Return how many lines for the reader's notes a page has room for below its text; 0 where they are too few."""
    text = [block for block in page.blocks if block.key != OWN_NOTES]
    rows = int(((page.bottom - text[-1].bottom) * MM_PER_PIXEL - ABOVE_ROWS) / ROW) if text else 0
    return rows if rows >= LEAST_ROWS else 0


def picture_growth(page: PageBoxes, most: float) -> int:
    """Return by how much a picture over the title of a page is made taller, mm, of the ``most`` that it may be."""
    spare = (page.bottom - page.blocks[-1].bottom) * MM_PER_PIXEL if page.blocks else 0.0
    return round(min(most, PICTURE_SHARE * spare))


def spread(pages: Sequence[Any], measured: Sequence[PageBoxes], most: SpareRoom) -> None:
    """Spread what is over on the engine's ``pages``, up to ``most`` at each place."""
    flowing = [index for index, page in enumerate(measured) if page.blocks and not is_composed(page)]
    for index in {*range(len(pages))} - {*flowing} if most.foot else ():
        _take_picture(pages[index])
    for index in flowing:
        _take_rule(pages[index])
        # A heading in the margin may reach below the words beside it.
        foot = max(map(lowest, body_blocks(pages[index])))
        spare = measured[index].bottom - max(foot, *(block.bottom for block in measured[index].blocks))
        height = measured[index].bottom - measured[index].top
        if most.foot and spare < most.foot:
            _take_picture(pages[index])
        elif most.foot:
            spare -= most.foot
        if index == flowing[-1] and len(flowing) > 1 and spare > (1 - LEAST_FULL) * height:
            continue
        _spread_page(body_blocks(pages[index]), spare, most)


def _take_picture(page: Any) -> None:
    """Take away the picture at the foot of one of the engine's pages: a box in its margin."""
    page.children = [
        box for box in page.children if not any(FOOT_PICTURE in classes_of(inner) for inner in box.descendants())
    ]


def _take_rule(page: Any) -> None:
    """Take away the rule above the first section of one of the engine's pages: it parts it from nothing there."""
    first = body_blocks(page)[0]
    if is_section(first) and not first.border_bottom_width:
        first.border_top_width = 0


def _spread_page(blocks: Sequence[Any], spare: float, most: SpareRoom) -> None:
    parts = [is_section(block) and not _are_ladder(blocks[at : at + 2]) for at, block in enumerate(blocks)]
    gaps, stops = sum(parts[:-1]), sum(count_places(block) for block in blocks)
    if spare <= 1 or not gaps + stops:
        return
    between = min(most.between, spare / (WEIGHT * gaps + stops))
    below = min(most.below, (spare - between * stops) / gaps) if gaps else 0.0
    moved = 0.0
    for block, is_part in zip(blocks, parts, strict=True):
        block.translate(0, moved)
        moved += _stretch(block, between) + (below if is_part else 0.0)


def _are_ladder(blocks: Sequence[Any]) -> bool:
    """Return whether two blocks of a page that follow each other are both steps of the ladder."""
    return len(blocks) > 1 and all(STEP in classes_of(block) for block in blocks)


def _stretch(box: Any, between: float) -> float:
    """Put room at all places in a box; return by how much it grew."""
    grown = 0.0
    for kid, places in list(places_in(box)):
        kid.translate(0, grown)
        grown += _stretch(kid, between)
        if places and kid.element_tag == "tr":
            _grow_row(kid, places * between)
        grown += places * between
    if grown:
        box.height += grown
    return grown


def _grow_row(row: Any, by: float) -> None:
    """Make a table's row taller, its words in the middle of what is added."""
    row.height += by
    for cell in row.children:
        cell.padding_top += by / 2
        cell.padding_bottom += by / 2
        for kid in cell.children:
            kid.translate(0, by / 2)
