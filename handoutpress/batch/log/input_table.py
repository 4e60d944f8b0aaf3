"""What outputs are made from, by number: thousands share nearly all of it, so each input and part is stored once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

NamedInput = tuple[str, str]
"""A shown name, and the digest or version that it had."""
InputNumbers = tuple[int, ...]
"""Inputs that come together, such as the files of a brand: their numbers, ascending."""

Value = TypeVar("Value", bound=tuple[object, ...])


class _Numbered(Generic[Value]):
    """Values in order of arrival, each once, and their numbers."""

    def __init__(self, values: Iterable[Value]) -> None:
        self.values = list(values)
        self._numbers = {value: number for number, value in enumerate(self.values)}

    def find(self, value: Value) -> int | None:
        return self._numbers.get(value)

    def number(self, value: Value) -> int:
        """The value's number; a new one if it is new."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class InputTable:
    """Numbers for inputs and for parts. ``pairs[n]`` is the input of number ``n``, ``parts[n]`` the part."""

    def __init__(self, pairs: Iterable[NamedInput] = (), parts: Iterable[InputNumbers] = ()) -> None:
        self._inputs, self._parts = _Numbered(pairs), _Numbered(parts)
        self.pairs: Sequence[NamedInput] = self._inputs.values
        self.parts: Sequence[InputNumbers] = self._parts.values
        self._known: dict[int, tuple[Mapping[str, str], int]] = {}

    def number(self, pair: NamedInput) -> int:
        """The input's number; a new one if it is new."""
        return self._inputs.number(pair)

    def part(self, numbers: Iterable[int]) -> int:
        """The number of the part with these inputs; a new one if it is new."""
        return self._parts.number(tuple(sorted(numbers)))

    def find_part(self, pairs: Iterable[NamedInput]) -> int | None:
        """The number of the part with just these inputs, if it is there."""
        numbers = [self._inputs.find(pair) for pair in pairs]
        known = [number for number in numbers if number is not None]
        return self._parts.find(tuple(sorted(known))) if len(known) == len(numbers) else None

    def numbers(self, parts: Iterable[Mapping[str, str]]) -> tuple[int, ...]:
        """The numbers of an output's parts, ascending. One that many outputs share (the same object) is read once."""
        return tuple(sorted({self._number_of(part) for part in parts}))

    def mapping(self, made_from: Iterable[int]) -> dict[str, str]:
        """All inputs of the parts that have these numbers."""
        return dict(self.pairs[number] for part in made_from for number in self.parts[part])

    def _number_of(self, part: Mapping[str, str]) -> int:
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = (part, self.part(map(self.number, part.items())))
        return known[1]
