"""Copy fitting: the least harmful choice of a format that fits, then well chosen page breaks and full sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.press.layout.choices import LayoutChoice, TextLengths, TypeSetting, layout_choices
from handoutpress.press.layout.composing import (
    SIDES,
    badness,
    best_composition,
    flow_pages,
    is_broken,
    page_starts,
    parts_of,
    taller,
    with_room_left,
)
from handoutpress.press.layout.excess import excess
from handoutpress.press.layout.prediction import MeasuredText, measured_text
from handoutpress.press.layout.search import LayoutSearch
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.yamlfile.problems import HandoutError

CONTENTS_FROM = 9
"""A booklet of more than eight pages begins with its contents."""
LEAST_MEAN = 0.5
"""Pages emptier than this, one with another, are fewer pages and some for notes."""
COMPOSITIONS_TRIED = 3
"""How often breaks are planned: what a trial shows to be taller on a page of its own is planned with as it is."""


class DoesNotFitError(HandoutError):
    """A text that is too long for its format, even at the smallest type."""


Try = Callable[[TypeSetting], LayoutTrial]
"""Lays a page out with a setting."""


@dataclass(frozen=True)
class FittedText:
    """What is printed, and how it was found: all that was laid out, and what it tells of such texts."""

    trial: LayoutTrial
    tried: tuple[tuple[LayoutChoice, bool], ...]
    measured: MeasuredText | None


class Fitting:
    """The fitting of one handout to its format."""

    def __init__(self, format_: Format, handout: Handout, lengths: TextLengths, attempt: Try) -> None:
        """``attempt`` lays the page out with a setting."""
        self._format = format_
        self._handout = handout
        self._lengths = lengths
        self._try = attempt

    def best(self, likely: MeasuredText | None = None) -> FittedText:
        """Return what to print; raises ``DoesNotFitError``. With what is ``likely`` of such a text, fewer are tried."""
        choices = layout_choices(self._format, self._lengths)
        search = LayoutSearch(choices, self._lengths, lambda choice: self._try(choice.setting), likely)
        number = search.best()
        if number is None:
            raise DoesNotFitError(excess(self._format, self._handout, search.last))
        chosen, trial = choices[number], search.trials[number]
        tried = tuple((choices[other], search.fits(other)) for other in search.trials)
        measured = measured_text(chosen.setting, self._lengths, trial.blocks())
        composed = self._filled(self._composed(self._with_contents(trial, chosen.pages), chosen.pages))
        return FittedText(composed, tried, measured)

    def _with_contents(self, fitting: LayoutTrial, limit: int) -> LayoutTrial:
        """Return the same with a list of contents where a booklet is long."""
        if self._format.imposition.scheme == "booklet" and fitting.layout.pages >= CONTENTS_FROM:
            with_contents = self._try(replace(fitting.setting, contents=True))
            if with_contents.fits(limit):
                return with_contents
        return fitting

    def _composed(self, fitting: LayoutTrial, limit: int) -> LayoutTrial:
        """Return the same with the page breaks that leave its pages most alike, as far as they hold in a trial."""
        if not self._format.spread or fitting.layout.pages <= SIDES or self._format.max_pages <= SIDES:
            return fitting
        pages = flow_pages(fitting.blocks())
        parts, room = parts_of(pages), pages[-1].bottom - pages[-1].top
        set_apart = fitting.layout.pages - len(pages)  # pages that their stylesheets compose
        if self._format.page_multiple > 1 and is_broken(pages):
            return fitting  # what breaks where it falls fills its pages
        target = self._flow_target(len(pages), set_apart, sum(part.height for part in parts) / room)
        trials: list[LayoutTrial] = []
        for _ in range(COMPOSITIONS_TRIED):
            if composition := best_composition(parts, room, target):
                trials.append(self._begun(fitting, composition.starts))
                if trials[-1].layout.pages == set_apart + composition.pages:
                    break
                blocks = trials[-1].blocks()
                parts = taller(parts, parts_of(flow_pages(blocks)))
                parts = parts if target else with_room_left(parts, blocks, composition.starts)
        if target:
            return next((trial for trial in trials if trial.layout.pages == set_apart + target), fitting)
        within = [trial for trial in (fitting, *trials) if trial.fits(limit)]
        return min(within, key=lambda trial: badness(trial.blocks()))

    def _begun(self, fitting: LayoutTrial, starts: Sequence[str]) -> LayoutTrial:
        """Return the same with pages that these sections begin; it is at hand where they begin them anyway."""
        if tuple(starts) == page_starts(flow_pages(fitting.blocks())):
            return fitting
        return self._try(replace(fitting.setting, starts=tuple(starts)))

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
