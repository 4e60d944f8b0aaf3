"""The geometry of a printed code: modules, quiet zone and contrast, measured on a fine raster (ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

from PIL import Image

from handoutpress.content.brand.colours import contrast_ratio, luminance
from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.code_readers import Edges, find_on_light
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT
from handoutpress.proof.pdf.page_codes import PageCode, find_codes

FINE = 600
"""Dots per inch of the raster that is measured: a module of 0.5 mm has 12."""
QUIET = 4
"""Modules that stay white around a code (ISO/IEC 18004, 6.3.8)."""
AROUND = 0.22
"""How much around a code belongs to its place, as a share of its width: a quiet zone of 4 of at least 21 modules, and a
little more."""
WHITE = 225
"""The darkest grey, of 255, that still counts as white paper."""
_NOT_WHITE = [255] * WHITE + [0] * (256 - WHITE)
"""Makes a picture of all that is not white."""
MODULE_FLOOR, WIDTH_FLOOR, CONTRAST_FLOOR = 0.5, 20.0, 10.0


@dataclass(frozen=True)
class MeasuredSymbol:
    """A code as measured: modules a side, mm a module, white modules around it, and contrast of dark to light."""

    modules: int
    module: float
    quiet: float
    contrast: float

    @property
    def width(self) -> float:
        """The width in mm with the quiet zone."""
        return (self.modules + 2 * QUIET) * self.module


class SymbolFault(NamedTuple):
    """What is wrong with a code as measured: the rule, what is said of the code, what was measured and is wanted."""

    rule: str
    predicate: str
    measured: str
    wanted: str


def check_symbols(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Check that each code that can be read is large, white-edged and dark enough to be read by any phone."""
    return [finding for code in find_codes(pdf) for finding in _symbol(pdf, code)]


def _symbol(pdf: FinishedPdf, code: PageCode) -> Iterator[ProofFinding]:
    for fault in faults(measure_code(pdf, code)):
        sentence = f"The code to {code.address} {fault.predicate}"
        yield breach(pdf, fault.rule, sentence, code.page, code.box, measured=fault.measured, wanted=fault.wanted)


def faults(symbol: MeasuredSymbol | None) -> Iterator[SymbolFault]:
    """Yield what is wrong with a code as measured."""
    if symbol is None:
        yield SymbolFault("codes.inverted", "is printed light on dark.", "light on dark", "dark on light")
        return
    if symbol.module < MODULE_FLOOR - 0.01:
        yield SymbolFault("codes.module", "has modules that are too small.", f"{symbol.module:.2f} mm", "0.5 mm")
    if symbol.width < WIDTH_FLOOR - 0.1:
        yield SymbolFault("codes.size", "is too small.", f"{symbol.width:.1f} mm", "20 mm")
    if symbol.quiet < QUIET:
        measured = f"{symbol.quiet:g} modules"
        yield SymbolFault("codes.quiet-zone", "has too little white around it.", measured, "4 modules")
    if symbol.contrast < CONTRAST_FLOOR:
        yield SymbolFault("codes.contrast", "is too pale.", f"{symbol.contrast:.1f}:1", "10:1")


def measure_code(pdf: FinishedPdf, code: PageCode) -> MeasuredSymbol | None:
    """Measure a code on a raster of its own; None for one that is printed light on dark."""
    around = code.box.grown(AROUND * max(code.box.width, code.box.height))
    picture = pdf.crop(code.page, around, FINE)
    pixel = around.overlap(pdf.box(code.page, "crop")).width * POINT / picture.width
    grey = picture.convert("L")
    box = find_on_light(grey, code.address)
    return box and measure_picture(picture, grey, box, pixel)


def measure_picture(picture: Image.Image, grey: Image.Image, box: Edges, pixel: float) -> MeasuredSymbol:
    """Measure the dark code in ``box`` on a picture, in colour and in grey, whose pixels are ``pixel`` mm wide."""
    modules = _modules(grey, box)
    step = ((box[2] - box[0]) + (box[3] - box[1])) / 2 / modules
    return MeasuredSymbol(modules, step * pixel, _quiet(grey, box, step), _contrast(picture, box, modules))


def _modules(grey: Image.Image, box: Edges) -> int:
    """Return the modules a side, from the left bar of the top left finder pattern, which is seven long."""
    left, top, right, bottom = (round(edge) for edge in box)
    step = max(1, (right - left) // 120)
    column = min(left + 2 * step, grey.width - 1)
    bar = grey.crop((column, top + step, column + 1, bottom)).tobytes()
    middle = (min(bar) + max(bar)) / 2
    run = next((index for index, level in enumerate(bar) if level > middle), len(bar)) + step
    # Version 1 has 21 modules a side, and each version up to 40 four more (ISO/IEC 18004).
    version = round(((bottom - top) / (run / 7) - 17) / 4)
    return 17 + 4 * min(max(version, 1), 40)


def _quiet(grey: Image.Image, box: Edges, step: float) -> float:
    """Return how many modules around the code are white, in halves, at most four."""
    dark = grey.point(_NOT_WHITE)
    dark.paste(0, _grown(box, 0.3 * step))

    def is_white(halves: int) -> bool:
        # A quarter of a module is left to the edge of what stands beyond the quiet zone.
        return not dark.crop(_grown(box, (halves / 2 - 0.25) * step)).getbbox()

    limit = 2 * QUIET
    return QUIET if is_white(limit) else next(halves - 1 for halves in range(1, limit + 1) if not is_white(halves)) / 2


def _grown(box: Edges, by: float) -> tuple[int, int, int, int]:
    return round(box[0] - by), round(box[1] - by), round(box[2] + by), round(box[3] + by)


def _contrast(picture: Image.Image, box: Edges, modules: int) -> float:
    """Return the contrast of the palest dark modules to the darkest light ones, a tenth of each left out."""
    side = 5 * modules
    if box[2] - box[0] > 2 * side:  # the middle of a module has several pixels: they are taken together
        picture, box = picture.resize((side, side), Image.Resampling.BOX, box=box), (0, 0, side, side)
    centres = picture.resize((modules, modules), Image.Resampling.NEAREST, box=box)
    colours = cast(list[tuple[int, tuple[int, int, int]]], centres.getcolors(modules * modules))
    levels = sorted((luminance(*colour), count) for count, colour in colours)
    middle = (levels[0][0] + levels[-1][0]) / 2
    dark, light = [level for level in levels if level[0] <= middle], [level for level in levels if level[0] > middle]
    return contrast_ratio(_level_at(dark, 0.9), _level_at(light, 0.1)) if light else 1.0


def _level_at(levels: list[tuple[float, int]], share: float) -> float:
    """Return the level below which this share of all counted pixels lies; ``levels`` are in order."""
    at = int(share * sum(count for _, count in levels))
    for level, count in levels:
        at -= count
        if at < 0:
            return level
    return levels[-1][0]
