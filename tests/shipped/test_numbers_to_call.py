"""The number to call stands out on paper: larger than the text of its format, in each format and brand that we ship."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from shipped import ROOT, every_format, name_of

from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.models.handouts import says_phone
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.extras.arrangement import Part
from handoutpress.press.plate.art import Art, art_from_pdf
from handoutpress.press.press import HandoutPress
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.store.cache import Cache

LARGER = 1.3
"""How much larger than the text a number is."""
OF_SEVERAL = {"a6-card": 0.75}
"""The same on a card, where the contacts of several places run on."""
ROUNDING = 0.05
OFTEN = "sunbird-acupuncture"
"""The brand whose sheets are all printed in each run: one number, which is largest on its posters."""
WITH_CRISIS_LINE = "default-a4-leaflet-pain-and-sleep-diary.en"
CATALOG = load_catalog(Project(ROOT, builtin_root()))
EDITIONS = {name_of(edition): edition for edition in every_format(CATALOG).editions() if edition.language_slug == "en"}
"""The editions of each brand in each format."""
SHEETS = {
    (edition.brand_slug, edition.format_slug): name
    for name, edition in sorted(EDITIONS.items(), key=lambda item: says_phone(item[1].handout))
}
"""One of each, with numbers to call in its text where the format has such a handout: slots hold no more than that."""
SHIPPED = {(edition.brand_slug, edition.format_slug) for edition in CATALOG.editions()}
"""Those that a brand wants."""


EMERGENCIES = [
    *(
        pytest.param(name, marks=() if brand == OFTEN else pytest.mark.soak)
        for (brand, _), name in sorted(SHEETS.items())
    ),
    WITH_CRISIS_LINE,
]


@pytest.mark.parametrize("name", EMERGENCIES)
def test_the_number_to_call_in_an_emergency_is_as_large_and_heavy_as_the_clinics(tmp_path: Path, name: str) -> None:
    edition = EDITIONS[name]
    country = CATALOG.countries[edition.brand.country]
    printed = HandoutPress(CATALOG, Cache(tmp_path)).open_plate(edition).print(edition).pdf
    with FinishedPdf(Path(name), printed) as pdf:
        texts = [(_plain(mark.text), mark) for page in pdf.pages for mark in pdf.marks(page).texts]
        calls = [mark for text, mark in texts if text == country.emergency and not mark.in_slot]
        crisis = [mark for text, mark in texts if country.crisis_line and text == country.crisis_line.number]
        families = {pdf.fonts[mark.font].family for mark in (*calls, *crisis)}
    numbers = {contact.phone for contact in edition.brand.contacts}
    of_clinic = [mark for text, mark in texts if text in numbers]
    assert calls
    assert of_clinic
    assert len(crisis) == edition.handout.crisis_line
    largest = max(mark.size for mark in of_clinic)
    assert min(mark.size for mark in (*calls, *crisis)) >= largest - ROUNDING
    assert all("bold" in family.lower() for family in families)


@pytest.mark.parametrize("name", sorted(SHEETS.values()))
def test_a_number_to_call_is_larger_than_the_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    edition = EDITIONS[name]
    numbers = {contact.phone for contact in edition.brand.contacts}
    places = {contact.name for contact in edition.brand.contacts if len(numbers) > 1}
    words = _words_of_art(monkeypatch, Cache(tmp_path), edition)
    sizes = [size for text, size in words if text in numbers]
    larger = OF_SEVERAL.get(edition.format_slug, LARGER) if places else LARGER
    in_text = says_phone(edition.handout) and edition.format.style != "poster"
    assert len(sizes) >= len(numbers) * (2 if in_text else 1)
    assert min(sizes) >= larger * edition.format.type.ideal - ROUNDING
    if (edition.brand_slug, edition.format_slug) in SHIPPED:
        assert min([size for text, size in words if text in places], default=99) >= edition.format.type.floor - ROUNDING


def test_sheets_of_several_places_with_numbers_in_their_text_are_among_these() -> None:
    sheets = [EDITIONS[name] for name in SHEETS.values()]
    asked = {sheet.format.style for sheet in sheets if len(sheet.brand.contacts) > 1 and says_phone(sheet.handout)}
    assert asked >= {"leaflet", "large-print", "trifold", "booklet", "card"}


def _words_of_art(monkeypatch: pytest.MonkeyPatch, cache: Cache, edition: Edition) -> list[tuple[str, float]]:
    """What stands in the slots of an edition, and how large, pt."""
    drawn: list[bytes] = []

    def keep(pdf: bytes, parts: Mapping[str, Part], words: Mapping[str, str]) -> Art:
        drawn.append(pdf)
        return art_from_pdf(pdf, parts, words)

    monkeypatch.setattr("handoutpress.press.plate.art_maker.art_from_pdf", keep)
    HandoutPress(CATALOG, cache).art(edition)
    with FinishedPdf(Path("art.pdf"), drawn[0]) as pdf:
        marks = [mark for page in pdf.pages for mark in pdf.marks(page).texts]
    return [(_plain(mark.text), mark.size) for mark in marks]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").strip()
