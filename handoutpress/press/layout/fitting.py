"""Copy fitting: the least harmful choice of a format that fits, then well chosen page breaks and full sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.press.layout.blocks import PageBoxes
from handoutpress.press.layout.choices import (
    KEPT,
    SIDES,
    LayoutChoice,
    TextLengths,
    TypeSetting,
    layout_choices,
)
from handoutpress.press.layout.composing import (
    FlowPages,
    PageComposition,
    badness,
    best_composition,
    blank_feet,
    filled_count,
    flow_pages,
    flow_target,
    is_broken,
    last_share,
    page_starts,
    pages_begun_by,
    parts_ladder,
    parts_of,
    taller,
)
from handoutpress.press.layout.excess import DoesNotFitError, excess, lines_over
from handoutpress.press.layout.prediction import MeasuredText, measured_text
from handoutpress.press.layout.search import LayoutSearch
from handoutpress.press.layout.spreading import LEAST_FULL, LEAST_ROWS, note_rows, picture_growth, spare_room
from handoutpress.press.layout.tightening import (
    PARTED_RISKS,
    STEPS_TO_FILL,
    all_tighter_settings,
    closer_settings,
    compared_choices,
    drawn_on_one_sheet,
    harm_beside_looks,
    likely_cost,
    pages_needed,
    planned_with_whole_risks,
    risks_are_parted,
    settings_with_risks_on_first,
    taken_back,
    tighter_settings,
    with_compared,
    with_first_references,
)
from handoutpress.press.layout.trials import FittedText, LayoutTrial

CONTENTS_FROM = 9
"""A booklet of more than eight pages begins with its contents."""
MOST_BLANK = 0.2
"""Where a foot stays blank for more of its page, sections rather go on over it."""
TOO_BLANK = 0.27
"""Where a foot stays blank for more of its page, its text is set a little tighter, if that fills it."""
TAIL_TRIED = 2
"""How often closer lines are tried for the sake of a last page of a few lines."""
LEAST_GAIN = 0.1
"""Breaks that promise to look better by less than this, as ``badness`` reckons it, are not tried."""
MISJUDGED = 0.03
"""What promises to look worse by more than this, as ``badness`` reckons it, is not laid out."""
COMPOSITIONS_TRIED = 2
"""How often breaks are planned: what a trial shows to be taller on a page of its own is planned with as it is."""

Try = Callable[[TypeSetting], LayoutTrial]
"""Lays a page out with a setting."""


class Fitting:
    """The fitting of one handout to its format."""

    def __init__(self, format_: Format, handout: Handout, lengths: TextLengths, attempt: Try, basis: str = "") -> None:
        """``attempt`` lays the page out with a setting; ``basis`` stands for what it is made from beside the words."""
        self._format = format_
        self._handout = handout
        self._lengths = lengths
        self._attempt = attempt
        self._trials: dict[TypeSetting, LayoutTrial] = {}
        self._searches: list[LayoutSearch] = []
        self._planned: TypeSetting | None = None
        self._basis = basis

    def best(self, likely: MeasuredText | None = None, failed: Sequence[MeasuredText] = ()) -> FittedText:
        """Return what to print; raises ``DoesNotFitError``.

        With what is ``likely`` of such a text, and how such texts ``failed``, fewer choices are tried.
        """
        search = self._search(layout_choices(self._format, self._lengths), likely, failed)
        fitted = self._with_first_references(search) or self._reduced(search, failed)
        trial = with_compared(fitted.trial, self._lengths, self._try)
        return replace(fitted, trial=trial, failed=self._failures())

    def _with_first_references(self, search: LayoutSearch) -> FittedText | None:
        """Return a text on one sheet with its first references alone, if it needs more, or loses drawings, with all."""
        if SIDES not in self._format.pages or search.best_in_full() is not None:
            return None
        full = self._try(search.tightest_in_full)
        trial = with_first_references(self._format, full, self._lengths, self._try)
        if not trial and search.best_drawn() is None and search.has_fitting():
            short = self._try(search.tightest_short)
            measures = [measured for each in (full, short) if (measured := search.measured(each))]
            trial = drawn_on_one_sheet(self._format, measures, self._lengths, self._try)
        return FittedText(trial, search.tried, search.measured(full)) if trial else None

    def _reduced(self, search: LayoutSearch, failed: Sequence[MeasuredText]) -> FittedText:
        """Return the least harmful choice that fits, with well chosen page breaks; raises ``DoesNotFitError``."""
        number = search.first_of_best_range()
        if number is None:
            sentence = excess(self._format, self._handout, search.last)
            raise DoesNotFitError(sentence, lines_over(self._format, search.last))
        best = search.best() if self._taken_back(search, number) is None else number
        return self._fuller(self._without_tail(self._better(search, number if best is None else best, failed)))

    def _better(self, search: LayoutSearch, number: int, failed: Sequence[MeasuredText]) -> FittedText:
        """Return what was found, or what goes on over a page where whole sections leave pages blank at their feet."""
        whole = self._with_contents(self._with_compared(search.trials[number]), search.choices[number].pages)
        if not whole.setting.whole:
            return self._fitted(search, number)
        pages = self._foreseen(whole) or self._fitted(search, number).trial.blocks()
        other = self._going_on(whole, search, failed) if self._stays_blank(pages, whole.setting) else None
        if other and self._harm(other.trial) < self._badness(pages, whole.setting):
            return other
        fitted = self._fitted(search, number)
        return other if other and self._harm(other.trial) < self._harm(fitted.trial) else fitted

    def _try(self, setting: TypeSetting) -> LayoutTrial:
        """Return the page laid out with a setting, once for all that ask for it."""
        if setting not in self._trials:
            other = self._trials.get(replace(setting, kept=not setting.kept))
            is_same = other and not any(block.key in KEPT for page in other.blocks() for block in page.blocks)
            self._trials[setting] = replace(other, setting=setting) if other and is_same else self._attempt(setting)
        return self._trials[setting]

    def _search(
        self, choices: Sequence[LayoutChoice], likely: MeasuredText | None, failed: Sequence[MeasuredText]
    ) -> LayoutSearch:
        search = LayoutSearch(choices, self._lengths, lambda c: self._try(c.setting), likely, failed, self._basis)
        for number, choice in enumerate(choices):
            if choice.setting in self._trials:
                search.lay_out(number)
        self._searches.append(search)
        return search

    def _failures(self) -> tuple[MeasuredText, ...]:
        """Return what was measured of all that does not fit, and let go of the searches: each holds this fitting."""
        searches, self._searches = self._searches, []
        return tuple(measured for search in searches for measured in search.failed)

    def _fitted(self, search: LayoutSearch, number: int) -> FittedText:
        """Return a choice that fits, with its pages composed."""
        chosen, first = search.choices[number], search.trials[number]
        compared = self._with_compared(self._taken_back(search, number) or first)
        trial = self._with_whole_risks(chosen, compared, search.choices)
        composed = self._filled(self._composed(self._with_contents(trial, chosen.pages), chosen.pages))
        return FittedText(self._with_picture(composed), search.tried, search.measured(first))

    def _with_compared(self, fitting: LayoutTrial) -> LayoutTrial:
        """Return the same with people who show a benefit on its own page, before breaks leave that page no room."""
        return with_compared(fitting, self._lengths, self._try) if self._is_spread(fitting) else fitting

    def _taken_back(self, search: LayoutSearch, number: int) -> LayoutTrial | None:
        full = search.tightest_in_full if SIDES in self._format.pages else None
        return taken_back(search, number, full, self._try)

    def _with_whole_risks(
        self, chosen: LayoutChoice, trial: LayoutTrial, choices: Sequence[LayoutChoice]
    ) -> LayoutTrial:
        """Return the same a little tighter, where that ends the risks on the first of two sides."""
        if chosen.pages != SIDES or not risks_are_parted(trial.blocks()):
            return trial
        measured = measured_text(trial.setting, self._lengths, trial.blocks())
        tighter = [
            replace(trial.setting, size=c.setting.size, leading=c.setting.leading)
            for c in choices
            if c.range == chosen.range
        ]
        lengths = self._lengths if "short-texts" in self._format.reductions else None
        trials = map(self._try, settings_with_risks_on_first(trial, tighter, measured, lengths) if measured else ())
        whole = (other for other in trials if other.fits(SIDES) and not risks_are_parted(other.blocks()))
        return next(whole, trial)

    def _fuller(self, fitted: FittedText) -> FittedText:
        """Return the same a little tighter, where that fills a page blank at its foot or keeps the ladder on one."""
        trial = fitted.trial
        if not self._is_spread(trial) or self._is_read_well(trial):
            return fitted
        pages, tried = trial.layout.pages, [trial]
        for setting in tighter_settings(self._format, trial.setting, STEPS_TO_FILL):
            if self._cost(trial, setting) > min(map(self._look, tried)) + MISJUDGED:
                continue
            tighter = self._try(setting)
            if tighter.fits(pages) and min(self._look(tighter), self._cost(tighter, setting)) <= self._look(trial):
                tried.append(self._filled(self._composed(tighter, pages)))
                if self._is_read_well(tried[-1]):
                    break
        return replace(fitted, trial=min(tried, key=self._look))

    def _without_tail(self, fitted: FittedText) -> FittedText:
        """Return the same a little closer, where its last page has only a few lines and goes for that."""
        trial, pages = fitted.trial, fitted.trial.layout.pages - 1
        if self._format.page_multiple > 1 or not self._is_spread(trial) or last_share(trial.blocks()) >= LEAST_FULL:
            return fitted
        closer, flow, apart = closer_settings(self._format, trial.setting), self._flow(trial), trial.set_apart
        likely = [setting for setting in closer if apart + pages_needed(trial, setting, flow, self._lengths) <= pages]
        closer_trials = (other for other in map(self._try, likely[:TAIL_TRIED]) if other.fits(pages))
        composed = (self._composed(other, pages) for other in closer_trials)
        without = next((other for other in composed if self._blank_foot(other) <= TOO_BLANK), trial)
        return replace(fitted, trial=without)

    def _cost(self, trial: LayoutTrial, setting: TypeSetting) -> float:
        """Return how bad a trial's pages look at best in other type: reckoned, not laid out."""
        return likely_cost(trial, setting, self._flow(trial), self._lengths)

    def _is_read_well(self, trial: LayoutTrial) -> bool:
        """Return whether no page is too blank at its foot, and none was chosen to begin within the ladder."""
        return self._blank_foot(trial) <= TOO_BLANK and not parts_ladder(trial.blocks(), trial.setting.starts)

    def _blank_foot(self, trial: LayoutTrial) -> float:
        """Return what stays blank at most at the foot of a page that others follow, as a share of the page."""
        feet = blank_feet(trial.blocks(), spare_room(self._format, trial.setting))
        return max(feet if self._format.page_multiple > 1 else feet[:-1], default=0)

    def _going_on(self, whole: LayoutTrial, before: LayoutSearch, failed: Sequence[MeasuredText]) -> FittedText | None:
        """Return what fits with sections that go on over a page, on as many pages as ``whole`` ones take, if any does.

        It tells of what was tried ``before``, too.
        """
        pages = filled_count(whole.layout.pages, self._format.page_multiple)
        allowed = [choice for choice in before.choices if not choice.setting.whole and choice.group == 0]
        if whole.setting.compared:
            allowed = list(compared_choices(allowed, whole.setting, self._format.type.ideal))
        measured = measured_text(whole.setting, self._lengths, whole.blocks(), self._basis)
        search = self._search([replace(choice, pages=pages) for choice in allowed], measured, failed)
        number = search.best()
        if number is None:
            return None
        other = self._fitted(search, number)
        return replace(other, tried=tuple(dict.fromkeys((*before.tried, *other.tried))))

    def _foreseen(self, fitting: LayoutTrial) -> Sequence[PageBoxes]:
        """Return the pages of whole sections as they will be composed, reckoned and not laid out; none for others.

        Where they are to begin is noted, so that the same pages are not laid out again with sections that may break.
        """
        flow = self._flow(fitting) if self._is_spread(fitting) else None
        if flow is None or not flow.whole:
            return ()
        pages = flow_pages(fitting.blocks())
        composition = best_composition(parts_of(pages), flow)
        if composition is None:
            return pages
        self._planned = replace(fitting.setting, starts=composition.starts)
        return pages_begun_by(pages, composition.starts)

    def _stays_blank(self, pages: Sequence[PageBoxes], setting: TypeSetting) -> bool:
        """Return whether a foot stays blank that is too much of its page."""
        return max(blank_feet(pages, spare_room(self._format, setting)), default=0) > MOST_BLANK

    def _look(self, trial: LayoutTrial) -> float:
        """Return how bad a trial's pages look."""
        return self._badness(trial.blocks(), trial.setting)

    def _harm(self, trial: LayoutTrial) -> float:
        """Return how bad a trial is: how its pages look, risks that go on over a page, and pages for notes alone."""
        return self._look(trial) + harm_beside_looks(trial)

    def _badness(self, pages: Sequence[PageBoxes], setting: TypeSetting) -> float:
        """Return how bad pages look; in a folded or stapled format a composed one comes last."""
        return badness(pages, spare_room(self._format, setting), others_follow=self._format.page_multiple > 1)

    def _with_contents(self, fitting: LayoutTrial, limit: int) -> LayoutTrial:
        """Return the same with a list of contents where a booklet is long."""
        if self._format.imposition.scheme == "booklet" and fitting.layout.pages >= CONTENTS_FROM:
            with_contents = self._try(replace(fitting.setting, contents=True))
            if with_contents.fits(limit):
                return with_contents
        return fitting

    def _with_picture(self, fitting: LayoutTrial) -> LayoutTrial:
        """Return the same with most of a page's spare room in the picture over its title, where the format has one."""
        added = picture_growth(fitting.blocks()[0], self._format.picture)
        if added <= 0:
            return fitting
        with_picture = self._try(replace(fitting.setting, picture=float(added)))
        return with_picture if with_picture.fits(fitting.layout.pages) else fitting

    def _composed(self, fitting: LayoutTrial, limit: int) -> LayoutTrial:
        """Return the same with its page breaks chosen, its risks on one page if one has room for them."""
        composed = self._broken_well(fitting, limit)
        if not self._is_spread(fitting) or not risks_are_parted(composed.blocks()):
            return composed
        most = self._look(composed) + PARTED_RISKS
        settings = (fitting.setting, *all_tighter_settings(self._format, fitting.setting))
        for pages, setting in product(self._counts_for_risks(composed, limit), settings):
            planned = planned_with_whole_risks(fitting, setting, self._flow(fitting), self._lengths)
            if planned and planned.cost <= most and fitting.set_apart + planned.pages <= pages:
                whole = replace(setting, risks=True, starts=planned.starts)
                trial = self._noted(whole, fitting.set_apart + planned.pages)
                if trial.fits(pages) and not risks_are_parted(trial.blocks()) and self._look(trial) <= most:
                    return trial
        return composed

    def _counts_for_risks(self, composed: LayoutTrial, limit: int) -> Sequence[int]:
        """Return how many pages there may be where one has all of the risks: as many as without that, or one more."""
        pages, multiple = composed.layout.pages, self._format.page_multiple
        return [filled_count(pages, multiple)] if multiple > 1 else [pages, min(limit, pages + 1)]

    def _broken_well(self, fitting: LayoutTrial, limit: int) -> LayoutTrial:
        """Return the same with the page breaks that leave its pages most alike, as far as they hold in a trial."""
        if not self._is_spread(fitting):
            return fitting
        pages, flow = flow_pages(fitting.blocks()), self._flow(fitting)
        broken = not flow.whole
        if flow.count and broken and not self._stays_blank(fitting.blocks(), fitting.setting):
            return fitting  # what breaks where it falls fills its pages
        parts = parts_of(pages)
        trials: list[LayoutTrial] = []
        for _ in range(COMPOSITIONS_TRIED):
            composition = best_composition(parts, flow)
            if composition and broken and composition.cost > self._look(fitting) - LEAST_GAIN:
                break
            if composition:
                trials.append(self._begun(fitting, composition, flow))
                if trials[-1].text_pages == fitting.set_apart + composition.pages:
                    break
                parts = taller(parts, parts_of(flow_pages(trials[-1].blocks())))
        if flow.whole and flow.count:
            return next((trial for trial in trials if trial.text_pages == fitting.set_apart + flow.count), fitting)
        most = fitting.set_apart + flow.count if flow.count else limit
        within = [trial for trial in (fitting, *trials) if trial.fits(most)]
        return min(within, key=self._look)

    def _is_spread(self, fitting: LayoutTrial) -> bool:
        """Return whether breaks of its pages may be chosen."""
        return self._format.spread and fitting.layout.pages > SIDES and self._format.max_pages > SIDES

    def _flow(self, fitting: LayoutTrial) -> FlowPages:
        """Return the pages that its text is to flow through."""
        pages = flow_pages(fitting.blocks())
        room = pages[-1].bottom - pages[-1].top
        needed = sum(part.height for part in parts_of(pages)) / room
        target = flow_target(len(pages), fitting.set_apart, needed, self._format.page_multiple)
        whole = target is not None and not is_broken(pages)
        return FlowPages(room, spare_room(self._format, fitting.setting), target, whole=whole)

    def _begun(self, fitting: LayoutTrial, composition: PageComposition, flow: FlowPages) -> LayoutTrial:
        """Return the same with the pages of a composition; it is at hand where they begin so anyway.

        Pages of whole sections are reckoned so well that what fills them is foreseen, and laid out with them.
        """
        pages = flow_pages(fitting.blocks())
        if tuple(composition.starts) == page_starts(pages):
            return fitting
        setting = replace(fitting.setting, starts=composition.starts)
        # Whole sections that begin the same pages, in the same type, are the same pages.
        begun = self._planned if self._planned == replace(setting, whole=True) else setting
        if flow.whole:
            *_, last = pages_begun_by(pages, composition.starts)
            text_pages = fitting.set_apart + composition.pages
            filled = self._try(replace(begun, rows=self._filling(text_pages, last)[1]))
            if filled.layout.pages == text_pages:
                return filled
        return self._try(begun)

    def _filled(self, fitting: LayoutTrial) -> LayoutTrial:
        """Return the same with pages for notes up to a multiple of the format's, or else lines below its text."""
        pages, setting = fitting.layout.pages, fitting.setting
        *_, last = flow_pages(fitting.blocks())
        notes, rows = self._filling(pages, last)
        if notes:
            return self._try(replace(setting, notes=notes))
        counts = (count for count in (rows, rows - 1) if count >= LEAST_ROWS)  # their heading may take one line's room
        trials = (self._try(replace(setting, rows=count)) for count in counts)
        return next((trial for trial in trials if trial.fits(pages)), fitting)

    def _noted(self, setting: TypeSetting, pages: int) -> LayoutTrial:
        """Return what likely takes so many pages, laid out with those for notes that they need, else filled."""
        notes = filled_count(pages, self._format.page_multiple) - pages
        trial = self._try(replace(setting, notes=notes))
        if notes and trial.text_pages == pages:
            return trial
        plain = self._try(setting)
        return self._filled(plain) if plain.fits(pages + notes) else plain

    def _filling(self, pages: int, last: PageBoxes) -> tuple[int, int]:
        """Return how many pages for notes, or else lines for them, fill so many pages that end with ``last``."""
        if missing := filled_count(pages, self._format.page_multiple) - pages:
            return missing, 0
        return 0, note_rows(last) if self._format.imposition.scheme == "booklet" else 0
