"""The number to call stands out on paper: larger than the text of its format, in each format and brand that we ship."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from shipped import CATALOG, every_format, name_of

from handoutpress.content.editions import Edition
from handoutpress.press.extras.arrangement import Part
from handoutpress.press.plate.art import Art, art_from_pdf
from handoutpress.press.press import HandoutPress
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.store.cache import Cache

LARGER = 1.3
"""How much larger than the text a number is."""
OF_SEVERAL = {"a3-poster": 0.95, "tabloid-poster": 0.95, "a6-card": 0.75}
"""The same where several places share a strip of a poster, or a card: a line each beside their names, or run on."""


EDITIONS = {name_of(edition): edition for edition in every_format(CATALOG).editions() if edition.language_slug == "en"}
"""One edition of each brand in each format: the handout does not matter to what stands in the slots."""
ONE_EACH = {(edition.brand_slug, edition.format_slug): name for name, edition in EDITIONS.items()}
LADDER = [
    name
    for name, edition in EDITIONS.items()
    if edition.handout_slug == "after-needling-or-cupping" and edition.format.style == "leaflet"
]
"""Leaflets that have numbers to call in their text as well."""


@pytest.mark.parametrize("name", sorted({*ONE_EACH.values(), *LADDER}))
def test_a_number_to_call_is_larger_than_the_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    edition = EDITIONS[name]
    numbers = {contact.phone for contact in edition.brand.contacts}
    sizes = [size for text, size in _words_of_art(monkeypatch, Cache(tmp_path), edition) if text in numbers]
    larger = OF_SEVERAL.get(edition.format_slug, LARGER) if len(numbers) > 1 else LARGER
    assert len(sizes) >= len(numbers)
    assert min(sizes) >= larger * edition.format.type.ideal - 0.05


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
    return [(mark.text.replace("\u00a0", " ").strip(), mark.size) for mark in marks]
