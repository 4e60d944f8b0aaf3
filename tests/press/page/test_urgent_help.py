"""Whom to call stands with the signs to call for: in an emergency first, then what can wait a few hours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markupsafe import Markup
from press_room import clinic, press_of, write_brand, write_handout

from handoutpress.content.models.languages import HelpWords
from handoutpress.press.page.signs import parted
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.text import text_in_reading_order

TWO_LISTS = "Get help at once for:\n\n- a blue hand\n\nSee a doctor the same day for:\n\n- a fever\n"
WITH_PHONE = {
    "meta": {"name": "Hill Clinic", "contacts": [{"phone": "01632 960 100"}]},
    "defaults": {"handout": {"country": "gb"}},
}
IN_ORDER = (
    "a blue hand",
    "nearest emergency department",
    "See a doctor",
    "a fever",
    "If it is urgent but not an emergency",
)


def _urgent_help(root: Path) -> tuple[Any, list[str]]:
    """Return the section of urgent help on a screen, and the words of the sheet and of that section."""
    press, edition = press_of(root)
    (screen,) = html.fromstring(press.html(edition)).xpath('//section[@id="urgent_help"]')
    with FinishedPdf(Path("leaflet.pdf"), press.open_plate(edition).print(edition).pdf) as pdf:
        paper = text_in_reading_order(pdf)
    return screen, [" ".join(text.split()) for text in (paper, screen.text_content())]


@pytest.mark.parametrize(
    ("urgent", "first", "lesser"),
    [
        ("<p>At once:</p><ul><li>a</li></ul>", "<p>At once:</p><ul><li>a</li></ul>", ""),
        ("<p>At once if you faint.</p>", "<p>At once if you faint.</p>", ""),
        ("<ul><li>a</li></ul><p>Even days later.</p>", "<ul><li>a</li></ul><p>Even days later.</p>", ""),
        (
            "<ul><li>a</li></ul>\n<p>Today:</p><ul><li>b</li></ul>",
            "<ul><li>a</li></ul>",
            "<p>Today:</p><ul><li>b</li></ul>",
        ),
        (
            "<ol><li>a</li></ol><p>Today:</p><ol><li>b</li></ol>",
            "<ol><li>a</li></ol>",
            "<p>Today:</p><ol><li>b</li></ol>",
        ),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ""),
        (
            "<ul><li>a</li></ul><p>Call 999 for:</p><ul><li>b</li></ul><p>Today:</p><ul><li>c</li></ul>",
            "<ul><li>a</li></ul><p>Call 999 for:</p><ul><li>b</li></ul>",
            "<p>Today:</p><ul><li>c</li></ul>",
        ),
        ("<ul><li>a</li></ul><p>Call 999 or a doctor.</p>", "<ul><li>a</li></ul><p>Call 999 or a doctor.</p>", ""),
        (
            "<ul><li>a</li></ul><p>See a doctor for a rash.</p>",
            "<ul><li>a</li></ul>",
            "<p>See a doctor for a rash.</p>",
        ),
    ],
)
def test_a_second_list_is_of_lesser_signs_unless_it_names_an_emergency(urgent: str, first: str, lesser: str) -> None:
    words = HelpWords(emergency=(), lesser=("see … doctor",), clinic=(), calls=(), denied=())
    assert parted(Markup(urgent), words) == (first, lesser)  # noqa: S704  written here


@pytest.mark.parametrize(
    ("country", "asked", "number"),
    [("gb", True, "116 123"), ("us", True, "988"), ("ie", True, ""), ("gb", False, "")],
    ids=["gb", "us", "none-known", "not-asked"],
)
def test_the_crisis_line_stands_before_what_can_wait(tmp_path: Path, country: str, asked: bool, number: str) -> None:
    root = clinic(tmp_path / "clinic")
    write_brand(root, WITH_PHONE | {"defaults": {"handout": {"country": country}}})
    write_handout(root, urgent_help=TWO_LISTS, crisis_line=asked)
    screen, said = _urgent_help(root)
    for words in said:
        assert ("ending your life" in words) == bool(number), words
        if number:
            assert words.index("emergency department") < words.index(number) < words.index("See a doctor"), words
    assert bool(number) == (f"tel:{number.replace(' ', '')}" in screen.xpath(".//a/@href"))


@pytest.mark.parametrize("ladder", [{}, {"call_us": ["a blister"]}], ids=["alone", "ladder"])
def test_the_emergency_number_stands_right_after_the_emergencies(tmp_path: Path, ladder: dict[str, object]) -> None:
    root = clinic(tmp_path / "clinic")
    write_brand(root, WITH_PHONE)
    write_handout(root, urgent_help=TWO_LISTS, **ladder)
    _, said = _urgent_help(root)
    for words in said:
        places = [words.find(part) for part in IN_ORDER]
        assert places == sorted(places), words
        assert -1 not in places, words
