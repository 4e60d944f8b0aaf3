"""How a page is set: the settings that copy fitting tries in turn, and what came of each trial."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from handoutpress.content.formats import Format, Reduction
from handoutpress.press.blocks import PageBlocks, blocks_of
from handoutpress.press.composing import Air, is_whole
from handoutpress.press.typeset import Layout

SINGLE: Mapping[str, tuple[str, str]] = {
    "cover": ("the cover", "shorten title, subtitle or main message"),
    "message": ("the main message", "shorten it"),
    "urgent": ("the box of urgent help", "shorten it"),
    "codes": ("the box of codes", "make the format's codes smaller"),
    "back": ("the last page", "give fewer contacts or lines to write on"),
}
"""Parts that never break over two pages, by class: what they are, and what would help where they would."""


@dataclass(frozen=True)
class Setting:
    """How a page is set: body type in pt, leading as a multiple of it, more air between parts in em.

    With ``whole``, sections keep together on a page where they can; ``notes`` are pages for the reader's notes before
    the last page; ``contents`` asks for a list of contents. ``starts`` are the selectors of sections that begin a page;
    ``airs`` says which have more room, and where.
    """

    size: float
    leading: float
    air: float = 0.0
    short: bool = False
    references: bool = True
    whole: bool = False
    notes: int = 0
    contents: bool = False
    starts: tuple[str, ...] = ()
    airs: tuple[Air, ...] = ()

    @property
    def gap(self) -> float:
        """Space between parts in em: it grows and shrinks with the leading."""
        return round((self.leading - 1.1) * 3 + self.air, 3)


@dataclass(frozen=True)
class Trial:
    """One attempt to fit a page. With ``stuck``, it could be laid out only with its boxes undone."""

    setting: Setting
    html: str
    reads: frozenset[str]
    layout: Layout
    stuck: bool = False

    def fits(self, pages: int) -> bool:
        """Whether it is whole on so many pages, what may not break in one piece, and with no word over an edge."""
        layout = self.layout
        if self.stuck or layout.pages > pages or layout.wide_words():
            return False
        whole = not self.setting.whole or is_whole(self.blocks())
        return whole and not layout.lines_left_over(SINGLE)

    def blocks(self) -> list[PageBlocks]:
        """Where its blocks stand on its pages."""
        return blocks_of(self.layout.document)


Try = Callable[[Setting], Trial]


def attempts(format_: Format) -> Iterator[Setting]:
    """The settings to try at ever smaller type: as the format wishes, then with each reduction upon the last."""
    setting = Setting(
        format_.type.ideal,
        format_.leading.ideal,
        references=format_.references == "printed",
        whole="break-sections" in format_.reductions,
    )
    yield setting
    for reduction in format_.reductions:
        setting = _reduced(setting, reduction, format_)
        yield setting


def _reduced(setting: Setting, reduction: Reduction, format_: Format) -> Setting:
    if reduction == "short-texts":
        return replace(setting, short=True)
    if reduction == "tight":
        return replace(setting, leading=format_.leading.tight)
    if reduction == "break-sections":
        return replace(setting, whole=False)
    return replace(setting, references=False)
