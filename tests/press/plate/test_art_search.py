"""What stands in a slot is found in few pages, and never depends on where the search began."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.layout.typeset import Layout
from handoutpress.press.plate.art_maker import ArtMaker
from handoutpress.press.plate.art_search import ArtTrial, SlotSearch
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

Groups = st.lists(st.integers(1, 7).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size))), min_size=1)
"""For each group how many trials it has, and from which one on they fit; none does from its size on."""


def search(groups: list[tuple[int, int]], guess: int) -> tuple[int | None, list[int]]:
    """Return the trial found, and how many pages each layout had."""
    fits = [number >= first for size, first in groups for number in range(size)]
    slot = SlotSearch([[ArtTrial(10 - number, "Clinic") for number in range(size)] for size, _ in groups], guess)
    layouts = []
    while wanted := slot.wanted():
        layouts.append(len(wanted))
        slot.pages |= {number: "page" if fits[number] else None for number in wanted}
    assert slot.failed == (slot.found is None)
    return slot.found, layouts


def first_that_fits(groups: list[tuple[int, int]]) -> int | None:
    fits = [number >= first for size, first in groups for number in range(size)]
    return next((number for number, does_fit in enumerate(fits) if does_fit), None)


@given(Groups, st.integers(0, 40))
def test_the_first_that_fits_is_found_wherever_the_search_begins(groups: list[tuple[int, int]], guess: int) -> None:
    found, layouts = search(groups, guess)
    assert found == first_that_fits(groups)
    assert len(layouts) <= 3


def test_a_brand_like_the_one_before_takes_one_layout() -> None:
    groups = [(4, 4), (4, 4), (7, 3), (7, 0)]
    assert search(groups, 11) == (11, [4])
    assert search(groups, 0) == (11, [1, 4, 6])


def test_a_search_begins_where_that_of_another_press_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ArtMaker, "_guesses", {})
    layouts: list[str] = []
    typeset = ArtMaker._typeset

    def counted(maker: ArtMaker, *taken: Any) -> tuple[str, Layout]:
        layouts.append(taken[0].slug)
        return typeset(maker, *taken)

    monkeypatch.setattr(ArtMaker, "_typeset", counted)
    selection = EditionFilter(("acupuncture",), ("north-moor",), ("en",), ("a4-leaflet",))
    catalog = load_catalog(Project(builtin_root(), builtin_root()), selection)
    (edition,) = catalog.editions()
    first = HandoutPress(catalog, Cache(tmp_path / "first")).art(edition)
    searched = len(layouts)
    assert HandoutPress(catalog, Cache(tmp_path / "second")).art(edition) == first
    assert searched > 1
    assert len(layouts) == searched + 1
