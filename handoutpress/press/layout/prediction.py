"""What one measured layout tells of others: how many pages another choice of type and texts would take.

Lines' number and height grow with the type, so the height of a text grows with its size squared. References, codes and
contacts keep their own type. A prediction says where to look; what is printed is always laid out. Lengths are CSS
pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handoutpress.press.layout.blocks import BlockBox, PageBoxes
from handoutpress.press.layout.choices import LayoutChoice, TextLengths, TypeSetting, number_of
from handoutpress.press.layout.composing import flow_pages

FIXED = ("band", "brandmark", "code", "codes", "contact", "field", "foot", "head", "reach", "source", "writing")
"""What has a type of its own, by class."""
BROKEN_OFF = 24.0
"""What the break of a part leaves empty at a page's foot, on the average."""


@dataclass(frozen=True)
class MeasuredBlock:
    """A block as it was measured, its parts on several pages put together, with the gap above it."""

    key: str
    height: float
    forced: bool
    whole: bool
    sections: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The keys of the texts in it."""
        return ("main_message",) if self.key.startswith(".message") else self.sections

    @property
    def grows(self) -> bool:
        """Whether its type is the body's."""
        return self.key != "#references" and not any(name in FIXED for name in self.key.strip(".#").split("."))


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

    def heights(self, setting: TypeSetting, lengths: TextLengths) -> list[float]:
        """Return how tall its blocks would be with another setting, or in a text of other ``lengths``."""
        grown = setting.scale / self.setting.scale
        return [
            block.height
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
        if not block.texts:
            return 1.0
        if setting.blocks is not None and any(number_of(key) > setting.blocks for key in block.texts):
            return 0.0
        now = sum(lengths.share(key, setting.shortened) for key in block.texts)
        return now / sum(self.lengths.share(key, self.setting.shortened) for key in block.texts)

    def fits(self, choice: LayoutChoice, lengths: TextLengths) -> bool:
        """Return whether a choice is likely to fit."""
        setting, heights = choice.setting, self.heights(choice.setting, lengths)
        if setting.whole and any(
            block.grows and block.sections and height > self.room
            for block, height in zip(self.blocks, heights, strict=True)
        ):
            return False
        # What was measured took a little more or less than it would have by the same reckoning.
        flowed = self._pages(setting, heights) * self.used / self._pages(self.setting, self._measured_heights)
        return self.apart + flowed <= choice.pages

    def least(self, choice: LayoutChoice, lengths: TextLengths) -> float:
        """Return how much room a choice needs, as a share of what its pages have, if no page had any to spare."""
        return sum(self.heights(choice.setting, lengths)) / (self.room * max(1, choice.pages - self.apart))

    @property
    def _measured_heights(self) -> list[float]:
        return [block.height for block in self.blocks]

    def _pages(self, setting: TypeSetting, heights: Sequence[float]) -> float:
        """Return how many pages blocks of these heights flow through, the last of them as far as it is full."""
        pages, used = 1, 0.0
        for block, height in zip(self.blocks, heights, strict=True):
            whole = (setting.whole if block.grows else block.whole) or not block.key.startswith("#")
            if (block.forced and used) or (whole and used + height > self.room >= height):
                pages, used = pages + 1, 0.0
            used += height
            while used > self.room + 0.5:
                pages, used = pages + 1, used - self.room + BROKEN_OFF
        return pages - 1 + used / self.room


def _count(setting: TypeSetting, lengths: TextLengths) -> int:
    """Return how many references are printed."""
    return lengths.references if setting.references is None else min(setting.references, lengths.references)


def measured_text(setting: TypeSetting, lengths: TextLengths, pages: Sequence[PageBoxes]) -> MeasuredText | None:
    """Return what the pages of a layout tell; None where no text flows on them."""
    flowing = flow_pages(pages)
    if not flowing:
        return None
    room = max(page.bottom - page.top for page in flowing)
    *_, last = flowing
    used = len(flowing) - 1 + (last.blocks[-1].bottom - last.top) / (last.bottom - last.top)
    return MeasuredText(setting, lengths, tuple(_blocks(flowing)), room, len(pages) - len(flowing), used)


def _blocks(pages: Sequence[PageBoxes]) -> list[MeasuredBlock]:
    blocks: list[MeasuredBlock] = []
    for page in pages:
        edge = page.top
        for box in page.blocks:
            height, edge = box.bottom - edge, box.bottom
            before = blocks.pop() if blocks and _goes_on(blocks[-1], box, page) else None
            blocks.append(_measured(box, height + (before.height if before else 0.0)))
    return blocks


def _goes_on(before: MeasuredBlock, box: BlockBox, page: PageBoxes) -> bool:
    return box is page.blocks[0] and box.key == before.key and bool(box.sections)


def _measured(box: BlockBox, height: float) -> MeasuredBlock:
    return MeasuredBlock(box.key, height, box.forced, box.whole, box.sections)
