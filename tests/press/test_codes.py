"""QR codes: what is drawn can be read, on the screen's path as on the PDF's."""

import io
import re
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from handoutpress.press.page.qrcodes import QUIET_ZONE, QrCode, make_code, pdf_path, svg_path

ADDRESS = "https://clinic.example/read/warm-tea"
LONGEST = "https://clinic.example/" + "a" * 57
SCALE = 4


def drawn_runs(code: QrCode) -> Image.Image:
    """The code's runs, ``SCALE`` pixels a module."""
    picture = Image.new("L", (code.modules * SCALE,) * 2, 255)
    pen = ImageDraw.Draw(picture)
    for run in code.runs:
        left, top = run.start * SCALE, run.row * SCALE
        pen.rectangle((left, top, left + run.length * SCALE - 1, top + SCALE - 1), 0)
    return picture


def drawn_svg(code: QrCode) -> Image.Image:
    """The code's SVG path, read as its letters say."""
    picture = Image.new("L", (code.modules * SCALE,) * 2, 255)
    pen = ImageDraw.Draw(picture)
    path = svg_path(code)
    steps = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w, _ in steps) == path
    for x, y, width, back in steps:
        assert width == back
        left, top = int(x) * SCALE, int(y) * SCALE
        pen.rectangle((left, top, left + int(width) * SCALE - 1, top + SCALE - 1), 0)
    return picture


def drawn_pdf(code: QrCode) -> Image.Image:
    """The code's PDF operators, as pdfium paints them."""
    side = code.modules * SCALE
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(side, side))
    page.Contents = pdf.make_stream(b"q %d 0 0 %d 0 0 cm %b Q" % (side, side, pdf_path(code)))
    data = io.BytesIO()
    pdf.save(data)
    picture: Image.Image = pypdfium2.PdfDocument(data.getvalue())[0].render(scale=1, grayscale=True).to_pil()
    return picture.convert("L").point(lambda grey: 255 * (grey > 127))


@pytest.mark.parametrize("level", ["M", "Q"])
@pytest.mark.parametrize("address", [ADDRESS, LONGEST])
def test_every_drawing_is_the_same_and_can_be_read(address: str, level: str) -> None:
    code = make_code(address, level)
    runs = drawn_runs(code)
    assert drawn_svg(code).tobytes() == runs.tobytes()
    assert drawn_pdf(code).tobytes() == runs.tobytes()
    (read,) = zxingcpp.read_barcodes(runs)
    assert read.text == address
    assert read.ec_level == level


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=80))
def test_any_address_is_read_as_it_was_given(address: str) -> None:
    (read,) = zxingcpp.read_barcodes(drawn_runs(make_code(address, "M")))
    assert read.text == address


def test_runs_are_whole_and_leave_the_quiet_zone_free() -> None:
    code = make_code(ADDRESS, "M")
    ends = [(run.row, run.start, run.start + run.length) for run in code.runs]
    assert min(row for row, _, _ in ends) == min(start for _, start, _ in ends) == QUIET_ZONE
    assert max(row for row, _, _ in ends) == code.modules - QUIET_ZONE - 1
    assert max(end for _, _, end in ends) == code.modules - QUIET_ZONE
    follow = [(a, b) for a, b in pairwise(ends) if a[0] == b[0]]
    assert follow
    assert all(end < start for (_, _, end), (_, start, _) in follow)


def test_the_longest_address_fits_the_modules_that_formats_count_on() -> None:
    assert make_code(LONGEST, "M").modules == 45
    assert make_code(LONGEST, "Q").modules == 53
