"""Posters as they hang: a title that is seen from afar in both sizes, and the clinic's name, never cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from press_room import catalog_of, clinic, edition_of, write_brand
from shipped import Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.press.plate.art_maker import ArtError
from handoutpress.press.press import HandoutPress
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.store.cache import Cache

POSTERS = ("a3-poster", "tabloid-poster")
FROM_AFAR = 58.0
"""Type of a title of four words, pt."""
LONG = "Saltmere and Upper Valley Practice for Acupuncture and Physiotherapy"


@pytest.mark.parametrize("poster", POSTERS)
def test_a_long_title_is_seen_from_afar_in_both_sizes(shipped: Shipped, poster: str) -> None:
    printed = shipped.printed(f"default-{poster}-acupuncture-or-dry-needling.en").pdf
    with FinishedPdf(Path(poster), printed) as pdf:
        sizes = [mark.size for mark in pdf.marks(1).texts if mark.text.strip()]
    assert max(sizes) >= FROM_AFAR


def poster_of(folder: Path, name: str, poster: str, shape: tuple[int, int]) -> bytes:
    """A poster of a clinic of this name, whose logo has no words."""
    root = clinic(folder / "clinic")
    Image.new("RGB", shape, "#224466").save(root / "brands/hill/logo.png")
    write_brand(
        root,
        {
            "meta": {"name": name, "contacts": [{"phone": "01632 960 999"}]},
            "logo": {"path": "logo.png", "alt": "A hill"},
            "defaults": {"handout": {"country": "gb", "formats": [poster]}},
        },
    )
    catalog = catalog_of(root)
    edition = edition_of(catalog, printed=poster)
    return HandoutPress(catalog, Cache(folder / "cache")).open_plate(edition).print(edition).pdf


@pytest.mark.parametrize("poster", POSTERS)
@pytest.mark.parametrize("shape", [(600, 600), (900, 375)], ids=["square", "wide"])
def test_a_long_name_beside_a_logo_is_printed_whole(tmp_path: Path, poster: str, shape: tuple[int, int]) -> None:
    with FinishedPdf(Path(poster), poster_of(tmp_path, LONG, poster, shape)) as pdf:
        words = " ".join(pdf.text(1).split())
    assert LONG in words
    assert "…" not in words


def test_a_name_that_two_lines_do_not_hold_is_whole_in_smaller_type(tmp_path: Path) -> None:
    with FinishedPdf(tmp_path, poster_of(tmp_path, f"{LONG} and {LONG}", "a3-poster", (600, 600))) as pdf:
        assert f"{LONG} and {LONG}" in " ".join(pdf.text(1).split())


def test_a_name_of_wide_letters_that_has_no_room_at_all_is_refused_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(ArtError, match=r'"clinic" do not fit .* Hint: give meta\.name a short form'):
        poster_of(tmp_path, " ".join(["WAMWAM"] * 24), "a3-poster", (600, 600))
