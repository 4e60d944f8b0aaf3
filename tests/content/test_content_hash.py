"""The content hash: the same for the same words, another for others, and printed on the page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from press_room import HANDOUT, catalog_of, change, clinic, edition_of, write_handout
from pypdfium2 import PdfDocument

from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

Change = Callable[[Path], object]
REVIEW = {"by": "A. Clinician", "on": "2026-01-05", "next": "2028-01-05"}


def hash_of(root: Path, slug: str = "warm-tea") -> str:
    return catalog_of(root).handouts[slug, "en"].content_hash


def _comment(root: Path) -> None:
    path = root / HANDOUT
    path.write_text(f"# Looked through once more.\n{path.read_text('utf-8')}\n\n", "utf-8")


def _title_of_reference(root: Path) -> None:
    change(root / "references.yaml", lambda entries: entries[0].update(title="Another title"))


def _other_reference(root: Path) -> None:
    def add(entries: list[dict[str, object]]) -> None:
        entries.append({**entries[0], "id": "uncited-2021"})

    change(root / "references.yaml", add)


UNSAID: dict[str, Change] = {
    "a comment": _comment,
    "a finding accepted": lambda root: write_handout(
        root, accepted=[{"rule": "grade", "because": "Short.", "until": "2030-01-01"}]
    ),
    "an answer to the score card": lambda root: write_handout(root, answers={"cdc-4": "yes"}),
    "a reference that it does not cite": _other_reference,
}
SAID: dict[str, Change] = {
    "a word": lambda root: write_handout(root, what_it_is="Tea that is hot."),
    "the version": lambda root: write_handout(root, version="1.1"),
    "a review": lambda root: write_handout(root, reviewed=REVIEW),
    "a reference that it cites": _title_of_reference,
}


@pytest.mark.parametrize("name", UNSAID)
def test_what_no_page_says_leaves_it(name: str, tmp_path: Path) -> None:
    root = clinic(tmp_path)
    before = hash_of(root)
    UNSAID[name](root)
    assert hash_of(root) == before


@pytest.mark.parametrize("name", SAID)
def test_what_a_page_says_changes_it(name: str, tmp_path: Path) -> None:
    root = clinic(tmp_path)
    before = hash_of(root)
    SAID[name](root)
    assert hash_of(root) != before


def test_it_is_eight_characters_that_can_be_typed(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    assert re.fullmatch("[0-9a-f]{8}", hash_of(root))
    assert hash_of(root) != hash_of(root, "honey")


@pytest.mark.parametrize("format_", ["a4-leaflet", "a4-large-print"])
def test_every_page_prints_it(format_: str, tmp_path: Path) -> None:
    catalog = catalog_of(clinic(tmp_path))
    edition = edition_of(catalog, printed=format_)
    data = HandoutPress(catalog, Cache(tmp_path / "cache")).open_plate(edition).print(edition).pdf
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(io.BytesIO(data))]
    assert all(edition.content_hash in page for page in pages), pages
