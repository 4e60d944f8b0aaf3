"""What is said of a handout that fits its format in no way: what is too long, by how much, and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from handoutpress.content.models.blocks.block import Block
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.press.layout.choices import ShortenableText, TypeSetting, shortenable_texts
from handoutpress.press.layout.spreading import POINT
from handoutpress.press.layout.trials import SINGLE, LayoutTrial
from handoutpress.press.layout.typeset import Layout
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.problems import HandoutError

LONG_FORMAT = 9
"""A format of so many pages holds what it can: another one would hold no more."""


class DoesNotFitError(HandoutError):
    """A text that is too long for its format, even at the smallest type.

    It is about so many ``lines`` too long; 0 where one of its words is wider than a line.
    """

    def __init__(self, sentence: str, lines: int = 0) -> None:
        super().__init__(sentence)
        self.lines = lines


def excess(format_: Format, handout: Handout, trial: LayoutTrial) -> str:
    """Return what is too long in a trial, by how much, and what would help."""
    limit, layout = format_.max_pages, trial.layout
    smallest = f"even {'with the shorter texts ' * trial.setting.short}at {format_.type.floor:g} pt. Hint:"
    name = f'the format "{format_.name}"'
    over = [f"{part} is {_about(lines)} too long: {remedy}" for part, lines, remedy in _broken(layout)]
    if lines := _lines_beyond(trial, limit):
        allowed = f"which allows {counted(limit, 'page')}"
        remedies = "; ".join([*_shortening(handout, format_, trial.setting), *over])
        return f'"{handout.title}" is {_about(lines)} too long for {name}, {allowed}, {smallest} {remedies}.'
    if over:
        return f'"{handout.title}" does not fit {name}, {smallest} {"; ".join(over)}.'
    widest = max((word for text in layout.wide_words() for word in text.split()), key=len)
    return (
        f'"{handout.title}" has a word that is wider than a line of {name}, {smallest} write a shorter one '
        f'than "{widest}"{_place_of(widest, handout)}, or show where it may break with a hyphen.'
    )


def lines_over(format_: Format, trial: LayoutTrial) -> int:
    """Return about how many lines are too many: those beyond a format's pages, else of what must stay whole."""
    return _lines_beyond(trial, format_.max_pages) or sum(lines for _, lines, _ in _broken(trial.layout))


def _lines_beyond(trial: LayoutTrial, pages: int) -> int:
    """Return how many lines of the text take as much room as what has none.

    That is all that stands on pages after the first ``pages``, but for what the last of these leave blank.
    """
    line, boxes = trial.setting.size * trial.setting.leading / POINT, trial.blocks()
    beyond = [page for page in boxes[pages:] if page.blocks]
    if not beyond:
        return 0
    last = boxes[pages - 1]
    blank = last.bottom - last.blocks[-1].bottom if last.blocks else 0.0
    return max(1, ceil((sum(page.blocks[-1].bottom - page.blocks[0].top for page in beyond) - blank) / line))


def _place_of(word: str, handout: Handout) -> str:
    """Return in which keys of ``handout`` a word stands, as it reads behind the word."""
    keys = [f'"{key}"' for key, value in handout.model_dump(exclude_none=True).items() if word in str(value)]
    return f" in {' and '.join(keys)}" if keys else ""


def _broken(layout: Layout) -> Iterator[tuple[str, int, str]]:
    """Yield what must stand on one page and does not, the lines that are left over, and what would help."""
    for part, lines in layout.lines_left_over(SINGLE).items():
        yield SINGLE[part][0], lines, SINGLE[part][1]


def _about(lines: int) -> str:
    return f"about {counted(lines, 'line')}"


def _shortening(handout: Handout, format_: Format, setting: TypeSetting) -> Iterator[str]:
    """Yield what would shorten a handout in a format: of what was printed with ``setting``, the longest texts."""
    blocks = handout.named_blocks
    left_out = () if setting.blocks is None else tuple(blocks)[setting.blocks :]
    texts = [
        _set_text(key, text, blocks.get(key), setting.shortened)
        for key, text in shortenable_texts(handout, format_.sections).items()
        if key not in left_out
    ]
    longest = sorted(texts, key=lambda text: -text.words)[:3]
    # A shorter text leaves the whole one on the other formats; what is cut is cut on all of them.
    without = [text for text in longest if "short-texts" in format_.reductions and not text.is_short]
    if without:
        example = f"as in {without[0].with_short}"
        yield f'give the longest a "short" text, which formats such as this one print, {example}: {_named(without)}'
    if others := [text for text in longest if text not in without]:
        yield f"shorten the longest sections: {_named(others)}"
    if format_.max_pages < LONG_FORMAT:
        yield "or print a booklet or large print, which hold more"


class _SetText(NamedTuple):
    """A text as it was set: where its writer finds it, how it gets a shorter one, how many words it has, and which."""

    place: str
    with_short: str
    words: int
    is_short: bool


def _named(texts: Sequence[_SetText]) -> str:
    return ", ".join(f"{text.place} ({counted(text.words, 'word')})" for text in texts)


def _set_text(key: str, text: ShortenableText, block: Block | None, shortened: Sequence[str]) -> _SetText:
    is_short = key in shortened
    words = len((text.short if is_short and text.short else text.text).split())
    if block is None:
        return _SetText(f'"{key}"', f"{key}: {{text: …, short: …}}", words, is_short)
    number = key.rpartition("-")[2]
    place = f'"{block.type}: {block.content.heading}"' if block.content.heading else f'"{block.type}", block {number},'
    return _SetText(f"{place} in the body", f"{block.type}: {{short: …}}", words, is_short)
