"""Which changes typeset a plate again, and which a brand brings for nothing."""

from __future__ import annotations

import re
import shutil
from collections import ChainMap
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from press_room import CASES, HANDOUT, catalog_of, change, clinic, edition_of, press_of, write_brand

from handoutpress.content.editions import Edition
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache
from handoutpress.store.digests import input_digest

ROOT = Path(__file__).parents[2]

BRAND: dict[str, Any] = {
    "meta": {"name": "Hill Clinic", "contacts": [{"phone": "01632 960 999"}]},
    "color": {"primary": "#224466"},
    "logo": {"path": "logo.png", "alt": "Hill"},
    "defaults": {"handout": {"country": "gb"}},
}
Brand = dict[str, Any]


def write_logo(root: Path, size: tuple[int, int], colour: str) -> None:
    Image.new("RGB", size, colour).save(root / "brands/hill/logo.png")


def project(folder: Path, brand: Brand = BRAND) -> Path:
    root = clinic(folder)
    write_logo(root, (600, 300), "red")
    write_brand(root, brand)
    return root


def plates(cache: Path) -> int:
    return sum(1 for path in cache.glob("plates/??/*") if path.is_file())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that has the plate of ``BRAND``."""
    folder = tmp_path_factory.mktemp("keys")
    press, edition = press_of(project(folder / "clinic"), folder / "cache")
    press.plate_file(edition)
    assert plates(folder / "cache") == 1
    return folder / "cache"


@pytest.fixture
def cache(printed: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(printed, tmp_path / "cache")
    yield tmp_path / "cache"


def rename(brand: Brand) -> None:
    brand["meta"]["name"] = {"full": "Valley Clinic of the Many Fields", "short": "Valley"}


def move(brand: Brand) -> None:
    brand["meta"]["contacts"] = [{"address": ["1 Valley Road"], "phone": "01632 960 111", "email": "a@b.example"}]
    brand["meta"]["link"] = "https://valley.example"


def repaint(brand: Brand) -> None:
    brand["color"] = {"primary": "#aa2200", "secondary": "#00aa22", "link": "#0000aa"}


def redirect(brand: Brand) -> None:
    brand["defaults"]["handout"]["article_url"] = "https://valley.example/read/{slug}"


def note_another_handout(brand: Brand) -> None:
    brand["defaults"]["handout"]["notes"] = {"honey": "We sell it too."}


def a_font(brand: Brand) -> None:
    brand["typography"] = {"base": "Nunito"}


def a_heading_font(brand: Brand) -> None:
    brand["typography"] = {"headings": "Source Serif 4"}


def a_country(brand: Brand) -> None:
    brand["defaults"]["handout"]["country"] = "us"


def a_note(brand: Brand) -> None:
    brand["defaults"]["handout"]["notes"] = {"warm-tea": "We give you a cup."}


def lines_to_write_on(brand: Brand) -> None:
    brand["defaults"]["handout"]["writing_lines"] = ["practitioner"]


def no_logo(brand: Brand) -> None:
    del brand["logo"]


def two_places(brand: Brand) -> None:
    brand["meta"]["contacts"] = [{"name": "A", "phone": "01632 960 1"}, {"name": "B", "phone": "01632 960 2"}]


def hide(brand: Brand) -> None:
    brand["defaults"]["handout"]["hide"] = {"warm-tea": ["questions"]}


FREE = [rename, move, repaint, redirect, note_another_handout]
DEAR = [a_font, a_heading_font, a_country, a_note, lines_to_write_on, no_logo, two_places, hide]


def changed(how: Callable[[Brand], None]) -> Brand:
    brand = deepcopy(BRAND)
    how(brand)
    return brand


@pytest.mark.parametrize("how", FREE, ids=lambda how: how.__name__)
def test_a_brand_changes_without_a_new_plate(how: Callable[[Brand], None], cache: Path, tmp_path: Path) -> None:
    press, edition = press_of(project(tmp_path / "clinic", changed(how)), cache)
    assert press.plate_file(edition)
    assert plates(cache) == 1


@pytest.mark.parametrize("how", DEAR, ids=lambda how: how.__name__)
def test_what_the_page_reads_makes_a_plate_of_its_own(how: Callable[[Brand], None], tmp_path: Path) -> None:
    root = project(tmp_path / "clinic")
    before, first = press_of(root)
    write_brand(root, changed(how))
    after, second = press_of(root)
    assert before.plate_group(first) != after.plate_group(second)


def test_a_font_typesets_one_more_plate_and_the_first_stays(cache: Path, tmp_path: Path) -> None:
    press, edition = press_of(project(tmp_path / "clinic", changed(a_font)), cache)
    press.plate_file(edition)
    press.plate_file(edition)
    assert plates(cache) == 2
    press, edition = press_of(project(tmp_path / "again"), cache)
    press.plate_file(edition)
    assert plates(cache) == 2


@pytest.mark.parametrize(("size", "is_free"), [((600, 300), True), ((900, 500), True), ((400, 400), False)])
def test_a_new_logo_is_free_unless_its_shape_is_of_another_class(
    size: tuple[int, int], is_free: bool, tmp_path: Path
) -> None:
    root = project(tmp_path / "clinic")
    before, first = press_of(root)
    write_logo(root, size, "blue")
    after, second = press_of(root)
    assert (before.plate_group(first) == after.plate_group(second)) is is_free


def inputs_of(press: HandoutPress, edition: Edition) -> dict[str, str]:
    return dict(ChainMap(*map(dict, press.inputs(edition))))


def test_a_new_logo_is_new_art(tmp_path: Path) -> None:
    """The file's name stays; in a watched project, this process made the old one."""
    root = project(tmp_path / "clinic")
    press, edition = press_of(root)
    old, old_inputs = press.art(edition), inputs_of(press, edition)
    write_logo(root, (600, 300), "blue")
    press, edition = press_of(root)
    assert press.art(edition) != old
    now = inputs_of(press, edition)
    assert {name for name in now if now[name] != old_inputs[name]} == {"brands/hill/logo.png"}


def test_all_that_the_art_prints_of_a_brand_makes_new_art(tmp_path: Path) -> None:
    """What ``templates/art.html.j2`` reads of a brand must be in the key: else a change of it prints the old art."""
    template = (ROOT / "templates" / "art.html.j2").read_text("utf-8")
    fields = set(re.findall(r"\bbrand\.(\w+)", template))
    assert {"contacts", "link", "short_name"} <= fields
    press, edition = press_of(project(tmp_path / "clinic"), tmp_path / "cache")
    art = press.art(edition)
    changed: dict[str, Any] = {
        "name": "Valley Clinic",
        "short_name": "Valley",
        "link": "https://valley.example",
        "contacts": (replace(edition.brand.contacts[0], hours="9 to 5"),),
        "colours": replace(edition.brand.colours, link="#0000aa", primary_text="#00aa00"),
    }
    assert fields <= {*changed, "base_font", "heading_font"}  # a font counts by its files: see above
    for field, value in changed.items():
        press = HandoutPress(catalog_of(tmp_path / "clinic"), Cache(tmp_path / "cache"))
        brand = replace(edition.brand, **{field: value})
        assert press.art(replace(edition, brand=brand)) != art, field


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.css"
    path.write_text("a", encoding="utf-8")
    first = input_digest(path)
    path.write_text("b", encoding="utf-8")
    assert input_digest(path) != first


def replace_in(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        path = root / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            shutil.copy(CASES.parents[1] / name, path)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


MADE_FROM: dict[str, Callable[[Path], None]] = {
    HANDOUT: replace_in(HANDOUT, "slowly", "quickly"),
    "the references that it cites": replace_in("references.yaml", "Tea and throats", "Tea or throats"),
    "formats/a4-leaflet.yaml": replace_in("formats/a4-leaflet.yaml", "top: 11", "top: 12"),
    "styles/leaflet.css": replace_in("styles/leaflet.css", "margin: 0", "margin: 1pt"),
    "languages/en.yaml": replace_in("languages/en.yaml", "Read on", "Read more"),
    "templates": replace_in("templates/blocks.html.j2", "<table{%", "<table {%"),
}


@pytest.mark.parametrize("name", MADE_FROM)
def test_whatever_a_page_is_made_from_counts(name: str, tmp_path: Path) -> None:
    root = project(tmp_path / "clinic")
    press, edition = press_of(root)
    old = inputs_of(press, edition)
    MADE_FROM[name](root)
    press, edition = press_of(root)
    now = inputs_of(press, edition)
    shown = {changed.removeprefix("built-in/") for changed, _ in set(now.items()) ^ set(old.items())}
    assert name in shown


def test_what_a_page_does_not_use_does_not_count(tmp_path: Path) -> None:
    root = project(tmp_path / "clinic")
    press, edition = press_of(root)
    old = inputs_of(press, edition)
    replace_in("references.yaml", "Mugs", "Many mugs")(root)
    change(root / "handouts/honey.en.yaml", lambda handout: handout.update(title="Old honey"))
    press, edition = press_of(root)
    assert inputs_of(press, edition) == old


def test_brands_that_read_alike_share_one_plate(tmp_path: Path) -> None:
    root = project(tmp_path / "clinic")
    for number in range(5):
        shutil.copytree(root / "brands/hill", root / f"brands/hill-{number}")
        path = root / f"brands/hill-{number}/_brand.yml"
        change(path, lambda keys, number=number: keys["meta"].update(name=f"Hill {number}"))  # type: ignore[misc]
    catalog = catalog_of(root)
    press, _ = press_of(root)
    editions = [edition_of(catalog, brand=f"hill-{number}") for number in range(5)]
    assert len({press.plate_group(edition) for edition in editions}) == 1
    assert len({press.open_plate(edition).print(edition).pdf for edition in editions}) == 5
    assert plates(root / "cache") == 1
