"""Colours: contrast as WCAG counts it, shades that stay readable, and every way in which CSS writes a colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoutpress.content.brand.colours import (
    NEAR_BLACK,
    WHITE,
    colour_roles,
    contrast,
    darkened,
    oklch,
    on,
    read_colour,
    tinted,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#abcdef", "#abcdef", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("rebeccapurple", "#663399"),
        ("#ABC", "#aabbcc"),
        ("#0b7378", "#0b7378"),
        ("rgb(11 115 120)", "#0b7378"),
        ("rgb(11, 115, 120)", "#0b7378"),
        ("hsl(120deg 100% 25%)", "#008000"),
        ("hwb(120 10% 20%)", "#1acc1a"),
        ("lab(50% 20 20)", "#9e6956"),
        ("lch(50% 30 120)", "#697e49"),
        ("oklch(60% 0.1 200)", "#0d9298"),
        ("oklab(0.6 -0.094 -0.034)", "#0d9298"),
        ("rgb(0 0 0 / 50%)", "#808080"),
        ("#00000080", "#7f7f7f"),
    ],
)
def test_every_css_colour_is_read(css: str, wanted: str) -> None:
    assert read_colour(css) == wanted


@pytest.mark.parametrize(
    "css", ["", "watr", "#12345", "12", "rgb(1)", "transparent", "currentcolor", "color(rec2020 1 0 0)"]
)
def test_what_prints_no_colour_is_refused(css: str) -> None:
    with pytest.raises(ValueError, match=r"colour|see-through"):
        read_colour(css)


@given(COLOURS)
def test_every_brand_colour_makes_a_readable_page(primary: str) -> None:
    roles, _ = colour_roles(primary, None, None, None, None)
    assert contrast(NEAR_BLACK, roles.tint) >= 12
    assert contrast(roles.on_primary, primary) >= 4.5
    assert min(contrast(roles.primary_text, ground) for ground in (WHITE, roles.tint)) >= 4.5
    assert contrast(roles.link, WHITE) >= 7
    assert min(contrast(roles.accent, ground) for ground in (WHITE, roles.tint)) >= 3


@given(COLOURS, st.sampled_from([3.0, 4.5, 7.0]))
def test_a_darkened_colour_is_just_dark_enough(colour: str, ratio: float) -> None:
    shade = darkened(colour, ratio)
    assert contrast(shade, WHITE) >= ratio
    assert shade == colour or contrast(shade, WHITE) < ratio * 1.06


def test_a_darkened_colour_keeps_its_hue() -> None:
    assert oklch(darkened("#f5c518", 4.5))[2] == pytest.approx(oklch("#f5c518")[2], abs=0.06)


def test_text_on_a_colour_is_the_clearer_of_black_and_white() -> None:
    assert [on(colour) for colour in ("#14304f", "#f5c518", "#f4623a")] == ["#ffffff", "#000000", "#000000"]


def test_a_tint_is_never_plain_white() -> None:
    assert all(tinted(colour) != WHITE for colour in ("#ffffff", "#000000", "#14304f", "#f5c518"))


def test_a_pale_colour_is_darkened_and_said_so() -> None:
    roles, remarks = colour_roles("#f5c518", None, None, None, None)
    assert remarks[0] == f"primary #f5c518 is too pale for text on white (1.6:1): text uses {roles.primary_text}"


@pytest.mark.parametrize(
    ("primary", "heading"), [("#ffd400", "#1a1a1a"), ("#9ad1c8", "#1a1a1a"), ("#1f6650", "#1f6650")]
)
def test_a_pale_brand_has_near_black_headings_and_never_olive_ones(primary: str, heading: str) -> None:
    assert colour_roles(primary, None, None, None, None)[0].heading == heading
    assert colour_roles(primary, None, None, None, "#123456")[0].heading == "#123456"
