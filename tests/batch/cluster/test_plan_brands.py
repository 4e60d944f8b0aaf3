"""Brands in a plan: where its files lie on another machine, they are what that machine would read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from press_room import printable

from handoutpress.app.project import open_catalog
from handoutpress.batch.cluster.plan_brands import brands_from_data, brands_to_data
from handoutpress.content.brand.reader import BrandReader
from handoutpress.content.project import Project, builtin_root
from handoutpress.yamlfile.problems import HandoutError

ROOT = Path(__file__).parents[3]
WITH_PICTURES = """\
meta: {name: All of it}
logo: art/logo.svg
typography: {base: Nunito}
defaults:
  handout:
    country: gb
    extends: ../hill
    people: [{name: Anna Bell, photo: photo.png}]
    marks: [{file: art/logo.svg, alt: A mark}]
    photo: {file: photo.png, alt: The house}
    lines: {en: {disclaimer: Ask us}}
"""
ROWS = "Clinic,Extends,Telephone\nQuay Clinic,hill,01632 960 123\nTop Clinic,all,01632 960 124\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a brand, one that has all kinds of files, and two that are rows."""
    root = printable(tmp_path / "here")
    (root / "brands/all/art").mkdir(parents=True)
    (root / "brands/all/fonts").mkdir()
    shutil.copy(ROOT / "brands/harbour-osteopathy/logo.svg", root / "brands/all/art")
    for font in (ROOT / "fonts").glob("nunito/*.ttf"):
        shutil.copy(font, root / "brands/all/fonts")
    (root / "brands/all/_brand.yml").write_text(WITH_PICTURES, encoding="utf-8")
    (root / "brands/clinics.csv").write_text(ROWS, encoding="utf-8")
    photo(root / "brands/all/photo.png")
    return Project(root.resolve(), builtin_root())


def photo(path: Path) -> None:
    from PIL import Image  # noqa: PLC0415

    Image.effect_noise((900, 700), 90).convert("RGB").save(path)


def planned(project: Project) -> Any:
    """The brands of a project as its plan has them."""
    catalog = open_catalog(project)
    assert not catalog.problems
    return json.loads(json.dumps(brands_to_data(catalog.brands, project)))


def test_they_are_what_the_other_machine_would_read(project: Project, tmp_path: Path) -> None:
    data = planned(project)
    there = Project(Path(shutil.move(project.root, tmp_path / "there")), project.builtin)
    assert brands_from_data(data, there) == dict(open_catalog(there).brands)


def test_where_they_are_given_none_is_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    brands = brands_from_data(planned(project), project)
    monkeypatch.setattr(BrandReader, "read_layers", None)
    assert dict(open_catalog(project, brands=brands).brands) == brands


@pytest.mark.parametrize("path", ["project/../secret", "elsewhere/logo.svg", "/project/logo.svg", "project"])
def test_a_file_that_is_not_of_the_project_is_refused(project: Project, path: str) -> None:
    data = planned(project)
    data["brands"][0][0]["files"][0] = path
    with pytest.raises(HandoutError, match="not of its project"):
        brands_from_data(data, project)
