"""Copy fitting: the largest type, then the format's reductions in order, then spare room spread over the pages."""

from __future__ import annotations

from dataclasses import replace

from handoutpress.content.formats import Format
from handoutpress.content.handouts import Handout
from handoutpress.press.composing import (
    airs_of,
    badness,
    best_plan,
    flow_pages,
    page_ends,
    page_starts,
    parts_of,
    taller,
    with_left,
)
from handoutpress.press.excess import DoesNotFitError, excess
from handoutpress.press.setting import Setting, Trial, Try, attempts

SPREADING_STEPS = 8
CONTENTS_FROM = 9
"""A booklet of more than eight pages begins with its contents."""
SIDES = 2
"""A format of so many pages has its text on the side where its template puts it."""
LEAST_MEAN = 0.5
"""Pages emptier than this, one with another, are fewer pages and some for notes."""
PLANS_TRIED = 3
"""How often breaks are planned: what a trial shows to be taller on a page of its own is planned with as it is."""
AIR_TRIED = (1.0, 0.8, 0.5)
"""What of the spare room is shared out, until no line moves to another page."""


class Fitting:
    """Fits one handout to its format."""

    def __init__(self, format_: Format, handout: Handout, attempt: Try) -> None:
        """``attempt`` lays the page out with a setting."""
        self._format = format_
        self._handout = handout
        self._try = attempt

    def best(self) -> Trial:
        """The trial to print. Raises ``DoesNotFitError``."""
        for setting in attempts(self._format):
            trial = self._largest(setting)
            if trial.fits(self._format.max_pages):
                return self._filled(self._composed(self._spread(self._with_contents(trial))))
        raise DoesNotFitError(excess(self._format, self._handout, trial))

    def _sized(self, setting: Setting, step: int = 0) -> Trial:
        kind = self._format.type
        return self._try(replace(setting, size=kind.ideal - step * kind.step))

    def _largest(self, setting: Setting) -> Trial:
        """At the ideal size if that fits, else at the largest step above the floor that does, else at the floor.

        Where pages go by the sheet, it is the largest that takes no more sheets than the floor.
        """
        kind, limit = self._format.type, self._format.max_pages
        floor = max(kind.floor, min(kind.whole, kind.ideal)) if setting.whole else kind.floor
        steps = round((kind.ideal - floor) / kind.step)
        least = self._sized(setting, steps) if steps and self._format.page_multiple > 1 else None
        if least and least.fits(limit):
            limit = _filled_count(least.layout.pages, self._format.page_multiple)
        ideal = self._sized(setting)
        if ideal.fits(limit) or not steps:
            return ideal
        fitting = least or self._sized(setting, steps)
        low, high = 1, steps if fitting.fits(limit) else 1
        while low < high:
            middle = (low + high) // 2
            trial = self._sized(setting, middle)
            if trial.fits(limit):
                fitting, high = trial, middle
            else:
                low = middle + 1
        return fitting

    def _spread(self, fitting: Trial) -> Trial:
        """The same sheets with the loosest lines that fit them, and then with air between the parts."""
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

    def _with_contents(self, fitting: Trial) -> Trial:
        """With a list of contents where a booklet is long."""
        if self._format.imposition.scheme == "booklet" and fitting.layout.pages >= CONTENTS_FROM:
            with_contents = self._try(replace(fitting.setting, contents=True))
            if with_contents.fits(self._format.max_pages):
                return with_contents
        return fitting

    def _composed(self, fitting: Trial) -> Trial:
        """The same with its pages filled alike, and their spare room between their parts."""
        if not self._format.spread or self._format.max_pages == 1:
            return fitting
        if self._format.max_pages > SIDES:
            fitting = self._broken_well(fitting)
        pages = flow_pages(fitting.blocks())
        airs = [air for air in airs_of(pages) if air.between or air.below]
        begun = replace(fitting.setting, starts=page_starts(pages))
        for share in AIR_TRIED:
            trial = self._try(replace(begun, airs=tuple(air.times(share) for air in airs)))
            if page_ends(trial.blocks()) == page_ends(fitting.blocks()) and trial.fits(self._format.max_pages):
                return trial
        return fitting

    def _broken_well(self, fitting: Trial) -> Trial:
        """With the page breaks that leave its pages most alike, as far as they hold in a trial."""
        pages = flow_pages(fitting.blocks())
        parts, room = parts_of(pages), pages[-1].bottom - pages[-1].top
        own = fitting.layout.pages - len(pages)
        wanted = self._pages_wanted(len(pages), own, sum(part.height for part in parts) / room)
        trials = []
        for _ in range(PLANS_TRIED):
            if plan := best_plan(parts, room, wanted):
                trials.append(self._try(replace(fitting.setting, starts=plan.starts)))
                if trials[-1].layout.pages == own + plan.pages:
                    break
                blocks = trials[-1].blocks()
                parts = taller(parts, parts_of(flow_pages(blocks)))
                parts = parts if wanted else with_left(parts, blocks, plan.starts)
        if wanted:
            return next((trial for trial in trials if trial.layout.pages == own + wanted), fitting)
        whole = self._try(replace(fitting.setting, whole=True))
        within = [trial for trial in (fitting, whole, *trials) if trial.fits(self._format.max_pages)]
        return min(within, key=lambda trial: badness(trial.blocks()))

    def _pages_wanted(self, flowing: int, own: int, needed: float) -> int | None:
        """How many pages the text is to flow through: a whole number of sheets, if that leaves none half empty."""
        multiple = self._format.page_multiple
        if multiple == 1:
            return None
        wanted = _filled_count(flowing + own, multiple) - own
        while wanted > flowing and needed / wanted < LEAST_MEAN:
            wanted -= 1
        return wanted

    def _filled(self, fitting: Trial) -> Trial:
        """With pages for notes up to a multiple of the format's."""
        pages = fitting.layout.pages
        if missing := _filled_count(pages, self._format.page_multiple) - pages:
            fitting = self._try(replace(fitting.setting, notes=missing))
        return fitting


def _filled_count(pages: int, multiple: int) -> int:
    return -(-pages // multiple) * multiple
