"""The shipped handouts fit each format, language and brand: at the smallest setting, if at no other."""

from __future__ import annotations

from random import Random

import pytest
from direct.page import DirectPress
from shipped import EACH, Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.press.layout.choices import layout_choices, lengths_of
from handoutpress.press.plate.slots import slot_boxes

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
ABOVE_MARK = 3
"""White between a cover's words and its mark, mm."""
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


@pytest.mark.parametrize("name", [name for name in LONGEST if "trifold" in name or "booklet" in name])
def test_the_words_of_a_cover_end_above_its_mark(name: str, shipped: Shipped, direct: DirectPress) -> None:
    """At the format's own wish, with no text short."""
    edition = shipped.editions[name]
    lengths = lengths_of([edition.handout], edition.format, len(edition.handout_file.cited))
    trial = direct.trial(edition, layout_choices(edition.format, lengths)[0].setting)
    boxes = trial.layout.document.pages[0]._page_box.descendants()
    (message,) = (box for box in boxes if box.element is not None and box.element.get("class") == "message")
    format_ = edition.format
    mark = slot_boxes(format_, edition.brand.logo_shape, "one")["brandmark"]
    foot = format_.paper.height - format_.margins.bottom - mark.height
    assert (message.position_y + message.border_height()) * 25.4 / 96 + ABOVE_MARK < foot
