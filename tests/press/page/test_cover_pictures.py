"""The picture of a handout's covers: drawn once, in the colours that its look asks for, and said to nobody."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name
from press_room import catalog_of, change, clinic, edition_of, press_of, write_handout

from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.layout.blocks import classes_of
from handoutpress.press.layout.spreading import MM_PER_PIXEL
from handoutpress.press.page.flow import flow_of
from handoutpress.press.plate.plate_maker import PlateContent
from handoutpress.press.plate.spoken_marks import DECORATION
from handoutpress.press.plate.tags import elements
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache

BEGUN = b"7 11 m"
"""How the drawing of the picture's one shape begins."""
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path fill="primary-text" d="M7 11L50 30L9 35z"/></svg>
"""
ON_PRIMARY, ON_PAPER = b"/RoleOnPrimary", b"/RolePrimaryText"
LOOKS = {
    "a5-booklet": {"classic": ON_PRIMARY, "modern": ON_PRIMARY, "warm": ON_PAPER},
    "a4-leaflet": {"classic": ON_PAPER, "modern": ON_PRIMARY, "warm": ON_PRIMARY},
    **{
        on_white: dict.fromkeys(("classic", "modern", "warm"), ON_PAPER)
        for on_white in ("a3-poster", "a4-large-print", "a6-card")
    },
}
"""The colour of the picture's shape by format and look: that which stands out from the ground there."""


def project(root: Path, look: str = "classic", picture: str = PICTURE) -> Path:
    clinic(root)
    (root / "pictures/covers").mkdir(parents=True)
    (root / "pictures/covers/warm-tea.svg").write_text(picture, "utf-8")
    brand = next(root.glob("brands/*/_brand.yml"))
    change(brand, lambda value: value["defaults"]["handout"].update(look=look))
    return root


@pytest.mark.parametrize(("printed", "look"), [(printed, look) for printed in LOOKS for look in LOOKS[printed]])
def test_a_first_page_has_the_picture_once_and_it_says_nothing(printed: str, look: str, tmp_path: Path) -> None:
    root = project(tmp_path / "clinic", look)
    write_handout(root, what_to_expect=" ".join(["You sip it slowly."] * 12))  # risks begin large print's second page
    catalog = catalog_of(root)
    edition = edition_of(catalog, printed=printed)
    data = HandoutPress(catalog, Cache(tmp_path / "cache")).open_plate(edition).print(edition).pdf
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms = [
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get(Name.Subtype) == Name.Form
        ]
        painted = b"".join(each.read_bytes() for each in (*(page.obj.Contents for page in pdf.pages), *forms))
        spoken = [str(each.Alt) for each in elements(pdf) if Name.Alt in each]
    assert painted.count(BEGUN) == 1
    assert painted[: painted.index(BEGUN)].rpartition(b" cs")[0].endswith(LOOKS[printed][look])
    assert DECORATION not in spoken
    assert prove_data(Path("it.pdf"), data, expectations(edition, catalog), tuple(CHECKS)).findings == ()


LONG = "What it is, what it may do, what it is not, how, when and why"
"""A line below the title that reaches under the picture, and as a title more than one line beside it."""


@pytest.mark.parametrize(("title", "subtitle"), [("Warm tea", "What it is"), ("Warm tea", LONG), (LONG, LONG)])
def test_a_picture_beside_a_title_has_one_size_and_no_words_in_it(title: str, subtitle: str, tmp_path: Path) -> None:
    root = project(tmp_path / "clinic")
    write_handout(root, title=title, subtitle=subtitle)
    press, edition = press_of(root, tmp_path / "cache")
    flow = flow_of(edition.brand, press._catalog.countries["gb"], edition.handout_file)
    content = PlateContent(edition.handout_file, edition.language, edition.format, flow)
    (first, *_) = press._renderer._plates.fit(content).trial.layout.document.pages
    boxes = list(first._page_box.descendants())
    (picture,) = [box for box in boxes if "head-picture" in classes_of(box)]
    assert [round(side * MM_PER_PIXEL, 1) for side in (picture.width, picture.height)] == [19.0, 12.7]
    assert not [box.text for box in boxes if getattr(box, "text", "").strip() and meet(box, picture)]


def meet(box: Any, other: Any) -> bool:
    """Return whether two boxes of the engine cover a place of the page together."""
    left, right = max(box.position_x, other.position_x), min(box.position_x + box.width, other.position_x + other.width)
    top, foot = max(box.position_y, other.position_y), min(box.position_y + box.height, other.position_y + other.height)
    return bool(left < right and top < foot)


def test_a_picture_makes_another_plate_and_no_other_content(tmp_path: Path) -> None:
    files, keys = [], []
    for name, picture in (("one", PICTURE), ("other", PICTURE.replace("M7", "M8"))):
        catalog = catalog_of(project(tmp_path / name, picture=picture))
        edition = edition_of(catalog, printed="a5-booklet")
        files.append(replace(edition.handout_file, cover=None, path=Path()))
        keys.append(HandoutPress(catalog, Cache(tmp_path / "cache")).inputs(edition, "pdf")[0])
    assert files[0] == files[1]
    assert keys[0] != keys[1]


def test_a_picture_that_takes_no_colours_is_told_by_its_file(tmp_path: Path) -> None:
    root = project(tmp_path / "clinic", picture=PICTURE.replace("primary-text", "primry"))
    (problem,) = load_catalog(Project(root.resolve(), builtin_root())).problems
    sentence = 'This picture names a colour "primry", which is none. Hint: did you mean "primary"?'
    assert str(problem) == f"pictures/covers/warm-tea.svg: {sentence}"


def test_each_shipped_picture_is_of_a_handout_that_has_covers() -> None:
    root = builtin_root()
    pictured = {path.stem for path in root.glob("pictures/covers/*.svg")}
    folded = {e.handout_slug for e in catalog_of(root).editions() if e.format.style in ("trifold", "booklet")}
    assert pictured == folded
