"""The shipped leaflets laid out without branding, and the engine's boxes on their pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from press_room import catalog_of

from handoutpress.content.catalog import Catalog
from handoutpress.press.layout.typeset import Typesetter
from handoutpress.press.page.flow import flow_of
from handoutpress.press.page.templates import Templates
from handoutpress.press.plate.plate_maker import PlateContent, PlateMaker, TypesettingTools
from handoutpress.store.cache import Cache

ROOT = Path(__file__).parents[2]
HANDOUTS = ("acupuncture", "dry-needling", "acupuncture-or-dry-needling")
BRANDS = ("default", "harbour-osteopathy", "north-moor", "sunbird-acupuncture")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(ROOT)


@pytest.fixture(scope="module")
def maker(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> PlateMaker:
    templates = Templates({path.name: path for path in catalog.project.files("templates", "*.j2").values()})
    folder = tmp_path_factory.mktemp("engine")
    engine = TypesettingTools(Typesetter([ROOT / "fonts"], folder), Cache(folder))
    return PlateMaker(templates, catalog.project, catalog.references, engine)


def copy_of(catalog: Catalog, handout: str, brand: str, printed: str) -> PlateContent:
    chosen = catalog.brands[brand]
    text, format_ = catalog.handouts[handout, "en"], catalog.formats[printed].format
    flow = flow_of(chosen, catalog.countries[chosen.country], text)
    return PlateContent(text, catalog.languages["en"], format_, flow)


def body(page: Any) -> Any:
    return page._page_box.children[0]


def lines(page: Any) -> list[Any]:
    return [box for box in body(page).descendants() if type(box).__name__ == "LineBox"]
