"""The largest words that fit a slot, found in few pages: sizes only fall within a group, so that two pages tell all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any


@dataclass(frozen=True)
class ArtTrial:
    """What is tried in a slot: a type size, pt, and the name of the clinic that is said there.

    With ``in_lines``, each fact of a narrow box of contacts has a line of its own; without, they run on. People who are
    ``bare`` stand without their photos. Where contacts are ``close``, a line may end within a number to call and
    within hours; ``alike``, numbers are no larger than the other words.
    """

    size: float
    name: str
    in_lines: bool = False
    bare: bool = False
    close: bool = False
    alike: bool = False


@dataclass
class SlotSearch:
    """The search for the first of a slot's trials that fits.

    ``groups`` are tried in turn. Within one, each trial needs less room than the one before: where one fits, so do all
    behind it. What was found therefore never depends on the ``guess`` where the search begins.
    """

    groups: Sequence[Sequence[ArtTrial]]
    guess: int = 0
    pages: dict[int, Any] = field(default_factory=dict)
    """The page of each trial that was laid out, by its number from 0; none where it did not fit."""

    def __post_init__(self) -> None:
        self.trials = tuple(trial for group in self.groups for trial in group)
        ends = list(accumulate(map(len, self.groups)))
        self._spans = [range(end - len(group), end) for group, end in zip(self.groups, ends, strict=True)]

    @property
    def found(self) -> int | None:
        """The first trial that fits, once the one before it in its group and all groups before it are known not to."""
        for span in self._spans:
            fitting = [number for number in span if self.pages.get(number)]
            if fitting:
                first = fitting[0]
                return first if first == span.start or self._fails(first - 1) else None
            if not self._fails(span[-1]):
                return None
        return None

    @property
    def failed(self) -> bool:
        """Whether no trial fits."""
        return all(self._fails(span[-1]) for span in self._spans)

    def wanted(self) -> tuple[int, ...]:
        """Return the trials to lay out next, in order; none at the end of the search."""
        if self.found is not None or self.failed:
            return ()
        asked = self._around(self.guess) if not self.pages else self._next()
        return tuple(sorted(set(asked) - self.pages.keys()))

    def _around(self, guess: int) -> Iterable[int]:
        """Yield a trial, the one before it in its group, and the last one of each group before."""
        for span in self._spans:
            if guess in span or span is self._spans[-1]:
                number = min(guess, span[-1])
                yield from (number, max(number - 1, span.start))
                return
            yield span[-1]

    def _next(self) -> Iterable[int]:
        """Yield what tells most: the ends of all groups, then all that may be the first to fit within one."""
        for span in self._spans:
            fitting = [number for number in span if self.pages.get(number)]
            if fitting:
                failing = [number for number in range(span.start, fitting[0]) if self._fails(number)]
                yield from range(max(failing, default=span.start - 1) + 1, fitting[0])
                return
            if not self._fails(span[-1]):
                yield from (other[-1] for other in self._spans if other.start >= span.start)
                return

    def _fails(self, number: int) -> bool:
        return number in self.pages and self.pages[number] is None
