"""Every shipped format, both ways out: what a finger, a fold and a print shop would find, read from the PDFs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from press_room import catalog_of, clinic

from handoutpress.content.editions import Edition
from handoutpress.content.formats import FLOORS, Format
from handoutpress.press.cache import Cache
from handoutpress.press.imposition import MARGIN
from handoutpress.press.press import HandoutPress, code_addresses
from handoutpress.press.printshop import PrintShopPress
from handoutpress.press.sheets import sides
from handoutpress.proof.checks import prove
from handoutpress.proof.finished import FinishedPdf

MM = 72 / 25.4
FORMATS = [
    "a3-poster",
    "a4-large-print",
    "a4-leaflet",
    "a4-trifold",
    "a5-booklet",
    "a6-card",
    "half-letter-booklet",
    "letter-large-print",
    "letter-leaflet",
    "letter-trifold",
    "tabloid-poster",
]
FOLDED = ("a4-trifold", "letter-trifold")


@dataclass(frozen=True)
class Made:
    """One edition of the small clinic: its pages, its sheets in inks and in black alone."""

    edition: Edition
    screen: bytes
    sheets: bytes
    mono: bytes

    @property
    def format(self) -> Format:
        return self.edition.printed.format


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    folder = tmp_path_factory.mktemp("formats")
    catalog = catalog_of(clinic(folder / "clinic"))
    press = HandoutPress(catalog, Cache(folder / "cache"))
    found = {}
    for edition in catalog.editions():
        if (edition.slug, edition.brand) == ("warm-tea", "hill"):
            presses = (press, PrintShopPress(catalog, press, "print"), PrintShopPress(catalog, press, "mono"))
            found[edition.format] = Made(edition, *(each.open_plate(edition).print(edition).pdf for each in presses))
    return found


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def size_of(box: pikepdf.Object) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in box.as_list())
    return (right - left, top - bottom)


def marks_of(data: bytes) -> Iterator[tuple[int, object]]:
    with FinishedPdf(Path("made.pdf"), data) as pdf:
        for page in pdf.pages:
            for mark in pdf.marks(page).marks:
                yield page, mark


def test_every_shipped_format_is_made(made: dict[str, Made]) -> None:
    assert sorted(made) == sorted(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_pages_keep_to_their_format(made: dict[str, Made], name: str) -> None:
    format_ = made[name].format
    with opened(made[name].screen) as pdf:
        pages = [size_of(page.obj.MediaBox) for page in pdf.pages]
    assert len(pages) <= format_.max_pages
    assert len(pages) % format_.page_multiple == 0
    panels = format_.imposition.panels
    widths = [panels[i] for i in (0, 0, 1, 2, 2, 1)] if panels else [format_.paper.width] * len(pages)
    for (width, height), wanted in zip(pages, widths, strict=True):
        assert width == pytest.approx(wanted * MM, abs=0.1)
        assert height == pytest.approx(format_.paper.height * MM, abs=0.1)


@pytest.mark.parametrize("name", FORMATS)
def test_screen_pages_conform(made: dict[str, Made], name: str) -> None:
    assert prove(Path(name), made[name].screen, checks=("structure", "links", "running-heads", "conformance")) == []


@pytest.mark.parametrize("name", FORMATS)
def test_no_type_is_under_the_floor_of_its_reading(made: dict[str, Made], name: str) -> None:
    reading = made[name].format.type.reading
    least = {"clear-print": 8.0, "folded": 8.0, "large-print": 16.0, "poster": 24.0}[reading]
    assert made[name].format.type.floor >= FLOORS[reading]
    with FinishedPdf(Path(name), made[name].screen) as pdf:
        sizes = [mark.size for page in pdf.pages for mark in pdf.marks(page).texts if len(mark.text.strip()) > 3]
    assert min(sizes) >= least - 0.05


@pytest.mark.parametrize("name", FORMATS)
def test_text_stays_3_mm_from_trim_and_fold(made: dict[str, Made], name: str) -> None:
    with FinishedPdf(Path(name), made[name].screen) as pdf:
        for page in pdf.pages:
            safe = pdf.box(page, "media").grown(-3 * MM)
            outside = [m.text for m in pdf.marks(page).texts if m.text.strip() and not safe.holds(m.box, slack=0.3)]
            assert outside == []


@pytest.mark.parametrize("name", FORMATS)
def test_codes_decode_on_pages_and_sheets(made: dict[str, Made], name: str) -> None:
    wanted = set(code_addresses(made[name].edition).values())
    if name == "a6-card":
        wanted = {address for address in wanted if "#" not in address}
    dpi = 40 if "poster" in name else 150
    for data in (made[name].screen, made[name].sheets, made[name].mono):
        document = pypdfium2.PdfDocument(data)
        pictures = [page.render(scale=dpi / 72).to_pil() for page in document]
        assert {found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)} == wanted


@pytest.mark.parametrize("name", FORMATS)
def test_sheets_have_their_boxes(made: dict[str, Made], name: str) -> None:
    format_ = made[name].format
    with opened(made[name].screen) as pages, opened(made[name].sheets) as pdf:
        wanted = sides(format_, len(pages.pages))
        assert len(pdf.pages) == len(wanted)
        for page, side in zip(pdf.pages, wanted, strict=True):
            for box, beyond in (
                (page.obj.TrimBox, 0.0),
                (page.obj.BleedBox, format_.imposition.bleed),
                (page.obj.MediaBox, MARGIN),
            ):
                width, height = size_of(box)
                assert width == pytest.approx((side.width + 2 * beyond) * MM, abs=0.01)
                assert height == pytest.approx((side.height + 2 * beyond) * MM, abs=0.01)


@pytest.mark.parametrize("name", FORMATS)
def test_sheets_hold_no_rgb_and_black_text_is_black_ink(made: dict[str, Made], name: str) -> None:
    for data, mono in ((made[name].sheets, False), (made[name].mono, True)):
        with opened(data) as pdf:
            spelled = b"".join(o.unparse(resolved=True) for o in pdf.objects if not isinstance(o, pikepdf.Stream))
            streams = b"".join(o.stream_dict.unparse() for o in pdf.objects if isinstance(o, pikepdf.Stream))
            assert b"DeviceRGB" not in spelled + streams
        for _, mark in marks_of(data):
            ink = getattr(mark, "ink", None)
            if ink is None:
                continue
            assert ink.space != "DeviceRGB"
            assert sum(ink.values) <= 3.0
            if mono and ink.space == "DeviceCMYK":
                assert max(ink.values[:3]) == 0


@pytest.mark.parametrize("name", FORMATS)
def test_sheets_read_in_the_order_of_their_pages(made: dict[str, Made], name: str) -> None:
    def words(data: bytes) -> list[str]:
        with FinishedPdf(Path(name), data) as pdf:
            owned: dict[object, list[str]] = {}
            for page in pdf.pages:
                for mark in pdf.marks(page).texts:
                    if mark.sequence and mark.sequence.owner and mark.text.strip():
                        owned.setdefault(mark.sequence.owner, []).append(mark.text)
            order = pdf.tree.reading_order()
            return [text for _, content in order for text in owned.get((content.stream, content.mcid), [])]

    assert words(made[name].screen)
    assert words(made[name].sheets) == words(made[name].screen)


@pytest.mark.parametrize("name", FOLDED)
def test_folds_of_a_trifold_lie_on_each_other(made: dict[str, Made], name: str) -> None:
    outside, inside = sides(made[name].format, 6)
    turned = tuple(sorted(outside.width - fold for fold in outside.folds))
    assert turned == pytest.approx(inside.folds)
    narrow = min(made[name].format.imposition.panels)
    assert outside.placed[0].width == inside.placed[2].width == narrow
    assert [placed.page for placed in outside.placed] == [4, 5, 0]
    assert [placed.page for placed in inside.placed] == [1, 2, 3]


@pytest.mark.parametrize("pages", [4, 8, 12, 16])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_booklet_reads_through_when_folded(made: dict[str, Made], pages: int, mirrored: bool) -> None:
    laid = sides(made["a5-booklet"].format, pages, mirrored=mirrored)
    leaves = []
    for front, back in zip(laid[::2], laid[1::2], strict=True):
        right = 0 if mirrored else 1
        leaves.append((front.placed[right].page, back.placed[1 - right].page))
        leaves.append((back.placed[right].page, front.placed[1 - right].page))
    read = sorted(leaves)
    assert [page for leaf in read for page in leaf] == list(range(pages))
    shifts = [placed.shift for side in laid for placed in side.placed]
    assert max(shifts) == pytest.approx((pages // 4 - 1) * 0.1)


def test_four_cards_lie_on_a_sheet_and_one_is_read(made: dict[str, Made]) -> None:
    front, back = sides(made["a6-card"].format, 2)
    assert [len(side.placed) for side in (front, back)] == [4, 4]
    assert [placed.copy for placed in front.placed] == [False, True, True, True]
