"""Every type of block in every format and in the phrases of every language: printed, proved, and read as written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from press_room import BRAND, catalog_of, change, skip_without_fonts
from printed_words.block_samples import ARABIC, BLOCKS, with_body
from printed_words.round_trip import not_given

from handoutpress.app.build import assemble_press
from handoutpress.content.project import Project, builtin_root
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import prove_data

PROJECT = Project(builtin_root(), builtin_root())
FORMATS = tuple(sorted(PROJECT.files("formats")))
LANGUAGES = tuple(sorted(PROJECT.files("languages")))
FEW = {("ar", "a4-trifold")}
"""What each run prints, beside the same in English; a long run prints all, in Chinese and Hindi where their typefaces
are (`make fonts-all`). On screens and in mails, test_blocks_on_screens.py reads them."""
SHORT = ("a3-poster", "a6-card")
"""Formats that have room for a few blocks."""
NOT_FOR_A_CLINIC = ("copies",)


def printed(folder: Path, body: list[dict[str, Any]], language: str, format_: str) -> tuple[bytes, Any]:
    """The PDF of a handout with this body, and what it may be."""
    skip_without_fonts(language)
    catalog = catalog_of(with_body(folder, body, language, (format_,)))
    (edition,) = catalog.editions()
    return assemble_press(catalog).open_plate(edition).print(edition).pdf, expectations(edition, catalog)


def assert_right(language: str, data: bytes, wanted: Any) -> None:
    checks = [check for check in CHECKS if check not in NOT_FOR_A_CLINIC]
    assert [str(finding) for finding in prove_data(Path("blocks.pdf"), data, wanted, checks).findings] == []
    assert not any(not_given(language, data, wanted).values())


def body_in(language: str) -> list[dict[str, Any]]:
    return ARABIC if language == "ar" else BLOCKS


@pytest.mark.parametrize(
    ("language", "format_"),
    [
        pytest.param(language, format_, marks=() if (language, format_) in FEW else pytest.mark.soak)
        for language in LANGUAGES
        for format_ in FORMATS
    ],
)
def test_all_blocks_together(language: str, format_: str, tmp_path: Path) -> None:
    assert_right(language, *printed(tmp_path, body_in(language), language, format_))


@pytest.mark.soak
@pytest.mark.parametrize("format_", SHORT)
@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_each_block_where_there_is_little_room(number: int, format_: str, tmp_path: Path) -> None:
    data, wanted = printed(tmp_path, [BLOCKS[number]], "en", format_)
    assert_right("en", data, wanted)


@pytest.fixture(scope="module")
def trifold(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Any]:
    """All blocks on the narrowest pages, and what they may be."""
    return printed(tmp_path_factory.mktemp("trifold"), BLOCKS, "en", "a4-trifold")


def test_narrow_pages_hold_all_blocks(trifold: tuple[bytes, Any]) -> None:
    assert_right("en", *trifold)


def test_tags_say_what_each_block_is(trifold: tuple[bytes, Any]) -> None:
    with FinishedPdf(Path("blocks.pdf"), trifold[0]) as pdf:
        elements = list(pdf.tree.elements)
        scopes = {element.attributes.get("Scope") for element in elements if element.kind == "TH"}
        spoken = [element.alt for element in elements if element.kind == "Figure"]
    kinds = [element.kind for element in elements]
    assert scopes == {"Column", "Row"}
    assert kinds.count("Table") >= 2
    assert kinds.count("L") >= 6
    assert spoken.count("to write in") == 6
    assert spoken.count("to tick") == 1


def test_a_short_format_says_that_there_is_more(tmp_path: Path) -> None:
    data, wanted = printed(tmp_path, BLOCKS[1:], "en", "a6-card")
    with FinishedPdf(Path("blocks.pdf"), data) as pdf:
        text = " ".join("".join(pdf.text(page) for page in pdf.pages).split())
    assert "How to make a cup" in text
    assert "ask us for the full leaflet" in text
    assert_right("en", data, wanted)


@pytest.mark.parametrize("format_", ["a4-leaflet", "a6-card", pytest.param("a3-poster", marks=pytest.mark.soak)])
def test_a_title_beside_a_name_in_another_script_is_read_as_written(format_: str, tmp_path: Path) -> None:
    root = with_body(tmp_path, [], "ar", (format_,))
    change(root / BRAND, lambda brand: brand["meta"].update(name="Hill Clinic"))
    (edition,) = (catalog := catalog_of(root)).editions()
    assert_right("ar", assemble_press(catalog).open_plate(edition).print(edition).pdf, expectations(edition, catalog))
