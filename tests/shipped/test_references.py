"""The references of our own leaflets, which say where the harms are from: on the paper, not behind a code alone."""

from __future__ import annotations

import pytest
from laid_out_pages import catalog as catalog  # noqa: PLC0414
from laid_out_pages import copy_of
from laid_out_pages import maker as maker  # noqa: PLC0414

from handoutpress.content.catalog import Catalog
from handoutpress.press.plate.plate_maker import PlateMaker


@pytest.mark.parametrize(
    ("printed", "brand"),
    [("a4-leaflet", "north-moor"), ("a4-leaflet", "harbour-osteopathy"), ("letter-leaflet", "sunbird-acupuncture")],
)
def test_a_full_leaflet_prints_all_of_its_references_on_one_sheet(
    printed: str, brand: str, catalog: Catalog, maker: PlateMaker
) -> None:
    trial = maker.fit(copy_of(catalog, "acupuncture-or-dry-needling", brand, printed)).trial
    assert trial.layout.pages == 2
    assert trial.setting.references is None
