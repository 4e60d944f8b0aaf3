"""A page that reads from the right is mirrored, on screen and on a print shop's sheets; read from the PDFs."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from press_room import change, clinic, press_of
from printed_words.block_samples import ARABIC, with_body

from handoutpress.app.project import open_cache
from handoutpress.content.bilingual import side_by_side
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import builtin_root, find_project
from handoutpress.content.text_direction import mirrored, reads_from_right
from handoutpress.press.layout.composite_glyphs import CompositeGlyph, with_composites
from handoutpress.press.plate.tags import elements
from handoutpress.press.press import HandoutPress
from handoutpress.press.printshop.press import PrintShopPress
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.marks import PathMark
from handoutpress.proof.pdf.text import in_lines, text_in_reading_order
from handoutpress.proof.pdf.text_order import as_read

PROJECT = find_project(builtin_root())
MM = 72 / 25.4
MARGIN = 12.0
"""Paper around a trimmed sheet, mm."""
SIGNED = ("do-dont", "when")
"""Pairs whose entries begin with a drawn sign."""


@cache
def catalog_of(language: str, format_: str, brand: str = "lantern-street") -> Catalog:
    """A shipped handout for a brand that wants it in one language and format."""
    slug = "acupuncture-or-dry-needling" if format_ == "a4-leaflet" else "acupuncture"
    found = load_catalog(PROJECT, EditionFilter((slug,), (brand,), (language,)))
    formats = load_catalog(PROJECT, EditionFilter(formats=(format_,))).formats
    brands = {key: replace(each, languages=(language,), formats=(format_,)) for key, each in found.brands.items()}
    return replace(found, brands=brands, formats=formats)


@cache
def printed(language: str, format_: str, brand: str = "lantern-street", *, sheets: bool = False) -> FinishedPdf:
    catalog = catalog_of(language, format_, brand)
    press = HandoutPress(catalog, open_cache(catalog.project))
    (edition,) = catalog.editions()
    made = (PrintShopPress(catalog, press, "print") if sheets else press).open_plate(edition).print(edition)
    return FinishedPdf(Path("it.pdf"), made.pdf)


def boxes(pdf: FinishedPdf, page: int, wanted: str) -> list[Box]:
    """Where a page (from 1) prints a line with ``wanted`` in it."""
    return [mark.box for mark in in_lines(pdf.marks(page).texts) if wanted in mark.text.replace("\u00a0", " ")]


def middle(box: Box) -> float:
    """The middle of a box, mm from the left edge of a trimmed sheet."""
    return (box.left + box.right) / 2 / MM - MARGIN


def test_a_bullet_is_right_of_its_text_and_columns_begin_at_the_right() -> None:
    pdf = printed("ar", "a4-leaflet")
    (text,) = boxes(pdf, 2, "كم جلسة")
    (bullet,) = [box for box in boxes(pdf, 2, "•") if abs(box.bottom - text.bottom) < 3]
    assert bullet.left > text.right
    (idea,), (meridians,), (triggers,) = (boxes(pdf, 1, words) for words in ("الفكرة", "في التراث", "مواضع مؤلمة"))
    assert triggers.right < meridians.left < meridians.right < idea.left


def test_a_sign_stands_right_of_the_words_that_it_is_for(tmp_path: Path) -> None:
    """A tick and a cross, dots of a line of time, the signs of notes, and a box to tick."""
    signed = [block for block in ARABIC if {"note", "write"} & set(block) or block.get("pairs", {}).get("as") in SIGNED]
    press, edition = press_of(with_body(tmp_path, signed, "ar", ("a4-leaflet",)))
    pdf = FinishedPdf(Path("signs.pdf"), press.open_plate(edition).print(edition).pdf)
    for words in ("دفّئ المنطقة", "لا تفرك", "غدًا", "مهم", "نصيحة", "قرأت"):
        ((page, text),) = [(page, box) for page in pdf.pages for box in boxes(pdf, page, words)]
        paths = [mark.box for mark in pdf.marks(page).marks if isinstance(mark, PathMark)]
        beside = [box for box in paths if box.bottom < text.top and text.bottom < box.top < text.top + 12]
        assert [box for box in beside if 0 < box.left - text.right < 20], words


@pytest.mark.parametrize("format_", ["a4-leaflet", "a4-trifold"])
def test_an_address_ends_at_the_right_like_the_label_above_it(format_: str) -> None:
    pdf = printed("ar", format_)
    page = len(pdf.pdf.pages)
    labels = [box.right for words in ("المقال كاملًا", "راجع المراجع") for box in boxes(pdf, page, words)]
    addresses = [box.right for box in boxes(pdf, page, "sheets.handout-press.example/")]
    assert len(addresses) == 2
    assert sorted(addresses) == pytest.approx(sorted(labels), abs=0.1)
    (second,) = {round(box.right, 1) for box in boxes(pdf, page, "/c/")}
    assert second in {round(right, 1) for right in labels}, "each line of it"


@pytest.mark.parametrize("format_", ["a4-trifold", "a5-booklet"])
def test_a_severe_risk_is_told_at_the_right(format_: str) -> None:
    pdf = printed("ar", format_)
    page = next(page for page in pdf.pages if boxes(pdf, page, "خطير") and boxes(pdf, page, "100,000"))
    found = boxes(pdf, page, "خطير")
    words = boxes(pdf, page, "100,000")
    assert any(abs(box.bottom - word.bottom) < 3 and box.left > word.right for box in found for word in words)


@pytest.mark.parametrize("format_", ["a4-leaflet", "a4-trifold"])
def test_arabic_has_the_leading_of_its_script_and_titles_as_bold_as_latin_names(format_: str) -> None:
    pdf = printed("ar", format_)
    texts = [mark for page in pdf.pages for mark in pdf.marks(page).texts if reads_from_right(mark.text)]
    title = max(texts, key=lambda mark: mark.size)
    assert "Arabic-Bold" in pdf.fonts[title.font].name
    body = Counter(round(mark.size, 1) for mark in texts).most_common(1)[0][0]
    apart: Counter[float] = Counter()
    for page in pdf.pages:
        lines = sorted({round(mark.baseline) for mark in pdf.marks(page).texts if abs(mark.size - body) < 0.1})
        apart.update(round((above - below) / body, 1) for below, above in pairwise(lines) if above - below > body)
    often = [distance for distance, count in apart.items() if count > 5]
    assert min(often) in (1.4, 1.5, 1.6), apart


@pytest.mark.soak
def test_people_beside_another_language_fill_up_from_the_side_that_each_is_read_from() -> None:
    catalog = load_catalog(PROJECT, EditionFilter(("acupuncture",), ("lantern-street",), ("ar", "en")))
    brands = {key: replace(each, languages=("ar", "en")) for key, each in catalog.brands.items()}
    catalog = replace(catalog, brands=brands)
    arabic = next(each for each in catalog.editions() if (each.language_slug, each.format_slug) == ("ar", "a4-leaflet"))
    edition = side_by_side(arabic, catalog.handouts["acupuncture", "en"])
    assert edition
    press = HandoutPress(catalog, open_cache(catalog.project))
    pdf = FinishedPdf(Path("it.pdf"), press.open_plate(edition).print(edition).pdf)
    drawings = [drawing for page in pdf.pages for drawing in hundreds(pdf, page)]
    english = [drawing for drawing in drawings if drawing[1].right < pdf.box(1, "trim").width / 2]
    assert len(drawings) == 2 * len(english) > 0
    for drawing in drawings:
        filled, empty = ((box.left if drawing in english else box.right) for box in drawing)
        assert filled == pytest.approx(empty, abs=1)


def hundreds(pdf: FinishedPdf, page: int) -> list[tuple[Box, Box]]:
    """Where the filled people of each hundred on a page stand, and where the others do."""
    paths = [mark for mark in pdf.marks(page).marks if isinstance(mark, PathMark)]
    return [
        (filled.box, empty.box)
        for empty, filled in pairwise(paths)
        if 70 < empty.box.height < 90 and empty.line_width is not None
    ]


def test_a_marks_box_of_severity_touches_no_other() -> None:
    pdf = printed("ar", "a4-leaflet")
    for page in pdf.pages:
        paths = [mark.box for mark in pdf.marks(page).marks if isinstance(mark, PathMark)]
        severe = boxes(pdf, page, "خطير")
        framing = [box for box in paths if box.height < 30 and any(box.grown(2).holds(word) for word in severe)]
        frames = sorted({(round(box.bottom, 1), round(box.top, 1)) for box in framing})
        assert all(above[0] - below[1] > 0.3 for below, above in pairwise(frames)), frames


def test_the_first_panel_of_a_trifold_is_on_the_right() -> None:
    pdf = printed("ar", "a4-trifold", sheets=True)
    title = max(boxes(pdf, 1, "الوخز بالإبر"), key=lambda box: box.height)
    assert 0 < middle(title) < 100, "the cover is at the left of the outside"
    (first,) = boxes(pdf, 2, "ما هو")
    assert 197 < middle(first) < 297, "the first panel is at the right of the inside"
    folds = {(name, place) for name, at in (("outside", 1), ("inside", 2)) for place in folds_of(pdf, at)}
    assert folds == {("outside", 100), ("outside", 200), ("inside", 97), ("inside", 197)}, "97 mm at the other side"
    left = printed("fr", "a4-trifold", sheets=True)
    assert folds_of(left, 1) == [97, 197]
    assert middle(max(boxes(left, 1, "Acupuncture"), key=lambda box: box.height)) > 197


def folds_of(pdf: FinishedPdf, page: int) -> list[int]:
    """Where the marks of folds stand above a sheet, mm from its left edge: those between the corners."""
    width = pdf.box(page, "trim").width / MM
    above = pdf.box(page, "trim").top + 3
    found = {
        round(middle(mark.box)) for mark in pdf.marks(page).marks if mark.box.bottom > above and mark.box.width < 2
    }
    return sorted(place for place in found if 1 < place < width - 1)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_booklet_is_bound_on_the_side_where_reading_begins(language: str) -> None:
    """Each sheet's halves carry the printed numbers that a reader finds when it is folded and turned."""
    pdf = printed(language, "a5-booklet", sheets=True)
    pages = 2 * pdf.page_count
    found = {(side, half): number for side in pdf.pages for half, number in numbers(pdf, side).items()}
    assert len(found) >= pages - 2, "the cover carries no number, nor may the last page"
    for (side, half), number in found.items():
        inner = (side - 1) // 2 * 2
        outside, first_half = side % 2 == 1, "left" if language == "ar" else "right"
        low, high = (inner + 1, pages - inner) if outside else (inner + 2, pages - inner - 1)
        low_half = first_half if outside else {"left": "right", "right": "left"}[first_half]
        assert number == (low if half == low_half else high)


def numbers(pdf: FinishedPdf, side: int) -> dict[str, int]:
    """The page numbers printed at the head of a side's two halves."""
    trim = pdf.box(side, "trim")
    heads = [mark for mark in pdf.marks(side).texts if mark.baseline > trim.top - 14 * MM]
    found = [(mark.box, re.search(r"\d+", mark.text)) for mark in heads]
    middle_of_sheet = (trim.left + trim.right) / 2
    return {"left" if box.right < middle_of_sheet else "right": int(number[0]) for box, number in found if number}


def test_the_language_of_a_french_title_is_in_the_tags_of_an_english_handout(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    change(root / "references.yaml", lambda library: library[0].update(language="fr"))
    press, edition = press_of(root)
    with pikepdf.open(io.BytesIO(press.open_plate(edition).print(edition).pdf)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        told = {(str(each.S), str(each.Lang)) for each in elements(pdf) if "/Lang" in each}
    assert ("/LI", "fr") in told


@pytest.mark.parametrize(
    ("painted", "read"),
    [
        ("plain (1)", "plain (1)"),
        ("(גב) 1,024 הא", "אה 1,024 (בג)"),
        (".\u200f43 ג", "ג 43\u200f."),
        ("דג NHS 111 בא", "אב NHS 111 גד"),
        ("see בא, or not", "see אב, or not"),
        ("ג 50% ב", "ב 50% ג"),
    ],
)
def test_a_painted_line_is_read_in_its_own_order(painted: str, read: str) -> None:
    assert as_read(painted) == read


def test_brackets_turn_and_letters_tell_their_direction() -> None:
    assert mirrored("(a) «b» [c] {d} <e> ‹f›") == ")a( »b« ]c[ }d{ >e< ›f‹"
    assert reads_from_right("a ب")
    assert not reads_from_right("é 1")


def outlines(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def test_a_composite_glyph_draws_its_parts_where_they_stood() -> None:
    data = (PROJECT.root / "fonts/amiri/Amiri-Regular.ttf").read_bytes()
    font = outlines(data)
    number = font.getGlyphID("a")
    first = font["maxp"].numGlyphs + 3
    made = outlines(
        with_composites(data, first, [CompositeGlyph(((number, 0, 0), (number, 50, 300)), 700), CompositeGlyph((), 1)])
    )
    box, own = made["glyf"][made.getGlyphName(first)], font["glyf"]["a"]
    assert (box.xMin, box.yMin) == (own.xMin, own.yMin)
    assert (box.xMax, box.yMax) == (own.xMax + 50, own.yMax + 300)
    assert made["hmtx"][made.getGlyphName(first)][0] == 700
    assert made["maxp"].numGlyphs == first + 2
    assert made["glyf"][made.getGlyphName(first + 1)].numberOfContours == 0


def cff_font() -> bytes:
    """A font with one square letter, its outlines in a CFF table."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({97: "a"})
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    for corner in ((0, 400), (400, 400), (400, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupCFF(
        "Square", {}, {".notdef": T2CharStringPen(500, None).getCharString(), "a": pen.getCharString()}, {}
    )
    builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def test_a_composite_glyph_can_be_of_cubic_curves() -> None:
    made = outlines(with_composites(cff_font(), 2, [CompositeGlyph(((1, 0, 0), (1, 100, 500)), 500)]))
    strings = made["CFF "].cff.topDictIndex[0].CharStrings
    assert strings[made.getGlyphOrder()[2]].calcBounds(made.getGlyphSet()) == (0, 0, 500, 900)


def test_a_clinics_note_in_english_keeps_its_full_stop_at_its_end() -> None:
    assert "you can say no." in text_in_reading_order(printed("ar", "a4-trifold", "north-moor"))
