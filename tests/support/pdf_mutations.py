"""PDFs that no one should make: a good one with bytes changed, values made absurd, and bombs."""

from __future__ import annotations

import io
import random
import re
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

NUMBER = re.compile(rb"\b\d+\b")
ODD = (b"0", b"-1", b"999999999", b"1e38", b"null", b"/X", b"[]", b"(", b"<<", b"true", b"4294967296")


def mutated(data: bytes, seed: int) -> bytes:
    """Return ``data`` changed in one of several ways, the same for the same seed."""
    dice = random.Random(seed)
    changed = bytearray(data)
    way = seed % 5
    if way == 0:  # single bytes
        for _ in range(dice.randint(1, 30)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    elif way == 1:  # numbers of the file's text
        places = [match.span() for match in NUMBER.finditer(data)]
        for start, end in sorted(dice.sample(places, min(4, len(places))), reverse=True):
            changed[start:end] = dice.choice(ODD)
    elif way == 2:  # a piece taken out
        start = dice.randrange(len(changed))
        del changed[start : start + dice.randint(1, 400)]
    elif way == 3:  # a piece twice
        start = dice.randrange(len(changed))
        changed[start:start] = changed[start : start + dice.randint(1, 400)]
    else:
        return _absurd(data, dice)
    return bytes(changed)


def _absurd(data: bytes, dice: random.Random) -> bytes:
    """Return a whole file in which some values are of another kind."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        holders: list[Any] = [value for value in pdf.objects if isinstance(value, pikepdf.Dictionary | pikepdf.Stream)]
        values: list[Any] = [
            None,
            -1,
            10**9,
            Name.X,
            Array([]),
            Dictionary(),
            pikepdf.String("x"),
            Array([0, 0, 1e9, 1e9]),
        ]
        for _ in range(dice.randint(1, 5)):
            holder = dice.choice(holders)
            keys = [key for key in holder if key not in ("/Length", "/Type")]
            if keys:
                try:
                    holder[dice.choice(keys)] = dice.choice(values)
                except (ValueError, TypeError, pikepdf.PdfError):
                    continue
        out = io.BytesIO()
        try:
            pdf.save(out, deterministic_id=True)
        except Exception:
            return data[: len(data) // 2]
        return out.getvalue()


def _deflated_zeros(count: int) -> bytes:
    """Return ``count`` zero bytes, a multiple of a million, as zlib packs them, without packing each million anew."""
    packer = zlib.compressobj(9, wbits=-15)
    million = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    adler = (count % 65521) << 16 | 1
    return b"\x78\xda" + million * (count // 1_000_000) + packer.flush() + adler.to_bytes(4, "big")


def _zeros(pdf: pikepdf.Pdf) -> None:
    _stream(pdf, pdf.pages[0].obj, "/Contents", _deflated_zeros(300_000_000), Name.FlateDecode)


def _zeros_packed_twice(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(_deflated_zeros(100_000_000), 9)
    _stream(pdf, pdf.pages[0].obj, "/Contents", packed, Array([Name.FlateDecode, Name.FlateDecode]))


def _size(millions: int) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, millions * 1e6, millions * 1e6]))


def _with(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


def _stream(pdf: pikepdf.Pdf, holder: pikepdf.Object, key: str, raw: bytes, filters: Any) -> None:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(raw, filter=filters, type_check=False)
    holder[key] = pdf.make_indirect(stream)


def _huge_picture(pdf: pikepdf.Pdf) -> None:
    picture = pikepdf.Stream(pdf, b"\0" * 100)
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 60_000, 60_000, 8
    picture.ColorSpace = Name.DeviceRGB
    page = pdf.pages[0]
    page.Resources.XObject["/Bomb"] = pdf.make_indirect(picture)
    page.contents_add(b"q 500 0 0 500 0 0 cm /Bomb Do Q")


def _tiles(pdf: pikepdf.Pdf) -> None:
    """A page painted with a pattern of a thousandth of a point."""
    tile = pikepdf.Stream(pdf, b"0 0 1 1 re f")
    tile.update(Dictionary(Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1))
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 1, 1]), 0.001, 0.001
    tile.Resources = Dictionary()
    page = pdf.pages[0]
    page.Resources.Pattern = Dictionary(P=pdf.make_indirect(tile))
    page.contents_add(b"/Pattern cs /P scn 0 0 600 800 re f")


BOMBS: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "content": _zeros,
    "content twice": _zeros_packed_twice,
    "page": _size(10),
    "no page": _size(0),
    "picture": _huge_picture,
    "tiles": _tiles,
}


def bomb(data: bytes, name: str) -> bytes:
    """Return a file that unfolds to far more than it is, one of ``BOMBS``."""
    return _with(data, BOMBS[name])
