"""QR codes as runs of dark modules (ISO/IEC 18004). The only place that imports the qrcode library.

The library knows the symbol: capacities, block structure, function patterns, format information. It sets a code module
by module, 1.36 ms a code, which would be most of the time that branding a PDF takes. So what all codes of one version
share is taken from its private parts once, and a code's own bits are put in their places all at once: 0.06 ms for the
same modules, which a test compares for every version. So the library is pinned below its next major version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, compress, count, zip_longest
from operator import itemgetter
from typing import Literal, NamedTuple

import qrcode
from qrcode.base import RSBlock, gexp, glog, rs_blocks
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.LUT import rsPoly_LUT
from qrcode.util import ALPHA_NUM, BIT_LIMIT_TABLE, MODE_8BIT_BYTE, MODE_ALPHA_NUM, mask_func

QUIET_ZONE = 4
"""Width of the quiet zone in modules (ISO/IEC 18004, 5.3.8)."""
LEAST_MODULE = 0.5
"""Width of the smallest module that phones read well on paper, mm (STANDARDS, QR codes)."""
MASK = 2
"""The mask is pinned: choosing one costs more than all the rest, and readers undo any (7.8)."""

CorrectionLevel = Literal["M", "Q"]
LEVELS = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}
PADDING = b"\xec\x11"
"""Fills a symbol that has room to spare (7.4.10)."""

_IN_PAIRS: str = ALPHA_NUM.decode()
"""The characters that the alphanumeric mode takes in pairs of 11 bits (7.4.4), each by its place."""

_TRUTH = bytes.maketrans(b"01", b"\0\1")


class ModuleRun(NamedTuple):
    """A horizontal run of dark modules; ``row`` and ``start`` count from the top left, quiet zone included."""

    row: int
    start: int
    length: int


@dataclass(frozen=True)
class QrCode:
    """One QR code. ``rows`` has a line of 0 and 1 for each row of modules, from the top, without the quiet zone."""

    address: str
    rows: str

    @property
    def modules(self) -> int:
        """Its width in modules, quiet zone included."""
        return self.rows.index("\n") + 2 * QUIET_ZONE

    @cached_property
    def runs(self) -> tuple[ModuleRun, ...]:
        """The runs of dark modules, row by row."""
        return tuple(_run(self.modules, start, end) for start, end in _spans(self.rows))


def _spans(rows: str) -> Iterator[tuple[int, int]]:
    """Yield where each run of dark modules begins and ends in the rows of a code."""
    # A bit differs from the one before it where a run begins, and where it ends.
    bits = int(rows.replace("\n", "0") + "0", 2)
    changes = f"{bits ^ bits >> 1:0{len(rows) + 1}b}".encode().translate(_TRUTH)
    places = list(compress(count(), changes))
    return zip(places[::2], places[1::2], strict=True)


def _run(modules: int, start: int, end: int) -> ModuleRun:
    """Return the run between two places in the rows of a code."""
    row, column = divmod(start, modules - 2 * QUIET_ZONE + 1)
    return ModuleRun(row + QUIET_ZONE, column + QUIET_ZONE, end - start)


class _Rectangles(dict[tuple[int, int], str]):
    """The PDF operator for each run of the codes of one width, by its places in their rows; written once each."""

    def __init__(self, modules: int) -> None:
        self._modules = modules

    def __missing__(self, span: tuple[int, int]) -> str:
        run = _run(self._modules, *span)
        drawn = self[span] = f"{run.start} {self._modules - 1 - run.row} {run.length} 1 re\n"
        return drawn


_rectangles = cache(_Rectangles)


@dataclass(frozen=True)
class _SymbolLayout:
    """What all codes of one version and level share.

    ``pattern`` has the modules of the function patterns as a string of 0 and 1, row by row. ``places`` takes from
    ``pattern`` followed by the data modules the whole symbol, ``mask`` is for the data modules.
    """

    side: int
    pattern: str
    mask: int
    data_modules: int
    places: Callable[[str], tuple[str, ...]]
    blocks: tuple[RSBlock, ...]


def _data_places(modules: list[list[bool | None]]) -> Iterator[tuple[int, int]]:
    """Yield the modules that hold data, in the order of their bits: up and down in pairs of columns (7.7.3)."""
    side = len(modules)
    upward = True
    for right in chain(range(side - 1, 6, -2), range(5, 0, -2)):
        rows = range(side - 1, -1, -1) if upward else range(side)
        for row in rows:
            for column in (right, right - 1):
                if modules[row][column] is None:
                    yield row, column
        upward = not upward


@cache
def _symbol(version: int, level: CorrectionLevel) -> _SymbolLayout:
    maker = qrcode.QRCode(version=version, error_correction=LEVELS[level], border=0, mask_pattern=MASK)
    # Without its last step the library leaves the modules empty that data go into.
    maker.data_cache, maker.map_data = [], lambda data, mask: None
    maker.makeImpl(False, MASK)
    modules = maker.modules
    side = len(modules)
    data = list(_data_places(modules))
    masked = mask_func(MASK)
    where = {place: side * side + index for index, place in enumerate(data)}
    cells = [(row, column) for row in range(side) for column in range(side)]
    return _SymbolLayout(
        side=side,
        pattern="".join("1" if modules[row][column] else "0" for row, column in cells),
        mask=int("".join("1" if masked(row, column) else "0" for row, column in data), 2),
        data_modules=len(data),
        places=itemgetter(*(where.get((row, column), row * side + column) for row, column in cells)),
        blocks=tuple(rs_blocks(version, LEVELS[level])),
    )


@cache
def _multiples(count: int) -> tuple[int, ...]:
    """Return the generator polynomial for ``count`` error-correction words times each byte, as numbers (7.5.2)."""
    generator = rsPoly_LUT[count][1:]
    rows = (bytes(gexp(glog(factor) + glog(term)) if term else 0 for term in generator) for factor in range(1, 256))
    return (0, *(int.from_bytes(row) for row in rows))


def _error_words(data: bytes, count: int) -> bytes:
    """Return the error-correction words of one block: the remainder of a division in GF(256)."""
    multiples, width = _multiples(count), 8 * (count - 1)
    below = (1 << width) - 1
    remainder = 0
    for byte in data:
        remainder = ((remainder & below) << 8) ^ multiples[byte ^ (remainder >> width)]
    return remainder.to_bytes(count)


class _Bits(NamedTuple):
    """A text as bits: their value and number, and the mode that they are read by."""

    value: int
    length: int
    mode: int

    def head(self, version: int) -> int:
        """Return how many bits say the mode and count the characters (7.4.1): more from version 10 on."""
        if self.mode == MODE_ALPHA_NUM:
            return 4 + (9 if version < 10 else 11 if version < 27 else 13)
        return 4 + (8 if version < 10 else 16)


def is_alphanumeric(text: str) -> bool:
    """Return whether a code takes ``text`` in pairs of characters: capitals, figures and a few signs."""
    return all(sign in _IN_PAIRS for sign in text)


def _bits(text: str) -> _Bits:
    if not is_alphanumeric(text):
        data = text.encode()
        return _Bits(int.from_bytes(data), 8 * len(data), MODE_8BIT_BYTE)
    value = length = 0
    for at in range(0, len(text), 2):
        pair = text[at : at + 2]
        number = _IN_PAIRS.index(pair[0]) if len(pair) == 1 else _pair(pair)
        width = 11 if len(pair) == 2 else 6
        value, length = value << width | number, length + width
    return _Bits(value, length, MODE_ALPHA_NUM)


def _pair(signs: str) -> int:
    return _IN_PAIRS.index(signs[0]) * len(_IN_PAIRS) + _IN_PAIRS.index(signs[1])


def _version(bits: _Bits, level: CorrectionLevel) -> int:
    """Return the smallest version that holds a text (7.4.5, 7.4.4); addresses are far from the largest."""
    limits = BIT_LIMIT_TABLE[LEVELS[level]]
    return next(v for v in range(1, 41) if bits.head(v) + bits.length <= limits[v])


def longest_text(size: float, level: CorrectionLevel, *, alphanumeric: bool = False) -> int:
    """Return how many bytes, or ``alphanumeric`` characters, a code holds whose width with its quiet zone is ``size``.

    It is in mm.
    """
    # A symbol of version v has 17 + 4 v modules a side (ISO/IEC 18004, 5.1).
    version = min((int(size / LEAST_MODULE + 1e-6) - 2 * QUIET_ZONE - 17) // 4, 40)
    mode = MODE_ALPHA_NUM if alphanumeric else MODE_8BIT_BYTE
    bits = int(BIT_LIMIT_TABLE[LEVELS[level]][version]) - _Bits(0, 0, mode).head(version)
    return bits // 11 * 2 + (bits % 11 >= 6) if alphanumeric else bits // 8


def _words(text: str, bits: _Bits, version: int, blocks: tuple[RSBlock, ...]) -> bytes:
    """Return the data and error-correction words of a text, interleaved by block (7.4.9, 7.6)."""
    head, room = bits.head(version), sum(block.data_count for block in blocks)
    count = len(text) if bits.mode == MODE_ALPHA_NUM else bits.length // 8
    value = (bits.mode << head - 4 | count) << bits.length | bits.value
    # Up to four bits end the text, then as many as fill its last word.
    ended = min(head + bits.length + 4, 8 * room)
    whole = -(-ended // 8)
    data = (value << 8 * whole - head - bits.length).to_bytes(whole)
    data += (PADDING * room)[: room - len(data)]
    parts, at = [], 0
    for block in blocks:
        parts.append(data[at : at + block.data_count])
        at += block.data_count
    errors = [
        _error_words(part, block.total_count - block.data_count) for part, block in zip(parts, blocks, strict=True)
    ]
    return bytes(word for words in (parts, errors) for row in zip_longest(*words) for word in row if word is not None)


@lru_cache(maxsize=256)
def make_code(address: str, level: CorrectionLevel) -> QrCode:
    """Return the QR code for ``address``, at error-correction level M (15%) or Q (25%)."""
    bits = _bits(address)
    version = _version(bits, level)
    symbol = _symbol(version, level)
    words = _words(address, bits, version, symbol.blocks)
    spare = symbol.data_modules - 8 * len(words)
    masked = (int.from_bytes(words) << spare) ^ symbol.mask
    flat = "".join(symbol.places(symbol.pattern + f"{masked:0{symbol.data_modules}b}"))
    rows = [flat[at : at + symbol.side] for at in range(0, len(flat), symbol.side)]
    return QrCode(address, "\n".join(rows))


def svg_path(code: QrCode) -> str:
    """Return the dark modules as one SVG path, a unit a module, the origin at the top left."""
    return "".join(f"M{run.start} {run.row}h{run.length}v1h-{run.length}z" for run in code.runs)


def pdf_path(code: QrCode) -> bytes:
    """Return white ground and dark modules as PDF operators that fill the unit square (ISO 32000-1, 8.5.2.1).

    Colours are set in DeviceGray, so a print shop's plates carry the code in black ink only.
    """
    n = code.modules
    rectangles = "".join(map(_rectangles(n).__getitem__, _spans(code.rows)))
    scale = f"{1 / n:.8f}".rstrip("0")
    return f"q 1 g 0 0 1 1 re f {scale} 0 0 {scale} 0 0 cm 0 g\n{rectangles}f Q".encode()
