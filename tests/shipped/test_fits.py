"""The shipped handouts fit each format, language and brand: at the smallest setting, if at no other."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from direct.page import DirectPress
from shipped import EACH, Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.press.layout.choices import layout_choices, lengths_of
from handoutpress.press.layout.trials import LayoutTrial

OFTEN = frozenset(Random(7).sample(range(len(EACH)), 16))
LONGEST = (
    "north-moor-a6-card-acupuncture.ar",
    "harbour-osteopathy-a3-poster-acupuncture-or-dry-needling.fr",
    "harbour-osteopathy-tabloid-poster-acupuncture-or-dry-needling.es",
    "harbour-osteopathy-letter-leaflet-acupuncture.uk",
    "harbour-osteopathy-letter-leaflet-acupuncture-or-dry-needling.es",
    "harbour-osteopathy-a4-trifold-acupuncture-or-dry-needling.fr",
    "harbour-osteopathy-letter-trifold-acupuncture-or-dry-needling.fr",
    "harbour-osteopathy-half-letter-booklet-acupuncture-or-dry-needling.fr",
    "harbour-osteopathy-letter-leaflet-acupuncture-or-dry-needling.ar",
    "north-moor-letter-leaflet-acupuncture-or-dry-needling.ar",
)
"""Each of these was too long for its format once."""
NAMES = [str(each.values[0]) for each in EACH]
TRIED = [
    pytest.param(name, marks=() if number in OFTEN or name in LONGEST else pytest.mark.soak)
    for number, name in enumerate(NAMES)
]


@pytest.fixture(scope="module")
def direct(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> DirectPress:
    return DirectPress(shipped.catalog, tmp_path_factory.mktemp("direct"))


def test_the_longest_are_editions() -> None:
    assert set(LONGEST) <= set(NAMES)


@pytest.mark.parametrize("name", TRIED)
def test_every_edition_fits_at_the_smallest_setting(name: str, shipped: Shipped, direct: DirectPress) -> None:
    edition = shipped.editions[name]
    format_ = edition.format
    lengths = lengths_of([edition.handout], format_, len(edition.handout_file.cited))
    smallest = layout_choices(format_, lengths)[-1]
    trial = direct.trial(edition, smallest.setting)
    assert trial.fits(smallest.pages), (trial.layout.pages, trial.layout.wide_words())
    if format_.style in {"trifold", "booklet"}:
        parts = {str(box.element.get("class")).split()[0]: box for box in on_cover(trial)}
        assert bottom(parts["message"]) < parts["brandmark"].position_y


def on_cover(trial: LayoutTrial) -> list[Any]:
    """The boxes of elements with a class on the first page."""
    boxes = trial.layout.document.pages[0]._page_box.descendants()
    return [box for box in boxes if box.element is not None and box.element.get("class")]


def bottom(box: Any) -> float:
    return float(box.position_y + box.border_height())
