"""Where the blocks of a page's body stand, read from the engine's boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

STOPS = {"p": 1, "li": 1, "tr": 1}
BLOCK_BOXES = frozenset({"BlockBox", "TableRowBox"})
"""What the engine calls the boxes of paragraphs, lines of lists and rows of tables."""


@dataclass(frozen=True)
class BlockBox:
    """A block of the body on one page, in CSS pixels from the page's top: a section, if ``part``, or what else.

    ``key`` is its CSS selector; ``stops`` are the places between its lines and paragraphs where room may go; ``forced``
    says that it always begins a page, ``whole`` that it is not to be broken over two.
    """

    key: str
    part: bool
    top: float
    bottom: float
    stops: int
    forced: bool
    whole: bool


@dataclass(frozen=True)
class PageBoxes:
    """One page's blocks from top to bottom, and where its margins begin, in CSS pixels from the page's top."""

    top: float
    bottom: float
    blocks: tuple[BlockBox, ...]


def blocks_of(document: Any) -> list[PageBoxes]:
    """Return where the blocks of the body stand on each page of a document of the engine."""
    # The engine has no public way to its boxes.
    pages = [page._page_box for page in document.pages]
    bodies = [*map(_body, pages), []]
    return [_page(page, boxes, below) for page, (boxes, below) in zip(pages, pairwise(bodies), strict=True)]


def _body(page: Any) -> list[Any]:
    inner = page.children[0].children  # of the html element
    return [box for box in inner[0].children if box.is_in_normal_flow()] if inner else []


def _page(page: Any, boxes: Sequence[Any], following: Sequence[Any]) -> PageBoxes:
    top = page.content_box_y()
    blocks = [_block(box) for box in boxes]
    if boxes and following and boxes[-1].element is following[0].element:
        # The engine fills the rest of a page with what it breaks off there (CSS Fragmentation 3, 5.1).
        blocks[-1] = replace(blocks[-1], bottom=_lowest(boxes[-1]))
    return PageBoxes(top, top + page.height, tuple(blocks))


def _lowest(box: Any) -> float:
    """Return the foot of the lowest line of text or picture in a box."""
    kids = [] if type(box).__name__ == "LineBox" else getattr(box, "children", [])
    return float(max(map(_lowest, kids), default=box.position_y + box.margin_height()))


def _block(box: Any) -> BlockBox:
    names = _classes(box)
    key = f"#{box.element.get('id')}" if box.element.get("id") else f".{names[0]}" if names else box.element_tag
    top = box.border_box_y()
    return BlockBox(
        key=key,
        part=box.element_tag == "section",
        top=top,
        bottom=top + box.border_height(),
        stops=max(0, _stops(box) - 1),
        forced=box.style["break_before"] == "page",
        whole=box.style["break_inside"] == "avoid",
    )


def _stops(box: Any) -> int:
    """Count the paragraphs, items and rows in a box, but for those of a slot, which have no room to give."""
    kids = [kid for kid in getattr(box, "children", ()) if "slot" not in _classes(kid)]
    stops = [STOPS.get(kid.element_tag, 0) for kid in kids if type(kid).__name__ in BLOCK_BOXES]
    return sum(stops) + sum(map(_stops, kids))


def _classes(box: Any) -> list[str]:
    return str(box.element.get("class", "")).split() if box.element is not None else []
