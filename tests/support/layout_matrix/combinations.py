"""Combinations of the matrix: first a few rows in which each pair of values meets, then random ones, all by a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from itertools import combinations as pairs_of
from itertools import product
from random import Random
from typing import Any

CANDIDATES = 40
"""Random rows of which each row of the covering array is the best: the greedy method of AETG (Cohen et al., 1997)."""


@dataclass(frozen=True)
class Combination:
    """One cell of the matrix. ``text`` is a change in per cent; ``title`` and ``name`` are letters.

    ``logo`` is width by height, or 0 for none.
    """

    format: str
    language: str
    text: int
    references: int
    title: int
    name: int
    signs: int
    logo: float
    places: int
    face: str

    def __str__(self) -> str:
        return " ".join(f"{field.name}={getattr(self, field.name)}" for field in fields(self))


LANGUAGES = ("en", "es", "fr", "ar", "hi", "uk", "zh-Hans")
VALUES: dict[str, tuple[Any, ...]] = {
    "format": (
        *("a3-poster", "a4-large-print", "a4-leaflet", "a4-trifold", "a5-booklet", "a6-card"),
        *("half-letter-booklet", "letter-large-print", "letter-leaflet", "letter-trifold", "tabloid-poster"),
    ),
    "language": LANGUAGES,
    "text": (-50, -25, 0, 25, 60),
    "references": (1, 2, 3, 11, 27, 60),
    "title": (12, 55, 120),
    "name": (8, 41, 170),
    "signs": (3, 6, 9),
    "logo": (0, 0.3, 0.6, 1, 1.6, 3, 6, 14, 33),
    "places": (1, 3),
    "face": ("Source Sans 3", "Source Serif 4", "Nunito"),
}


SHAPES = ((0,), (0.3, 0.6), (1,), (1.6, 3, 6), (14, 33))
"""Logos whose plates are the same."""


def combinations(seed: int, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Combination]:
    """Yield rows without end: those of a covering array of pairs, then random ones."""
    chance, values = Random(seed), {**VALUES, "language": languages}
    missing = {
        (one, first, other, second)
        for (one, other) in pairs_of(values, 2)
        for first, second in product(values[one], values[other])
    }
    while missing:
        row = max((_random(chance, values) for _ in range(CANDIDATES)), key=lambda row: len(missing & _pairs(row)))
        if not missing & _pairs(row):
            one, first, other, second = min(missing, key=repr)
            row = replace(row, **{one: first, other: second})
        missing -= _pairs(row)
        yield row
    while True:
        yield _random(chance, values)


def on_one_plate(row: Combination) -> list[Combination]:
    """Return the rows that differ from one in no more than a plate's slots take: it comes first."""
    logos = next(shape for shape in SHAPES if row.logo in shape)
    others = (
        replace(row, name=name, logo=logo, places=places)
        for name, logo, places in product(VALUES["name"], logos, VALUES["places"])
    )
    return [row, *(other for other in others if other != row and _classes(other) == _classes(row))]


def _classes(row: Combination) -> tuple[bool, int]:
    """Return whether a long name stands in place of a logo, and which of three boxes the contacts need."""
    is_long = row.name == max(VALUES["name"])
    return is_long and not row.logo, (row.places > 1) + is_long


def _random(chance: Random, values: Mapping[str, tuple[Any, ...]]) -> Combination:
    return Combination(**{name: chance.choice(options) for name, options in values.items()})


def _pairs(row: Combination) -> set[tuple[str, Any, str, Any]]:
    named = list(zip(VALUES, astuple(row), strict=True))
    return {(one, first, other, second) for (one, first), (other, second) in pairs_of(named, 2)}
