"""The one door to the two code readers, zxing-cpp and zbar: which QR codes a picture shows, and where."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import zxingcpp
from PIL import Image
from pyzbar import wrapper as zbar

CodeReaderName = Literal["zxing-cpp", "zbar"]
_QR = zxingcpp.barcode_formats_from_str("QRCode")
READERS: tuple[CodeReaderName, ...] = ("zxing-cpp", "zbar")
_GREY_BYTES = int.from_bytes(b"Y800", "little")
"""How zbar calls a picture with a byte a pixel."""
_EVERY, _EVERY_OTHER = 1, 2
"""Which lines of a picture zbar looks along. With every other it takes half the time, and misses hardly a code."""


Edges = tuple[float, float, float, float]
"""The upright box around a code in pixels: left, top, right, bottom."""


@dataclass(frozen=True)
class CodeSighting:
    """A code as one reader saw it: what it says, and where."""

    reader: CodeReaderName
    says: str
    box: Edges


def read_codes(picture: Image.Image, inverted: bool = True) -> list[CodeSighting]:
    """Every QR code that either reader finds on a grey picture, dark on light and, if ``inverted``, light on dark.

    Where zbar sees at a glance just what zxing-cpp sees, it does not look again along every line.
    """
    seen, glance = _zxing(picture, inverted), _zbar(picture, _EVERY_OTHER)
    agreed = sorted(one.says for one in seen) == sorted(one.says for one in glance)
    return [*seen, *(glance if agreed else _zbar(picture, _EVERY))]


def reads(reader: CodeReaderName, picture: Image.Image, wanted: str) -> bool:
    """Whether ``reader`` reads ``wanted`` on a picture of one code."""
    if reader == "zxing-cpp":
        return _says(_zxing(picture, invert=False), wanted)
    return any(_says(_zbar(picture, lines), wanted) for lines in (_EVERY_OTHER, _EVERY))


def _says(seen: list[CodeSighting], wanted: str) -> bool:
    return any(sighting.says == wanted for sighting in seen)


def find_on_light(picture: Image.Image, wanted: str) -> Edges | None:
    """Where a code stands on a grey picture, in pixels; None if it is not to be read dark on light."""
    return next((sighting.box for sighting in _zxing(picture, invert=False) if sighting.says == wanted), None)


def _zxing(picture: Image.Image, invert: bool) -> list[CodeSighting]:
    found = zxingcpp.read_barcodes(picture, formats=_QR, try_invert=invert)
    sightings = []
    for code in found:
        place = code.position
        points = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        xs, ys = [point.x for point in points], [point.y for point in points]
        sightings.append(CodeSighting("zxing-cpp", code.text, (min(xs), min(ys), max(xs), max(ys))))
    return sightings


def _zbar(picture: Image.Image, lines: int) -> list[CodeSighting]:
    pixels, shown = ctypes.create_string_buffer(picture.tobytes()), zbar.zbar_image_create()
    try:
        zbar.zbar_image_set_format(shown, _GREY_BYTES)
        zbar.zbar_image_set_size(shown, *picture.size)
        zbar.zbar_image_set_data(shown, ctypes.cast(pixels, ctypes.c_void_p), picture.width * picture.height, None)
        zbar.zbar_scan_image(_scanner(lines), shown)
        return list(_symbols(shown))
    finally:
        zbar.zbar_image_destroy(shown)


@cache
def _scanner(lines: int) -> Any:
    """A scanner for QR codes alone. pyzbar's own call makes one for every picture, and knows no choice of lines."""
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


def _symbols(shown: Any) -> Iterator[CodeSighting]:
    symbol = zbar.zbar_image_first_symbol(shown)
    while symbol:
        data = ctypes.string_at(zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol))
        points = range(zbar.zbar_symbol_get_loc_size(symbol))
        xs = [zbar.zbar_symbol_get_loc_x(symbol, point) for point in points]
        ys = [zbar.zbar_symbol_get_loc_y(symbol, point) for point in points]
        yield CodeSighting("zbar", data.decode("utf-8", "replace"), (min(xs), min(ys), max(xs), max(ys)))
        symbol = zbar.zbar_symbol_next(symbol)
