"""Steps of the ladder stand as one on a page with room to spare: what is over goes around them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.layout.blocks import body_blocks, classes_of
from handoutpress.press.layout.spreading import MM_PER_PIXEL, STEP
from handoutpress.press.page.flow import flow_of
from handoutpress.press.plate.plate_maker import PlateContent
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

MOST_BETWEEN = 3.0
"""Steps of the ladder stand no farther apart, mm."""


def test_no_spare_room_parts_the_steps_of_the_ladder(tmp_path: Path) -> None:
    exercises = EditionFilter(handouts=("shoulder-exercises",), formats=("a4-leaflet",), languages=("en",))
    catalog = load_catalog(Project(builtin_root(), builtin_root()), exercises)
    edition = next(each for each in catalog.editions() if each.brand_slug == "default")
    press = HandoutPress(catalog, Cache(tmp_path))
    flow = flow_of(edition.brand, catalog.countries[edition.brand.country], edition.handout_file)
    content = PlateContent(edition.handout_file, edition.language, edition.format, flow)
    first = press._renderer._plates.fit(content).trial.layout.document.pages[0]
    blocks = body_blocks(first._page_box)
    gaps = {
        (STEP in classes_of(above) and STEP in classes_of(below)): (
            below.border_box_y() - above.border_box_y() - above.border_height()
        )
        * MM_PER_PIXEL
        for above, below in pairwise(blocks)
    }
    assert gaps[True] <= MOST_BETWEEN < gaps[False]
