"""A new brand begins with its logo's colours, and with a file that reads without a mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from brands import read_brand
from handoutpress.app.new import new_brand
from handoutpress.content.brand.skeleton import FORMATS, brand_skeleton, colours_from_logo
from handoutpress.content.project import Project, builtin_root

BRANDS = builtin_root() / "brands"


def test_colours_of_a_drawn_logo_come_from_its_fills() -> None:
    assert colours_from_logo(BRANDS / "harbour-osteopathy" / "logo.svg") == ("#14304f", "#b4812f")


def test_colours_of_a_picture_come_readable_ones_first() -> None:
    first, *rest = colours_from_logo(BRANDS / "sunbird-acupuncture" / "logo.png")
    assert first == "#0b7378"
    assert {"#f4623a", "#ffc145"} <= set(rest)


def test_fills_are_found_in_styles_classes_and_groups(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>.a{opacity:1;fill:#7a1f3d}</style>'
        '<path class="a" d="M0 0H9V9Z"/><g fill="rgb(11,115,120)"><rect width="9" height="9"/></g>'
        '<circle style="stroke:red;fill: #f4623a" r="3"/><path fill="none" d="M0 0H9V9Z"/></svg>'
    )
    assert set(colours_from_logo(logo)) == {"#7a1f3d", "#0b7378", "#f4623a"}


def test_greys_count_only_where_there_is_nothing_else(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (400, 400), "#333333").save(logo)
    assert colours_from_logo(logo) == ("#333333",)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    "unseen",
    [
        '<path fill="#fff" d="M0 0H9V9H0V8H8V7H0Z"/><path fill="#fdfdfb" d="M0 0H9V5Z"/>',
        '<mask id="m"><path fill="#f00" d="M0 0H9V9Z"/></mask>',
        '<clipPath id="c"><path fill="#f00" d="M0 0H9V9Z"/></clipPath>',
        '<defs><path id="p" fill="#f00" d="M0 0H9V9Z"/></defs>',
        '<rect fill="#f00" opacity="0.05" width="9" height="9"/>',
        '<g opacity=".3"><rect fill="#f00" fill-opacity="30%" width="9" height="9"/></g>',
        '<g display="none"><rect fill="#f00" width="9" height="9"/></g>',
    ],
)
def test_only_colours_that_are_seen_begin_a_brand(unseen: str, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    drawn = '<defs><g id="g"><path fill="#7a1f3d" d="M0 0H9V9Z"/></g></defs><use href="#g"/>'
    logo.write_text(SVG.format(unseen + drawn))
    assert colours_from_logo(logo) == ("#7a1f3d",)


def test_a_white_picture_begins_no_brand_in_white(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (40, 40), "white").save(logo)
    assert colours_from_logo(logo) == ()


def test_a_logo_of_nothing_has_no_colours(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (400, 400), "#ff000000").save(logo)
    assert colours_from_logo(logo) == ()


def test_a_file_that_is_no_logo_is_refused(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_text("words")
    with pytest.raises(ValueError, match="is not a picture that can be printed"):
        colours_from_logo(logo)


@pytest.mark.parametrize("name", ["River Clinic", 'Moor: "The" #1 Clinic', "- {slug} & Søn"])
def test_the_first_file_reads_without_a_mistake(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "brands" / "clinic"
    folder.mkdir(parents=True)
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9Z"/></svg>'
    )
    text = brand_skeleton(name, "us", "logo.svg", ("#14304f", "#b4812f"))
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    brand = read_brand(folder, Project(tmp_path.resolve(), builtin_root()))
    assert (brand.name, brand.country, brand.colours.primary) == (name, "us", "#14304f")
    assert brand.logo is not None
    assert brand.logo.alt == name


def test_the_first_file_reads_with_all_that_it_suggests(tmp_path: Path) -> None:
    folder = tmp_path / "brands" / "clinic"
    folder.mkdir(parents=True)
    (folder / "logo.svg").write_bytes((BRANDS / "harbour-osteopathy" / "logo.svg").read_bytes())
    suggested = re.sub(r"(?m)^( *)# (?![A-Z]|yaml-)", r"\1", brand_skeleton("River Clinic"))
    (folder / "_brand.yml").write_text(suggested, encoding="utf-8")
    brand = read_brand(folder, Project(tmp_path.resolve(), builtin_root()))
    assert brand.contacts
    assert brand.logo is not None
    assert brand.writing_lines


@pytest.mark.parametrize("paper", FORMATS)
def test_a_first_brand_asks_for_the_usual_formats_on_its_countrys_paper(paper: str, tmp_path: Path) -> None:
    project = Project(tmp_path.resolve(), builtin_root())
    there = set(project.files("formats"))
    assert there >= {name for names in FORMATS[paper] for name in names}
    (tmp_path / "brands").mkdir()
    country = {"a4": "ie", "letter": "us"}[paper]
    path = new_brand(project, "harbour", country=country)
    assert read_brand(path.parent, project).formats == FORMATS[paper][0]
