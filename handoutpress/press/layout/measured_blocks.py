"""The blocks of a text as they were measured, with the lines of their paragraphs. Lengths are CSS pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import ceil
from statistics import median

from handoutpress.press.layout.blocks import BlockBox, PageBoxes, ParagraphLines
from handoutpress.press.layout.composing import REFERENCES, PagePart

FIXED = ("band", "brandmark", "code", "codes", "contact", "field", "foot", "head", "reach", "source", "writing")
"""What has a type of its own, by class."""
DISPLAY, LEAST_DISPLAY = "display", 0.2
"""The class of what is set in smaller type where lines come closer, and how much of it is left at least."""
ONE_WORD = 0.02
"""By so much of a line a paragraph may be wider than its lines, and its last word yet find room."""
SURELY = 0.99
"""Of what the words of a paragraph are reckoned to take they take so much at least."""
MOST_COUNTED = 8192
"""So many counts of lines are remembered: those of the paragraphs of a few texts, in each size of type."""
ROUNDED = 0.001
"""By so much of a line what is known of its words may be rounded."""


@dataclass(frozen=True)
class MeasuredBlock:
    """A block as it was measured, its parts on several pages put together, with the gap above it.

    ``pictures`` is how much of its height is of pictures, which do not grow with the type; ``breaks`` are the shares of
    it at which a page may end, and ``gap`` that of the gap. Its ``number``, from 0, is that among all of its key;
    ``assumed`` is the gap of one that stood at the head of a page, where none is seen. No page ends between one that is
    ``tied`` and what stands above it.
    """

    key: str
    height: float
    forced: bool
    whole: bool
    sections: tuple[str, ...]
    pictures: float = 0.0
    digest: str = ""
    breaks: tuple[float, ...] = ()
    lines: tuple[ParagraphLines, ...] = ()
    number: int = 0
    gap: float = 0.0
    assumed: float = 0.0
    tied: bool = False

    @property
    def height_for_certain(self) -> float:
        """How tall it is without a gap that was not seen, and may be less elsewhere than at the head of a page."""
        return self.height * (1 - self.assumed)

    @property
    def texts(self) -> tuple[str, ...]:
        """The keys of the texts in it."""
        return ("main_message",) if self.key.startswith(".message") else self.sections

    def is_same_as(self, other: MeasuredBlock) -> bool:
        """Return whether it is the same block of another layout of its text."""
        return (self.key, self.number) == (other.key, other.number)

    @property
    def lined(self) -> float:
        """How much of its height is of lines that were counted."""
        return sum(each.count * each.height for each in self.lines)

    def lines_with(self, larger: float, leaded: float) -> float:
        """Return how tall its lines would be in type so many times as large, with so many times the leading."""
        return self._tall([_line_count(each, each.fuller(larger)) for each in self.lines], larger, leaded)

    def least_lines_with(self, larger: float, leaded: float) -> float:
        """Return how tall its lines would be at least in other type, if its words were a little narrower."""
        return self._tall([_least_count(each, larger) for each in self.lines], larger, leaded)

    def _tall(self, counts: Iterable[float], larger: float, leaded: float) -> float:
        heights = (each.height * larger * (leaded if each.leaded else 1.0) for each in self.lines)
        return sum(count * height for count, height in zip(counts, heights, strict=True))

    def with_lines(self, narrower: float) -> MeasuredBlock:
        """Return it with longer lines, of which each word takes a smaller share: so many times what it took."""
        if not self.lines:
            return replace(self, height=self.height * narrower)
        lines = tuple(_with_longer(each, narrower) for each in self.lines)
        longer = replace(self, lines=lines)
        return replace(longer, height=self.height - self.lined + longer.lined)

    def last_break(self, height: float, begun: float, room: float, *, is_first: bool) -> float:
        """Return how far below its top a page ends in it that has so much room for it, behind what has ``begun``."""
        within = [share * height for share in self.breaks if begun < share * height <= begun + room]
        return max(within, default=begun + room if is_first else begun)

    @property
    def grows(self) -> bool:
        """Whether its type is the body's."""
        return self.key != REFERENCES and not any(name in FIXED for name in self._names)

    @property
    def is_display(self) -> bool:
        """Whether its type is smaller where the lines of the body are closer."""
        return DISPLAY in self._names

    @property
    def _names(self) -> list[str]:
        return self.key.strip(".#").split(".")


@dataclass(frozen=True)
class BlockFlow:
    """Blocks that flow through pages: the ``room`` of the first, how much ``less`` the others have."""

    blocks: tuple[MeasuredBlock, ...]
    room: float
    less: float

    def pages(self, heights: Sequence[float], kept: Sequence[bool]) -> Iterator[tuple[MeasuredBlock, float, float]]:
        """Yield each block with where it begins and ends, in pages, if they have these heights.

        Those that are ``kept`` break over no page that has room for them.
        """
        page, used, room = 0, 0.0, self.room
        for block, height, whole, below in zip(self.blocks, heights, kept, self._tied(heights, kept), strict=True):
            together = height + below if height + below <= room else height
            if (block.forced and used) or (whole and used + together > room >= together - height * block.gap):
                page, used, room = page + 1, 0.0, self.room - self.less
            begin = page + used / room
            begun = 0.0 if used or not page else height * block.gap  # no gap at the head of a page
            while used + height + below - begun > room + 0.5 and (used or height - begun > room + 0.5):
                begun = block.last_break(height, begun, room - used, is_first=not used)
                page, used, room = page + 1, 0.0, self.room - self.less
                begun = max(begun, height * block.gap)
                begin = begin if begun > height * block.gap else page
            used += height - begun
            yield block, begin, page + used / room

    def _tied(self, heights: Sequence[float], kept: Sequence[bool]) -> list[float]:
        """Return for each block how much of what follows stands on the page on which it ends."""
        tied, below = [], 0.0
        for block, height, whole in reversed(list(zip(self.blocks, heights, kept, strict=True))):
            tied.append(below)
            breaks = () if whole else block.breaks
            below = (breaks[0] * height if breaks else height + below) if block.tied else 0.0
        return tied[::-1]


def measured_blocks(pages: Sequence[PageBoxes]) -> list[MeasuredBlock]:
    """Return the blocks of pages that follow each other.

    One that stands first on a page after the first has the same gap above it as others.
    """
    common = median([below.top - above.bottom for page in pages for above, below in pairwise(page.blocks)] or [0.0])
    blocks: list[tuple[BlockBox, PagePart, float, bool]] = []
    for page in pages:
        edge = page.top
        for box in (replace(each, breaks=each.breaks or each.seams) for each in page.blocks):
            part = PagePart(box.key, 0.0, box.forced)
            if blocks and _goes_on(blocks[-1][0], box, page):
                above, part, gap, is_first = blocks.pop()
                blocks.append((_joined(above, box), part.and_below(box, edge), gap, is_first))
            else:
                is_first = bool(blocks) and edge == page.top
                gap = common if is_first else box.top - edge
                blocks.append((box, part.and_below(box, box.top - gap), gap, is_first))
            edge = box.bottom
    keys = [box.key for box, *_ in blocks]
    numbers = (keys[:at].count(key) for at, key in enumerate(keys))
    return [
        _measured(box, part, gap, number, is_first=is_first)
        for (box, part, gap, is_first), number in zip(blocks, numbers, strict=True)
    ]


def _goes_on(before: BlockBox, box: BlockBox, page: PageBoxes) -> bool:
    return box.top == page.blocks[0].top and box.key == before.key and bool(box.sections)


def _joined(above: BlockBox, box: BlockBox) -> BlockBox:
    """Return a block with what of it stands on the page above."""
    lines = (*above.lines[:-1], *above.lines[-1].and_below(box.lines)) if above.lines else box.lines
    return replace(box, pictures=above.pictures + box.pictures, lines=lines)


def _measured(box: BlockBox, part: PagePart, gap: float, number: int, *, is_first: bool) -> MeasuredBlock:
    height = part.height
    return MeasuredBlock(
        box.key,
        height,
        box.forced,
        box.whole,
        box.sections,
        pictures=min(box.pictures, height),
        digest=box.digest,
        breaks=tuple(round(at / height, 4) for at in part.breaks) if height else (),
        lines=box.lines,
        number=number,
        gap=round(gap / height, 4) if height else 0.0,
        assumed=round(gap / height, 4) if height and is_first else 0.0,
        tied=box.tied and bool(box.sections),
    )


def _line_count(lines: ParagraphLines, fuller: float) -> int:
    """Return how many lines a paragraph has whose words take so many times as much of a line."""
    count = lines.count + lines_of(lines.words, fuller) - lines_of(lines.words, 1.0)
    return max(lines.count, count) if fuller > 1 else min(lines.count, max(1, count))


def _with_longer(lines: ParagraphLines, narrower: float) -> ParagraphLines:
    """Return a paragraph in longer lines, of which its words take so many times the share."""
    words = tuple((width * narrower, space * narrower) for width, space in lines.words)
    count = _line_count(lines, narrower) if words else max(1, ceil(lines.count * narrower - ONE_WORD))
    return replace(lines, count=count, share=lines.share * narrower, words=words)


def _least_count(lines: ParagraphLines, larger: float) -> int:
    """Return how many lines a paragraph has at least: in larger type no fewer, unless its lines grow, too."""
    fuller = lines.fuller(larger)
    least = ceil(lines.share * fuller - ONE_WORD)
    if lines_of(lines.words, 1.0) == lines.count:
        least = max(least, lines_of(lines.words, fuller * SURELY))
    return max(least, lines.count if larger >= 1 and not lines.full_at else 1)


@lru_cache(maxsize=MOST_COUNTED)
def lines_of(words: tuple[tuple[float, float], ...], larger: float) -> int:
    """Return how many lines words fill in type so many times as large, each as far as the next word leaves it."""
    count, used, space = 1, 0.0, 0.0
    for width, behind in words:
        if used and used + space + width * larger > 1 + ROUNDED:
            count, used = count + 1, width * larger
        else:
            used += space + width * larger
        space = behind * larger
    return count
