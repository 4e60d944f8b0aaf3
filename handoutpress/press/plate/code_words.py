"""Addresses in words beside their codes: drawn straight, with a plain subset font that the plate carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Protocol

from handoutpress.content.models.web_addresses import typed_address
from handoutpress.yamlfile.problems import HandoutError

SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
"""Type sizes tried in turn, pt; 8 is the floor for small type."""
LEADING = 1.16
FEW_LETTERS = 4
"""A last line of fewer letters is overlooked by who types the address, or taken for something else."""

_SLASHES = re.compile(r"(?<=[/?=&#])")
_DOTS = re.compile(r"(?<=[/.?=&#])")
_MARKS = re.compile(r"(?<=[/.\-_?=&#])|(?=%)")
"""Where a line of an address may end: at slashes first, then at dots. Behind a hyphen nobody knows if that is typed."""


class AddressTooLongError(HandoutError):
    """An address that does not fit its slot in words."""


@dataclass(frozen=True)
class FontMetrics:
    """Advance widths of the characters 32 to 126, and how far the font reaches above and below its baseline.

    All are in thousandths of the type size; ``descent`` is negative.
    """

    values: tuple[int, ...]
    ascent: int
    descent: int

    def of(self, text: str) -> float:
        return sum([self.values[code - 32] for code in text.encode("ascii")]) / 1000

    def string(self, text: str) -> bytes:
        return b"(%b)" % re.sub(rb"([\\()])", rb"\\\1", text.encode("ascii"))


class AddressMetrics(Protocol):
    """What setting an address asks of a font: lengths in type sizes, and a text as the operand of Tj."""

    @property
    def ascent(self) -> int: ...

    @property
    def descent(self) -> int: ...

    def of(self, text: str) -> float: ...

    def string(self, text: str) -> bytes: ...


def _height(metrics: AddressMetrics, lines: int) -> float:
    """Return the height from the top of the first line's letters to the foot of the last one's, in type sizes."""
    return (lines - 1) * LEADING + (metrics.ascent - metrics.descent) / 1000


def _wrap(text: str, widths: AddressMetrics, size: float, width: float, ends: re.Pattern[str]) -> list[str]:
    lines = [""]
    for part in ends.split(text):
        if lines[-1] and widths.of(lines[-1] + part) * size > width:
            lines.append("")
        lines[-1] += part
    return lines


def _evened(lines: Sequence[str], widths: AddressMetrics, size: float, ends: re.Pattern[str]) -> Sequence[str]:
    """Return the same number of lines as narrow as they can be, so that the last one is not a few letters."""
    parts = [part for part in ends.split("".join(lines)) if part]
    places = combinations(range(len(parts) + 1), 2)
    possible = sorted(widths.of("".join(parts[first:last])) * size for first, last in places)
    tried = (_wrap("".join(parts), widths, size, width, ends) for width in possible)
    return next(evened for evened in tried if len(evened) <= len(lines))


def set_address(
    address: str, widths: AddressMetrics, width: float, height: float, sizes: Sequence[float] = SIZES
) -> tuple[float, Sequence[str]]:
    """Return the largest of ``sizes``, pt, and the lines at which an address fits a box, in pt.

    Lines end at slashes, else at dots as well, if they can at any size. Raises ``AddressTooLongError`` if it does not
    fit even at the last.
    """
    text = typed_address(address)
    for ends, size in product((_SLASHES, _DOTS, _MARKS), sizes):
        lines = _wrap(text, widths, size, width, ends)
        fits = _height(widths, len(lines)) * size <= height and all(widths.of(line) * size <= width for line in lines)
        if fits:
            return size, lines if len(lines[-1]) >= FEW_LETTERS else _evened(lines, widths, size, ends)
    raise AddressTooLongError(f"The address {address} is too long to print beside its code. Hint: give a shorter one.")


def draw_address(
    address: str,
    widths: AddressMetrics,
    width: float,
    height: float,
    sizes: Sequence[float] = SIZES,
    *,
    right: bool = False,
) -> bytes:
    """Return PDF operators that write an address in black from the top of a box; the font is named /A. Lengths are pt.

    Its lines begin at the box's left edge or, with ``right``, end at the right one.
    """
    size, lines = set_address(address, widths, width, height, sizes)
    x, y = 0.0, height - widths.ascent / 1000 * size
    operators = []
    for line in lines:
        start = width - widths.of(line) * size if right else 0.0
        # Td moves from the start of the line before (ISO 32000-1, 9.4.2).
        operators.append(b"%.4f %.2f Td %b Tj" % (start - x, y, widths.string(line)))
        x, y = start, -size * LEADING
    return b"BT 0 g /A %.1f Tf %b ET" % (size, b" ".join(operators))
