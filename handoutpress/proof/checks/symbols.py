"""The geometry of a printed code: modules, quiet zone and contrast, measured on a fine raster (ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from PIL import Image

from handoutpress.proof.checks.codes import DecodedCode, find_codes
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.code_readers import Edges, find_on_light
from handoutpress.proof.pdf.colours import contrast, luminance
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT

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


def check_symbols(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Each code that can be read is large, white-edged and dark enough to be read by any phone."""
    return [finding for code in find_codes(pdf) for finding in _symbol(pdf, code)]


def _symbol(pdf: FinishedPdf, code: DecodedCode) -> Iterator[ProofFinding]:
    where, name = (code.page, code.box), f"The code to {code.address}"
    for rule, sentence, measured, wanted in faults(measure_code(pdf, code)):
        yield pdf.finding(rule, f"{name} {sentence}", where, measured, wanted)


def faults(found: MeasuredSymbol | None) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with a code as measured: the rule, the sentence's end, what was measured and what is wanted."""
    if found is None:
        yield "codes.inverted", "is printed light on dark.", "light on dark", "dark on light"
        return
    if found.module < MODULE_FLOOR - 0.01:
        yield "codes.module", "has modules that are too small.", f"{found.module:.2f} mm", "0.5 mm"
    if found.width < WIDTH_FLOOR - 0.1:
        yield "codes.size", "is too small.", f"{found.width:.1f} mm", "20 mm"
    if found.quiet < QUIET:
        yield "codes.quiet-zone", "has too little white around it.", f"{found.quiet:g} modules", "4 modules"
    if found.contrast < CONTRAST_FLOOR:
        yield "codes.contrast", "is too pale.", f"{found.contrast:.1f}:1", "10:1"


def measure_code(pdf: FinishedPdf, code: DecodedCode) -> MeasuredSymbol | None:
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
    """Modules a side, from the left bar of the top left finder pattern, which is seven long."""
    left, top, right, bottom = (round(edge) for edge in box)
    step = max(1, (right - left) // 120)
    column = min(left + 2 * step, grey.width - 1)
    bar = grey.crop((column, top + step, column + 1, bottom)).tobytes()
    middle = (min(bar) + max(bar)) / 2
    run = next((index for index, level in enumerate(bar) if level > middle), len(bar)) + step
    version = round(((bottom - top) / (run / 7) - 17) / 4)
    return 17 + 4 * min(max(version, 1), 40)


def _quiet(grey: Image.Image, box: Edges, step: float) -> float:
    """How many modules around the code are white, in halves, at most four."""
    dark = grey.point(_NOT_WHITE)
    dark.paste(0, _grown(box, 0.3 * step))

    def is_white(halves: int) -> bool:
        # A quarter of a module is left to the edge of what stands beyond the quiet zone.
        return not dark.crop(_grown(box, (halves / 2 - 0.25) * step)).getbbox()

    most = 2 * QUIET
    return QUIET if is_white(most) else next(halves - 1 for halves in range(1, most + 1) if not is_white(halves)) / 2


def _grown(box: Edges, by: float) -> tuple[int, int, int, int]:
    return round(box[0] - by), round(box[1] - by), round(box[2] + by), round(box[3] + by)


def _contrast(picture: Image.Image, box: Edges, modules: int) -> float:
    """The contrast of the palest dark modules to the darkest light ones, a tenth of each left out."""
    side = 5 * modules
    if box[2] - box[0] > 2 * side:  # the middle of a module has several pixels: they are taken together
        picture, box = picture.resize((side, side), Image.Resampling.BOX, box=box), (0, 0, side, side)
    centres = picture.resize((modules, modules), Image.Resampling.NEAREST, box=box)
    colours = cast(list[tuple[int, tuple[int, int, int]]], centres.getcolors(modules * modules))
    levels = sorted((luminance(*colour), count) for count, colour in colours)
    middle = (levels[0][0] + levels[-1][0]) / 2
    dark, light = [one for one in levels if one[0] <= middle], [one for one in levels if one[0] > middle]
    return contrast(_level_at(dark, 0.9), _level_at(light, 0.1)) if light else 1.0


def _level_at(levels: list[tuple[float, int]], share: float) -> float:
    """The level below which this share of all counted pixels lies; ``levels`` are in order."""
    at = int(share * sum(count for _, count in levels))
    for level, count in levels:
        at -= count
        if at < 0:
            return level
    return levels[-1][0]
