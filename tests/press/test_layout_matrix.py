"""What clinics write and bring, of every length and shape: printed right, or refused in words that they can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import pypdfium2
import pytest
from layout_matrix.clinics import NAMES
from layout_matrix.combinations import LANGUAGES, VALUES, Combination, combinations, on_one_plate
from layout_matrix.printing import Built, MatrixProject, printable

from handoutpress.store.cache import Cache

SEED = 7
WITH_FONTS = tuple(code for code in LANGUAGES if code not in ("hi", "zh-Hans"))
"""Languages whose fonts come with the project."""
ON_A_PLATE = 8
"""Clinics that are printed on one plate."""
FEWEST = 4
"""Plates with fewer are left to the soak: a plate takes longer than all its clinics."""
EACH_RUN = (0, 4, 5, 7)
"""Of the sample, what each run prints: a card, a leaflet, two posters. A long run prints the others too."""
SAMPLE, ALL, AT_ONCE = 60, 2000, 50
MOST_REFUSED = 0.02
ACTED_ON = re.compile(r'Hint: .*(shorten|shorter|short form|leave out|"short" text)')
"""What a refusal says: which of their words to change."""


def plates(seed: int, languages: tuple[str, ...], on_a_plate: int) -> Iterator[list[Combination]]:
    """Yield rows plate by plate, without end."""
    return (on_one_plate(row)[:on_a_plate] for row in combinations(seed, languages))


def sample() -> list[list[Combination]]:
    """The first plates, with so many rows together."""
    chosen: list[list[Combination]] = []
    for rows in plates(SEED, WITH_FONTS, ON_A_PLATE):
        if len(rows) < FEWEST:
            continue
        chosen.append(rows[: SAMPLE - sum(map(len, chosen))])
        if sum(map(len, chosen)) == SAMPLE:
            return chosen
    return chosen


CHOSEN = sample()


def faults(built: list[Built]) -> list[str]:
    """What no clinic can act on."""
    found = [f"{each.row}: {each.findings}" for each in built if each.findings]
    return found + [
        f"{each.row}: {each.refusal}" for each in built if each.refusal and not ACTED_ON.search(each.refusal)
    ]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> MatrixProject:
    folder = tmp_path_factory.mktemp("matrix")
    return MatrixProject(folder / "project", [row for rows in CHOSEN for row in rows], Cache(folder / "cache"))


def test_the_matrix_has_what_it_says() -> None:
    rows = list(islice(combinations(SEED), 200))
    assert {name: {getattr(row, name) for row in rows} for name in VALUES} == {k: set(v) for k, v in VALUES.items()}
    assert {length: len(name) for length, name in NAMES.items()} == {length: length for length in VALUES["name"]}


PLATES = [pytest.param(n, marks=() if n in EACH_RUN else pytest.mark.soak) for n in range(len(CHOSEN))]


@pytest.mark.parametrize("plate", PLATES)
def test_what_a_clinic_brings_is_printed_right_or_refused_in_words(project: MatrixProject, plate: int) -> None:
    built = list(project.built(CHOSEN[plate]))
    assert faults(built) == []


def test_a_card_with_too_much_for_two_pages_is_folded(tmp_path: Path) -> None:
    row = Combination("a6-card", "en", 60, 11, 55, 41, 9, 0.6, 3, "Source Serif 4")
    project = MatrixProject(tmp_path / "project", [row], Cache(tmp_path / "cache"))
    assert list(project.built([row])) == [Built(row)]
    assert len(pypdfium2.PdfDocument(project.pdf(row))) == 4


CROWDED = Combination("a3-poster", "en", -50, 1, 120, 8, 9, 1.6, 3, "Source Serif 4")


@pytest.mark.parametrize(("signs", "logo"), [(6, 0.6), (9, 1), (9, 1.6), (9, 33)])
def test_a_poster_with_many_signs_of_urgent_help_has_the_number_and_the_mark_beside_the_code(
    tmp_path: Path, signs: int, logo: float
) -> None:
    row = replace(CROWDED, signs=signs, logo=logo)
    project = MatrixProject(tmp_path / "project", [row], Cache(tmp_path / "cache"))
    assert list(project.built([row])) == [Built(row)]


@pytest.mark.soak
def test_of_many_combinations_few_are_refused_and_none_fails_its_proof(tmp_path: Path) -> None:
    languages = printable(LANGUAGES)
    rows = plates(SEED + 1, languages, ON_A_PLATE)
    built: list[Built] = []
    while len(built) < ALL:
        folder, together = tmp_path / str(len(built)), list(islice(rows, AT_ONCE))
        project = MatrixProject(folder / "project", list(chain(*together)), Cache(folder / "cache"))
        built += [each for group in together for each in project.built(group)]
    assert faults(built) == []
    refused = [f"{each.row}: {each.refusal}" for each in built if each.refusal]
    assert len(refused) <= MOST_REFUSED * len(built), "\n".join(refused)
