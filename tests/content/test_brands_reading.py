"""Brands as they stand in ``brand.yml`` files: what is refused, with whole messages, and what is made of the rest.

Each folder of ``cases/brands`` is a small project with a brand "clinic"; ``expected.txt`` is what is said of it, or
what is made of it (tests/README.md tells how it is updated).
"""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from expected import assert_expected

from brands import read_brand
from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.colours import NEAR_BLACK, TEXT_CONTRAST, WHITE, contrast, on
from handoutpress.content.brand.reader import BrandReader
from handoutpress.content.project import Project, builtin_root
from handoutpress.yamlfile.problems import ContentError

CASES = Path(__file__).parents[1] / "cases" / "brands"
REFUSED = sorted(path.name for path in (CASES / "refused").iterdir())
ACCEPTED = sorted(path.name for path in (CASES / "accepted").iterdir())
SHIPPED = sorted(path.parent.name for path in (builtin_root() / "brands").glob("*/_brand.yml"))


def laid_out(case: Path, folder: Path) -> Project:
    shutil.copytree(case, folder / "project")
    return Project((folder / "project").resolve(), builtin_root())


def shipped(slug: str) -> Brand:
    project = Project(builtin_root(), builtin_root())
    return read_brand(project.root / "brands" / slug, project)


def told(value: object, project: Project) -> str:
    """What the reader made of a value, so that a person can check it; files by their shown names."""
    if is_dataclass(value):
        named = (f"{each.name}={told(getattr(value, each.name), project)}" for each in fields(value))
        return f"{type(value).__name__}({', '.join(named)})"
    if isinstance(value, tuple):
        return f"({', '.join(told(each, project) for each in value)})"
    return project.show(value) if isinstance(value, Path) else repr(value)


def test_there_are_cases() -> None:
    assert len(REFUSED) >= 40
    assert len(ACCEPTED) >= 6
    assert SHIPPED == ["default", "harbour-osteopathy", "lantern-street", "north-moor", "sunbird-acupuncture"]


@pytest.mark.expected
@pytest.mark.parametrize("name", REFUSED)
def test_a_mistake_is_told_at_its_place(name: str, tmp_path: Path) -> None:
    project = laid_out(CASES / "refused" / name, tmp_path)
    with pytest.raises(ContentError) as caught:
        read_brand(project.root / "brands" / "clinic", project)
    said = f"{caught.value}\n"
    assert str(tmp_path) not in said
    assert_expected(said, CASES / "refused" / name / "expected.txt")


@pytest.mark.expected
@pytest.mark.parametrize("name", ACCEPTED)
def test_a_brand_is_resolved(name: str, tmp_path: Path) -> None:
    project = laid_out(CASES / "accepted" / name, tmp_path)
    brand = read_brand(project.root / "brands" / "clinic", project)
    lines = [f"{each.name}: {told(getattr(brand, each.name), project)}\n" for each in fields(brand)]
    assert_expected("".join(lines), CASES / "accepted" / name / "expected.txt")


def test_one_reader_gives_what_many_give(tmp_path: Path) -> None:
    project = laid_out(CASES / "accepted" / "a_clinic_of_a_chain", tmp_path)
    reader, folder = BrandReader(project), project.root / "brands"
    alone = [read_brand(folder / slug, project) for slug in ("chain", "clinic")]
    assert [reader.read(folder / slug) for slug in ("clinic", "chain")] == alone[::-1]


def test_a_logo_behind_a_symbolic_link_stays_in_the_project(tmp_path: Path) -> None:
    project = laid_out(CASES / "refused" / "logo_missing", tmp_path)
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    (project.root / "brands" / "clinic" / "logo.svg").symlink_to(secret)
    with pytest.raises(ContentError, match="lies outside the project"):
        read_brand(project.root / "brands" / "clinic", project)


def test_a_saved_logo_is_looked_at_again(tmp_path: Path) -> None:
    project = laid_out(CASES / "accepted" / "logo_with_losses", tmp_path)
    folder = project.root / "brands" / "clinic"
    assert read_brand(folder, project).logo_shape == "wide"
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0H9V9Z"/></svg>'
    )
    assert read_brand(folder, project).logo_shape == "square"


@pytest.mark.parametrize("name", [*ACCEPTED, *SHIPPED])
def test_every_role_is_readable(name: str, tmp_path: Path) -> None:
    if name in SHIPPED:
        colours = shipped(name).colours
    else:
        project = laid_out(CASES / "accepted" / name, tmp_path)
        colours = read_brand(project.root / "brands" / "clinic", project).colours
    assert contrast(NEAR_BLACK, colours.tint) >= 12
    for ground in (WHITE, colours.tint):
        for text in (colours.primary_text, colours.heading, colours.link):
            assert contrast(text, ground) >= TEXT_CONTRAST
        assert contrast(colours.accent, ground) >= 3
    assert colours.on_primary == on(colours.primary)


def test_the_shipped_brands_differ_as_clinics_do() -> None:
    brands = [shipped(slug) for slug in SHIPPED]
    assert {brand.logo_shape for brand in brands} == {"wide", "square", "none"}
    assert {brand.country for brand in brands} == {"gb", "us"}
    assert len({brand.base_font.name for brand in brands}) == 3
    assert max(len(brand.contacts) for brand in brands) == 3
    assert any(brand.notes for brand in brands)
    assert any(brand.hidden for brand in brands)
    assert any(brand.writing_lines for brand in brands)
    for brand in brands:
        assert brand.link.removesuffix("/").endswith(".example")
        assert all("01632 960" in contact.phone or "555-01" in contact.phone for contact in brand.contacts)
