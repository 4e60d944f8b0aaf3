"""Inputs by number: thousands of outputs share nearly all of theirs, so each name and value is stored once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Input = tuple[str, str]
"""A shown name, and the digest or version that it had."""


class InputTable:
    """Numbers for inputs, in order of arrival. ``pairs[n]`` is the input of number ``n``."""

    def __init__(self, pairs: Iterable[Input] = ()) -> None:
        self.pairs: list[Input] = list(pairs)
        self._numbers: dict[Input, int] = {pair: number for number, pair in enumerate(self.pairs)}
        self._parts: dict[int, tuple[Mapping[str, str], tuple[int, ...]]] = {}

    def __len__(self) -> int:
        return len(self.pairs)

    def find(self, pair: Input) -> int | None:
        return self._numbers.get(pair)

    def number(self, pair: Input) -> int:
        """The input's number; a new one if it is new."""
        known = self._numbers.get(pair)
        if known is None:
            known = self._numbers[pair] = len(self.pairs)
            self.pairs.append(pair)
        return known

    def numbers(self, parts: Sequence[Mapping[str, str]]) -> tuple[int, ...]:
        """The numbers of a whole set of inputs, ascending: equal sets give equal tuples.

        It comes in parts, so that one which thousands of outputs share (the same object) is looked up once.
        """
        found: set[int] = set()
        for part in parts:
            known = self._parts.get(id(part))
            if known is None:
                known = self._parts[id(part)] = (part, tuple([self.number(pair) for pair in part.items()]))
            found.update(known[1])
        return tuple(sorted(found))

    def mapping(self, numbers: Iterable[int]) -> dict[str, str]:
        """The set of inputs that has these numbers."""
        return dict(self.pairs[number] for number in numbers)
