"""The search for the least harmful choice that fits, in few layouts.

A choice that does not fit tells of all before it in its range, the last of a range of all ranges before it in its
group, and the last of a group of all groups before it (see ``choices``); with whole sections, of those alone that keep
them whole too. The answer was laid out and fits. Those before it are known not to: one of their range was laid out, or
they are ruled out by a layout of this very text, or by one that failed of a text that hardly differs and has all else
the same. Where the search begins is to decide how long it takes and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from handoutpress.press.layout.choices import LayoutChoice, TextLengths
from handoutpress.press.layout.composing import SIDES, stands_on_two
from handoutpress.press.layout.prediction import MeasuredText, measured_text
from handoutpress.press.layout.trials import LayoutTrial

PATIENCE = 2
"""After so many layouts in a range that were not as others of the same text told, the search goes on in long steps."""


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
        self._lengths = lengths
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
        while (open_ := self._open()) and not self.fits(open_[0]):
            self._lay_out(self._next(open_))
        return open_[0] if open_ else None

    @property
    def last(self) -> LayoutTrial:
        """What became of the last choice, which takes the least room."""
        return self.trials[len(self.choices) - 1]

    @property
    def failed(self) -> tuple[MeasuredText, ...]:
        """What was measured of the choices that were laid out and do not fit."""
        return tuple(measured for number, measured in self._measures.items() if not self.fits(number))

    def fits(self, number: int) -> bool:
        """Return whether a choice was laid out and fits."""
        return number in self._fitting

    def _is_fitting(self, choice: LayoutChoice, trial: LayoutTrial) -> bool:
        """Return whether a trial fits. Type that grows to fill two sides never parts the risks."""
        keeps = choice.grown and choice.pages <= SIDES
        return trial.fits(choice.pages) and not (keeps and stands_on_two("risks", trial.blocks()))

    def _open(self) -> list[int]:
        """Return the choices that are not known not to fit."""
        failed = sorted(number for number in {*self.trials, *self._ruled_out} if not self.fits(number))
        ends = [self.choices[number] for number in failed if self._is_end(number, "range")]
        last_in_range = {self.choices[number].range: number for number in failed}
        # That sections do not fit as whole ones tells nothing of ranges in which they may break.
        last_range = {
            (end.group, whole): end.range for whole in (True, False) for end in ends if whole or not end.setting.whole
        }
        groups = [self.choices[number].group for number in failed if self._is_end(number, "group")]
        last_group = max(groups, default=-1)
        return [
            number
            for number, choice in enumerate(self.choices)
            if choice.group > last_group
            and choice.range > last_range.get((choice.group, choice.setting.whole), -1)
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
                measured.refutes(choice, self._lengths)
                or any(other.rules_out(choice, measured) for other in self._failed_before)
            ):
                self._ruled_out.add(number)

    def _next(self, open_: Sequence[int]) -> int:
        """Return which choice to lay out next: in the first group that is open, since only its end opens another."""
        if not self.trials and (remembered := self._remembered()) is not None:
            return remembered
        group = [number for number in open_ if self.choices[number].group == self.choices[open_[0]].group]
        known = next((number for number in group if self.fits(number)), len(self.choices))
        before = [number for number in group if number < known]
        likely = next((number for number in before if self._is_likely(number)), None)
        if known == len(self.choices):
            return self._below(before, likely)
        return self._above(before, likely)

    def _remembered(self) -> int | None:
        """Return what was chosen last for this text, before a few words of it were changed."""
        if self._measured is None or not self._measured.is_of_such(self._lengths):
            return None
        setting = self._measured.setting
        return next((number for number, choice in enumerate(self.choices) if choice.setting == setting), None)

    def _below(self, before: Sequence[int], likely: int | None) -> int:
        """Return what to try where nothing fits yet: what is likely, then in the same range in ever longer steps."""
        setting, full = self.choices[before[0]].setting, self.choices[0].setting
        where = self.choices[before[0]].range
        if setting.short or setting.references != full.references:
            # Something has to be left out, and likely more than the first step does.
            where = self.choices[before[-1] if likely is None else likely].range
        inside, failed = self._in_range(before, where), len(self._in_range(list(self.trials), where))
        if likely in inside and self._surprises[where] < PATIENCE:
            return likely
        return inside[min(len(inside), self._step(where)) - 1] if failed else inside[-1]

    def _above(self, before: Sequence[int], likely: int | None) -> int:
        """Return what to try where a choice fits and better ones may: what is likely, else the nearest."""
        target = before[-1] if likely is None else likely
        inside = self._in_range(before, self.choices[target].range)
        tried = self._in_range(list(self.trials), self.choices[target].range)
        fitting = sum(map(self.fits, tried))
        if likely is None and fitting:  # larger type than was predicted may fit
            return inside[-min(len(inside), self._step(self.choices[target].range))]
        return inside[-1] if fitting and len(tried) > fitting else target

    def _step(self, where: int) -> int:
        """Return how many choices to go on in a range, the more the less could be predicted there."""
        return 1 << max(0, self._surprises[where] - 1)

    def _in_range(self, numbers: Sequence[int], which: int) -> list[int]:
        return [number for number in numbers if self.choices[number].range == which]

    def _is_likely(self, number: int) -> bool:
        """Return whether a choice is likely to fit: as the nearest that was laid out tells, else as any text tells."""
        choice = self.choices[number]
        alike = [
            (abs(self.choices[other].setting.scale - choice.setting.scale), measured)
            for other, measured in self._measures.items()
            if self.choices[other].setting.whole == choice.setting.whole
        ]
        if alike:
            return min(alike, key=lambda pair: pair[0])[1].fits(choice, self._lengths)
        return self._measured is None or self._measured.fits(choice, self._lengths)

    def _lay_out(self, number: int) -> None:
        choice, expected = self.choices[number], bool(self._measures) and self._is_likely(number)
        self.trials[number] = trial = self._try(choice)
        if self._is_fitting(choice, trial):
            self._fitting.add(number)
        self._surprises[choice.range] += bool(self._measures) and expected != self.fits(number)
        measured = None if trial.stuck else measured_text(choice.setting, self._lengths, trial.blocks(), self._basis)
        if measured:
            self._measured = self._measures[number] = measured
            self._rule_out(measured)
