"""Every shipped format as it is read: its pages, their size and type, their safe area, their codes and tags."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from direct.compare import marker_of, slot_places
from press_room import catalog_of
from print_room import FORMATS, MM, ROOT, WANTED, PrintRoom
from print_room import made as made  # noqa: PLC0414

from handoutpress.content.models.formats import FLOORS
from handoutpress.press.press import code_addresses
from handoutpress.proof.checks.registry import prove
from handoutpress.proof.pdf.finished_pdf import FinishedPdf


def test_every_shipped_format_is_looked_at() -> None:
    assert sorted(catalog_of(ROOT).formats) == sorted(FORMATS)


VERSION_OF_POSTER = 14.0
"""The type of the line of the version on a poster, pt."""


@pytest.mark.parametrize("name", FORMATS)
def test_pages_and_panels_are_counted_and_measured(made: PrintRoom, name: str) -> None:
    wanted = WANTED[name]
    with pikepdf.open(io.BytesIO(made(name).screen)) as pdf:
        boxes = [[float(edge) for edge in page.obj.MediaBox.as_list()] for page in pdf.pages]
        assert [key for page in pdf.pages for key in ("/TrimBox", "/BleedBox", "/CropBox") if key in page.obj] == []
    assert [box[:2] for box in boxes] == [[0, 0]] * len(wanted.pages)
    assert [box[2] for box in boxes] == pytest.approx([width * MM for width in wanted.pages], abs=0.05)
    assert [box[3] for box in boxes] == pytest.approx([wanted.height * MM] * len(boxes), abs=0.05)


@pytest.mark.parametrize("name", FORMATS)
def test_screen_pages_conform(made: PrintRoom, name: str) -> None:
    checks = ("structure", "links", "running-heads", "meaning", "conformance", "fonts")
    assert [str(f) for f in prove(Path(name), made(name).screen, checks=checks)] == []


@pytest.mark.parametrize("name", FORMATS)
def test_no_type_on_any_page_is_under_the_floor(made: PrintRoom, name: str) -> None:
    """Raised figures of citations are smaller: a sign, not text to be read; in large print they are no exception."""
    reading = made(name).format.type.reading
    assert made(name).format.type.floor >= FLOORS[reading]
    least = {"large-print": 1}.get(reading, 4)
    with FinishedPdf(Path(name), made(name).screen) as pdf:
        for page in pdf.pages:
            sizes = [mark.size for mark in pdf.marks(page).texts if len(mark.text.strip()) >= least]
            if reading == "poster":  # what it says of its version is for the clinic, not for who reads from afar
                sizes = [size for size in sizes if abs(size - VERSION_OF_POSTER) > 0.05]
            assert min(sizes, default=99) >= WANTED[name].least - 0.05, page


@pytest.mark.parametrize("name", FORMATS)
def test_text_stays_3_mm_from_trim_and_fold(made: PrintRoom, name: str) -> None:
    with FinishedPdf(Path(name), made(name).screen) as pdf:
        for page in pdf.pages:
            safe = pdf.box(page, "media").grown(-3 * MM)
            outside = [m.text for m in pdf.marks(page).texts if m.text.strip() and not safe.holds(m.box, slack=0.3)]
            assert outside == []


@pytest.mark.parametrize("name", FORMATS)
def test_codes_are_large_enough_and_decode(made: PrintRoom, name: str) -> None:
    edition, wanted = made(name).edition, WANTED[name]
    marker = marker_of(made(name).plate)
    with pikepdf.open(io.BytesIO(made(name).screen)) as pdf:
        codes = {slot: box for _, slot, box in slot_places(pdf, marker) if slot.startswith("code-")}
    for left, bottom, right, top in codes.values():
        assert min(right - left, top - bottom) >= wanted.code * MM - 0.01
    addresses = code_addresses(edition)
    assert len(codes) == (1 if name == "a6-card" or name.endswith("poster") else 2)
    for data in (made(name).screen, made(name).sheets, made(name).mono):
        pictures = [page.render(scale=wanted.dpi / 72).to_pil() for page in pypdfium2.PdfDocument(data)]
        read = [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]
        copies = 4 if name == "a6-card" and data is not made(name).screen else 1
        assert sorted(read) == sorted([addresses[slot.removeprefix("code-")] for slot in codes] * copies)


@pytest.mark.parametrize("name", [name for name in FORMATS if name.endswith(("trifold", "booklet"))])
def test_a_cover_says_where_urgent_help_is(made: PrintRoom, name: str) -> None:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made(name).screen)]
    (number,) = (number for number, text in enumerate(pages, 1) if "When to get urgent help" in text)
    assert [f"Urgent help: page {number}" in text for text in pages] == [True, *[False] * (len(pages) - 1)]
    assert str(number) in pages[number - 1].split(), "the number stands on its page"
