"""The clinic's number in a text: a slot on paper, a link on a screen, missed by the proof where it is not."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from press_room import catalog_of, clinic, edition_of

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.models.formats import SlotSize
from handoutpress.content.text.markdown import has_phone, render_blocks, render_line
from handoutpress.press.plate import slots
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache

SHEET: dict[str, Any] = {
    "kind": "instructions",
    "title": "Your brace",
    "main_message": "Wear it by day.",
    "tell_us_first": ["any sore skin"],
    "body": [
        {
            "text": {
                "heading": "Coming back",
                "text": "Bring it.\n\n{phone}\n\n- It is lost. Call **{phone}**\n- It broke.",
            }
        },
        {"steps": {"items": ["Take it off.", "If it still hurts, call us on {phone}."]}},
    ],
    "urgent_help": ["a blue hand"],
    "version": "1.0",
    "date": "2026-11-01",
    "author": "The team",
}
NUMBERS = {"hill": "01632 960 321", "dale": "01632 960 777"}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = clinic(tmp_path_factory.mktemp("placeholders") / "clinic")
    (root / "handouts" / "brace.en.yaml").write_text(yaml.safe_dump(SHEET), "utf-8")
    (root / "brands" / "dale").mkdir()
    for slug, number in NUMBERS.items():
        brand = {
            "meta": {"name": f"{slug.title()} Clinic", "contacts": [{"phone": number}]},
            "defaults": {"handout": {"country": "gb"}},
        }
        (root / "brands" / slug / "_brand.yml").write_text(yaml.safe_dump(brand), "utf-8")
    return catalog_of(root)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Call {phone}", '<p>Call <span class="clinic-phone"></span></p>'),
        ("Call **{phone}.** ", '<p>Call <strong><span class="clinic-phone"></span></strong></p>'),
        ("Call **{phone}**.", "<p>Call <strong>{phone}</strong>.</p>"),
        ("{phone}\nor come", "<p>{phone}\nor come</p>"),
        ("Call \\{phone}", "<p>Call {phone}</p>"),
        ("Call {Phone}", "<p>Call {Phone}</p>"),
    ],
)
def test_the_number_has_its_place_at_the_end_of_a_paragraph_alone(text: str, html: str) -> None:
    assert render_blocks(text, lambda _: "") == html
    assert has_phone(text) == ("clinic-phone" in html)


def test_a_cell_has_no_place_for_the_number() -> None:
    assert render_line("Call {phone}", lambda _: "") == "Call {phone}"


def test_the_number_costs_no_plate_and_every_brand_has_its_own(catalog: Catalog, tmp_path: Path) -> None:
    press = HandoutPress(catalog, Cache(tmp_path / "cache"))
    ours, others = edition_of(catalog, "brace"), edition_of(catalog, "brace", "dale")
    assert rules(press, ours, catalog) == set()
    assert press.has_cached_plate(others), "a number of its own makes no plate"
    assert rules(press, others, catalog) == set()
    assert ours.content_hash == others.content_hash


def test_a_number_that_is_not_at_its_place_is_found_out(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_phone(html: str, _box: SlotSize) -> str:
        return html

    monkeypatch.setattr(slots, "with_phone", without_phone)
    press = HandoutPress(catalog, Cache(tmp_path / "cache"))
    assert "text.order" in rules(press, edition_of(catalog, "brace"), catalog)


def test_screens_and_mail_have_the_number_as_a_link(catalog: Catalog, tmp_path: Path) -> None:
    press, edition = HandoutPress(catalog, Cache(tmp_path / "cache")), edition_of(catalog, "brace")
    for html in (press.html(edition).decode(), press.body_html(edition)):
        assert html.count('href="tel:+44-1632-960321"') >= 3
        assert "clinic-phone" not in html


def rules(press: HandoutPress, edition: Edition, catalog: Catalog) -> set[str]:
    """The rules that the printed edition breaks."""
    pdf = press.open_plate(edition).print(edition).pdf
    proof = prove_data(Path("brace.pdf"), pdf, expectations(edition, catalog), tuple(CHECKS))
    return {finding.rule for finding in proof.findings}
