"""The shipped booklets: risks on one page, larger type before pages for notes alone, and people for a benefit."""

from __future__ import annotations

from itertools import product

import pytest
from laid_out_pages import catalog as catalog  # noqa: PLC0414
from laid_out_pages import copy_of
from laid_out_pages import maker as maker  # noqa: PLC0414

from handoutpress.content.catalog import Catalog
from handoutpress.press.layout.tightening import risks_are_parted
from handoutpress.press.plate.plate_maker import PlateMaker

OFTEN = {
    ("dry-cupping", "harbour-osteopathy", "a5-booklet"),
    ("acupuncture", "default", "half-letter-booklet"),
    ("acupuncture-or-dry-needling", "default", "a5-booklet"),
}
"""One of larger type than its first pages had, one whose people for a benefit had gone to begin pages anew, and one of
two practices with bars."""
BOOKLETS = [
    pytest.param(*names, marks=() if names in OFTEN else pytest.mark.soak)
    for handout, place in product(
        ("acupuncture", "acupuncture-or-dry-needling", "dry-cupping", "dry-needling"),
        (("default", "a5-booklet"), ("default", "half-letter-booklet"), ("harbour-osteopathy", "a5-booklet")),
    )
    for names in [(handout, *place)]
]


@pytest.mark.parametrize(("handout", "brand", "printed"), BOOKLETS)
def test_a_booklet_is_filled_by_what_it_says(
    handout: str, brand: str, printed: str, catalog: Catalog, maker: PlateMaker
) -> None:
    trial = maker.fit(copy_of(catalog, handout, brand, printed)).trial
    assert not risks_are_parted(trial.blocks())
    assert not trial.setting.notes, "larger type comes first"
    assert trial.setting.compared == (handout == "acupuncture"), "people show the benefit that was counted"
