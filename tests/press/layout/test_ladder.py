"""Steps of the ladder stand as one: on one page, and with what room it has to spare around them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.layout.blocks import body_blocks, classes_of
from handoutpress.press.layout.composing import LADDER_KEYS
from handoutpress.press.layout.spreading import MM_PER_PIXEL, STEP
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.page.flow import flow_of
from handoutpress.press.plate.plate_maker import PlateContent
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

MOST_BETWEEN = 3.0
"""Steps of the ladder stand no farther apart, mm."""


WIDE_FACES = (("sunbird-acupuncture", "en", "letter-leaflet"), ("lantern-street", "ar", "a4-leaflet"))
"""Brand, language and paper of leaflets of which only smaller type has a page for both groups of exercises."""


def fitted(brand: str, language: str, paper: str, folder: Path) -> LayoutTrial:
    exercises = EditionFilter(handouts=("shoulder-exercises",), formats=(paper,), languages=(language,))
    catalog = load_catalog(Project(builtin_root(), builtin_root()), exercises)
    edition = next(each for each in catalog.editions() if each.brand_slug == brand)
    press = HandoutPress(catalog, Cache(folder))
    flow = flow_of(edition.brand, catalog.countries[edition.brand.country], edition.handout_file)
    content = PlateContent(edition.handout_file, edition.language, edition.format, flow)
    return press._renderer._plates.fit(content).trial


@pytest.mark.parametrize(("brand", "language", "paper"), WIDE_FACES)
def test_smaller_type_keeps_the_ladder_on_the_first_page(brand: str, language: str, paper: str, tmp_path: Path) -> None:
    first, *others = fitted(brand, language, paper, tmp_path).blocks()
    assert {block.key for block in first.blocks} >= LADDER_KEYS
    assert not any(block.key in LADDER_KEYS for page in others for block in page.blocks)


def test_no_spare_room_parts_the_steps_of_the_ladder(tmp_path: Path) -> None:
    first = fitted("default", "en", "a4-leaflet", tmp_path).layout.document.pages[0]
    blocks = body_blocks(first._page_box)
    gaps = {
        (STEP in classes_of(above) and STEP in classes_of(below)): (
            below.border_box_y() - above.border_box_y() - above.border_height()
        )
        * MM_PER_PIXEL
        for above, below in pairwise(blocks)
    }
    assert gaps[True] <= MOST_BETWEEN < gaps[False]
