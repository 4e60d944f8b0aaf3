"""Phrases with braces, in which the press fills something in."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import ClassVar, Self

from pydantic import model_validator

from handoutpress.yamlfile.record import Record


def braces(phrase: str) -> set[str]:
    """Return the names in the braces of ``phrase``; raises ``ValueError`` where a brace is not closed."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


class FilledPhrases(Record):
    """Phrases that are filled in: each holds the braces that it has in ``places``, all of them and no others."""

    places: ClassVar[Mapping[str, frozenset[str]]]
    """The braces by phrase; a phrase that is not named here holds none."""

    @model_validator(mode="after")
    def _braces_are_known(self) -> Self:
        for key, phrase in self:
            expected = self.places.get(key, frozenset())
            if isinstance(phrase, str) and braces(phrase) != expected:
                listed = " and ".join("{" + name + "}" for name in sorted(expected)) or "no braces"
                raise ValueError(f'"{key}" needs {listed} in its phrase')
        return self
