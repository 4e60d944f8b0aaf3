"""Our codes are the library's codes, module for module: in every version, at both levels, whatever the address."""

from __future__ import annotations

from random import Random

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st
from qrcode.util import BIT_LIMIT_TABLE, MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

from handoutpress.press.page.qrcodes import (
    LEVELS,
    MASK,
    QUIET_ZONE,
    CorrectionLevel,
    is_alphanumeric,
    longest_text,
    make_code,
    svg_path,
)

SAMPLED = {*range(1, 13), 20, 27, 40}
"""The versions of addresses that formats have room for, with the first of a wider length field, and some beyond."""
VERSIONS = [
    version if version in SAMPLED else pytest.param(version, marks=pytest.mark.soak) for version in range(1, 41)
]
IN_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./:"
URL_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789-._~/?=&#%"

addresses = st.text(st.characters(codec="ascii", min_codepoint=33, max_codepoint=126), min_size=1, max_size=120)


def library_modules(address: str, level: CorrectionLevel) -> set[tuple[int, int]]:
    """Return the dark modules of the library's own code, row and column from the top left, without the quiet zone."""
    maker = qrcode.QRCode(error_correction=LEVELS[level], border=0, mask_pattern=MASK)
    mode = MODE_ALPHA_NUM if is_alphanumeric(address) else MODE_8BIT_BYTE
    maker.add_data(QRData(address.encode(), mode=mode), optimize=0)
    maker.make(fit=True)
    matrix = maker.get_matrix()
    return {(row, column) for row, cells in enumerate(matrix) for column, dark in enumerate(cells) if dark}


def our_modules(address: str, level: CorrectionLevel) -> set[tuple[int, int]]:
    runs = make_code(address, level).runs
    return {(run.row - QUIET_ZONE, run.start + step - QUIET_ZONE) for run in runs for step in range(run.length)}


def capacity(version: int, level: CorrectionLevel) -> int:
    """Return how many bytes a version holds, behind four bits for the mode and the field that counts them."""
    bits: int = BIT_LIMIT_TABLE[LEVELS[level]][version] - 4 - (8 if version < 10 else 16)
    return bits // 8


def address_of(length: int) -> str:
    """Return an address of so many characters, the same in every run."""
    return "".join(Random(length).choices(URL_CHARACTERS, k=length))


@given(addresses, st.sampled_from(["M", "Q"]))
def test_a_code_has_the_modules_of_the_library(address: str, level: CorrectionLevel) -> None:
    assert our_modules(address, level) == library_modules(address, level)


@pytest.mark.parametrize("level", ["M", "Q"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_has_the_modules_of_the_library(version: int, level: CorrectionLevel) -> None:
    """The shortest address that needs a version leaves the most to be padded, the longest one nothing."""
    shortest = capacity(version - 1, level) + 1 if version > 1 else 1
    for address in (address_of(shortest), address_of(capacity(version, level))):
        assert make_code(address, level).modules == 17 + 4 * version + 2 * QUIET_ZONE
        assert our_modules(address, level) == library_modules(address, level)


@given(st.text(st.sampled_from(IN_CAPITALS), min_size=1, max_size=120), st.sampled_from(["M", "Q"]))
def test_a_code_in_capitals_has_the_modules_of_the_library(address: str, level: CorrectionLevel) -> None:
    assert our_modules(address, level) == library_modules(address, level)


@pytest.mark.parametrize("level", ["M", "Q"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_holds_what_is_said_of_capitals(version: int, level: CorrectionLevel) -> None:
    modules = 17 + 4 * version + 2 * QUIET_ZONE
    longest = longest_text(modules / 2, level, alphanumeric=True)
    address = "".join(Random(version).choices(IN_CAPITALS, k=longest))
    assert make_code(address, level).modules == modules
    assert our_modules(address, level) == library_modules(address, level)
    if version < 40:
        assert make_code(f"{address}A", level).modules > modules


def test_capitals_make_fewer_modules() -> None:
    capitals = make_code("HTTPS://CLINIC.EXAMPLE/C/0F9368D1/R/", "M")
    assert (capitals.modules, make_code(capitals.address.lower(), "M").modules) == (33, 37)


def test_the_path_draws_each_run_once() -> None:
    code = make_code("https://example.org", "M")
    assert svg_path(code).count("M") == len(code.runs) > 50
