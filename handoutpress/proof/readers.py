"""The one door to the two code readers, zxing-cpp and zbar: which QR codes a picture shows, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import zxingcpp
from PIL import Image
from pyzbar import pyzbar

Reader = Literal["zxing-cpp", "zbar"]
_QR = zxingcpp.barcode_formats_from_str("QRCode")
READERS: tuple[Reader, ...] = ("zxing-cpp", "zbar")


@dataclass(frozen=True)
class Sighting:
    """A code as one reader saw it: what it says, and the upright box around it in pixels (left, top, right, bottom)."""

    reader: Reader
    says: str
    box: tuple[float, float, float, float]


def read_codes(picture: Image.Image) -> list[Sighting]:
    """Every QR code that either reader finds on a grey picture, dark on light or light on dark."""
    return [*_zxing(picture, invert=True), *_zbar(picture)]


def reads(reader: Reader, picture: Image.Image, wanted: str) -> bool:
    """Whether ``reader`` reads ``wanted`` on a picture of one code."""
    seen = _zxing(picture, invert=False) if reader == "zxing-cpp" else _zbar(picture)
    return any(sighting.says == wanted for sighting in seen)


def find_on_light(picture: Image.Image, wanted: str) -> tuple[float, float, float, float] | None:
    """Where a code stands on a grey picture, in pixels; None if it is not to be read dark on light."""
    return next((sighting.box for sighting in _zxing(picture, invert=False) if sighting.says == wanted), None)


def _zxing(picture: Image.Image, invert: bool) -> list[Sighting]:
    found = zxingcpp.read_barcodes(picture, formats=_QR, try_invert=invert)
    sightings = []
    for code in found:
        place = code.position
        points = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        xs, ys = [point.x for point in points], [point.y for point in points]
        sightings.append(Sighting("zxing-cpp", code.text, (min(xs), min(ys), max(xs), max(ys))))
    return sightings


def _zbar(picture: Image.Image) -> list[Sighting]:
    sightings = []
    for code in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE]):
        area = code.rect
        box = (area.left, area.top, area.left + area.width, area.top + area.height)
        sightings.append(Sighting("zbar", code.data.decode("utf-8", "replace"), box))
    return sightings
