"""Our codes are the library's codes, module for module."""

from __future__ import annotations

import qrcode
from hypothesis import given
from hypothesis import strategies as st
from qrcode.util import MODE_8BIT_BYTE, QRData

from handoutpress.press.page.qrcodes import LEVELS, MASK, QUIET_ZONE, CorrectionLevel, make_code, svg_path

addresses = st.text(st.characters(codec="ascii", min_codepoint=33, max_codepoint=126), min_size=1, max_size=120)


def library_modules(address: str, level: CorrectionLevel) -> set[tuple[int, int]]:
    """The dark modules of the library's own code, row and column from the top left, without the quiet zone."""
    maker = qrcode.QRCode(error_correction=LEVELS[level], border=0, mask_pattern=MASK)
    maker.add_data(QRData(address.encode(), mode=MODE_8BIT_BYTE), optimize=0)
    maker.make(fit=True)
    matrix = maker.get_matrix()
    return {(row, column) for row, cells in enumerate(matrix) for column, dark in enumerate(cells) if dark}


def our_modules(address: str, level: CorrectionLevel) -> set[tuple[int, int]]:
    runs = make_code(address, level).runs
    return {(run.row - QUIET_ZONE, run.start + step - QUIET_ZONE) for run in runs for step in range(run.length)}


@given(addresses, st.sampled_from(["M", "Q"]))
def test_a_code_has_the_modules_of_the_library(address: str, level: CorrectionLevel) -> None:
    assert our_modules(address, level) == library_modules(address, level)


def test_long_addresses_take_versions_with_a_wider_length_field() -> None:
    address = "https://example.org/" + "a" * 240
    assert our_modules(address, "Q") == library_modules(address, "Q")


def test_the_path_draws_each_run_once() -> None:
    code = make_code("https://example.org", "M")
    assert svg_path(code).count("M") == len(code.runs) > 50
