"""Where the blocks of a page's body stand, read from the engine's boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STOPS = {"p": 1, "li": 1, "tr": 1}
BLOCK_BOXES = frozenset({"BlockBox", "TableRowBox"})
"""What the engine calls the boxes of paragraphs, lines of lists and rows of tables."""


@dataclass(frozen=True)
class Block:
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
class PageBlocks:
    """One page's blocks from top to bottom, and where its margins begin, in CSS pixels from the page's top."""

    top: float
    bottom: float
    blocks: tuple[Block, ...]


def blocks_of(document: Any) -> list[PageBlocks]:
    """Where the blocks of the body stand on each page of a document of the engine, which has no public way to them."""
    return [_page(page._page_box) for page in document.pages]


def _page(page: Any) -> PageBlocks:
    top = page.content_box_y()
    inner = page.children[0].children  # of the html element
    blocks = inner[0].children if inner else ()
    return PageBlocks(top, top + page.height, tuple(_block(box) for box in blocks if box.is_in_normal_flow()))


def _block(box: Any) -> Block:
    names = box.element.get("class", "").split()
    key = f"#{box.element.get('id')}" if box.element.get("id") else f".{names[0]}" if names else box.element_tag
    stops = [STOPS.get(inner.element_tag, 0) for inner in box.descendants() if type(inner).__name__ in BLOCK_BOXES]
    top = box.border_box_y()
    forced = box.style["break_before"] == "page"
    part = box.element_tag == "section"
    whole = box.style["break_inside"] == "avoid"
    return Block(key, part, top, top + box.border_height(), max(0, sum(stops) - 1), forced, whole)
