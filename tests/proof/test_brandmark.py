"""The proof of logos: one that shows nothing is found in the finished file, and doubted when a brand joins a plate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from press_room import clinic, press_of, write_brand

from handoutpress.content.brand.brand import Logo
from handoutpress.content.editions import Edition
from handoutpress.press.press import HandoutPress
from handoutpress.proof.brand.plate_facts import PlateFacts, art_of, learn
from handoutpress.proof.checks.brandmark import check_brandmark
from handoutpress.proof.expectation import Expectation, brand_words, wanted_brandmark, wanted_codes
from handoutpress.proof.pdf.finished_pdf import FinishedPdf

Pressed = tuple[HandoutPress, Edition]


def drawn(path: Path, ink: str, ground: str | None = None) -> Path:
    """A logo of a disc and a bar."""
    picture = Image.new("RGBA", (600, 200), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((10, 10, 190, 190), ink)
    draw.rectangle((230, 70, 590, 130), ink)
    picture.save(path)
    return path


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Pressed:
    root = clinic(tmp_path_factory.mktemp("brandmark") / "clinic")
    brand = {"meta": {"name": "Hill Clinic"}, "logo": "logo.png", "defaults": {"handout": {"country": "gb"}}}
    write_brand(root, brand)
    drawn(next((root / "brands").iterdir()) / "logo.png", "#205070")
    return press_of(root)


@pytest.fixture
def print_with(pressed: Pressed, tmp_path: Path) -> Callable[..., tuple[Edition, bytes, int]]:
    """Print the edition with another logo, as if the brand's reader had let it pass."""
    press, edition = pressed

    def of(ink: str, ground: str = "") -> tuple[Edition, bytes, int]:
        path = drawn(tmp_path / "logo.png", ink)
        brand = replace(
            edition.brand, slug=f"hill-{ink[1:]}-{ground[1:]}", logo=Logo(path, "Hill Clinic", 600, 200, ground, 0.0)
        )
        other = replace(edition, brand=brand)
        printed = press.open_plate(edition).print(other)
        return other, printed.pdf, printed.plate_bytes

    return of


@pytest.fixture(scope="module")
def facts(pressed: Pressed) -> PlateFacts:
    press, edition = pressed
    printed = press.open_plate(edition).print(edition)
    with FinishedPdf(Path("tea.pdf"), printed.pdf) as pdf:
        return learn(pdf, printed.plate_bytes, wanted_brandmark(edition))


@pytest.mark.parametrize(
    ("ink", "ground", "rules"),
    [
        ("#205070", "", []),
        ("#f39200", "", []),
        ("#ffffff", "#205070", []),
        ("#ffffff", "", ["legibility.brandmark"]),
        ("#fdfdf0", "", ["legibility.brandmark"]),
        ("#f0e68c", "", ["legibility.brandmark"]),
        ("#205071", "#205070", ["legibility.brandmark"]),
    ],
)
def test_a_logo_is_held_against_its_ground(
    ink: str, ground: str, rules: list[str], print_with: Callable[..., tuple[Edition, bytes, int]], facts: PlateFacts
) -> None:
    edition, data, _ = print_with(ink, ground)
    wanted = wanted_brandmark(edition)
    with FinishedPdf(Path("tea.pdf"), data) as pdf:
        assert [finding.rule for finding in check_brandmark(pdf, Expectation(brandmark=wanted))] == rules
    art = art_of(data, facts, wanted_codes(edition), brand_words(edition), wanted)
    assert (art is None) == bool(rules)


def test_what_was_learnt_of_a_logo_is_kept_as_it_was(facts: PlateFacts) -> None:
    assert len(facts.brandmarks) == 1
    assert PlateFacts.from_bytes(facts.to_bytes()) == facts


def test_a_brand_without_a_logo_is_asked_for_none(pressed: Pressed) -> None:
    _, edition = pressed
    assert wanted_brandmark(replace(edition, brand=replace(edition.brand, logo=None))) is None
