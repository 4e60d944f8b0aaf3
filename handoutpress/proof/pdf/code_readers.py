"""Which QR codes a picture shows, and where. The only place that imports the two readers, zxing-cpp and zbar."""

from __future__ import annotations

import atexit
import ctypes
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import zxingcpp
from PIL import Image

from handoutpress.yamlfile.problems import HandoutError

MISSING_READER = (
    "zbar, which reads codes back from the finished PDF, is not installed. Hint: on Debian and Ubuntu: apt install "
    "libzbar0; on Fedora: dnf install zbar; on macOS: brew install zbar."
)
try:
    from pyzbar import wrapper as zbar
except ImportError as error:  # what pyzbar raises where it finds no such library
    raise HandoutError(MISSING_READER) from error

# zxing-cpp tells on the screen what of it is still there at the end, and what we froze would never be collected.
atexit.register(gc.unfreeze)

CodeReaderName = Literal["zxing-cpp", "zbar"]
READERS: tuple[CodeReaderName, ...] = ("zxing-cpp", "zbar")
_QR = zxingcpp.barcode_formats_from_str("QRCode")
_GREY_BYTES = int.from_bytes(b"Y800", "little")
"""How zbar calls a picture with a byte a pixel."""
_ALL_LINES, _ALTERNATE_LINES = 1, 2
"""Which lines of a picture zbar looks along. With every other it takes half the time, and misses hardly a code."""


Edges = tuple[float, float, float, float]
"""The upright box around a code in pixels: left, top, right, bottom."""


@dataclass(frozen=True)
class CodeReading:
    """A code as one reader read it: its text, and where it is."""

    reader: CodeReaderName
    text: str
    box: Edges


def read_codes(picture: Image.Image, inverted: bool = True) -> list[CodeReading]:
    """Read each QR code that either reader finds on a grey picture, dark on light and, if ``inverted``, light on dark.

    Where zbar, along every other line, finds just what zxing-cpp finds, it does not look along every line.
    """
    by_zxing, by_zbar = _zxing(picture, inverted), _zbar(picture, _ALTERNATE_LINES)
    agreed = sorted(code.text for code in by_zxing) == sorted(code.text for code in by_zbar)
    return [*by_zxing, *(by_zbar if agreed else _zbar(picture, _ALL_LINES))]


def reads(reader: CodeReaderName, picture: Image.Image, text: str) -> bool:
    """Return whether ``reader`` reads ``text`` on a picture of one code."""
    if reader == "zxing-cpp":
        return _is_among(_zxing(picture, invert=False), text)
    return any(_is_among(_zbar(picture, lines), text) for lines in (_ALTERNATE_LINES, _ALL_LINES))


def _is_among(readings: list[CodeReading], text: str) -> bool:
    return any(reading.text == text for reading in readings)


def find_on_light(picture: Image.Image, text: str) -> Edges | None:
    """Return where a code stands on a grey picture, in pixels; None if it cannot be read dark on light."""
    return next((reading.box for reading in _zxing(picture, invert=False) if reading.text == text), None)


def _zxing(picture: Image.Image, invert: bool) -> list[CodeReading]:
    readings = []
    for code in zxingcpp.read_barcodes(picture, formats=_QR, try_invert=invert):
        place = code.position
        points = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        xs, ys = [point.x for point in points], [point.y for point in points]
        readings.append(CodeReading("zxing-cpp", code.text, (min(xs), min(ys), max(xs), max(ys))))
    return readings


def _zbar(picture: Image.Image, lines: int) -> list[CodeReading]:
    # ``pixels`` must outlive the scan: zbar reads them where they lie.
    pixels, image = ctypes.create_string_buffer(picture.tobytes()), zbar.zbar_image_create()
    try:
        zbar.zbar_image_set_format(image, _GREY_BYTES)
        zbar.zbar_image_set_size(image, *picture.size)
        zbar.zbar_image_set_data(image, ctypes.cast(pixels, ctypes.c_void_p), picture.width * picture.height, None)
        zbar.zbar_scan_image(_scanner(lines), image)
        return list(_symbols(image))
    finally:
        zbar.zbar_image_destroy(image)


@cache
def _scanner(lines: int) -> Any:
    """Return a scanner for QR codes alone. pyzbar's own call makes one a picture, and knows no choice of lines."""
    scanner, config = zbar.zbar_image_scanner_create(), zbar.ZBarConfig
    settings = (
        (zbar.ZBarSymbol.NONE, config.CFG_ENABLE, 0),  # none at all, then one
        (zbar.ZBarSymbol.QRCODE, config.CFG_ENABLE, 1),
        (zbar.ZBarSymbol.NONE, config.CFG_X_DENSITY, lines),
        (zbar.ZBarSymbol.NONE, config.CFG_Y_DENSITY, lines),
    )
    for symbology, setting, value in settings:
        zbar.zbar_image_scanner_set_config(scanner, symbology, setting, value)
    return scanner


def _symbols(image: Any) -> Iterator[CodeReading]:
    symbol = zbar.zbar_image_first_symbol(image)
    while symbol:
        data = ctypes.string_at(zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol))
        points = range(zbar.zbar_symbol_get_loc_size(symbol))
        xs = [zbar.zbar_symbol_get_loc_x(symbol, point) for point in points]
        ys = [zbar.zbar_symbol_get_loc_y(symbol, point) for point in points]
        yield CodeReading("zbar", data.decode("utf-8", "replace"), (min(xs), min(ys), max(xs), max(ys)))
        symbol = zbar.zbar_symbol_next(symbol)
