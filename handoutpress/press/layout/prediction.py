"""What one measured layout tells of others: how many pages another choice of type and texts would take.

Lines' number and height grow with the type. Where the words of paragraphs were measured, their lines are reckoned from
those; the height of other text grows with its size squared. References, codes and contacts keep their own type. A
prediction says where to look; what is printed is always laid out. Lengths are CSS pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, log

from handoutpress.press.layout.blocks import PageBoxes
from handoutpress.press.layout.choices import RISKS, LayoutChoice, TextLengths, TypeSetting, number_of
from handoutpress.press.layout.composing import REFERENCES, flow_pages
from handoutpress.press.layout.measured_blocks import LEAST_DISPLAY, BlockFlow, MeasuredBlock, measured_blocks
from handoutpress.press.layout.spreading import POINT

NORMAL = "#normal"
"""The selector of the step of the ladder that a format may leave out."""
GAPS = 2.3
"""So many times the space between parts has a section, about, above and in it."""
GAPS_OF_BLOCK, ROOM_GROWN = 1.7, 0.3
"""So many times the space between parts has a block, on the average; and so much of what its type grows grows what is
in it beside lines and pictures: measured of the shipped leaflets."""
LEAST_GAPS = 3.0
"""So many times the space between parts has a block at most that it loses in closer lines."""
HEADING, LEAST_HEADING, LEAST_OF_REFERENCES = 0.25, 0.15, 0.95
"""How much of all references their heading takes, with what is said of those behind the code, about and at least; and
what fewer take of what is reckoned so, at least."""
BROKEN_OFF = 24.0
"""So much shorter a block may be that has other words, and end a page elsewhere."""
MOST_OFF = 0.06
"""By more than this share a prediction is not corrected: it is a page more or less, and a break is the cause."""
BENEFITS, COMPARED, LEAST_COMPARED, LEAST_WITHOUT_COMPARED = "benefits", 150.0, 125.0, 0.5
"""The id of the section of benefits; how tall two hundreds of people and their words are in it, about and at least; and
what is left of its other words without them, at least."""
RISKS_IN_WORDS, WITHOUT_PICTOGRAMS, LEAST_WITHOUT_PICTOGRAMS = 0.79, 0.95, 0.8
"""What is left, about, of the height of risks that no people show, of lists with bullets in place of pictograms, and of
these at least."""
LEAST_LEFT = 0.75
"""Of a block whose words or drawings are others, at least so much is left of what is predicted."""
LEAST_GROWN = 0.5
"""A block grows by at least so much of what its type grows: rules, padding and small drawings do not, nor do people."""
MUCH_THE_SAME = 0.03
"""Texts whose lengths differ by no more than this share are likely the same text, with a few words changed."""
SURE, SURE_BY_SCALE, SUREST = 1.005, 0.1, 1.1
"""A text that is predicted to need so many times its room does not fit: where its type is smaller than what was
measured, the more, the more it differs, by the logarithm of its scale. A third of that would be enough for every
shipped handout."""
RECKONED = 0.01
"""By so much of a page the pages of a layout may be reckoned otherwise than they were laid out."""
SURE_OF_ONE = 0.035
"""So much more where type is smaller and it counts where each section ends."""


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
    less: float = 0.0
    """So much less room has a page after the first."""

    def on(self, area: tuple[float, float]) -> MeasuredText:
        """Return what it tells of pages with another area: wider lines are fewer."""
        if self.area is None or self.area == area:
            return self
        narrower, taller = self.area[0] / area[0], area[1] / self.area[1]
        blocks = (block.with_lines(narrower) if block.grows else block for block in self.blocks)
        return replace(
            self,
            blocks=tuple(blocks),
            room=self.room * taller,
            less=self.less * taller,
            used=self.used * narrower / taller,
            moved=True,
        )

    def heights(self, setting: TypeSetting, lengths: TextLengths, others: Sequence[MeasuredText] = ()) -> list[float]:
        """Return how tall its blocks would be with another setting, or in a text of other ``lengths``.

        Of a block whose words or drawings are others, one of ``others`` tells that has them.
        """
        return [
            max(0.0, teller._height(told, setting, lengths) + teller._gained(told, setting))
            for block in self.blocks
            for teller, told in [self._teller(block, setting, others)]
        ]

    def _teller(
        self, block: MeasuredBlock, setting: TypeSetting, others: Sequence[MeasuredText]
    ) -> tuple[MeasuredText, MeasuredBlock]:
        """Return which of some texts tells of a block with a setting, and the block as it stands there."""
        tellers = ((other, told) for other in (self, *others) for told in other.blocks if told.is_same_as(block))
        return next(((other, told) for other, told in tellers if other._is_same(told, setting)), (self, block))

    def _height(self, block: MeasuredBlock, setting: TypeSetting, lengths: TextLengths) -> float:
        """Return how tall one of its blocks would be with another setting, or in a text of other ``lengths``."""
        share = self._share(block, setting, lengths)
        if not block.grows:
            return block.pictures + (block.height - block.pictures) * share
        before, after = (each.gap * each.size / POINT for each in (self.setting, setting))
        if block.lines:
            larger = setting.size / self.setting.size
            room = (block.height - block.pictures - block.lined) * (1 + ROOM_GROWN * (larger - 1))
            words = (
                (room + block.lines_with(larger, setting.leading / self.setting.leading))
                * share
                * self._longer(block, lengths)
            )
            return block.pictures + max(0.0, words + GAPS_OF_BLOCK * (after - before))
        grown = setting.scale / self.setting.scale
        height = block.pictures + (block.height - block.pictures) * share * grown * self._longer(block, lengths)
        return max(0.0, height + ceil(len(block.sections) / 2) * GAPS * (after - before * grown))

    def _gained(self, block: MeasuredBlock, setting: TypeSetting) -> float:
        """Return how much taller a block would be for people who show a benefit."""
        return COMPARED * (setting.compared - self.setting.compared) if BENEFITS in block.texts else 0.0

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
        if block.key == REFERENCES:
            count = _count(setting, lengths)
            share = max(count, 1) / max(_count(self.setting, self.lengths), 1)
            return share_of_references(share) if share < 1 else share
        if _is_left_out(block, setting):
            return 0.0
        if not block.texts:
            return 1.0
        now = sum(lengths.share(key, setting.shortened) for key in block.texts)
        now *= self._undrawn(block, setting)
        return now / sum(self.lengths.share(key, self.setting.shortened) for key in block.texts)

    def _undrawn(self, block: MeasuredBlock, setting: TypeSetting) -> float:
        """Return how much of a block is left where it has no people or no pictograms any more."""
        if block.texts == (RISKS,):
            return float(RISKS_IN_WORDS ** (self.setting.figures - setting.figures))
        return float(WITHOUT_PICTOGRAMS ** (self.setting.icons - setting.icons))

    def fits(self, choice: LayoutChoice, lengths: TextLengths, others: Sequence[MeasuredText] = ()) -> bool:
        """Return whether a choice is likely to fit; ``others`` are of this very text."""
        setting, heights = choice.setting, self.heights(choice.setting, lengths, others)
        if setting.whole and self._too_tall(heights):
            return False
        # What was measured took a little more or less than it would have by the same reckoning.
        off = self.used / self._pages(self.setting, self._measured_heights)
        return self.apart + self._pages(setting, heights) * (off if abs(off - 1) <= MOST_OFF else 1) <= choice.pages

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

    def refutes(self, choice: LayoutChoice, lengths: TextLengths, others: Sequence[MeasuredText] = ()) -> bool:
        """Return whether a choice for this very text is known not to fit, so that no layout need show it.

        Of a block whose words or drawings are others, one of ``others`` tells that has them.
        """
        setting, mine = choice.setting, self.setting
        tellers = [self._teller(block, setting, others) for block in self.blocks]
        heights = [teller._least(told, setting, lengths) for teller, told in tellers]
        certain = self._certain(setting)
        if sum(heights) > certain * self._room_of(max(1, choice.pages - self.apart)):
            return True
        no_less = all(teller._has_no_less(told, setting) for teller, told in tellers)
        if not no_less or (setting.compared != mine.compared and not (setting.compared and setting.whole)):
            return False  # where people stand who show a benefit, pages end elsewhere below them
        # One section alone may differ more from what is predicted than all of them together.
        alone = certain if setting.size >= mine.size else certain + SURE_OF_ONE
        heights = [height / alone for height in heights]
        if setting.whole and self._too_tall(heights):
            return True
        # Where a page ends in what may break is known of what was as free to break.
        is_known = setting.whole or setting.strictness >= mine.strictness
        return is_known and self._is_reckoned_well and self.apart + self._pages(setting, heights) > choice.pages

    @property
    def _is_reckoned_well(self) -> bool:
        """Whether its own pages are reckoned as they were laid out."""
        return abs(self._pages(self.setting, self._measured_heights) - self.used) <= RECKONED

    def _least(self, block: MeasuredBlock, setting: TypeSetting, lengths: TextLengths) -> float:
        """Return how tall a block is at least with another setting: what has more words is no shorter for them."""
        if block.is_display and setting.leading < self.setting.leading:
            return LEAST_DISPLAY * block.height
        height = block.pictures + self._least_words(block, setting) - block.assumed * block.height
        if self._is_same(block, setting):
            return height
        if self._has_same_words(block, setting):
            return height if setting.icons else LEAST_WITHOUT_PICTOGRAMS * height
        share = self._share(block, setting, lengths)
        gained = self._gained(block, setting)
        if gained > 0 and block.texts == (BENEFITS,):
            return height + LEAST_COMPARED
        if gained < 0:
            height, share = height - block.pictures, LEAST_WITHOUT_COMPARED * share
        return height if share >= 1 else LEAST_LEFT * share * height

    def _least_words(self, block: MeasuredBlock, setting: TypeSetting) -> float:
        """Return how tall the words of a block are at least with a setting: in larger type none has fewer lines."""
        mine, words = self.setting, block.height - block.pictures
        larger, leaded = setting.size / mine.size, setting.leading / mine.leading
        if not block.grows:
            return words
        if mine.figures and block.texts == (RISKS,) and larger >= 1 and larger * leaded > 1:
            return words
        if block.lines:
            room = words - block.lined  # less than none where lines stand beside pictures
            wider = (setting.gap * setting.size - mine.gap * mine.size) / POINT
            room = min(room, room * larger) + LEAST_GAPS * min(0.0, wider)
            return room + block.least_lines_with(larger, leaded)
        if larger < 1:
            return words * setting.scale / mine.scale
        if larger * leaded <= 1:
            return words * larger * leaded**2  # the space between parts shrinks more than the lines
        return words * (1.0 + LEAST_GROWN * (larger * leaded - 1.0))

    def _room_of(self, pages: int) -> float:
        return self.room * pages - self.less * (pages - 1)

    def _is_same(self, block: MeasuredBlock, setting: TypeSetting) -> bool:
        """Return whether a block has the same words and drawings with another setting."""
        has_lists = block.texts and block.grows and block.texts != (RISKS,)
        return self._has_same_words(block, setting) and (not has_lists or setting.icons == self.setting.icons)

    def _has_no_less(self, block: MeasuredBlock, setting: TypeSetting) -> bool:
        """Return whether a block has the same words with another setting; whole, it may have people besides."""
        added = setting.whole and setting.compared and block.texts == (BENEFITS,)
        return self._has_same_words(block, setting) or (
            added and self._has_same_words(block, replace(setting, compared=False))
        )

    def _has_same_words(self, block: MeasuredBlock, setting: TypeSetting) -> bool:
        """Return whether a block has the same words with another setting, its lists with pictograms or without."""
        mine = self.setting
        if block.key == REFERENCES:
            return setting.references == mine.references
        drawn = block.texts != (RISKS,) or setting.figures == mine.figures
        drawn = drawn and (BENEFITS not in block.texts or setting.compared == mine.compared)
        left_out = block.key.endswith("-more") or _is_left_out(block, setting)
        return drawn and not left_out and not (set(mine.shortened) ^ set(setting.shortened)) & set(block.texts)

    def rules_out(self, choice: LayoutChoice, now: MeasuredText) -> bool:
        """Return whether a choice that this text did not fit cannot fit ``now`` either, where few words differ.

        What is the same is as tall as it was. Of what differs it is reckoned how much shorter it may be at most.
        """
        if choice.setting != self.setting or not self._is_much_as(now):
            return False
        least = [self._least_height(*blocks, now) for blocks in zip(self.blocks, now.blocks, strict=True)]
        reckoned, fewest = (self._pages(choice.setting, heights) for heights in (self._measured_heights, least))
        slack = BROKEN_OFF / self.room if fewest < reckoned else 0.0
        # Where it is not known why its pages end where they do, no more is believed than what was reckoned.
        beyond = self.apart + min(self.used, reckoned) - choice.pages - (reckoned - fewest) > slack
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
            seen = (other.gap - other.assumed) * other.height
            return block.height_for_certain + min(block.assumed * block.height, seen)
        if not block.grows:
            return other.height_for_certain
        line = self.setting.size / POINT * self.setting.leading
        return block.height_for_certain * self._longer(block, now.lengths) - line

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

    def growth(self, setting: TypeSetting) -> dict[str, float]:
        """Return how many times as tall the block of each key would be with another setting of this text."""
        heights = zip(self.blocks, self.heights(setting, self.lengths), strict=True)
        return {block.key: height / block.height for block, height in heights if block.height}

    def parts_risks(self, setting: TypeSetting, others: Sequence[MeasuredText] = ()) -> bool:
        """Return whether the risks are likely to stand on two pages with another setting."""
        flow = list(self._flow(setting, self.heights(setting, self.lengths, others)))
        return any(int(begin) + 1 < end for block, begin, end in flow if RISKS in block.sections)

    def _pages(self, setting: TypeSetting, heights: Sequence[float]) -> float:
        """Return how many pages blocks of these heights flow through, the last of them as far as it is full."""
        return max((end for *_, end in self._flow(setting, heights)), default=0.0)

    def _flow(self, setting: TypeSetting, heights: Sequence[float]) -> Iterator[tuple[MeasuredBlock, float, float]]:
        """Yield each block with where it begins and ends, in pages, if they have these heights."""
        kept = [(setting.whole if block.grows else block.whole) or block.key[:1] != "#" for block in self.blocks]
        return BlockFlow(self.blocks, self.room, self.less).pages(heights, kept)


def _is_left_out(block: MeasuredBlock, setting: TypeSetting) -> bool:
    """Return whether a setting leaves out what is normal, or the block of the body, that this one prints."""
    if block.key == NORMAL:
        return not setting.normal
    return setting.blocks is not None and any(number_of(key) > setting.blocks for key in block.texts)


def share_of_references(share: float) -> float:
    """Return about how much of the room of all references a share of them takes."""
    return HEADING + (1 - HEADING) * share


def least_share_of_references(share: float) -> float:
    """Return how much of the room of all references a share of them takes at least."""
    return LEAST_OF_REFERENCES * (LEAST_HEADING + (1 - LEAST_HEADING) * share)


def _count(setting: TypeSetting, lengths: TextLengths) -> int:
    """Return how many references are printed."""
    return lengths.references if setting.references is None else min(setting.references, lengths.references)


def likely_fits(choice: LayoutChoice, lengths: TextLengths, measures: Sequence[MeasuredText]) -> bool:
    """Return whether a choice is likely to fit, as the nearest of some layouts of a handout tells.

    Of a block whose words or drawings are others there, another layout tells that has them.
    """

    def distance(measured: MeasuredText) -> float:
        return log(measured.setting.scale / choice.setting.scale)

    nearest, *others = sorted(measures, key=lambda measured: abs(distance(measured)))
    return nearest.fits(choice, lengths, others)


def measured_text(
    setting: TypeSetting, lengths: TextLengths, pages: Sequence[PageBoxes], basis: str = ""
) -> MeasuredText | None:
    """Return what the pages of a layout tell that are made from ``basis``; None where no text flows on them."""
    flowing = flow_pages(pages)
    if not flowing:
        return None
    room, *rooms = [page.bottom - page.top for page in flowing]
    *_, last = flowing
    used = len(flowing) - 1 + (last.blocks[-1].bottom - last.top) / (last.bottom - last.top)
    blocks, apart, less = tuple(measured_blocks(flowing)), len(pages) - len(flowing), room - max(rooms, default=room)
    return MeasuredText(setting, lengths, blocks, room, apart, used, basis, less=less)
