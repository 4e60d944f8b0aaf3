"""A YAML value with the places of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Place = tuple[int, int]
"""Line and column, both from 1."""
Location = tuple[str | int, ...]
"""The way to a value: keys and indexes from the top of the file."""

_NONE: dict[Any, Any] = {}
"""Shared by all scalars, which are most nodes of a file; never written to."""


@dataclass(slots=True)
class Node:
    """One value: ``value`` is plain data, ``style`` is how a scalar is written (``|``, ``>``, quotes or nothing).

    ``size`` counts characters and parts with every alias written out. A mapping has ``keys`` and ``parts`` by key, a
    sequence has ``parts`` by index.
    """

    value: Any
    place: Place
    style: str = ""
    word: str = ""
    size: int = 1
    keys: dict[str, Place] = field(default_factory=lambda: _NONE)
    parts: dict[str | int, Node] = field(default_factory=lambda: _NONE)

    def at(self, location: Location) -> Node:
        """Return the part at ``location``, or the nearest one above it that exists."""
        node = self
        for step in location:
            if step not in node.parts:
                break
            node = node.parts[step]
        return node

    def texts(self, location: Location = ()) -> Iterator[tuple[Location, Node]]:
        """Yield every text within, in the file's order."""
        if isinstance(self.value, str):
            yield location, self
        for step, part in self.parts.items():
            yield from part.texts((*location, step))
