"""The parts of a comparison: words against words, and pictures against pictures."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from proof_damages import edit, move_line
from proof_damages import shown as spelled
from proof_leaflet import OPENING, PRINTED, good_leaflet, leaflet

from handoutpress.proof.diff.extracted_text import PlacedWord, extract_text
from handoutpress.proof.diff.prints import FinishedPrint, compare_prints
from handoutpress.proof.diff.regions import CELL, MARGIN, MAX_REGIONS, changed_boxes
from handoutpress.proof.diff.wording import changes
from handoutpress.proof.pdf.geometry import Box
from handoutpress.yamlfile.problems import HandoutError


def spoken(text: str) -> list[PlacedWord]:
    return [PlacedWord(word, 1, Box(0, 0, 1, 1)) for word in text.split()]


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("a b c", "a b c", []),
        ("rest a little at home", "rest a lot at home", ["rest a [-little-] {+lot+} at home"]),
        ("rest at home", "rest quietly at home", ["rest {+quietly+} at home"]),
        ("rest quietly at home", "rest at home", ["rest [-quietly-] at home"]),
        ("in 20% of people", "in 25% of people", ["in [-20%-] {+25%+} of people"]),
        ("is non-specific pain", "is specific pain", ["is [-non-specific-] {+specific+} pain"]),
        ("no cure.", "no cure!", ["no [-cure.-] {+cure!+}"]),
        ("see doi:10.1/ab cd", "see doi:10. 1/abcd", []),
        ("one", "", ["[-one-]"]),
        ("", "one two", ["{+one two+}"]),
        ("a b c d e f g h", "a X c d e f g Y", ["a [-b-] {+X+} c d e f", "d e f g [-h-] {+Y+}"]),
        ("do not drive", "do drive", ["do [-not-] drive"]),
        ("may help may help", "may help", ["may help [-may help-]"]),
        ("راحة في البيت", "راحة في العمل", ["راحة في [-البيت-] {+العمل+}"]),
    ],
)
def test_changes_are_told_in_whole_words(old: str, new: str, sentences: list[str]) -> None:
    assert [str(change) for change in changes(spoken(old), spoken(new))] == sentences


LETTERS = st.lists(st.sampled_from(["a", "b", "do", "not", "10.1/x", "5%"]), max_size=12)


@given(LETTERS, LETTERS)
def test_what_no_change_tells_of_is_the_same_in_both(old: list[str], new: list[str]) -> None:
    before, now = ([PlacedWord(text, place, Box(0, 0, 1, 1)) for place, text in enumerate(side)] for side in (old, new))
    differences = changes(before, now)
    removed = {word for change in differences for word in change.old}
    added = {word for change in differences for word in change.new}
    unchanged = "".join(word.text for word in before if word not in removed)
    assert unchanged == "".join(word.text for word in now if word not in added)
    assert bool(differences) == ("".join(old) != "".join(new))


def test_a_pdf_says_its_words_in_reading_order_with_their_places() -> None:
    with leaflet() as pdf:
        text = extract_text(pdf)
    texts = [word.text for word in text.handout]
    assert texts[:2] == ["Dry", "needling"]
    assert " ".join(OPENING[1][1].split()[:5]) in " ".join(texts)
    assert texts[-6:] == ["Harbour", "Clinic", "version", "1.2", "page", "of"]
    assert texts.count("Harbour") == 1
    assert text.handout[0].box.left < text.handout[1].box.left
    assert text.handout[0].page == 1


def test_what_fills_a_slot_is_the_brands() -> None:
    def fill(pdf: pikepdf.Pdf) -> None:
        form = pdf.pages[0].Resources.XObject["/Address0"]
        form.Matrix = pikepdf.Array([1 / 300, 0, 0, 1 / 20, 0, 0])
        stream = pdf.pages[0].Contents
        stream.write(stream.read_bytes().replace(b"q 1 0 0 1 70.866", b"q 300 0 0 20 70.866"))

    with leaflet() as empty, leaflet(fill) as filled:
        before, now = extract_text(empty), extract_text(filled)
    assert [word.text for word in now.brand] == [PRINTED[0]]
    assert PRINTED[0] in [word.text for word in before.handout]
    assert before.brand == ()


def test_a_link_that_leads_elsewhere_is_a_change_of_the_handout(tmp_path: Path) -> None:
    def lead_elsewhere(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots[0].A.URI = pikepdf.String("https://elsewhere.example/")

    for name, harm in (("old", None), ("new", lead_elsewhere)):
        with leaflet(harm) as pdf:
            (tmp_path / f"{name}.pdf").write_bytes(pdf.data)
    difference = compare_prints(FinishedPrint(tmp_path / "old.pdf"), FinishedPrint(tmp_path / "new.pdf"))
    assert difference.handout == ()
    assert difference.links[1] == ("https://elsewhere.example/",)
    assert difference.is_of_content


def test_a_line_that_moved_is_a_region_and_no_change_of_words(tmp_path: Path) -> None:
    for name, harm in (("old", None), ("new", lambda pdf: move_line(pdf, 1, right=20))):
        with leaflet(harm) as pdf:
            (tmp_path / f"{name}.pdf").write_bytes(pdf.data)
    difference = compare_prints(FinishedPrint(tmp_path / "old.pdf"), FinishedPrint(tmp_path / "new.pdf"), drawn=True)
    assert not difference.is_of_content
    [region] = difference.regions
    assert region.page == 1
    assert region.place.height < 25
    assert region.old and region.new and region.old.pixels == region.new.pixels


def test_a_page_more_is_shown_whole_and_its_number_is_no_word(tmp_path: Path) -> None:
    def lengthen(pdf: pikepdf.Pdf) -> None:
        for page in (1, 2):
            edit(pdf, spelled("of 2"), spelled("of 3"), page)
        pdf.add_blank_page(page_size=(300, 400))

    for name, harm in (("old", None), ("new", lengthen)):
        with leaflet(harm) as pdf:
            (tmp_path / f"{name}.pdf").write_bytes(pdf.data)
    difference = compare_prints(FinishedPrint(tmp_path / "old.pdf"), FinishedPrint(tmp_path / "new.pdf"), drawn=True)
    [region] = [region for region in difference.regions if region.page == 3]
    assert (region.old, difference.pages) == (None, (2, 3))
    assert region.new
    assert not difference.is_of_content


@pytest.mark.parametrize("kind", ["empty", "text", "cut"])
def test_what_is_no_pdf_is_told_in_a_sentence(kind: str, tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes({"empty": b"", "text": b"Hello", "cut": good_leaflet()[:3000]}[kind])
    with pytest.raises(HandoutError, match=r"old\.pdf: The (file|pages) "):
        compare_prints(FinishedPrint(tmp_path / "old.pdf"), FinishedPrint(tmp_path / "old.pdf"))


def blank(*boxes: tuple[int, int, int, int]) -> Image.Image:
    picture = Image.new("RGB", (400, 300), "white")
    for box in boxes:
        ImageDraw.Draw(picture).rectangle(box, fill="navy")
    return picture


def test_equal_pictures_have_no_region() -> None:
    assert changed_boxes(blank((10, 10, 20, 20)), blank((10, 10, 20, 20))) == []


def test_a_single_pixel_is_seen() -> None:
    [box] = changed_boxes(blank(), blank((200, 100, 200, 100)))
    assert box[0] <= 200 <= box[2]
    assert box[1] <= 100 <= box[3]
    assert box[2] - box[0] <= CELL + 2 * MARGIN


def test_distant_changes_are_apart_and_near_ones_together() -> None:
    assert len(changed_boxes(blank(), blank((20, 20, 40, 30), (300, 250, 320, 260)))) == 2
    assert len(changed_boxes(blank(), blank((20, 20, 40, 30), (50, 20, 70, 30)))) == 1


def test_many_changes_are_shown_as_one() -> None:
    dots = [(x, y, x + 2, y + 2) for x in range(10, 400, 90) for y in range(10, 300, 90)]
    assert len(dots) > MAX_REGIONS
    assert len(changed_boxes(blank(), blank(*dots))) == 1
