"""QR codes as runs of dark modules (ISO/IEC 18004). The one door to the qrcode library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.util import MODE_8BIT_BYTE, QRData

QUIET_ZONE = 4
"""Width of the quiet zone in modules (ISO/IEC 18004, 5.3.8)."""
MASK = 2
"""The mask is pinned: choosing one costs six times the rest of the work, and readers undo any (7.8)."""

Level = Literal["M", "Q"]
LEVELS = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}


@dataclass(frozen=True)
class Run:
    """A horizontal run of dark modules; ``row`` and ``start`` count from the top left, quiet zone included."""

    row: int
    start: int
    length: int


@dataclass(frozen=True)
class Code:
    """One QR code. ``modules`` is its width in modules, quiet zone included."""

    address: str
    modules: int
    runs: tuple[Run, ...]


def _runs(matrix: list[list[bool]]) -> Iterator[Run]:
    for row, cells in enumerate(matrix):
        start = None
        for column, dark in enumerate([*cells, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield Run(row + QUIET_ZONE, start + QUIET_ZONE, column - start)
                start = None


@lru_cache(maxsize=256)
def make_code(address: str, level: Level) -> Code:
    """The QR code for ``address``, at error-correction level M (15%) or Q (25%)."""
    maker = qrcode.QRCode(error_correction=LEVELS[level], border=0, mask_pattern=MASK)
    maker.add_data(QRData(address.encode(), mode=MODE_8BIT_BYTE), optimize=0)
    maker.make(fit=True)
    matrix = maker.get_matrix()
    return Code(address, len(matrix) + 2 * QUIET_ZONE, tuple(_runs(matrix)))


def svg_path(code: Code) -> str:
    """The dark modules as one SVG path, a unit a module, the origin at the top left."""
    return "".join(f"M{run.start} {run.row}h{run.length}v1h-{run.length}z" for run in code.runs)


def pdf_path(code: Code) -> bytes:
    """White ground and dark modules as PDF operators that fill the unit square (ISO 32000-1, 8.5.2.1).

    Colours are set in DeviceGray, so a print shop's plates carry the code in black ink only.
    """
    n = code.modules
    rectangles = "".join(f"{run.start} {n - 1 - run.row} {run.length} 1 re\n" for run in code.runs)
    scale = f"{1 / n:.8f}".rstrip("0")
    return f"q 1 g 0 0 1 1 re f {scale} 0 0 {scale} 0 0 cm 0 g\n{rectangles}f Q".encode()
