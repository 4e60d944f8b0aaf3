"""One attempt to set a handout: how it was set, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handoutpress.press.layout.blocks import PageBoxes
from handoutpress.press.layout.choices import LayoutChoice, TypeSetting
from handoutpress.press.layout.composing import flow_pages, is_whole
from handoutpress.press.layout.prediction import MeasuredText
from handoutpress.press.layout.typeset import Layout

SINGLE: Mapping[str, tuple[str, str]] = {
    "cover": ("the cover", 'shorten "title", "subtitle" or "main_message"'),
    "message": ("the main message", 'shorten "main_message", or give it a "short" text'),
    "urgent": ("the box of urgent help", 'shorten "urgent_help", or give it a "short" text'),
    "halves": ("the pair of columns", 'shorten "tell_us_first", "after_care" or "urgent_help"'),
    "codes": ("the box of codes", "make the format's codes smaller"),
    "back": ("the last page", "give fewer contacts or lines to write on"),
}
"""Parts that never break over two pages, by class: what they are, and what would help where they would."""


@dataclass(frozen=True)
class LayoutTrial:
    """One attempt to fit a page. With ``stuck``, it could be laid out only with its boxes undone."""

    setting: TypeSetting
    html: str
    reads: frozenset[str]
    layout: Layout
    stuck: bool = False

    def fits(self, pages: int) -> bool:
        """Return whether it is whole on so many pages, unbroken where it must be, and with no word over an edge."""
        layout = self.layout
        if self.stuck or layout.pages > pages or layout.wide_words():
            return False
        keeps_parts = not self.setting.strictness or is_whole(self.blocks())
        return keeps_parts and not layout.lines_left_over(SINGLE)

    @property
    def set_apart(self) -> int:
        """How many of its pages their stylesheets compose."""
        return self.layout.pages - len(flow_pages(self.blocks()))

    @property
    def text_pages(self) -> int:
        """How many pages there are but for those for notes."""
        return self.layout.pages - self.setting.notes

    def blocks(self) -> tuple[PageBoxes, ...]:
        """Return where its blocks stand on its pages."""
        return self.layout.boxes


@dataclass(frozen=True)
class FittedText:
    """What is printed, and how it was found: all that was laid out, and what it tells of such texts.

    ``failed`` are the measures of what was laid out and does not fit.
    """

    trial: LayoutTrial
    tried: tuple[tuple[LayoutChoice, bool], ...]
    measured: MeasuredText | None
    failed: tuple[MeasuredText, ...] = ()
