"""PDFs that no one should make: a good one with bytes changed, values made absurd, and bombs."""

from __future__ import annotations

import io
import random
import re
import zlib
from collections.abc import Callable, Iterator
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


def bombs(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield files that unfold to far more than they are, each with its name."""
    zeros = zlib.compress(b"\0" * 300_000_000, 9)
    twice = zlib.compress(zlib.compress(b"\0" * 100_000_000, 9), 9)
    yield "content", _with(data, lambda pdf: _stream(pdf, pdf.pages[0].obj, "/Contents", zeros, Name.FlateDecode))
    yield (
        "content twice",
        _with(
            data,
            lambda pdf: _stream(pdf, pdf.pages[0].obj, "/Contents", twice, Array([Name.FlateDecode, Name.FlateDecode])),
        ),
    )
    yield "page", _with(data, lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, 1e7, 1e7])))
    yield "no page", _with(data, lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, 0, 0])))
    yield "picture", _with(data, _huge_picture)
    yield "tiles", _with(data, _tiles)


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
