"""Where two prints of an edition look different, as pictures of the places that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

from handoutpress.proof.diff.extracted_text import PlacedWord
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box, Rectangle
from handoutpress.proof.pdf.page_pictures import Outline, data_address, webp

DPI = 100
VISIBLE = 12
"""Levels of 255 by which a pixel differs at least, for a person to see it."""
CELL = 8
"""Pixels of a cell: changed cells that lie no further than one apart are one region."""
MARGIN = 28
"""Pixels around a region, so that it can be recognised."""
MAX_REGIONS = 6
"""Regions of a page that are shown apart; if there are more, they are shown as one."""

RegionBox = tuple[int, int, int, int]


@dataclass(frozen=True)
class RegionPicture:
    """A region as it looked: WebP, its size in pixels, and outlines of the handout's words that changed in it."""

    data: bytes
    pixels: tuple[int, int]
    outlines: tuple[Outline, ...]

    @property
    def address(self) -> str:
        """The picture as a data address."""
        return data_address(self.data)


@dataclass(frozen=True)
class ChangedRegion:
    """A place on a page (from 1) that changed, mm; a page that only one of both has lacks the other view."""

    page: int
    place: Rectangle
    old: RegionPicture | None
    new: RegionPicture | None


class _PrintSide:
    """One of the two prints: its pages as pictures, and the words to outline."""

    def __init__(self, pdf: FinishedPdf, words: Iterable[PlacedWord]) -> None:
        self.pdf, self.words = pdf, list(words)

    def has(self, page: int) -> bool:
        return page in self.pdf.pages

    def picture(self, page: int) -> Image.Image:
        return self.pdf.picture(page, DPI)

    def view(self, page: int, cut: RegionBox) -> RegionPicture:
        piece = self.picture(page).crop(cut)
        boxes = [self._pixels(page, word.box) for word in self.words if word.page == page]
        inside = [box for box in boxes if _overlaps(box, cut)]
        return RegionPicture(webp(piece), piece.size, tuple(_outline(box, cut) for box in inside))

    def place(self, page: int, cut: RegionBox) -> Rectangle:
        paper, scale = self.pdf.box(page, "crop"), self._scale(page)
        left, top, right, bottom = (edge / scale for edge in cut)
        box = Box(paper.left + left, paper.top - bottom, paper.left + right, paper.top - top)
        return box.millimetres(self.pdf.box(page, "trim"))

    def _scale(self, page: int) -> float:
        return self.picture(page).width / max(self.pdf.box(page, "crop").width, POINT)

    def _pixels(self, page: int, box: Box) -> tuple[float, float, float, float]:
        paper, scale = self.pdf.box(page, "crop"), self._scale(page)
        edges = (box.left - paper.left, paper.top - box.top, box.right - paper.left, paper.top - box.bottom)
        left, top, right, bottom = (edge * scale for edge in edges)
        return left - 2, top - 1, right + 2, bottom + 1


def changed_regions(
    old: FinishedPdf, new: FinishedPdf, old_words: Iterable[PlacedWord] = (), new_words: Iterable[PlacedWord] = ()
) -> tuple[ChangedRegion, ...]:
    """Return the regions that changed, page by page; ``old_words`` and ``new_words`` are outlined in them."""
    sides = _PrintSide(old, old_words), _PrintSide(new, new_words)
    pages = range(1, max(old.page_count, new.page_count) + 1)
    return tuple(region for page in pages for region in _on_page(page, *sides))


def _on_page(page: int, old: _PrintSide, new: _PrintSide) -> Iterator[ChangedRegion]:
    if not (old.has(page) and new.has(page)) or old.picture(page).size != new.picture(page).size:
        sides = [side for side in (old, new) if side.has(page)]
        views = [side.view(page, _full(side.picture(page))) if side.has(page) else None for side in (old, new)]
        yield ChangedRegion(page, sides[-1].place(page, _full(sides[-1].picture(page))), *views)
        return
    for cut in changed_boxes(old.picture(page), new.picture(page)):
        yield ChangedRegion(page, new.place(page, cut), old.view(page, cut), new.view(page, cut))


def _full(picture: Image.Image) -> RegionBox:
    return 0, 0, picture.width, picture.height


def changed_boxes(old: Image.Image, new: Image.Image) -> list[RegionBox]:
    """Return the boxes, in pixels, around what differs between two pictures of one size; from top to bottom."""
    red, green, blue = ImageChops.difference(old, new).split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    cells = strongest.point([0 if level < VISIBLE else 255 for level in range(256)]).reduce(CELL)
    changed = {(at % cells.width, at // cells.width) for at, level in enumerate(cells.tobytes()) if level}
    boxes = [_pixels(cluster, new) for cluster in _clusters(changed)]
    boxes = _merged(boxes)
    return boxes if len(boxes) <= MAX_REGIONS else [_around(boxes)]


def _clusters(cells: set[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    unclustered = set(cells)
    while unclustered:
        waiting = [min(unclustered, key=lambda cell: (cell[1], cell[0]))]
        unclustered.remove(waiting[0])
        cluster = []
        while waiting:
            x, y = waiting.pop()
            cluster.append((x, y))
            near = {(x + dx, y + dy) for dx in range(-2, 3) for dy in range(-2, 3)} & unclustered
            unclustered -= near
            waiting += sorted(near)
        yield cluster


def _pixels(cluster: Sequence[tuple[int, int]], picture: Image.Image) -> RegionBox:
    xs, ys = [x for x, _ in cluster], [y for _, y in cluster]
    left, top = max(0, min(xs) * CELL - MARGIN), max(0, min(ys) * CELL - MARGIN)
    right, bottom = (max(xs) + 1) * CELL + MARGIN, (max(ys) + 1) * CELL + MARGIN
    return left, top, min(picture.width, right), min(picture.height, bottom)


def _merged(boxes: list[RegionBox]) -> list[RegionBox]:
    """Join boxes that overlap, until none does."""
    apart: list[RegionBox] = []
    for box in boxes:
        while touching := [joined for joined in apart if _overlaps(joined, box)]:
            apart = [joined for joined in apart if joined not in touching]
            box = _around([box, *touching])  # noqa: PLW2901
        apart.append(box)
    return sorted(apart, key=lambda box: (box[1], box[0]))


def _around(boxes: Sequence[RegionBox]) -> RegionBox:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _overlaps(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _outline(box: tuple[float, float, float, float], cut: RegionBox) -> Outline:
    width, height = cut[2] - cut[0], cut[3] - cut[1]
    left, top = max(box[0], cut[0]), max(box[1], cut[1])
    right, bottom = min(box[2], cut[2]), min(box[3], cut[3])
    return Outline(
        left=round(100 * ((left - cut[0]) / width), 2),
        top=round(100 * ((top - cut[1]) / height), 2),
        width=round(100 * ((right - left) / width), 2),
        height=round(100 * ((bottom - top) / height), 2),
    )
