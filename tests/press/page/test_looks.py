"""Looks: each has plates of its own, whatever the colours, and paints in both; a project may add one."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import yaml
from press_room import catalog_of, clinic

from handoutpress.content.editions import Edition
from handoutpress.press.page.flow import flow_of
from handoutpress.press.plate.plate_maker import PlateContent
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

LOOKS = ("classic", "modern", "warm")
OWN = "paper"
PRIMARY, ACCENT = (31, 102, 80), (168, 115, 31)
LEAST_PRIMARY, LEAST_ACCENT = 0.004, 0.002
"""Parts of a first page in each colour."""


def write_clinic(root: Path, look: str, primary: str, slug: str) -> None:
    """Write a brand in a look and a colour."""
    brand = {
        "meta": {"name": "Hill Clinic", "contacts": [{"phone": "01632 960 321"}]},
        "color": {"primary": primary, "secondary": "#a8731f"},
        "defaults": {"handout": {"country": "gb", "look": look}},
    }
    path = root / "brands" / slug / "_brand.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(brand), encoding="utf-8")


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """A leaflet in each look, and in another colour as "blue"."""
    root = clinic(tmp_path_factory.mktemp("looks") / "clinic")
    (root / "looks" / OWN).mkdir(parents=True)
    (root / "looks" / OWN / "look.css").write_text(".leaflet .ground { height: 9mm; background: var(--accent) }")
    for look in (*LOOKS, OWN):
        write_clinic(root, look, "#1f6650", look)
    write_clinic(root, "modern", "#14304f", "blue")
    leaflets = [edition for edition in catalog_of(root).editions() if edition.format_slug == "a4-leaflet"]
    return {edition.brand_slug: edition for edition in leaflets}


@pytest.fixture(scope="module")
def press(editions: dict[str, Edition], tmp_path_factory: pytest.TempPathFactory) -> HandoutPress:
    root = editions["blue"].brand.path.parents[2]
    return HandoutPress(catalog_of(root), Cache(tmp_path_factory.mktemp("cache")))


def test_a_look_has_plates_of_its_own_and_colours_have_none(press: HandoutPress, editions: dict[str, Edition]) -> None:
    groups = {name: press.plate_group(edition) for name, edition in editions.items()}
    assert groups["blue"] == groups["modern"]
    assert len({groups[look] for look in (*LOOKS, OWN)}) == len(LOOKS) + 1


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_paints_in_both_colours_of_the_brand(
    look: str, press: HandoutPress, editions: dict[str, Edition]
) -> None:
    pdf = press.open_plate(editions[look]).print(editions[look]).pdf
    with pypdfium2.PdfDocument(pdf) as opened:
        picture = opened[0].render(scale=0.5).to_pil().convert("RGB")
    painted = {colour: count / (picture.width * picture.height) for count, colour in picture.getcolors(1 << 20)}
    assert painted[PRIMARY] > LEAST_PRIMARY
    assert painted[ACCENT] > LEAST_ACCENT


def test_how_a_text_failed_in_a_look_counts_for_nothing_once_that_is_changed(
    press: HandoutPress, editions: dict[str, Edition]
) -> None:
    edition, maker = editions[OWN], press._renderer._plates
    flow = flow_of(edition.brand, press._catalog.countries["gb"], edition.handout_file)
    content = PlateContent(edition.handout_file, edition.language, edition.format, flow)
    sheet, before = edition.brand.path.parents[2] / "looks" / OWN / "look.css", maker._basis(content)
    written = sheet.read_text("utf-8")
    sheet.write_text("h2 { padding: 9mm }", "utf-8")
    assert maker._basis(content) != before
    sheet.write_text(written, "utf-8")
