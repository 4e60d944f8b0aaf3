"""Composing pages: which section begins each page.

Here the parts of pages as they were laid out are measured, and the breaks are chosen that leave the pages most alike,
with no foot blank that spare room cannot fill. Lengths are in CSS pixels, as the engine measures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from statistics import median

from handoutpress.content.models.kinds import LADDER
from handoutpress.press.layout.blocks import BlockBox, PageBoxes
from handoutpress.press.layout.spreading import LEAST_FULL, SpareRoom, is_composed

BREAK_COST = 0.12
"""Breaking off within a section is as bad as a third of a page left empty."""
FOOT, FOOT_COST = 0.1, 4.0
"""What stays blank at a foot over this share, although spare room was spread, costs so much for each page's height."""
SHUNNED_COST = 2.0
"""What a foot costs that is blank for more than its pages are asked for."""
LADDER_KEYS = frozenset(f"#{step}" for step in LADDER)
"""The keys of the steps of the ladder, which is read as one."""
LADDER_COST = 0.5
"""A page that begins between two steps of the ladder is as bad as one of which seven tenths are left empty."""
REFERENCES = "#references"
"""The key of the part that keeps its own type."""
LEAST_MEAN = 0.5
"""Pages emptier than this, one with another, are fewer pages and some for notes."""
NEARLY_EMPTY = 0.2
"""The share of its room that a page fills which looks forgotten: none but the last is chosen to be so."""
LAST_WEIGHT = 0.3
"""What the last page of many leaves empty counts so much of another's: a text ends where it ends."""


@dataclass(frozen=True)
class PagePart:
    """A section in the flow: its height over all its pages, and whether it always begins a page.

    ``places`` is how often spare room may go between its lines, ``breaks`` how far below its top a page may end in it;
    ``gap`` is what of its height stands above it, and is not there at the head of a page.
    """

    key: str
    height: float
    forced: bool
    places: int = 0
    breaks: tuple[float, ...] = ()
    gap: float = 0.0

    def and_below(self, block: BlockBox, edge: float) -> PagePart:
        """Return the same with a block of it, or behind it, that stands below ``edge`` on its page."""
        above = self.height + block.top - edge
        breaks = (
            *self.breaks,
            *([self.height] if self.height and not block.tied else []),
            *(above + at for at in block.breaks),
        )
        return replace(self, height=above + block.bottom - block.top, places=self.places + block.places, breaks=breaks)


@dataclass(frozen=True)
class PageSequence:
    """Parts that follow each other without a chosen break: their pages, and how bad what is left empty looks."""

    pages: int
    cost: float


def flow_pages(pages: Sequence[PageBoxes]) -> list[PageBoxes]:
    """Return the pages that the text flows through: all but those that their stylesheets compose."""
    return [page for page in pages if page.blocks and not is_composed(page)]


def parts_of(pages: Sequence[PageBoxes]) -> list[PagePart]:
    """Return the sections in the flow, each with the gap above it and what follows that is none.

    The first has its page's head as well.
    """
    parts: list[PagePart] = []
    for page in pages:
        edge = page.blocks[0].top
        for block in page.blocks:
            begins = block.part and block.headed
            last = parts.pop() if parts and not (begins and parts[-1].key not in ("", block.key)) else None
            part = last or PagePart("", 0.0, block.forced, gap=block.top - edge)
            part = part if part.key else replace(part, key=block.key if block.part else "", forced=block.forced)
            parts.append(part.and_below(block, edge))
            edge = block.bottom
    return parts


def parts_ladder(pages: Sequence[PageBoxes], starts: Collection[str] = LADDER_KEYS) -> bool:
    """Return whether a page begins with a step of the ladder that follows another one, and is one of ``starts``."""
    pairs = ((above.blocks[-1], below.blocks[0]) for above, below in pairwise(flow_pages(pages)))
    return any(_are_steps(last, first) and first.key in starts for last, first in pairs)


def _are_steps(above: PagePart | BlockBox, below: PagePart | BlockBox) -> bool:
    return above.key != below.key and {above.key, below.key} <= LADDER_KEYS


def taller(parts: Sequence[PagePart], measured: Sequence[PagePart]) -> list[PagePart]:
    """Return the same parts, as tall as in the taller of two layouts."""
    heights = {part.key: part.height for part in measured}
    return [replace(part, height=max(part.height, heights.get(part.key, 0.0))) for part in parts]


def grown(parts: Sequence[PagePart], growth: Mapping[str, float]) -> list[PagePart]:
    """Return the same parts so many times as tall, by their keys."""
    return [
        replace(part, height=part.height * times, gap=part.gap * times, breaks=tuple(at * times for at in part.breaks))
        for part in parts
        for times in [growth.get(part.key, 1.0)]
    ]


def kept_whole(parts: Sequence[PagePart], key: str) -> list[PagePart]:
    """Return the same parts, of which the one with this key breaks nowhere."""
    return [replace(part, breaks=()) if part.key == key else part for part in parts]


def is_whole(pages: Sequence[PageBoxes]) -> bool:
    """Return whether every part that is not to be broken over two pages stands on one."""
    pairs = pairwise(page.blocks for page in flow_pages(pages))
    return not any(above[-1].key == below[0].key and above[-1].whole for above, below in pairs)


def is_broken(pages: Sequence[PageBoxes]) -> bool:
    """Return whether any part stands on two of the pages."""
    return any(above.blocks[-1].key == below.blocks[0].key for above, below in pairwise(pages))


def stands_on_two(section: str, pages: Sequence[PageBoxes]) -> bool:
    """Return whether a section, by its id, stands on more than one page."""
    return sum(any(section in block.sections for block in page.blocks) for page in pages) > 1


def begins_unheaded(pages: Sequence[PageBoxes]) -> bool:
    """Return whether a page begins with what has no heading, and so is parted from what it belongs to."""
    pairs = pairwise(flow_pages(pages))
    return any(not below.blocks[0].headed and below.blocks[0].key != above.blocks[-1].key for above, below in pairs)


def last_share(pages: Sequence[PageBoxes]) -> float:
    """Return how much of the last page that the text flows through is full."""
    *_, last = flow_pages(pages)
    return (last.blocks[-1].bottom - last.top) / (last.bottom - last.top)


def page_starts(pages: Sequence[PageBoxes]) -> tuple[str, ...]:
    """Return the keys of the parts that begin a page after the first, by choice or as it fell out."""
    pairs = pairwise(page.blocks for page in pages)
    return tuple(below[0].key for above, below in pairs if below[0].part and below[0].key != above[-1].key)


def pages_begun_by(pages: Sequence[PageBoxes], starts: Sequence[str]) -> list[PageBoxes]:
    """Return where blocks would stand if the parts of these keys, and no others, began pages: nothing is laid out.

    A page's first block stands lower than it would by what its section has above its heading, and one that stood first
    before has the same gap above it as others.
    """
    pairs = [pair for page in pages for pair in pairwise(page.blocks)]
    gaps = {below.key: below.top - above.bottom for above, below in pairs}
    common = median(gaps.values()) if gaps else 0.0
    begun: list[list[BlockBox]] = [[]]
    for page in pages:
        for block in page.blocks:
            if block.part and block.key in starts:
                begun.append([])
            top = begun[-1][-1].bottom + gaps.get(block.key, common) if begun[-1] else page.top
            begun[-1].append(replace(block, top=top, bottom=top + block.bottom - block.top))
    return [PageBoxes(pages[0].top, pages[0].bottom, tuple(blocks)) for blocks in begun]


def badness(pages: Sequence[PageBoxes], spare: SpareRoom, *, others_follow: bool) -> float:
    """Return how bad what is left empty and broken off on laid-out pages looks, as ``best_composition`` reckons it.

    The word is TeX's, for how far a line or page is from one that is filled as it should be. Where ``others_follow``,
    as the back of a booklet, the last page that the text flows through is one of its inner pages.
    """
    flowing = flow_pages(pages)
    empty = [(page.bottom - page.blocks[-1].bottom) / (page.bottom - page.top) for page in flowing]
    broken = sum(above.blocks[-1].key == below.blocks[0].key for above, below in pairwise(flowing))
    inner = len(empty) - (not others_follow)
    if any(1 - share < NEARLY_EMPTY for share in empty[:-1]):
        return inf
    filled = [share**2 + _blank(foot) for share, foot in zip(empty, blank_feet(pages, spare), strict=True)]
    return (
        sum(filled[:inner]) + sum(map(_ending, empty[inner:])) + BREAK_COST * broken + LADDER_COST * parts_ladder(pages)
    )


def blank_feet(pages: Sequence[PageBoxes], spare: SpareRoom) -> list[float]:
    """Return what share of each page that the text flows through is blank at its foot, once room is spread."""
    return [
        max(0.0, left - _room_taken(page.blocks, spare) - _picture(left, spare)) / (page.bottom - page.top)
        for page in flow_pages(pages)
        for left in [page.bottom - page.blocks[-1].bottom]
    ]


def _room_taken(blocks: Sequence[BlockBox], spare: SpareRoom) -> float:
    """Return how much room the blocks of a page take between them where it is over."""
    return spare.below * sum(block.part for block in blocks[:-1]) + spare.between * sum(b.places for b in blocks)


def _picture(left: float, spare: SpareRoom) -> float:
    """Return the height of the picture at the foot of a page on which so much is left."""
    return spare.foot if left >= spare.foot else 0.0


def _blank(foot: float) -> float:
    """Return how bad a foot looks that stays blank for a share of its page."""
    return FOOT_COST * max(0.0, foot - FOOT)


def _ending(empty: float) -> float:
    """Return how bad the last page looks, ``empty`` by a share: half may be, but it is not there for a few lines."""
    return empty**2 * (LAST_WEIGHT if empty < 1 - LEAST_FULL else 1)


@dataclass(frozen=True)
class PageComposition:
    """The keys of the parts that begin a page, after the first, how many pages that makes, and how bad they look."""

    starts: tuple[str, ...]
    pages: int
    cost: float


@dataclass(frozen=True)
class FlowPages:
    """The pages that parts are composed for: the room of each, and how much of what is over is spread.

    With a ``count`` they are exactly so many; without, as many as it takes. Where parts are ``whole``, none is broken;
    else one may be, where that leaves less empty. A foot blank for more than ``most_blank`` of its page is shunned.
    """

    room: float
    spare: SpareRoom
    count: int | None = None
    whole: bool = False
    most_blank: float = 1.0

    def sequence(self, parts: Sequence[PagePart], *, last: bool) -> PageSequence:
        """Return the pages of parts that follow each other, and how bad they look; ``last`` are the last of all."""
        pages, used, cost = 1, 0.0, 0.0
        above: list[PagePart] = []
        for part in parts:
            begun = 0.0 if used else part.gap
            while used + part.height - begun > self.room:
                at = self._break(part, begun, used)
                stands, filled = ([*above, part], used + at - begun) if at else (above, used)
                cost += self._foot(stands, filled) + BREAK_COST * (at > 0)
                pages, used, begun, above = pages + 1, 0.0, at or part.gap, []
            above.append(part)
            used += part.height - begun
        if not last and used < NEARLY_EMPTY * self.room:
            return PageSequence(pages, inf)
        is_ending = last and self.count is None
        return PageSequence(pages, cost + (_ending(1 - used / self.room) if is_ending else self._foot(above, used)))

    def _break(self, part: PagePart, begun: float, used: float) -> float:
        """Return where a part breaks that has so much above, 0 where all of it goes to the next page."""
        room = begun + self.room - used
        nearest = max((at for at in part.breaks if begun < at <= room), default=0.0)
        return nearest or (0.0 if used else room)

    def _foot(self, parts: Sequence[PagePart], used: float) -> float:
        """Return how bad a page's foot looks of which parts take so much."""
        taken = self.spare.below * (len(parts) - 1) + self.spare.between * sum(part.places for part in parts)
        empty = 1 - used / self.room
        taken += _picture(empty * self.room, self.spare)
        foot = empty - taken / self.room
        return empty**2 + _blank(foot) + SHUNNED_COST * (foot > self.most_blank)


def filled_count(pages: int, multiple: int) -> int:
    """Return how many pages the fewest sheets have that hold so many."""
    return -(-pages // multiple) * multiple


def flow_target(flowing: int, set_apart: int, needed: float, multiple: int) -> int | None:
    """Return how many pages the text is to flow through, or None where any number will do.

    They are a whole number of sheets with the pages ``set_apart``, if that leaves none half empty.
    """
    if multiple == 1:
        return None
    target = filled_count(flowing + set_apart, multiple) - set_apart
    while target > flowing and needed / target < LEAST_MEAN:
        target -= 1
    return target


def best_composition(parts: Sequence[PagePart], flow: FlowPages) -> PageComposition | None:
    """Return the breaks that fill pages most alike, or None where there are none."""
    # By the parts that are placed and the pages that they take: the least cost, and where its pages start.
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for end in range(1, len(parts) + 1):
        for start, sequence in _sequences(parts, end, flow):
            parted = LADDER_COST * (start > 0 and _are_steps(parts[start - 1], parts[start]))
            for (at, count), (cost, starts) in list(best.items()):
                if at == start:
                    reached, candidate = (
                        (end, count + sequence.pages),
                        (cost + sequence.cost + parted, (*starts, start)),
                    )
                    best[reached] = min(best.get(reached, candidate), candidate)
    ends = {count: score for (at, count), score in best.items() if at == len(parts) and count in {flow.count or count}}
    if not ends:
        return None
    count = min(ends, key=lambda count: ends[count])
    cost, starts = ends[count]
    if cost == inf:
        return None
    return PageComposition(tuple(parts[index].key for index in starts[1:]), count, cost)


def _sequences(parts: Sequence[PagePart], end: int, flow: FlowPages) -> Iterator[tuple[int, PageSequence]]:
    """Yield the sequences of parts up to ``end`` that may stand together, each with its start."""
    for start in reversed(range(end)):
        sequence = flow.sequence(parts[start:end], last=end == len(parts))
        if sequence.pages == 1 or not flow.whole or (parts[start].forced and end == start + 1):
            yield start, sequence
        if parts[start].forced:
            return
