"""How often shipped plates are laid out until they are found, and that where the search begins changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import mean
from weakref import ref

import pytest
from laid_out_pages import catalog as catalog  # noqa: PLC0414
from laid_out_pages import maker as maker  # noqa: PLC0414

from benchmarks.layouts import content_of, counted, one_edition_a_plate, with_more_words
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.press.layout.excess import DoesNotFitError
from handoutpress.press.layout.prediction import MeasuredText, measured_text
from handoutpress.press.plate.plate_maker import PlateContent, PlateMaker
from handoutpress.store.cache import Cache

MOST_AT_FIRST, MOST_ONCE_CHANGED = 3.0, 3.0
"""Layouts a plate on the average: in a first build, and once a few words of a text were changed. Two of the four sheets
are full to the last line, so that more words are set otherwise."""
MOST_OF_FULL = 3.5
"""Layouts a plate of these four at first: two have larger type than their format wishes, one of them two sizes larger,
one holds a part of its references, and each of these takes a layout that shows how much is too much."""
COUNTED = {(brand, name) for brand in ("default", "north-moor") for name in ("a4-leaflet", "letter-leaflet")}
BEGUN = {("a4-leaflet", "acupuncture", "ar"), ("a6-card", "dry-needling", "en")}
"""What `make test` begins anywhere; `make soak` begins every shipped plate so."""


def plates(catalog: Catalog, folder: Path) -> list[Edition]:
    return one_edition_a_plate(catalog, Cache(folder))


def test_few_layouts_find_a_plate(catalog: Catalog, tmp_path: Path) -> None:
    sample = [
        edition
        for edition in plates(catalog, tmp_path)
        if (edition.brand_slug, edition.format_slug) in COUNTED
        and (edition.handout_slug, edition.language_slug) == ("acupuncture", "en")
    ]
    counts = list(counted(catalog, sample, tmp_path))
    assert len(counts) == len(COUNTED)
    assert mean(plate.first for plate in counts) <= MOST_OF_FULL
    assert mean(plate.changed for plate in counts) <= MOST_ONCE_CHANGED


def test_what_was_laid_out_goes_with_what_was_found(catalog: Catalog, maker: PlateMaker, tmp_path: Path) -> None:
    card = next(edition for edition in plates(catalog, tmp_path) if edition.format_slug == "a6-card")
    maker.fit(content_of(catalog, card))  # loads the engine
    gc.disable()
    try:
        fitted = maker.fit(content_of(catalog, card))
        layout = ref(fitted.trial.layout)
        assert layout() is not None
        del fitted
        assert layout() is None
    finally:
        gc.enable()


@pytest.mark.soak
def test_few_layouts_find_every_shipped_plate(catalog: Catalog, tmp_path: Path) -> None:
    counts = list(counted(catalog, plates(catalog, tmp_path), tmp_path))
    assert mean(plate.first for plate in counts) <= MOST_AT_FIRST
    assert mean(plate.changed for plate in counts) <= MOST_ONCE_CHANGED


Beginning = tuple[MeasuredText | None, tuple[MeasuredText, ...]]
"""What is likely of a text, and how such texts failed."""


def begun(maker: PlateMaker, content: PlateContent, *shares: float) -> Iterator[Beginning]:
    """Yield what a search may begin with: nothing, choices by their share of the way to the last, another text."""
    choices, lengths = maker.choices(content), maker.lengths(content)
    yield None, ()
    for share in shares:
        choice = choices[round(share * (len(choices) - 1))]
        yield measured_text(choice.setting, lengths, maker.trial(content, choice.setting).blocks()), ()
    with suppress(DoesNotFitError):
        other = maker.fit(replace(content, file=with_more_words(content.file)))
        yield other.measured, other.failed


def assert_one_answer(maker: PlateMaker, content: PlateContent, *shares: float) -> None:
    trials = [maker.fit(content, *beginning).trial for beginning in begun(maker, content, *shares)]
    settings = {trial.setting for trial in trials}
    assert len(settings) == 1, (content.format.name, content.file.path.name, settings)
    assert len({trial.html for trial in trials}) == 1


def test_where_a_search_begins_changes_nothing(catalog: Catalog, maker: PlateMaker, tmp_path: Path) -> None:
    names = {(e.format_slug, e.handout_slug, e.language_slug): e for e in reversed(plates(catalog, tmp_path))}
    for name in sorted(BEGUN):
        assert_one_answer(maker, content_of(catalog, names[name]), 1)


@pytest.mark.soak
def test_where_a_search_begins_changes_nothing_of_any_shipped_plate(
    catalog: Catalog, maker: PlateMaker, tmp_path: Path
) -> None:
    for edition in plates(catalog, tmp_path):
        assert_one_answer(maker, content_of(catalog, edition), 0, 0.5, 1)
