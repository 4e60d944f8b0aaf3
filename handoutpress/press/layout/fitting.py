"""Copy fitting: the least harmful choice of a format that fits, then well chosen page breaks and full sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.press.layout.choices import LayoutChoice, TextLengths, TypeSetting, layout_choices
from handoutpress.press.layout.composing import (
    SIDES,
    FlowPages,
    badness,
    best_composition,
    blank_feet,
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
from handoutpress.press.layout.spreading import spare_room
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.yamlfile.problems import HandoutError

CONTENTS_FROM = 9
"""A booklet of more than eight pages begins with its contents."""
LEAST_MEAN = 0.5
"""Pages emptier than this, one with another, are fewer pages and some for notes."""
MOST_BLANK = 0.2
"""Where a foot stays blank for more of its page, sections rather go on over it."""
LEAST_GAIN = 0.1
"""Breaks that promise to look better by less than this, as ``badness`` reckons it, are not tried."""
COMPOSITIONS_TRIED = 3
"""How often breaks are planned: what a trial shows to be taller on a page of its own is planned with as it is."""


class DoesNotFitError(HandoutError):
    """A text that is too long for its format, even at the smallest type."""


Try = Callable[[TypeSetting], LayoutTrial]
"""Lays a page out with a setting."""


@dataclass(frozen=True)
class FittedText:
    """What is printed, and how it was found: all that was laid out, and what it tells of such texts.

    ``failed`` are the measures of what was laid out and does not fit.
    """

    trial: LayoutTrial
    tried: tuple[tuple[LayoutChoice, bool], ...]
    measured: MeasuredText | None
    failed: tuple[MeasuredText, ...] = ()


class Fitting:
    """The fitting of one handout to its format."""

    def __init__(self, format_: Format, handout: Handout, lengths: TextLengths, attempt: Try, basis: str = "") -> None:
        """``attempt`` lays the page out with a setting; ``basis`` stands for what it is made from beside the words."""
        self._format = format_
        self._handout = handout
        self._lengths = lengths
        self._attempt = attempt
        self._trials: dict[TypeSetting, LayoutTrial] = {}
        self._basis = basis

    def best(self, likely: MeasuredText | None = None, failed: Sequence[MeasuredText] = ()) -> FittedText:
        """Return what to print; raises ``DoesNotFitError``.

        With what is ``likely`` of such a text, and how such texts ``failed``, fewer choices are tried.
        """
        choices = layout_choices(self._format, self._lengths)
        search = self._search(choices, likely, failed)
        number = search.best()
        if number is None:
            raise DoesNotFitError(excess(self._format, self._handout, search.last))
        fitted = self._fitted(search, number)
        if fitted.trial.setting.whole and max(self._blank_feet(fitted.trial), default=0) > MOST_BLANK:
            return self._fuller(fitted, choices, failed)
        return fitted

    def _try(self, setting: TypeSetting) -> LayoutTrial:
        """Return the page laid out with a setting, once for all that ask for it."""
        if setting not in self._trials:
            self._trials[setting] = self._attempt(setting)
        return self._trials[setting]

    def _search(
        self, choices: Sequence[LayoutChoice], likely: MeasuredText | None, failed: Sequence[MeasuredText]
    ) -> LayoutSearch:
        def attempt(choice: LayoutChoice) -> LayoutTrial:
            return self._try(choice.setting)

        return LayoutSearch(choices, self._lengths, attempt, likely, failed, self._basis)

    def _fitted(self, search: LayoutSearch, number: int) -> FittedText:
        """Return a choice that fits, with its pages composed."""
        chosen, trial = search.choices[number], search.trials[number]
        tried = tuple((search.choices[other], search.fits(other)) for other in search.trials)
        measured = measured_text(chosen.setting, self._lengths, trial.blocks(), self._basis)
        composed = self._filled(self._composed(self._with_contents(trial, chosen.pages), chosen.pages))
        return FittedText(composed, tried, measured, search.failed)

    def _fuller(
        self, fitted: FittedText, choices: Sequence[LayoutChoice], failed: Sequence[MeasuredText]
    ) -> FittedText:
        """Return the same with sections that go on over a page, where whole ones leave pages blank at their feet."""
        pages = fitted.trial.layout.pages
        broken = [replace(choice, pages=pages) for choice in choices if not choice.setting.whole and choice.group == 0]
        search = self._search(broken, fitted.measured, failed)
        number = search.best()
        if number is None:
            return replace(fitted, failed=(*fitted.failed, *search.failed))
        other = self._fitted(search, number)
        better = self._badness(other.trial) < self._badness(fitted.trial)
        failed = (*fitted.failed, *other.failed)
        tried = (*fitted.tried, *other.tried)
        return replace(other, tried=tried, failed=failed) if better else replace(fitted, failed=failed)

    def _blank_feet(self, trial: LayoutTrial) -> list[float]:
        return blank_feet(trial.blocks(), spare_room(self._format, trial.setting))

    def _badness(self, trial: LayoutTrial) -> float:
        """Return how bad the pages of a trial look; in a folded or stapled format a composed one comes last."""
        spare = spare_room(self._format, trial.setting)
        return badness(trial.blocks(), spare, others_follow=self._format.page_multiple > 1)

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
        pages, spare = flow_pages(fitting.blocks()), spare_room(self._format, fitting.setting)
        parts, room = parts_of(pages), pages[-1].bottom - pages[-1].top
        set_apart = fitting.layout.pages - len(pages)  # pages that their stylesheets compose
        target = self._flow_target(len(pages), set_apart, sum(part.height for part in parts) / room)
        broken = target is None or is_broken(pages)
        if target and broken and max(self._blank_feet(fitting)) <= MOST_BLANK:
            return fitting  # what breaks where it falls fills its pages
        flow = FlowPages(room, spare, target, whole=not broken)
        trials: list[LayoutTrial] = []
        for _ in range(COMPOSITIONS_TRIED):
            composition = best_composition(parts, flow)
            if composition and broken and composition.cost > self._badness(fitting) - LEAST_GAIN:
                break
            if composition:
                trials.append(self._begun(fitting, composition.starts))
                if trials[-1].layout.pages == set_apart + composition.pages:
                    break
                blocks = trials[-1].blocks()
                parts = taller(parts, parts_of(flow_pages(blocks)))
                parts = with_room_left(parts, blocks, composition.starts) if broken else parts
        if target and not broken:
            return next((trial for trial in trials if trial.layout.pages == set_apart + target), fitting)
        most = set_apart + target if target else limit
        within = [trial for trial in (fitting, *trials) if trial.fits(most)]
        return min(within, key=self._badness)

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
