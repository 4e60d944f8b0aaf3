"""The geometry of a printed code: modules, quiet zone and contrast, measured on a fine raster (ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops

from handoutpress.proof.codes import Code, find_codes
from handoutpress.proof.colours import contrast, luminance
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import Finding
from handoutpress.proof.finished import FinishedPdf
from handoutpress.proof.geometry import POINT
from handoutpress.proof.readers import find_on_light

FINE = 600
"""Dots per inch of the raster that is measured: a module of 0.5 mm has 12."""
QUIET = 4
"""Modules that stay white around a code (ISO/IEC 18004, 6.3.8)."""
WHITE = 225
"""The darkest grey, of 255, that still counts as white paper."""
MODULE_FLOOR, WIDTH_FLOOR, CONTRAST_FLOOR = 0.5, 20.0, 10.0


@dataclass(frozen=True)
class Symbol:
    """A code as measured: modules a side, mm a module, white modules around it, and contrast of dark to light."""

    modules: int
    module: float
    quiet: float
    contrast: float

    @property
    def width(self) -> float:
        """The width in mm with the quiet zone."""
        return (self.modules + 2 * QUIET) * self.module


def check_symbols(pdf: FinishedPdf, _: Expectation) -> list[Finding]:
    """Each code that can be read is large, white-edged and dark enough to be read by any phone."""
    return [finding for code in find_codes(pdf) for finding in _symbol(pdf, code)]


def _symbol(pdf: FinishedPdf, code: Code) -> Iterator[Finding]:
    where, name = (code.page, code.box), f"The code to {code.address}"
    found = measure_code(pdf, code)
    if found is None:
        yield pdf.finding(
            "codes.inverted", f"{name} is printed light on dark.", where, "light on dark", "dark on light"
        )
        return
    if found.module < MODULE_FLOOR - 0.01:
        yield pdf.finding(
            "codes.module", f"{name} has modules that are too small.", where, f"{found.module:.2f} mm", "0.5 mm"
        )
    if found.width < WIDTH_FLOOR - 0.1:
        yield pdf.finding("codes.size", f"{name} is too small.", where, f"{found.width:.1f} mm", "20 mm")
    if found.quiet < QUIET:
        measured = f"{found.quiet:g} modules"
        yield pdf.finding("codes.quiet-zone", f"{name} has too little white around it.", where, measured, "4 modules")
    if found.contrast < CONTRAST_FLOOR:
        yield pdf.finding("codes.contrast", f"{name} is too pale.", where, f"{found.contrast:.1f}:1", "10:1")


def measure_code(pdf: FinishedPdf, code: Code) -> Symbol | None:
    """Measure a code on a raster of its own; None for one that is printed light on dark."""
    around = code.box.grown(0.35 * max(code.box.width, code.box.height))
    picture = pdf.crop(code.page, around, FINE)
    box = find_on_light(picture.convert("L"), code.address)
    if box is None:
        return None
    modules = _modules(picture.convert("L"), box)
    step = ((box[2] - box[0]) + (box[3] - box[1])) / 2 / modules
    pixel = around.overlap(pdf.box(code.page, "crop")).width * POINT / picture.width
    return Symbol(modules, step * pixel, _quiet(picture.convert("L"), box, step), _contrast(picture, box, modules))


def _modules(grey: Image.Image, box: tuple[float, float, float, float]) -> int:
    """Modules a side, from the left bar of the top left finder pattern, which is seven long."""
    left, top, right, bottom = (round(edge) for edge in box)
    step = max(1, (right - left) // 120)
    bar = [grey.getpixel((min(left + 2 * step, grey.width - 1), y)) for y in range(top + step, bottom)]
    middle = (min(bar) + max(bar)) / 2  # type: ignore[type-var, operator]
    run = next((index for index, level in enumerate(bar) if level > middle), len(bar)) + step  # type: ignore[operator]
    version = round(((bottom - top) / (run / 7) - 17) / 4)
    return 17 + 4 * min(max(version, 1), 40)


def _quiet(grey: Image.Image, box: tuple[float, float, float, float], step: float) -> float:
    """How many modules around the code are white, in halves, at most four."""
    dark = ImageChops.invert(grey).point([0] * (256 - WHITE) + [255] * WHITE)
    dark.paste(0, _grown(box, 0.3 * step))
    for halves in range(1, 2 * QUIET + 1):
        # A quarter of a module is left to the edge of what stands beyond the quiet zone.
        if dark.crop(_grown(box, (halves / 2 - 0.25) * step)).getbbox():
            return (halves - 1) / 2
    return float(QUIET)


def _grown(box: tuple[float, float, float, float], by: float) -> tuple[int, int, int, int]:
    return round(box[0] - by), round(box[1] - by), round(box[2] + by), round(box[3] + by)


def _contrast(picture: Image.Image, box: tuple[float, float, float, float], modules: int) -> float:
    """The contrast of the palest dark modules to the darkest light ones, a tenth of each left out."""
    side = 5 * modules
    fine = picture.resize((side, side), Image.Resampling.BOX, box=box)
    centres = fine.resize((modules, modules), Image.Resampling.NEAREST)
    levels = sorted(luminance(*pixel) for pixel in centres.get_flattened_data())  # type: ignore[misc]
    middle = (levels[0] + levels[-1]) / 2
    dark, light = [n for n in levels if n <= middle], [n for n in levels if n > middle]
    if not dark or not light:
        return 1.0
    return contrast(dark[int(len(dark) * 0.9)], light[int(len(light) * 0.1)])
