"""How much a PDF may unfold to: its pages, streams and pictures are measured before anything reads or draws them."""

from __future__ import annotations

import math
import zlib
from typing import Any

import pikepdf

MAX_OBJECTS = 200_000
MAX_STREAM = 64_000_000
"""Bytes of one stream as it unfolds: a photograph for A3 at 300 dpi takes 52 million."""
MAX_UNFOLDED = 400_000_000
"""Bytes of all streams together."""
MAX_PICTURE = 60_000_000
"""Pixels of one picture."""
MAX_EDGE = 14_400.0
"""The longest edge of a page, pt (ISO 32000-1, annex C.2)."""
_GROWTH = {"/FlateDecode": 1032, "/Fl": 1032, "/LZWDecode": 2731, "/LZW": 2731, "/RunLengthDecode": 64, "/RL": 64}
"""By how much each filter's data may grow at most."""
_PIECE = 1_000_000
LEAST_TILE = 0.1
"""The least area of a tile, square points: a pixel at 230 dpi."""


class TooLargeError(Exception):
    """A file that unfolds to more than a handout can be; its text is a sentence."""


def check_bounds(pdf: pikepdf.Pdf) -> None:
    """Raise ``TooLargeError`` where a page, a picture, a stream or all of them are larger than any handout's."""
    if len(pdf.objects) > MAX_OBJECTS:
        raise TooLargeError(f"The file has {len(pdf.objects):,} objects, too many to check.")
    for number, page in enumerate(pdf.pages, 1):
        edges = [float(edge) for edge in page.mediabox]
        width, height = abs(edges[2] - edges[0]), abs(edges[3] - edges[1])
        if not all(map(math.isfinite, edges)) or not (1 <= width <= MAX_EDGE and 1 <= height <= MAX_EDGE):
            raise TooLargeError(f"Page {number} has a size that no paper has.")
    unfolded = 0
    for value in pdf.objects:
        if isinstance(value, pikepdf.Stream):
            _check_tiles(value)
            unfolded += _unfolded(value)
            if unfolded > MAX_UNFOLDED:
                raise TooLargeError("The file unfolds to more than can be checked.")


def _check_tiles(stream: pikepdf.Stream) -> None:
    """Raise ``TooLargeError`` for a pattern whose tiles no eye could tell apart: to draw them would be endless."""
    if "/PatternType" not in stream or "/XStep" not in stream:
        return
    matrix: Any = stream.get("/Matrix", (1, 0, 0, 1))
    a, b, c, d, *_ = (float(number) for number in matrix)
    area = abs(float(stream["/XStep"]) * float(stream.get("/YStep", 1)) * (a * d - b * c))
    if not area >= LEAST_TILE:
        raise TooLargeError("A pattern of the file has tiles too small to be seen.")


def _unfolded(stream: pikepdf.Stream) -> int:
    """Return how many bytes a stream unfolds to, or as many as it surely does not go beyond."""
    if str(stream.get("/Subtype", "")) == "/Image":
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        if not 0 <= pixels <= MAX_PICTURE:
            raise TooLargeError(f"A picture of {pixels:,} pixels is too large to check.")
    filters: Any = stream.get("/Filter", [])
    names = [str(name) for name in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    raw: Any = stream.read_raw_bytes()
    most = len(raw)
    for name in names:
        most *= _GROWTH.get(name, 1)
    if most <= MAX_STREAM:
        return len(raw)
    if len(names) != 1 or names[0] not in ("/FlateDecode", "/Fl"):
        raise TooLargeError("A stream of the file may unfold to more than can be checked.")
    return _deflated(raw)


def _deflated(raw: bytes) -> int:
    """Return how many bytes deflated data unfolds to, as far as it is whole."""
    reader, size, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and not reader.eof:
            size += len(reader.decompress(rest, _PIECE))
            rest = reader.unconsumed_tail
            if size > MAX_STREAM:
                raise TooLargeError("A stream of the file unfolds to more than can be checked.")
    except zlib.error:
        return size  # whoever reads it tells what is wrong with it
    return size
