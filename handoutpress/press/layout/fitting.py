"""Copy fitting: the largest type, then the format's reductions in order, then spare room spread over the pages.

A setting says how a page is set; a trial is what came of it. Where no trial fits, a sentence tells what is too long,
by how much, and what would help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from handoutpress.content.models.formats import Format, Reduction
from handoutpress.content.models.handouts import FreeSection, Handout, Passage
from handoutpress.press.layout.blocks import PageBoxes, blocks_of
from handoutpress.press.layout.composing import (
    Spacing,
    badness,
    best_composition,
    flow_pages,
    is_whole,
    page_ends,
    page_starts,
    parts_of,
    spacings_of,
    taller,
    with_room_left,
)
from handoutpress.press.layout.typeset import Layout
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.problems import HandoutError

SPREADING_STEPS = 8
CONTENTS_FROM = 9
"""A booklet of more than eight pages begins with its contents."""
SIDES = 2
"""A format of so many pages has its text on the side where its template puts it."""
LEAST_MEAN = 0.5
"""Pages emptier than this, one with another, are fewer pages and some for notes."""
COMPOSITIONS_TRIED = 3
"""How often breaks are planned: what a trial shows to be taller on a page of its own is planned with as it is."""
SPACING_SHARES = (1.0, 0.8, 0.5)
"""What of the spare room is shared out, until no line moves to another page."""
SINGLE: Mapping[str, tuple[str, str]] = {
    "cover": ("the cover", 'shorten "title", "subtitle" or "main_message"'),
    "message": ("the main message", 'shorten "main_message", or give it a "short" text'),
    "urgent": ("the box of urgent help", 'shorten "urgent_help", or give it a "short" text'),
    "codes": ("the box of codes", "make the format's codes smaller"),
    "back": ("the last page", "give fewer contacts or lines to write on"),
}
"""Parts that never break over two pages, by class: what they are, and what would help where they would."""


class DoesNotFitError(HandoutError):
    """A text that is too long for its format, even at the smallest type."""


@dataclass(frozen=True)
class TypeSetting:
    """How a page is set: body type in pt, leading as a multiple of it, ``air`` more room between parts in em.

    With ``whole``, sections keep together on a page where they can; ``notes`` are pages for the reader's notes before
    the last page; ``contents`` asks for a list of contents. ``starts`` are the selectors of sections that begin a page;
    ``airs`` says which have more room, and where. Templates read these names.
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
    airs: tuple[Spacing, ...] = ()

    @property
    def gap(self) -> float:
        """The space between parts in em: it grows and shrinks with the leading."""
        return round((self.leading - 1.1) * 3 + self.air, 3)


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
        keeps_parts = not self.setting.whole or is_whole(self.blocks())
        return keeps_parts and not layout.lines_left_over(SINGLE)

    def blocks(self) -> list[PageBoxes]:
        """Return where its blocks stand on its pages."""
        return blocks_of(self.layout.document)


Try = Callable[[TypeSetting], LayoutTrial]
"""Lays a page out with a setting."""


class Fitting:
    """The fitting of one handout to its format."""

    def __init__(self, format_: Format, handout: Handout, attempt: Try) -> None:
        """``attempt`` lays the page out with a setting."""
        self._format = format_
        self._handout = handout
        self._try = attempt

    def best(self) -> LayoutTrial:
        """Return the trial to print. Raises ``DoesNotFitError``."""
        for setting in attempts(self._format):
            trial = self._largest(setting)
            if trial.fits(self._format.max_pages):
                return self._filled(self._composed(self._spread(self._with_contents(trial))))
        raise DoesNotFitError(excess(self._format, self._handout, trial))

    def _sized(self, setting: TypeSetting, step: int = 0) -> LayoutTrial:
        sizes = self._format.type
        return self._try(replace(setting, size=sizes.ideal - step * sizes.step))

    def _largest(self, setting: TypeSetting) -> LayoutTrial:
        """Return the trial at the ideal size, or else at the largest step that fits, or else at the floor.

        Where pages go by the sheet, it is the largest that takes no more sheets than the floor.
        """
        sizes, limit = self._format.type, self._format.max_pages
        floor = max(sizes.floor, min(sizes.whole, sizes.ideal)) if setting.whole else sizes.floor
        steps = round((sizes.ideal - floor) / sizes.step)
        least = self._sized(setting, steps) if steps and self._format.page_multiple > 1 else None
        if least and least.fits(limit):
            limit = _filled_count(least.layout.pages, self._format.page_multiple)
        ideal = self._sized(setting)
        if ideal.fits(limit) or not steps:
            return ideal
        fitting = least or self._sized(setting, steps)
        # What fits at a size fits at each smaller one, so the steps between are searched by halving.
        low, high = 1, steps if fitting.fits(limit) else 1
        while low < high:
            middle = (low + high) // 2
            trial = self._sized(setting, middle)
            if trial.fits(limit):
                fitting, high = trial, middle
            else:
                low = middle + 1
        return fitting

    def _spread(self, fitting: LayoutTrial) -> LayoutTrial:
        """Return the same sheets with the loosest lines that fit them, and then with room between the parts."""
        if not self._format.spread:
            return fitting
        limit = min(self._format.max_pages, _filled_count(fitting.layout.pages, self._format.page_multiple))
        leading, bounds = fitting.setting.leading, self._format.leading
        looser = [leading + (bounds.loose - leading) * step / SPREADING_STEPS for step in range(1, SPREADING_STEPS + 1)]
        settings = [replace(fitting.setting, leading=round(value, 4)) for value in looser if value > leading]
        if bounds.air:
            airs = (bounds.air * step / SPREADING_STEPS for step in range(1, SPREADING_STEPS + 1))
            settings += [replace(settings[-1], air=round(air, 4)) for air in airs]
        low = 0
        while low < len(settings):
            middle = (low + len(settings)) // 2
            trial = self._try(settings[middle])
            if trial.fits(limit):
                fitting, low = trial, middle + 1
            else:
                del settings[middle:]
        return fitting

    def _with_contents(self, fitting: LayoutTrial) -> LayoutTrial:
        """Return the same with a list of contents where a booklet is long."""
        if self._format.imposition.scheme == "booklet" and fitting.layout.pages >= CONTENTS_FROM:
            with_contents = self._try(replace(fitting.setting, contents=True))
            if with_contents.fits(self._format.max_pages):
                return with_contents
        return fitting

    def _composed(self, fitting: LayoutTrial) -> LayoutTrial:
        """Return the same with its pages filled alike, and their spare room between their parts."""
        if not self._format.spread or self._format.max_pages == 1:
            return fitting
        if self._format.max_pages > SIDES:
            fitting = self._broken_well(fitting)
        pages = flow_pages(fitting.blocks())
        spacings = [spacing for spacing in spacings_of(pages) if spacing.between or spacing.below]
        begun = replace(fitting.setting, starts=page_starts(pages))
        for share in SPACING_SHARES:
            trial = self._try(replace(begun, airs=tuple(spacing.times(share) for spacing in spacings)))
            if page_ends(trial.blocks()) == page_ends(fitting.blocks()) and trial.fits(self._format.max_pages):
                return trial
        return fitting

    def _broken_well(self, fitting: LayoutTrial) -> LayoutTrial:
        """Return the same with the page breaks that leave its pages most alike, as far as they hold in a trial."""
        pages = flow_pages(fitting.blocks())
        parts, room = parts_of(pages), pages[-1].bottom - pages[-1].top
        set_apart = fitting.layout.pages - len(pages)  # pages that their stylesheets compose
        target = self._flow_target(len(pages), set_apart, sum(part.height for part in parts) / room)
        trials = []
        for _ in range(COMPOSITIONS_TRIED):
            if composition := best_composition(parts, room, target):
                trials.append(self._try(replace(fitting.setting, starts=composition.starts)))
                if trials[-1].layout.pages == set_apart + composition.pages:
                    break
                blocks = trials[-1].blocks()
                parts = taller(parts, parts_of(flow_pages(blocks)))
                parts = parts if target else with_room_left(parts, blocks, composition.starts)
        if target:
            return next((trial for trial in trials if trial.layout.pages == set_apart + target), fitting)
        unbroken = self._try(replace(fitting.setting, whole=True))
        within = [trial for trial in (fitting, unbroken, *trials) if trial.fits(self._format.max_pages)]
        return min(within, key=lambda trial: badness(trial.blocks()))

    def _flow_target(self, flowing: int, set_apart: int, needed: float) -> int | None:
        """Return how many pages the text is to flow through, or None where any number will do.

        They are a whole number of sheets with the pages ``set_apart``, if that leaves none half empty.
        """
        multiple = self._format.page_multiple
        if multiple == 1:
            return None
        target = _filled_count(flowing + set_apart, multiple) - set_apart
        while target > flowing and needed / target < LEAST_MEAN:
            target -= 1
        return target

    def _filled(self, fitting: LayoutTrial) -> LayoutTrial:
        """Return the same with pages for notes up to a multiple of the format's."""
        pages = fitting.layout.pages
        if missing := _filled_count(pages, self._format.page_multiple) - pages:
            fitting = self._try(replace(fitting.setting, notes=missing))
        return fitting


def _filled_count(pages: int, multiple: int) -> int:
    return -(-pages // multiple) * multiple


def attempts(format_: Format) -> Iterator[TypeSetting]:
    """Yield the settings to try at ever smaller type: as the format wishes, then with each reduction upon the last."""
    setting = TypeSetting(
        format_.type.ideal,
        format_.leading.ideal,
        references=format_.references == "printed",
        whole="break-sections" in format_.reductions,
    )
    yield setting
    for reduction in format_.reductions:
        setting = _reduced(setting, reduction, format_)
        yield setting


def _reduced(setting: TypeSetting, reduction: Reduction, format_: Format) -> TypeSetting:
    if reduction == "short-texts":
        return replace(setting, short=True)
    if reduction == "tight":
        return replace(setting, leading=format_.leading.tight)
    if reduction == "break-sections":
        return replace(setting, whole=False)
    return replace(setting, references=False)


def excess(format_: Format, handout: Handout, trial: LayoutTrial) -> str:
    """Return what is too long in a trial, by how much, and what would help."""
    limit, layout = format_.max_pages, trial.layout
    smallest = f"even {'with the shorter texts ' * trial.setting.short}at {format_.type.floor:g} pt. Hint:"
    name = f'the format "{format_.name}"'
    over = [f"{part} is {_about(lines)} too long: {remedy}" for part, lines, remedy in _broken(layout)]
    if lines := layout.lines_beyond(limit):
        allowed = f"which allows {counted(limit, 'page')}"
        remedies = "; ".join([*_shortening(handout, format_, short=trial.setting.short), *over])
        return f'"{handout.title}" is {_about(lines)} too long for {name}, {allowed}, {smallest} {remedies}.'
    if over:
        return f'"{handout.title}" does not fit {name}, {smallest} {"; ".join(over)}.'
    widest = max((word for text in layout.wide_words() for word in text.split()), key=len)
    return (
        f'"{handout.title}" has a word that is wider than a line of {name}, {smallest} write a shorter one '
        f'than "{widest}"{_place_of(widest, handout)}, or show where it may break with a hyphen.'
    )


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


def _shortening(handout: Handout, format_: Format, *, short: bool) -> Iterator[str]:
    """Yield what would shorten a handout in a format, where it was set with its ``short`` texts or without them."""
    longest = _longest(handout, format_.sections, short=short)
    without = {text.place for text in longest if short and not text.is_short}
    told = [f'"{text.place}" ({text.words} words{", no short text" * (text.place in without)})' for text in longest]
    yield f"shorten the longest sections: {', '.join(told)}"
    if without:
        yield 'give those without one a "short" text beside "text"'
    if format_.max_pages < CONTENTS_FROM:
        yield "or print a booklet or large print, which hold more"


class _SetText(NamedTuple):
    """A text as it was set: its key or section, how many words it has, and whether it is a shorter one."""

    place: str
    words: int
    is_short: bool


def _longest(handout: Handout, only: Sequence[str] | None, *, short: bool) -> list[_SetText]:
    """Return the three longest texts that a format sets of a handout."""
    passages: dict[str, Passage | FreeSection] = {
        name: value
        for name, value in handout
        if isinstance(value, Passage) and (only is None or name in (*only, "main_message"))
    }
    if only is None:
        passages |= {section.id: section for section in handout.sections}
    texts = [_set_text(name, passage, short=short) for name, passage in passages.items()]
    return sorted(texts, key=lambda text: -text.words)[:3]


def _set_text(place: str, passage: Passage | FreeSection, *, short: bool) -> _SetText:
    is_short = short and passage.short is not None
    return _SetText(place, len(((is_short and passage.short) or passage.text).split()), is_short)
