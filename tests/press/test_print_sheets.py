"""Every shipped format at a print shop: what rulers, folds and separations would find, read from the print files."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from print_room import FOLDED, FORMATS, MM, WANTED, Made, PrintRoom, heaviest, separations
from print_room import made as made  # noqa: PLC0414

from handoutpress.press.printshop.sheets import SheetSide, sides
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.marks import Ink, Mark, PathMark, PictureMark, TextMark

MARGIN = 12.0
"""Paper around the trimmed sheet, mm."""
HAIR = 0.3
"""A mark's line is thinner, pt."""
TRIFOLD_PAGES = {"outside": (5, 6, 1), "inside": (2, 3, 4)}
"""The pages of a C-fold from left to right, as a print shop lays them out."""


def trimmed(pdf: FinishedPdf, page: int) -> Box:
    return pdf.box(page, "trim")


def inks(mark: Mark) -> Ink | None:
    return None if isinstance(mark, PictureMark) else mark.ink


@pytest.mark.parametrize("name", FORMATS)
def test_sheets_are_counted_and_have_their_boxes(made: PrintRoom, name: str) -> None:
    wanted = WANTED[name]
    for data in (made(name).sheets, made(name).mono):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len(pdf.pages) == wanted.sides
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
            for page in pdf.pages:
                for box, beyond in (("/MediaBox", MARGIN), ("/BleedBox", wanted.bleed), ("/TrimBox", 0.0)):
                    start = (MARGIN - beyond) * MM
                    across, up = ((length + 2 * beyond) * MM for length in wanted.sheet)
                    edges = [float(edge) for edge in page.obj[box].as_list()]
                    assert edges == pytest.approx([start, start, start + across, start + up], abs=0.01)


@pytest.mark.parametrize("name", FORMATS)
def test_text_on_sheets_stays_3_mm_from_trim_and_fold_and_the_slug_outside(made: PrintRoom, name: str) -> None:
    edition = made(name).edition
    with FinishedPdf(Path(name), made(name).sheets) as pdf:
        for page in pdf.pages:
            trim, folds = trimmed(pdf, page), fold_marks(pdf, page)
            texts = [mark for mark in pdf.marks(page).texts if trim.overlap(mark.box).area]
            (line,) = [mark for mark in pdf.marks(page).texts if not trim.overlap(mark.box).area]
            edges = (trim.left, *folds, trim.right)
            panels = [Box(a, trim.bottom, b, trim.top).grown(-3 * MM) for a, b in pairwise(edges)]
            astray = [m.text for m in texts if m.text.strip() and not any(p.holds(m.box, slack=0.3) for p in panels)]
            assert astray == []
            file = f"hill/en/{name}/warm-tea.print.pdf"
            start = f"{file} | version {edition.version} | {edition.handout.date.isoformat()} | side {page} of "
            assert line.text.startswith(f"{start}{WANTED[name].sides}, ")
            assert not pdf.box(page, "bleed").overlap(line.box).area
            assert pdf.box(page, "media").holds(line.box)


def marks_beyond(pdf: FinishedPdf, page: int) -> Iterator[PathMark]:
    """The lines of crop and fold marks: all that is drawn outside the bleed."""
    bleed = pdf.box(page, "bleed")
    for mark in pdf.marks(page).marks:
        if isinstance(mark, PathMark) and mark.line_width and not bleed.overlap(mark.box.grown(0.01)).area:
            yield mark


def fold_marks(pdf: FinishedPdf, page: int) -> list[float]:
    """Where upright marks above the sheet show a fold, pt from the left of the paper."""
    trim = trimmed(pdf, page)
    above = {round((m.box.left + m.box.right) / 2, 2) for m in marks_beyond(pdf, page) if m.box.bottom > trim.top}
    return sorted(x for x in above if trim.left + 1 < x < trim.right - 1) if WANTED[pdf.path.name].folds else []


@pytest.mark.parametrize("name", FORMATS)
def test_crop_marks_stand_at_the_trim_and_outside_the_bleed(made: PrintRoom, name: str) -> None:
    with FinishedPdf(Path(name), made(name).sheets) as pdf:
        for page in pdf.pages:
            trim, found = trimmed(pdf, page), list(marks_beyond(pdf, page))
            upright = [(m.box.left + m.box.right) / 2 for m in found if m.box.width < 1]
            level = [(m.box.bottom + m.box.top) / 2 for m in found if m.box.height < 1]
            assert (min(upright), max(upright)) == pytest.approx((trim.left, trim.right), abs=0.02)
            assert (min(level), max(level)) == pytest.approx((trim.bottom, trim.top), abs=0.02)
            assert all(0.25 <= (mark.line_width or 0) < HAIR for mark in found)
            if name == "a6-card":
                assert any(abs(x - (MARGIN + 105) * MM) < 0.02 for x in upright)
                assert any(abs(y - (MARGIN + 148.5) * MM) < 0.02 for y in level)


@pytest.mark.parametrize("name", FOLDED)
def test_two_sides_laid_on_each_other_fold_at_the_same_places(made: PrintRoom, name: str) -> None:
    """Turned on the short edge, what is left lies behind what is right: the narrow panel behind the narrow panel."""
    with FinishedPdf(Path(name), made(name).sheets) as pdf:
        outside, inside = (fold_marks(pdf, page) for page in pdf.pages)
        trim = trimmed(pdf, 1)
    assert inside == pytest.approx([(MARGIN + fold) * MM for fold in WANTED[name].folds], abs=0.02)
    behind = sorted(trim.left + trim.right - fold for fold in outside)
    assert behind == pytest.approx(inside, abs=0.02)
    widths = [[b - a for a, b in zip((trim.left, *f), (*f, trim.right), strict=True)] for f in (outside, inside)]
    assert widths[0].index(min(widths[0])) == 0
    assert widths[1].index(min(widths[1])) == 2


@pytest.mark.parametrize("name", FOLDED)
def test_each_panel_lies_where_a_c_fold_wants_it(made: PrintRoom, name: str) -> None:
    with FinishedPdf(Path(name), made(name).screen) as pdf:
        read = {page: "".join(pdf.text(page).split()) for page in pdf.pages}
    document = pypdfium2.PdfDocument(made(name).sheets)
    for sheet, pages, folds in zip(document, TRIFOLD_PAGES.values(), folds_of(name), strict=True):
        words = sheet.get_textpage()
        edges = [(MARGIN + edge) * MM for edge in (0, *folds, WANTED[name].sheet[0])]
        low, high = (MARGIN * MM, (MARGIN + WANTED[name].height) * MM)
        for page, (left, right) in zip(pages, pairwise(edges), strict=True):
            shown = "".join(words.get_text_bounded(left, low, right, high).split())
            assert sorted(shown) == sorted(read[page]), page


def folds_of(name: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    width = WANTED[name].sheet[0]
    return tuple(sorted(width - fold for fold in WANTED[name].folds)), WANTED[name].folds


BOOKLETS = ["a5-booklet", pytest.param("half-letter-booklet", marks=pytest.mark.soak)]


HEAD = 13.0
"""From the upper edge of a booklet's page to the foot of its head, mm."""


def printed_numbers(data: bytes, width: float) -> list[tuple[str, str]]:
    """The page numbers that end the heads of the left and the right half of each side."""
    found = []
    for sheet in pypdfium2.PdfDocument(data):
        words = sheet.get_textpage()
        halves = ((MARGIN, MARGIN + width / 2), (MARGIN + width / 2, MARGIN + width))
        top = sheet.get_height() - MARGIN * MM
        heads = [words.get_text_bounded(a * MM, top - HEAD * MM, b * MM, top).split() for a, b in halves]
        left, right = (next((word for word in head[-1:] if word.isdigit()), "") for head in heads)
        found.append((left, right))
    return found


@pytest.mark.parametrize("name", BOOKLETS)
def test_a_booklet_of_many_sheets_reads_through_when_folded(made: PrintRoom, name: str) -> None:
    numbers = printed_numbers(made(name, "honey").sheets, WANTED[name].sheet[0])
    assert len(numbers) >= 6, "at least three sheets, one in the other"
    leaves = []
    for front, back in zip(numbers[::2], numbers[1::2], strict=True):
        leaves.append((front[1], back[0]))  # turned on the short edge, the back's left lies behind the front's right
        leaves.insert(0, (back[1], front[0]))
    half = len(leaves) // 2
    read = [page for leaf in (*leaves[half:], *leaves[:half]) for page in leaf]
    assert read == ["", *(str(number) for number in range(2, 2 * len(numbers) + 1))], "the cover bears no number"


@pytest.mark.parametrize("name", BOOKLETS)
def test_inner_sheets_move_towards_the_fold_against_creep(made: PrintRoom, name: str) -> None:
    """Told by the page numbers: each ends its page's head, and stands on its sheet a little nearer to the fold."""
    width, margin = WANTED[name].sheet[0], made(name).format.margins.right
    moved = 0
    with FinishedPdf(Path(name), made(name, "honey").sheets) as pdf:
        for page in pdf.pages:
            head = pdf.box(page, "trim").top - HEAD * MM
            numbers = [mark for mark in pdf.marks(page).texts if mark.box.top > head and mark.text[-1:].isdigit()]
            creep = 0.1 * ((page - 1) // 2)
            for mark in numbers:
                end = mark.box.right / MM - MARGIN
                is_left, moved = end < width / 2, moved + (creep > 0)
                edge = width / 2 if is_left else width
                assert end == pytest.approx(edge - margin + (creep if is_left else -creep), abs=0.04)
    assert moved


@pytest.mark.parametrize("pages", [4, 8, 12, 16])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_booklet_of_any_length_reads_through(made: PrintRoom, pages: int, mirrored: bool) -> None:
    laid = sides(made("a5-booklet").format, pages, mirrored=mirrored)
    right = 0 if mirrored else 1

    def leaves_of(front: SheetSide, back: SheetSide) -> Iterator[tuple[int, int]]:
        yield front.placed[right].page, back.placed[1 - right].page
        yield back.placed[right].page, front.placed[1 - right].page

    leaves = [leaf for front, back in zip(laid[::2], laid[1::2], strict=True) for leaf in leaves_of(front, back)]
    assert [page for leaf in sorted(leaves) for page in leaf] == list(range(pages))


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_folded_card_reads_through_in_each_row_of_its_sheet(made: PrintRoom, mirrored: bool) -> None:
    card = made("a6-card").format
    outside, inside = sides(card, 4, mirrored=mirrored)
    assert outside.folds == inside.folds == (card.paper.width,)
    for row in outside.rows, inside.rows:
        assert row == (card.paper.height,)
    across = (
        outside.width - card.paper.width,
        0,
    )  # it is turned on its long edge: what is left lies behind what is right
    for y in (0, card.paper.height):
        seen = [{page.x: page.page for page in side.placed if page.y == y} for side in (outside, inside)]
        leaves = [(seen[0][x], seen[1][behind]) for x, behind in zip((0, card.paper.width), across, strict=True)]
        assert sorted(map(sorted, leaves)) == [[0, 1], [2, 3]]
    assert [page.page for page in outside.placed if not page.copy] == ([0, 3] if mirrored else [3, 0])


@pytest.mark.parametrize("name", FORMATS)
def test_sheets_read_in_the_order_of_their_pages(made: PrintRoom, name: str) -> None:
    def words(data: bytes) -> list[str]:
        with FinishedPdf(Path(name), data) as pdf:
            owned: dict[object, list[str]] = {}
            for page in pdf.pages:
                for mark in pdf.marks(page).texts:
                    if mark.sequence and mark.sequence.owner and mark.text.strip():
                        owned.setdefault(mark.sequence.owner, []).append(mark.text)
            order = pdf.tree.reading_order()
            return [text for _, content in order for text in owned.get((content.stream, content.mcid), [])]

    assert words(made(name).screen)
    assert words(made(name).sheets) == words(made(name).screen)


LOGOS = [("a6-card", "dale"), ("a6-card", "vale"), ("a6-card", "glow")]
INKED = [*((name, "hill") for name in FORMATS), *LOGOS]
OPENED = [
    pair if pair[0].startswith("a") and pair != LOGOS[1] else pytest.param(*pair, marks=pytest.mark.soak)
    for pair in INKED
]
"""What each run opens in programs of a print shop; in a long run, the other papers, too."""


@pytest.mark.parametrize(("name", "brand"), INKED)
def test_no_rgb_is_left_and_black_is_black_ink_alone(made: PrintRoom, name: str, brand: str) -> None:
    files = made(name, brand=brand)
    for data, mono in ((files.sheets, False), (files.mono, True)):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            spelled = [o.stream_dict if isinstance(o, pikepdf.Stream) else o for o in pdf.objects]
            assert not re.search(rb"DeviceRGB|CalRGB|ICCBased|/Lab\b", b"".join(o.unparse() for o in spelled))
        with FinishedPdf(Path(name), data) as read:
            marks = [mark for page in read.pages for mark in read.marks(page).marks]
        assert {m.space for m in marks if isinstance(m, PictureMark)} <= {"DeviceGray" if mono else "DeviceCMYK"}
        assert brand != "vale" or any(isinstance(mark, PictureMark) for mark in marks), "a logo of pixels is there"
        for mark in marks:
            if ink := inks(mark):
                assert ink.space in ("DeviceCMYK", "DeviceGray")
                assert sum(ink.values) <= 3.0 + 1e-6
                dark = isinstance(mark, TextMark) or (isinstance(mark, PathMark) and mark.rectangles > 100)
                if ink.space == "DeviceCMYK" and (mono or (dark and ink.values[3] > 0.85)):
                    assert ink.values[:3] == (0, 0, 0)


def codes_of(pdf: FinishedPdf, page: int) -> list[Box]:
    return [m.box for m in pdf.marks(page).marks if isinstance(m, PathMark) and m.rectangles > 100]


def blank(picture: Image.Image) -> bool:
    return picture.getextrema() == (255, 255)


@pytest.mark.parametrize(("name", "brand"), OPENED)
def test_ghostscript_separates_codes_into_black_alone(made: PrintRoom, name: str, brand: str, tmp_path: Path) -> None:
    files = made(name, brand=brand)
    sheets, dpi = separations(files.sheets, tmp_path), 60
    codes = 0
    with FinishedPdf(Path(name), files.sheets) as pdf:
        for page, planes in zip(pdf.pages, sheets, strict=True):
            assert set(planes) == {"Cyan", "Magenta", "Yellow", "Black"}
            height = pdf.box(page, "media").top
            for box in codes_of(pdf, page):
                edges = (box.left, height - box.top, box.right, height - box.bottom)
                crop = [round(edge * dpi / 72) for edge in edges]
                assert all(blank(planes[ink].crop(crop)) for ink in ("Cyan", "Magenta", "Yellow"))  # type: ignore[arg-type]
                assert planes["Black"].crop(crop).getextrema()[0] == 0  # type: ignore[arg-type]
                codes += 1
            assert heaviest(planes) <= 300
    assert codes >= 1


@pytest.mark.parametrize(("name", "brand"), [("a6-card", "dale"), ("a6-card", "vale"), ("a5-booklet", "hill")])
def test_ghostscript_separates_mono_files_into_black_alone(
    made: PrintRoom, name: str, brand: str, tmp_path: Path
) -> None:
    for planes in separations(made(name, brand=brand).mono, tmp_path):
        assert all(blank(planes[ink]) for ink in ("Cyan", "Magenta", "Yellow"))
        assert not blank(planes["Black"])


def complaints(command: list[str]) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"{ended.returncode or ''}{ended.stderr}{ended.stdout if command[0] == 'gs' else ''}"


@pytest.mark.parametrize(("name", "brand"), OPENED)
def test_print_files_open_without_a_warning(made: PrintRoom, name: str, brand: str, tmp_path: Path) -> None:
    files: Made = made(name, brand=brand)
    for way, data in (("print", files.sheets), ("mono", files.mono)):
        path = tmp_path / f"{way}.pdf"
        path.write_bytes(data)
        assert complaints(["pdftoppm", "-r", "20", "-png", str(path), str(tmp_path / way)]) == ""
        assert complaints(["pdfinfo", "-struct-text", str(path)]) == ""
        gs = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage"]
        assert complaints([*gs, str(path)]) == ""
        document = pypdfium2.PdfDocument(data)
        assert all(page.render(scale=0.3).to_pil().getextrema() for page in document)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert pdf.check_pdf_syntax() == []


def test_the_look_at_separations_finds_a_planted_colour(made: PrintRoom, tmp_path: Path) -> None:
    """A guard of the guard: pages in RGB, given to Ghostscript as they are read on a screen."""
    planes = separations(made("a6-card", brand="vale").screen, tmp_path)[0]
    assert not all(blank(planes[ink]) for ink in ("Cyan", "Magenta", "Yellow"))


def test_the_programs_of_a_print_shop_are_here() -> None:
    assert all(shutil.which(program) for program in ("gs", "pdftoppm", "pdfinfo"))
