"""The search for the least harmful choice that fits, in few layouts.

A choice that does not fit tells of all before it in its range, the last of a range of all ranges before it in its
group, and the last of a group of all groups before it (see ``choices``). The answer is proved: it was laid out and
fits, and all before it are known not to. Where the search begins decides how long it takes and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handoutpress.press.layout.choices import LayoutChoice, TextLengths
from handoutpress.press.layout.prediction import MeasuredText, measured_text
from handoutpress.press.layout.trials import LayoutTrial

CERTAIN = 1.1
"""What is predicted to need so many times its room does not fit: no layout need show it."""
NEXT = 0.98
"""What is looked at after a choice that did not fit needs so much of its room at most."""
PATIENCE = 8
"""After so many layouts the search goes on by halving."""


class LayoutSearch:
    """The search for one handout in one format."""

    def __init__(
        self,
        choices: Sequence[LayoutChoice],
        lengths: TextLengths,
        attempt: Callable[[LayoutChoice], LayoutTrial],
        likely: MeasuredText | None = None,
    ) -> None:
        """``attempt`` lays a choice out; ``likely`` is what is known of such a text before anything is laid out."""
        self._choices = choices
        self._lengths = lengths
        self._try = attempt
        self._measured = likely
        self._seen = False
        self.trials: dict[int, LayoutTrial] = {}
        """What was laid out, by the choice's number."""

    def best(self) -> int | None:
        """Return the number of the least harmful choice that fits; None where none does."""
        while (open_ := self._open()) and not self._fits(open_[0]):
            self._lay_out(self._next(open_))
        return open_[0] if open_ else None

    @property
    def last(self) -> LayoutTrial:
        """What became of the last choice, which takes the least room."""
        return self.trials[len(self._choices) - 1]

    def _fits(self, number: int) -> bool:
        return number in self.trials and self.trials[number].fits(self._choices[number].pages)

    def _open(self) -> list[int]:
        """Return the choices that are not known not to fit."""
        failed = [self._choices[number] for number in self.trials if not self._fits(number)]
        ends = [choice for choice in failed if self._is_end(choice, "range")]
        last_ends = [choice for choice in ends if self._is_end(choice, "group")]
        open_ = []
        for number, choice in enumerate(self._choices):
            same = (self._choices[other] for other in self.trials if not self._fits(other) and other >= number)
            fails = (
                any(other.range == choice.range for other in same)
                or any(end.group == choice.group and end.range >= choice.range for end in ends)
                or any(end.group >= choice.group for end in last_ends)
                or (number not in self.trials and self._is_too_long(choice))
            )
            if not fails:
                open_.append(number)
        return open_

    def _is_end(self, choice: LayoutChoice, level: str) -> bool:
        """Return whether a choice is the last of its range or group."""
        number = self._choices.index(choice) + 1
        return number == len(self._choices) or getattr(self._choices[number], level) != getattr(choice, level)

    def _is_too_long(self, choice: LayoutChoice) -> bool:
        # Of this very text: a guess from another one decides nothing.
        last = choice is self._choices[-1]
        return not last and self._seen and self._demand(choice) > CERTAIN

    def _next(self, open_: Sequence[int]) -> int:
        """Return which choice to lay out next."""
        known = next((number for number in open_ if self._fits(number)), len(self._choices))
        before = [number for number in open_ if number < known]
        likely = next((number for number in before if self._is_likely(number)), None)
        if likely is None:
            return before[-1]
        return before[len(before) // 2] if len(self.trials) > PATIENCE else likely

    def _is_likely(self, number: int) -> bool:
        """Return whether a choice is likely to fit, from what those that were laid out needed."""
        choice = self._choices[number]
        if self._measured is None:
            return True
        demand = self._demand(choice)
        alike = [other for other in self.trials if self._choices[other].setting.whole == choice.setting.whole]
        most = max((self._demand(self._choices[other]) for other in alike if self._fits(other)), default=0.0)
        least = min((self._demand(self._choices[other]) for other in alike if not self._fits(other)), default=9.9)
        if demand <= most or (most and least < 9.9):
            return demand <= (most + least) / 2
        return demand < NEXT * least and (most > 0 or self._measured.fits(choice, self._lengths))

    def _demand(self, choice: LayoutChoice) -> float:
        return self._measured.demand(choice, self._lengths) if self._measured else 0.0

    def _lay_out(self, number: int) -> None:
        choice = self._choices[number]
        alike = (trial for other, trial in self.trials.items() if self._choices[other].setting == choice.setting)
        self.trials[number] = trial = next(alike, None) or self._try(choice)
        if not trial.stuck:
            self._measured = measured_text(choice.setting, self._lengths, trial.blocks()) or self._measured
            self._seen = self._measured is not None
