"""What outputs are made from, by number: thousands share nearly all of it, so each input and part is stored once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

NamedInput = tuple[str, str]
"""The name of an input as people read it, and the digest or version that it had."""
InputNumbers = tuple[int, ...]
"""Inputs that come together, such as the files of a brand: their numbers, ascending."""

Value = TypeVar("Value", bound=tuple[object, ...])


class _NumberedValues(Generic[Value]):
    """Values in order of arrival, each once, and their numbers."""

    def __init__(self, values: Iterable[Value]) -> None:
        self.values = list(values)
        self._numbers = {value: number for number, value in enumerate(self.values)}

    def find(self, value: Value) -> int | None:
        """Return the value's number, if it is there."""
        return self._numbers.get(value)

    def add(self, value: Value) -> int:
        """Return the value's number; a new one if it is new."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class InputTable:
    """Numbers for inputs and for parts. ``pairs[n]`` is the input of number ``n``, ``parts[n]`` the part."""

    def __init__(self, pairs: Iterable[NamedInput] = (), parts: Iterable[InputNumbers] = ()) -> None:
        self._inputs, self._parts = _NumberedValues(pairs), _NumberedValues(parts)
        self.pairs: Sequence[NamedInput] = self._inputs.values
        self.parts: Sequence[InputNumbers] = self._parts.values
        self._numbers_by_identity: dict[int, tuple[Mapping[str, str], int]] = {}

    def add_input(self, pair: NamedInput) -> int:
        """Return the input's number; a new one if it is new."""
        return self._inputs.add(pair)

    def add_part(self, numbers: Iterable[int]) -> int:
        """Return the number of the part with these inputs; a new one if it is new."""
        return self._parts.add(tuple(sorted(numbers)))

    def add_parts(self, parts: Iterable[Mapping[str, str]]) -> tuple[int, ...]:
        """Return the numbers of an output's parts, ascending; new ones for those that are new."""
        # A part that many outputs share is the same object each time, and read once.
        numbers = set()
        for part in parts:
            numbered = self._numbers_by_identity.get(id(part))
            numbers.add(numbered[1] if numbered else self._number_of(part))
        return tuple(sorted(numbers))

    def find_part(self, pairs: Iterable[NamedInput]) -> int | None:
        """Return the number of the part with just these inputs, if it is there."""
        numbers = [self._inputs.find(pair) for pair in pairs]
        present = [number for number in numbers if number is not None]
        return self._parts.find(tuple(sorted(present))) if len(present) == len(numbers) else None

    def mapping(self, made_from: Iterable[int]) -> dict[str, str]:
        """Return all inputs of the parts that have these numbers."""
        return dict(self.pairs[number] for part in made_from for number in self.parts[part])

    def _number_of(self, part: Mapping[str, str]) -> int:
        number = self.add_part(map(self.add_input, part.items()))
        self._numbers_by_identity[id(part)] = (part, number)  # the part is held, lest its id be reused
        return number
