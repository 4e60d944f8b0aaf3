"""The places of pages on the sides of sheets: arithmetic alone. Lengths are mm from the sheet's lower left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handoutpress.content.models.formats import Format

MARGIN = 12.0
"""Paper around the trimmed sheet for bleed, marks and slug line, mm."""
SIDES = 2
"""Pages of a card that is not folded."""


@dataclass(frozen=True)
class PlacedPage:
    """A page (from 0) with the lower left of its trim box at ``x``, ``y``; ``width`` is what its fold leaves of it."""

    page: int
    x: float
    y: float
    width: float
    height: float
    copy: bool = False
    shift: float = 0.0
    """How far the page's content moves to the right against creep."""


@dataclass(frozen=True)
class SheetSide:
    """One side of a trimmed sheet. ``folds`` and ``cuts`` are where marks stand, from the left and from the foot."""

    name: str
    width: float
    height: float
    placed: tuple[PlacedPage, ...]
    folds: tuple[float, ...] = ()
    cuts: tuple[float, ...] = ()
    rows: tuple[float, ...] = ()


def sides(format_: Format, pages: int, *, mirrored: bool = False) -> list[SheetSide]:
    """Return the sides of all sheets in printing order; ``mirrored`` for languages that read from the right."""
    scheme = format_.imposition.scheme
    if scheme == "trifold":
        return _trifold(format_, mirrored=mirrored)
    if scheme == "booklet":
        return _booklet(format_, pages, mirrored=mirrored)
    if scheme == "cards":
        return _folded_cards(format_, mirrored=mirrored) if pages > SIDES else _cards(format_, pages)
    width, height = format_.paper.width, format_.paper.height
    return [
        SheetSide(f"page {page + 1}", width, height, (PlacedPage(page, 0, 0, width, height),)) for page in range(pages)
    ]


def _row(
    pages: Sequence[int], widths: Sequence[float], height: float
) -> tuple[tuple[PlacedPage, ...], tuple[float, ...]]:
    """Return pages side by side, and the folds between them."""
    starts = [sum(widths[:index]) for index in range(len(widths))]
    placed = tuple(PlacedPage(p, x, 0, width, height) for p, x, width in zip(pages, starts, widths, strict=True))
    return placed, tuple(starts[1:])


def _trifold(format_: Format, *, mirrored: bool) -> list[SheetSide]:
    """Return both sides of a C-fold, turned on its short edge: the narrow panel lies behind the narrow panel."""
    panels, height = format_.imposition.panels, format_.paper.height
    outside, inside = ((4, 5, 0), panels[::-1]), ((1, 2, 3), panels)
    both = []
    for name, (pages, widths) in (("outside", outside), ("inside", inside)):
        step = -1 if mirrored else 1
        placed, folds = _row(pages[::step], widths[::step], height)
        both.append(SheetSide(name, sum(panels), height, placed, folds))
    return both


def _booklet(format_: Format, pages: int, *, mirrored: bool) -> list[SheetSide]:
    """Return saddle-stitched sheets, the outermost first, each turned on its short edge."""
    width, height, both = format_.paper.width, format_.paper.height, []
    for sheet in range(pages // 4):
        low, high = 2 * sheet, pages - 1 - 2 * sheet
        for name, pair in (("front", (high, low)), ("back", (low + 1, high - 1))):
            placed, folds = _row(pair[::-1] if mirrored else pair, (width, width), height)
            creep = sheet * format_.imposition.creep
            left, right = placed
            # Paper that lies further in reaches further out when it is folded, and is trimmed there.
            moved = (replace(left, shift=creep), replace(right, shift=-creep))
            both.append(SheetSide(f"sheet {sheet + 1} {name}", 2 * width, height, moved, folds))
    return both


def _cards(format_: Format, pages: int) -> list[SheetSide]:
    """Return the same card in every place of the sheet, so that any edge may be turned; the first is what is read."""
    sheet, card = format_.imposition.sheet or format_.paper, format_.paper
    columns, rows = int((sheet.width + 0.01) // card.width), int((sheet.height + 0.01) // card.height)
    xs, ys = [c * card.width for c in range(columns)], [r * card.height for r in reversed(range(rows))]
    corners = [(x, y) for y in ys for x in xs]
    return [
        SheetSide(
            name="front" if page == 0 else "back",
            width=columns * card.width,
            height=rows * card.height,
            placed=tuple(
                PlacedPage(page, x, y, card.width, card.height, copy=(x, y) != corners[0]) for x, y in corners
            ),
            cuts=tuple(xs[1:]),
            rows=tuple(ys[:-1]),
        )
        for page in range(pages)
    ]


def _folded_cards(format_: Format, *, mirrored: bool) -> list[SheetSide]:
    """Return the same card of four pages in each row of the sheet, turned on its long edge; the top row is read."""
    sheet, card = format_.imposition.sheet or format_.paper, format_.paper
    rows, both = int((sheet.height + 0.01) // card.height), []
    bottoms = [row * card.height for row in reversed(range(rows))]
    for name, pair in (("outside", (3, 0)), ("inside", (1, 2))):
        row, folds = _row(pair[::-1] if mirrored else pair, (card.width, card.width), card.height)
        placed = tuple(replace(page, y=y, copy=y != bottoms[0]) for y in bottoms for page in row)
        both.append(SheetSide(name, 2 * card.width, rows * card.height, placed, folds, rows=tuple(bottoms[:-1])))
    return both
