"""The clinic's number in a text: a slot on paper, a link on a screen, missed by the proof where it is not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup
from press_room import catalog_of, clinic, edition_of

from handoutpress.app.build import build
from handoutpress.app.build_settings import BuildSettings, Remarked
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.models.formats import SlotSize
from handoutpress.content.text.markdown import has_phone, render_blocks, render_line
from handoutpress.mail.handout_printer import _markup
from handoutpress.press.page.flow import FlowFieldsReader, flow_of
from handoutpress.press.page.view import page_view
from handoutpress.press.plate import slots
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
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
VISIT: dict[str, Any] = {
    **SHEET,
    "title": "Your visit",
    "main_message": "Come to {clinic}. Bring this sheet.",
    "tell_us_first": ["whether {clinic} has seen you before"],
    "body": [
        {"steps": {"need": ["a letter to **{clinic}**"], "items": ["Come in.", "Ask for {clinic}, on {phone}"]}},
        {"table": {"columns": ["Mon", "Tue"], "rows": [["closed", "at {clinic}"]]}},
        {"pairs": {"as": "do-dont", "items": [["Call {clinic}.", "Do not wait."]]}},
        {"note": "We are {clinic}, not \\{clinic\\}."},
    ],
}
"""Says the clinic's name eight times."""
ARRIVING: dict[str, Any] = {
    **SHEET,
    "title": "زيارتك",
    "main_message": "مرحبا بك في {clinic}. احضر هذه الورقة معك.",
    "tell_us_first": ["أي ألم في الجلد"],
    "body": [{"steps": {"items": ["اذهب إلى {clinic} صباحا.", "اسأل عن {clinic}، على {phone}"]}}],
    "urgent_help": ["يد زرقاء"],
    "author": "الفريق",
}
NUMBERS = {"hill": "01632 960 321", "dale": "01632 960 777"}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = clinic(tmp_path_factory.mktemp("placeholders") / "clinic")
    (root / "handouts" / "brace.en.yaml").write_text(yaml.safe_dump(SHEET), "utf-8")
    (root / "handouts" / "visit.en.yaml").write_text(yaml.safe_dump(VISIT), "utf-8")
    (root / "handouts" / "arriving.ar.yaml").write_text(yaml.safe_dump(ARRIVING), "utf-8")
    (root / "brands" / "dale").mkdir()
    for slug, number in NUMBERS.items():
        brand = {
            "meta": {
                "name": f"{slug.title()} Clinic",
                "contacts": [{"address": ["1 Quay Street"], "phone": number, "hours": "Monday, 9 am to 5 pm"}],
            },
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


def test_the_clinics_name_makes_a_plate_of_its_own_for_each_name(catalog: Catalog, tmp_path: Path) -> None:
    press = HandoutPress(catalog, Cache(tmp_path / "cache"))
    ours, others = edition_of(catalog, "visit"), edition_of(catalog, "visit", "dale")
    same = replace(others, brand=replace(others.brand, name="Hill Clinic and Partners", short_name="Hill Clinic"))
    assert rules(press, ours, catalog) == set()
    assert not press.has_cached_plate(others)
    assert press.plate_group(same) == press.plate_group(ours)
    assert press.has_cached_plate(same), "a name of two clinics makes one plate"
    with FinishedPdf(Path(), press.open_plate(ours).print(ours).pdf) as pdf:
        text = " ".join("".join(pdf.text(page) for page in pdf.pages).split())
    assert text.count("{clinic}") == 1
    assert all(words in text for words in ("Come to Hill Clinic.", "at Hill Clinic", "Ask for Hill Clinic, on"))
    unnamed, elsewhere = edition_of(catalog, "brace"), edition_of(catalog, "brace", "dale")
    assert press.plate_group(unnamed) == press.plate_group(elsewhere), "what says no name shares its pages"
    assert ours.content_hash == others.content_hash


def test_a_name_is_read_in_its_place_among_words_from_the_right(catalog: Catalog, tmp_path: Path) -> None:
    (edition,) = (
        e
        for e in catalog.editions()
        if (e.handout_slug, e.brand_slug, e.format_slug) == ("arriving", "hill", "a6-card")
    )
    named = replace(edition, brand=replace(edition.brand, short_name="Hill & Dale (North)"))
    assert rules(HandoutPress(catalog, Cache(tmp_path / "cache")), named, catalog) == set()


def test_a_clinics_own_note_may_say_its_name(catalog: Catalog) -> None:
    edition = edition_of(catalog, "brace")
    brand = replace(edition.brand, notes={"brace": "Thank you for coming to {clinic}."})
    flow = FlowFieldsReader(flow_of(brand, catalog.countries["gb"], edition.handout_file))
    page = page_view(edition.handout_file, edition.language, catalog.references, flow)
    assert "coming to Hill\xa0Clinic." in page.sections[0].body


def test_screens_and_mail_have_the_name(catalog: Catalog, tmp_path: Path) -> None:
    press, edition = HandoutPress(catalog, Cache(tmp_path / "cache")), edition_of(catalog, "visit", "dale")
    assert press.html(edition).decode().count("Dale Clinic") >= 8
    assert press.body_html(edition).count("Dale Clinic") == 5
    assert _markup("Come to {clinic}.", clinic=Markup("Dale Clinic"), phone="") == "<p>Come to Dale Clinic.</p>"


def test_a_build_tells_in_how_many_names_pages_are_typeset(catalog: Catalog) -> None:
    told: list[Any] = []
    build(
        catalog.project,
        selection=EditionFilter(formats=("a4-leaflet",)),
        settings=BuildSettings(explain=True, dry_run=True),
        reporter=told.append,
    )
    assert Remarked("visit says {clinic} in its text: its pages are typeset for each name, here for 2 names.") in told
