"""Fonts as clinics bring them: lists of families, and files that are damaged."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from brands import read_brand
from handoutpress.content.brand.typefaces import find_family, font_stack, read_face
from handoutpress.content.project import Project, builtin_root
from handoutpress.yamlfile.problems import ContentError


@pytest.mark.parametrize(
    ("names", "families"),
    [
        ("Nunito", ("Nunito",)),
        ("'Nunito', Arial, sans-serif", ("Nunito", "Arial", "sans-serif")),
        ('"Open Sans" ,Arial;', ("Open Sans", "Arial")),
        ("Gill  Sans, , serif", ("Gill Sans", "serif")),
        ('"A, B", C', ("A, B", "C")),
        ("O'Neil Sans, serif", ("O'Neil Sans", "serif")),
        (",", ()),
    ],
)
def test_a_list_of_families_is_read_as_css_has_it(names: str, families: tuple[str, ...]) -> None:
    assert font_stack(names) == families


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A font of a family that no one else has."""
    path = tmp_path_factory.mktemp("font") / "zed.ttf"
    font = TTFont(next((builtin_root() / "fonts" / "nunito").glob("*-Regular.ttf")))
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = "Zed"
    font.save(path)
    return path.read_bytes()


def project_with(folder: Path, font: bytes) -> Project:
    clinic = folder / "brands" / "clinic"
    (clinic / "fonts").mkdir(parents=True)
    (clinic / "fonts" / "zed.ttf").write_bytes(font)
    (clinic / "_brand.yml").write_text(
        "meta: {name: Hill}\ntypography: {base: Zed}\ndefaults: {handout: {country: gb}}\n", "utf-8"
    )
    return Project(folder.resolve(), builtin_root())


def test_a_whole_font_is_used(whole: bytes, tmp_path: Path) -> None:
    project = project_with(tmp_path, whole)
    assert [file.name for file in read_brand(project.root / "brands" / "clinic", project).base_font.files] == [
        "zed.ttf"
    ]


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_font_is_read_or_named_and_nothing_else(seed: int, whole: bytes, tmp_path: Path) -> None:
    chance, data = random.Random(seed), bytearray(whole)
    if seed % 3 == 0:
        del data[chance.randrange(len(data)) :]
    else:
        for _ in range(3 * seed):
            data[chance.randrange(400 if seed % 3 == 1 else len(data))] = chance.randrange(256)
    project = project_with(tmp_path, bytes(data))
    try:
        read_brand(project.root / "brands" / "clinic", project)
    except ContentError as error:
        assert "brands/clinic/_brand.yml:2:20: " in str(error)
        assert "Hint: " in str(error)


def test_a_font_under_a_name_that_is_not_utf_8_is_none(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "m\udcfcller.ttf"
    path.write_bytes(whole)
    with pytest.raises(ValueError, match="is not UTF-8"):
        read_face(path)
    assert find_family("zed", (tmp_path,)) == ()
