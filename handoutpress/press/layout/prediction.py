"""What one measured layout tells of others: how many pages another choice of type and texts would take.

Lines' number and height grow with the type, so the height of a text grows with its size squared. References, codes and
contacts keep their own type. A prediction says where to look; what is printed is always laid out. Lengths are CSS
pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, log

from handoutpress.press.layout.blocks import BlockBox, PageBoxes
from handoutpress.press.layout.choices import LayoutChoice, TextLengths, TypeSetting, number_of
from handoutpress.press.layout.composing import flow_pages
from handoutpress.press.layout.spreading import POINT

FIXED = ("band", "brandmark", "code", "codes", "contact", "field", "foot", "head", "reach", "source", "writing")
"""What has a type of its own, by class."""
DISPLAY, LEAST_DISPLAY = "display", 0.2
"""The class of what is set in smaller type where lines come closer, and how much of it is left at least."""
NORMAL = "#normal"
"""The selector of the step of the ladder that a format may leave out."""
GAPS = 2.3
"""So many times the space between parts has a section, about, above and in it."""
BROKEN_OFF = 24.0
"""What the break of a part leaves empty at a page's foot, on the average."""
MOST_OFF = 0.06
"""By more than this share a prediction is not corrected: it is a page more or less, and a break is the cause."""
RISKS_IN_WORDS, WITHOUT_PICTOGRAMS = 0.65, 0.95
"""What is left, about, of the height of risks that no people show, and of lists with bullets in place of pictograms."""
LEAST_LEFT = 0.75
"""Of a block whose words or drawings are others, at least so much is left of what is predicted."""
LEAST_GROWN = 0.5
"""A block grows by at least so much of what its type grows: rules, padding and small drawings do not, nor do people."""
TELLING = 0.07
"""The logarithm of the scales of two layouts from which on a break more or less does not hide how their pages grow."""
MUCH_THE_SAME = 0.03
"""Texts whose lengths differ by no more than this share are likely the same text, with a few words changed."""
SURE, SURE_BY_SCALE, SUREST = 1.005, 0.25, 1.1
"""A text that is predicted to need so many times its room does not fit: where its type is smaller than what was
measured, the more, the more it differs, by the logarithm of its scale. Half of that would be enough for every shipped
handout."""
SURE_OF_ONE = 0.035
"""So much more where type is smaller and it counts where each section ends."""


@dataclass(frozen=True)
class MeasuredBlock:
    """A block as it was measured, its parts on several pages put together, with the gap above it.

    ``pictures`` is how much of its height is of pictures, which do not grow with the type.
    """

    key: str
    height: float
    forced: bool
    whole: bool
    sections: tuple[str, ...]
    pictures: float = 0.0
    digest: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The keys of the texts in it."""
        return ("main_message",) if self.key.startswith(".message") else self.sections

    @property
    def grows(self) -> bool:
        """Whether its type is the body's."""
        return self.key != "#references" and not any(name in FIXED for name in self._names)

    @property
    def is_display(self) -> bool:
        """Whether its type is smaller where the lines of the body are closer."""
        return DISPLAY in self._names

    @property
    def _names(self) -> list[str]:
        return self.key.strip(".#").split(".")


@dataclass(frozen=True)
class MeasuredText:
    """The text of a laid-out handout: its blocks, the height of a page, and how many pages are composed apart."""

    setting: TypeSetting
    lengths: TextLengths
    blocks: tuple[MeasuredBlock, ...]
    room: float
    apart: int
    used: float
    """How many pages its text flowed through, the last of them as far as it is full."""
    basis: str = ""
    """A digest of all that its pages are made from, but for the words and the setting; empty where it is not known."""
    area: tuple[float, float] | None = None
    """The width and the height between the margins of its pages, mm; None before it is kept for others."""
    moved: bool = False
    """Whether it was measured on pages of another area."""

    def on(self, area: tuple[float, float]) -> MeasuredText:
        """Return what it tells of pages with another area: wider lines are fewer."""
        if self.area is None or self.area == area:
            return self
        narrower, taller = self.area[0] / area[0], area[1] / self.area[1]
        blocks = (replace(block, height=block.height * (narrower if block.grows else 1)) for block in self.blocks)
        return replace(
            self, blocks=tuple(blocks), room=self.room * taller, used=self.used * narrower / taller, moved=True
        )

    def heights(self, setting: TypeSetting, lengths: TextLengths) -> list[float]:
        """Return how tall its blocks would be with another setting, or in a text of other ``lengths``."""
        grown = setting.scale / self.setting.scale
        before, after = (GAPS * each.gap * each.size / POINT for each in (self.setting, setting))
        wider = [after - before * grown if block.grows else 0.0 for block in self.blocks]
        heights = zip(self._heights(setting, lengths, grown), self.blocks, wider, strict=True)
        return [max(0.0, height + ceil(len(block.sections) / 2) * more) for height, block, more in heights]

    def _heights(self, setting: TypeSetting, lengths: TextLengths, grown: float) -> list[float]:
        """Return how tall its blocks would be if each line of text took ``grown`` times its room."""
        return [
            block.pictures
            + (block.height - block.pictures)
            * self._share(block, setting, lengths)
            * (grown * self._longer(block, lengths) if block.grows else 1.0)
            for block in self.blocks
        ]

    def _longer(self, block: MeasuredBlock, lengths: TextLengths) -> float:
        """Return how many times as long a block's full text is as it was."""
        if lengths == self.lengths:
            return 1.0
        keys = [key for key in block.texts if key in lengths.full and self.lengths.full.get(key)]
        if keys:
            return sum(lengths.full[key] for key in keys) / sum(self.lengths.full[key] for key in keys)
        return lengths.letters() / max(1, self.lengths.letters())

    def _share(self, block: MeasuredBlock, setting: TypeSetting, lengths: TextLengths) -> float:
        """Return how much of a block is set, where it was all before."""
        if block.key == "#references":
            count = _count(setting, lengths)
            return max(count, 1) / max(_count(self.setting, self.lengths), 1)
        if _is_left_out(block, setting):
            return 0.0
        if not block.texts:
            return 1.0
        now = sum(lengths.share(key, setting.shortened) for key in block.texts)
        now *= self._undrawn(block, setting)
        return now / sum(self.lengths.share(key, self.setting.shortened) for key in block.texts)

    def _undrawn(self, block: MeasuredBlock, setting: TypeSetting) -> float:
        """Return how much of a block is left where it has no people or no pictograms any more."""
        if block.texts == ("risks",):
            return float(RISKS_IN_WORDS ** (self.setting.figures - setting.figures))
        return float(WITHOUT_PICTOGRAMS ** (self.setting.icons - setting.icons))

    def fits(self, choice: LayoutChoice, lengths: TextLengths) -> bool:
        """Return whether a choice is likely to fit."""
        setting, heights = choice.setting, self.heights(choice.setting, lengths)
        if not self.fits_whole(choice, lengths):
            return False
        # What was measured took a little more or less than it would have by the same reckoning.
        off = self.used / self._pages(self.setting, self._measured_heights)
        return self.apart + self._pages(setting, heights) * (off if abs(off - 1) <= MOST_OFF else 1) <= choice.pages

    def fits_whole(self, choice: LayoutChoice, lengths: TextLengths) -> bool:
        """Return whether each section is likely to stand on one page, where a choice keeps them whole."""
        return not choice.setting.whole or not self._too_tall(self.heights(choice.setting, lengths))

    def ends_on_first(self, section: str, setting: TypeSetting) -> bool:
        """Return whether a section, by its id, is likely to end on the first page with another setting."""
        heights = self.heights(setting, self.lengths)
        last = next((at for at, block in enumerate(self.blocks) if section in block.sections), len(heights))
        return sum(heights[: last + 1]) <= self.room

    def is_set_as(self, setting: TypeSetting) -> bool:
        """Return whether a setting is of this very text, in other type at most, its sections whole or not."""
        mine = self.setting
        return replace(setting, size=mine.size, leading=mine.leading, whole=mine.whole, kept=mine.kept) == mine

    def is_of_such(self, lengths: TextLengths) -> bool:
        """Return whether texts of other lengths are much the same: what fitted these likely fits those."""
        longer = lengths.letters() / max(1, self.lengths.letters())
        return abs(longer - 1) <= MUCH_THE_SAME and lengths.references == self.lengths.references

    def refutes(self, choice: LayoutChoice, lengths: TextLengths) -> bool:
        """Return whether a choice for this very text is known not to fit, so that no layout need show it."""
        setting, mine = choice.setting, self.setting
        heights = [self._least(block, setting, lengths) for block in self.blocks]
        certain = self._certain(setting)
        if sum(heights) > certain * self.room * max(1, choice.pages - self.apart):
            return True
        if not self.is_set_as(setting):
            return False
        # One section alone may differ more from what is predicted than all of them together.
        alone = certain if setting.size >= mine.size else certain + SURE_OF_ONE
        heights = [height / alone for height in heights]
        return setting.whole and (
            self._too_tall(heights) or self.apart + self._pages(setting, heights, broken_off=0.0) > choice.pages
        )

    def _least(self, block: MeasuredBlock, setting: TypeSetting, lengths: TextLengths) -> float:
        """Return how tall a block is at least with another setting: what has more words is no shorter for them."""
        if block.is_display and setting.leading < self.setting.leading:
            return LEAST_DISPLAY * block.height
        height = block.pictures + (block.height - block.pictures) * self._least_growth(block, setting)
        if self._is_same(block, setting):
            return height
        share = self._share(block, setting, lengths)
        return height if share >= 1 else LEAST_LEFT * share * height

    def _is_same(self, block: MeasuredBlock, setting: TypeSetting) -> bool:
        """Return whether a block has the same words and drawings with another setting."""
        mine = self.setting
        if block.key == "#references":
            return setting.references == mine.references
        changed = set(mine.shortened) ^ set(setting.shortened)
        same = (mine.figures, mine.icons) == (setting.figures, setting.icons)
        drawn = same or not block.texts or not block.grows
        left_out = block.key.endswith("-more") or _is_left_out(block, setting)
        return drawn and not left_out and not changed & set(block.texts)

    def _least_growth(self, block: MeasuredBlock, setting: TypeSetting) -> float:
        """Return by how much a block grows at least with a setting: in larger type no paragraph has fewer lines."""
        mine = self.setting
        if not block.grows:
            return 1.0
        if setting.size < mine.size:
            return setting.scale / mine.scale
        growth = setting.size * setting.leading / (mine.size * mine.leading)
        if growth <= 1:
            return growth
        return 1.0 if mine.figures and block.texts == ("risks",) else 1.0 + LEAST_GROWN * (growth - 1.0)

    def rules_out(self, choice: LayoutChoice, now: MeasuredText) -> bool:
        """Return whether a choice that this text did not fit cannot fit ``now`` either, where few words differ.

        What is the same is as tall as it was. Of what differs it is reckoned how much shorter it may be at most.
        """
        if choice.setting != self.setting or not self._is_much_as(now):
            return False
        least = [self._least_height(*blocks, now) for blocks in zip(self.blocks, now.blocks, strict=True)]
        shorter = self._pages(choice.setting, self._measured_heights) - self._pages(choice.setting, least)
        slack = BROKEN_OFF / self.room if shorter else 0.0
        beyond = self.apart + self.used - choice.pages - shorter > slack
        return beyond or (choice.setting.whole and self._too_tall([height - BROKEN_OFF for height in least]))

    def _is_much_as(self, other: MeasuredText) -> bool:
        """Return whether another text has the same blocks, set in other type at most."""
        if not self.basis or self.basis != other.basis or len(self.blocks) != len(other.blocks):
            return False
        if not self.is_set_as(other.setting):
            return False
        return all(one.key == two.key for one, two in zip(self.blocks, other.blocks, strict=True))

    def _least_height(self, block: MeasuredBlock, other: MeasuredBlock, now: MeasuredText) -> float:
        """Return how tall a block must be at least with the words that it has ``now``, in this setting."""
        if block.digest == other.digest:
            return block.height
        if not block.grows:
            return other.height
        line = self.setting.size / POINT * self.setting.leading
        return block.height * self._longer(block, now.lengths) - line

    def _certain(self, setting: TypeSetting) -> float:
        """Return how many times its room a text needs with a setting for certain not to fit."""
        if setting.size >= self.setting.size:
            return SURE
        return min(SURE + SURE_BY_SCALE * abs(log(setting.scale / self.setting.scale)), SUREST)

    def _too_tall(self, heights: Sequence[float]) -> bool:
        """Return whether a section of these heights is taller than a page."""
        sections = zip(self.blocks, heights, strict=True)
        return any(block.grows and block.sections and height > self.room for block, height in sections)

    @property
    def _measured_heights(self) -> list[float]:
        return [block.height for block in self.blocks]

    def _pages(self, setting: TypeSetting, heights: Sequence[float], broken_off: float = BROKEN_OFF) -> float:
        """Return how many pages blocks of these heights flow through, the last of them as far as it is full."""
        pages, used = 1, 0.0
        for block, height in zip(self.blocks, heights, strict=True):
            whole = (setting.whole if block.grows else block.whole) or not block.key.startswith("#")
            if (block.forced and used) or (whole and used + height > self.room >= height):
                pages, used = pages + 1, 0.0
            used += height
            while used > self.room + 0.5:
                pages, used = pages + 1, used - self.room + broken_off
        return pages - 1 + used / self.room


def _is_left_out(block: MeasuredBlock, setting: TypeSetting) -> bool:
    """Return whether a setting leaves out what is normal, or the block of the body, that this one prints."""
    if block.key == NORMAL:
        return not setting.normal
    return setting.blocks is not None and any(number_of(key) > setting.blocks for key in block.texts)


def _count(setting: TypeSetting, lengths: TextLengths) -> int:
    """Return how many references are printed."""
    return lengths.references if setting.references is None else min(setting.references, lengths.references)


def likely_fits(choice: LayoutChoice, lengths: TextLengths, measures: Sequence[MeasuredText]) -> bool:
    """Return whether a choice is likely to fit, as the nearest of some layouts of a handout tells.

    Two layouts of the very text tell how its pages grow with the type.
    """

    def distance(measured: MeasuredText) -> float:
        return log(measured.setting.scale / choice.setting.scale)

    nearest, *others = sorted(measures, key=lambda measured: abs(distance(measured)))
    same = [measured for measured in (nearest, *others) if measured.is_set_as(choice.setting)]
    # One in smaller and one in larger type tell most.
    same.sort(key=lambda measured: measured is not nearest and distance(measured) * distance(nearest) > 0)
    same = same[:2]
    if len(same) < 2 or not nearest.fits_whole(choice, lengths):
        return nearest.fits(choice, lengths)
    near, far = same
    apart = log(far.setting.scale / near.setting.scale)
    if abs(apart) < TELLING:
        return nearest.fits(choice, lengths)
    growth = (far.used - near.used) / apart
    used = near.used + growth * log(choice.setting.scale / near.setting.scale)
    return near.apart + used <= choice.pages


def measured_text(
    setting: TypeSetting, lengths: TextLengths, pages: Sequence[PageBoxes], basis: str = ""
) -> MeasuredText | None:
    """Return what the pages of a layout tell that are made from ``basis``; None where no text flows on them."""
    flowing = flow_pages(pages)
    if not flowing:
        return None
    room = max(page.bottom - page.top for page in flowing)
    *_, last = flowing
    used = len(flowing) - 1 + (last.blocks[-1].bottom - last.top) / (last.bottom - last.top)
    return MeasuredText(setting, lengths, tuple(_blocks(flowing)), room, len(pages) - len(flowing), used, basis)


def _blocks(pages: Sequence[PageBoxes]) -> list[MeasuredBlock]:
    blocks: list[MeasuredBlock] = []
    for page in pages:
        edge = page.top
        for box in page.blocks:
            height, edge = box.bottom - edge, box.bottom
            if blocks and _goes_on(blocks[-1], box, page):
                above = blocks.pop()
                blocks.append(_measured(box, height + above.height, box.pictures + above.pictures))
            else:
                blocks.append(_measured(box, height, box.pictures))
    return blocks


def _goes_on(before: MeasuredBlock, box: BlockBox, page: PageBoxes) -> bool:
    return box is page.blocks[0] and box.key == before.key and bool(box.sections)


def _measured(box: BlockBox, height: float, pictures: float) -> MeasuredBlock:
    pictures = min(pictures, height)
    return MeasuredBlock(box.key, height, box.forced, box.whole, box.sections, pictures, box.digest)
