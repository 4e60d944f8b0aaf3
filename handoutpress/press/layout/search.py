"""The search for the least harmful choice that fits, in few layouts.

A choice that does not fit tells of all before it in its range, the last of a range of all ranges before it in its
group, and the last of a group of all groups before it (see ``choices``); one that keeps sections whole, of those alone
that keep as many whole. The answer was laid out and fits. Those before it are known not to: one of their range was laid
out, or they are ruled out by a layout of this very text, or by one that failed of a text that hardly differs and has
all else the same. Where the search begins is to decide how long it takes and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product

from handoutpress.press.layout.choices import RISKS, SIDES, LayoutChoice, TextLengths, TypeSetting
from handoutpress.press.layout.composing import begins_unheaded, parts_ladder, stands_on_two
from handoutpress.press.layout.prediction import MeasuredText, likely_fits, measured_text
from handoutpress.press.layout.trials import LayoutTrial

SHEETS = 2
"""A leaflet has so many; what has more is a booklet, a folded sheet or large print."""
MISLED = 2
"""So many surprises in a range are needed before what is likely there is not believed."""


class LayoutSearch:
    """The search for one handout in one format."""

    def __init__(
        self,
        choices: Sequence[LayoutChoice],
        lengths: TextLengths,
        attempt: Callable[[LayoutChoice], LayoutTrial],
        likely: MeasuredText | None = None,
        failed: Sequence[MeasuredText] = (),
        basis: str = "",
    ) -> None:
        """``attempt`` lays a choice out; ``likely`` is what is known of such a text before anything is laid out.

        ``failed`` are measures of such texts that did not fit as they were set, and ``basis`` stands for all that the
        pages are made from beside their words.
        """
        self.choices = choices
        self.lengths = lengths
        self._try = attempt
        self._measured = likely
        self._failed_before = failed
        self._basis = basis
        self._measures: dict[int, MeasuredText] = {}
        self.trials: dict[int, LayoutTrial] = {}
        """What was laid out, by the choice's number."""
        self._fitting: set[int] = set()
        self._ruled_out: set[int] = set()
        self._surprises: Counter[int] = Counter()

    def best(self) -> int | None:
        """Return the number of the least harmful choice that fits; None where none does."""
        return self._first_fitting(self._open)

    def measured(self, trial: LayoutTrial) -> MeasuredText | None:
        """Return what a trial of this handout tells; None where its pages tell nothing."""
        return None if trial.stuck else measured_text(trial.setting, self.lengths, trial.blocks(), self._basis)

    def first_of_best_range(self) -> int | None:
        """Return the number of a choice that fits, of the range that has the least harmful; None without one."""
        while open_ := self._open():
            fitting = [n for n in self._in_range(open_, self.choices[open_[0]].range) if self.fits(n)]
            if fitting:
                return fitting[0]
            self.lay_out(self._next(open_))
        return None

    def best_in_full(self) -> int | None:
        """Return the number of the first choice of the first group that fits in full; None if none does."""
        return self._first_fitting(partial(self._open_of_first, self._is_in_full))

    def best_drawn(self) -> int | None:
        """Return the number of the first choice of the first group that fits with all drawings, None without one."""
        end = self._tightest(lambda _: True)
        if end in self._open(group=0) and end not in self.trials and not self._is_likely(end):
            self.lay_out(end)  # where that does not fit, nothing in the group does
        drawn = self._open_of_first(self._is_drawn)
        short = self._tightest(self._has_icons)
        if drawn and short not in self.trials and not any(map(self._is_likely, drawn)):
            self.lay_out(short)  # it tells how tall short texts are
        return self._first_fitting(partial(self._open_of_first, self._is_drawn))

    def has_fitting(self) -> bool:
        """Return whether any choice of the first group fits: if one does, the last that has pictograms, or the last."""
        for number in dict.fromkeys((self._tightest(self._has_icons), self._tightest(lambda _: True))):
            if number not in self.trials and number in self._open(group=0):
                self.lay_out(number)
            if self.fits(number):
                return True
        return False

    def _has_icons(self, number: int) -> bool:
        return self.choices[number].setting.icons

    def _first_fitting(self, still_open: Callable[[], list[int]]) -> int | None:
        """Return the first that fits of the choices that are ``still_open`` after each layout; None where none does."""
        while (open_ := still_open()) and not self.fits(open_[0]):
            self.lay_out(self._next(open_))
        return open_[0] if open_ else None

    def _open_of_first(self, is_allowed: Callable[[int], bool]) -> list[int]:
        """Return the allowed choices of the first group that are not known not to fit."""
        return list(filter(is_allowed, self._open(group=0)))

    @property
    def tightest_in_full(self) -> TypeSetting:
        """The setting that takes the least room of those of the first group that leave nothing out."""
        return self.choices[self._tightest(self._is_in_full)].setting

    @property
    def tightest_short(self) -> TypeSetting:
        """The setting that takes the least room of those of the first group that have pictograms."""
        return self.choices[self._tightest(self._has_icons)].setting

    def _tightest(self, is_allowed: Callable[[int], bool]) -> int:
        return [n for n, choice in enumerate(self.choices) if choice.group == 0 and is_allowed(n)][-1]

    @property
    def last(self) -> LayoutTrial:
        """What became of the last choice, which takes the least room."""
        return self.trials[len(self.choices) - 1]

    @property
    def failed(self) -> tuple[MeasuredText, ...]:
        """What was measured of the choices that were laid out and do not fit."""
        return tuple(measured for number, measured in self._measures.items() if not self.fits(number))

    @property
    def tried(self) -> tuple[tuple[LayoutChoice, bool], ...]:
        """What was laid out, each with whether it fits."""
        return tuple((self.choices[number], self.fits(number)) for number in self.trials)

    def fits(self, number: int) -> bool:
        """Return whether a choice was laid out and fits."""
        return number in self._fitting

    def is_fitting(self, choice: LayoutChoice, trial: LayoutTrial) -> bool:
        """Return whether a trial fits.

        Type that grows on two sheets parts no steps of the ladder; on one, no risks either, nor what one heading heads.
        """
        pages = trial.blocks()
        if not trial.fits(choice.pages) or not choice.grown or choice.pages > SHEETS * SIDES:
            return trial.fits(choice.pages)
        parts_more = choice.pages <= SIDES and (stands_on_two(RISKS, pages) or begins_unheaded(pages))
        return not (parts_more or parts_ladder(pages))

    def _open(self, group: int | None = None) -> list[int]:
        """Return the choices that are not known not to fit, of one group or of all."""
        failed = sorted(number for number in {*self.trials, *self._ruled_out} if not self.fits(number))
        ends = [self.choices[number] for number in failed if self._is_end(number, "range")]
        last_in_range = {self.choices[number].range: number for number in failed}
        # That sections do not fit as whole ones tells nothing of ranges in which they may break, nor do people who show
        # a benefit of ranges without them, whose type is smaller at the end.
        last_range = {
            (end.group, *kind): end.range
            for kind in product((0, 1, 2), (False, True))
            for end in ends
            if all(given <= asked for given, asked in zip(_asked(end.setting), kind, strict=True))
        }
        groups = [self.choices[number].group for number in failed if self._is_end(number, "group")]
        last_group = max(groups, default=-1)
        return [
            number
            for number, choice in enumerate(self.choices)
            if choice.group > last_group
            and group in (None, choice.group)
            and choice.range > last_range.get((choice.group, *_asked(choice.setting)), -1)
            and number > last_in_range.get(choice.range, -1)
        ]

    def _is_end(self, number: int, level: str) -> bool:
        """Return whether a choice is the last of its range or group."""
        choice, following = self.choices[number], self.choices[number + 1 : number + 2]
        return not following or getattr(following[0], level) != getattr(choice, level)

    def _rule_out(self, measured: MeasuredText) -> None:
        """Note which choices cannot fit: by a layout of this very text, or by failed ones of texts that hardly differ.

        A guess from any other text decides nothing. The last choice is always laid out, to tell by how much it fails.
        """
        for number, choice in enumerate(self.choices[:-1]):
            if number not in self._ruled_out and (
                measured.refutes(choice, self.lengths, self._others(measured))
                or any(other.rules_out(choice, measured) for other in self._failed_before)
            ):
                self._ruled_out.add(number)

    def _others(self, measured: MeasuredText) -> list[MeasuredText]:
        """Return what was measured besides of this very text, the latest first."""
        return [other for other in reversed(self._measures.values()) if other is not measured]

    def _next(self, open_: Sequence[int]) -> int:
        """Return which choice to lay out next: in the first group that is open, since only its end opens another."""
        if not self.trials and (remembered := self._remembered()) is not None and remembered in open_:
            return remembered
        group = [number for number in open_ if self.choices[number].group == self.choices[open_[0]].group]
        known = next((number for number in group if self.fits(number)), None)
        before = [number for number in group if known is None or number < known]
        likely = next((number for number in before if self._is_likely(number)), None)
        if known is None:
            return self._inside(self._in_range(before, self._range_below(before, likely)), likely)
        return self._above(before, likely, known)

    def _remembered(self) -> int | None:
        """Return what was chosen last for this text on such pages, before a few words of it were changed."""
        if self._measured is None or self._measured.moved or not self._measured.is_of_such(self.lengths):
            return None
        setting, pages = self._measured.setting, self._measured.apart + self._measured.used
        numbers = (n for n, choice in enumerate(self.choices) if choice.setting == setting and choice.pages >= pages)
        return next(numbers, None)

    def _range_below(self, before: Sequence[int], likely: int | None) -> int:
        """Return the range to try next where nothing fits yet: nothing is left out before all else was tried."""
        last = before[-1] if likely is None else likely
        in_full = [number for number in before if self._is_in_full(number)]
        if in_full:
            return self.choices[last if last in in_full else in_full[-1]].range
        # Something has to be left out: if more than a few words, it is known first whether all of that is enough.
        setting, end = self.choices[last].setting, self.choices[before[-1]]
        is_first = not any(self.choices[n].group == end.group and not self._is_in_full(n) for n in self.trials)
        return self.choices[last].range if is_first and setting.figures and setting.icons else end.range

    def _is_drawn(self, number: int) -> bool:
        """Return whether a choice has all that is drawn."""
        return self.choices[number].setting.figures and self.choices[number].setting.icons

    def _is_in_full(self, number: int) -> bool:
        """Return whether a choice leaves nothing out."""
        return self.choices[number].setting.has_words_of(self.choices[0].setting)

    def _above(self, before: Sequence[int], likely: int | None, known: int) -> int:
        """Return what to try where one fits: first of the ranges before it, since nothing is given up in vain."""
        own = self.choices[known].range
        earlier = [number for number in before if self.choices[number].range != own]
        if not earlier:
            return self._inside(before, likely)
        misled = any(self._surprises[self.choices[number].range] for number in earlier)
        if likely is None or likely not in earlier or (misled and not self._is_in_full(earlier[-1])):
            return earlier[-1]
        return self._inside(self._in_range(before, self.choices[likely].range), likely)

    def _inside(self, inside: Sequence[int], likely: int | None) -> int:
        """Return what to try of the open choices of one range: what is likely, else ever longer steps."""
        where = self.choices[inside[0]].range
        fitting = sum(map(self.fits, self._in_range(list(self.trials), where)))
        step = min(len(inside), 1 << max(0, self._surprises[where] - 1))
        if not fitting:
            if not self._is_drawn(inside[-1]):
                return inside[-1]  # it tells first what need not be given up
            if likely is not None and likely in inside and self._surprises[where] < MISLED:
                return likely
            return inside[step - 1] if self._surprises[where] else inside[-1]
        if likely is None or likely not in inside:  # larger type than was predicted may fit
            return inside[-step]
        return likely

    def _in_range(self, numbers: Sequence[int], which: int) -> list[int]:
        return [number for number in numbers if self.choices[number].range == which]

    def _is_likely(self, number: int) -> bool:
        """Return whether a choice is likely to fit: as the nearest that was laid out tells, else as any text tells."""
        choice = self.choices[number]
        # Of what keeps its sections whole it is not known where they might break.
        known = list(self._measures.values())
        if alike := [measured for measured in known if choice.setting.whole or not measured.setting.whole] or known:
            return likely_fits(choice, self.lengths, alike)
        if self._measured:
            return self._measured.fits(choice, self.lengths)
        return not (choice.grown or choice.setting.compared)  # what people for a benefit take is not known yet

    def lay_out(self, number: int) -> None:
        """Lay a choice out, and note what it tells of others."""
        choice, expected = self.choices[number], bool(self._measures) and self._is_likely(number)
        self.trials[number] = trial = self._try(choice)
        if self.is_fitting(choice, trial):
            self._fitting.add(number)
        self._surprises[choice.range] += bool(self._measures) and expected != self.fits(number)
        if measured := self.measured(trial):
            self._measured = self._measures[number] = measured
            self._rule_out(measured)


def _asked(setting: TypeSetting) -> tuple[int, bool]:
    """Return what a setting asks for that later ranges may do without: sections kept together, people who compare."""
    return setting.strictness, setting.compared
