"""Can the text be seen: its ink against what really lies behind it (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import cast

from PIL import Image, ImageChops, ImageFilter

from handoutpress.proof.colours import contrast, luminance, screen_colour
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import Finding
from handoutpress.proof.finished import FinishedPdf
from handoutpress.proof.geometry import Box
from handoutpress.proof.ground import grounds
from handoutpress.proof.marks import Glyph, TextMark

DPI = 100
BANDS = ((0.0, 0.12), (0.12, 0.3), (0.3, 0.44))
"""The foot, middle and top of the x-height, as shares of the type size above the baseline."""
_ANY = [0] + [255] * 255
"""Makes a mask: every pixel that differs at all."""
BODY, LARGE = 4.5, 3.0
"""The contrast that body type and large type need."""
LARGE_SIZE, LARGE_BOLD = 18.0, 14.0
"""From which size in pt type counts as large, and bold type."""


def check_contrast(pdf: FinishedPdf, _: Expectation) -> list[Finding]:
    """Every line of text can be seen, and stands out."""
    findings: list[Finding] = []
    for page, ground in zip(pdf.pages, grounds(pdf, DPI), strict=True):
        shown = pdf.picture(page, DPI)
        views = _Views(shown, ground, pdf.box(page, "crop"))
        for mark in pdf.marks(page).texts:
            if mark.visible and any(map(_stands_alone, mark.text)):
                findings += _text(pdf, page, mark, views)
    return findings


def _stands_alone(letter: str) -> bool:
    """Whether a letter takes room of its own. A vowel sign is drawn with the letter that it belongs to."""
    return not letter.isspace() and not unicodedata.combining(letter)


class _Views:
    """A page with and without its text."""

    def __init__(self, shown: Image.Image, ground: Image.Image, visible: Box) -> None:
        self.shown, self.ground, self.visible = shown, ground, visible
        self.ink = ImageChops.difference(shown, ground)
        # A page is drawn to whole pixels, so that its scale differs a little across and down.
        self.across, self.down = shown.width / visible.width, shown.height / visible.height

    def shows_ink(self, box: Box) -> bool:
        """Whether any of the text in ``box`` (points) can be seen; only whole rows of pixels count."""
        pixels = self.pixels(box)
        if pixels is None:
            return False
        top, bottom = (round((self.visible.top - edge) * self.down) for edge in (box.top, box.bottom))
        return self.ink.crop((pixels[0], top, pixels[2], max(bottom, top + 1))).getbbox() is not None

    def pixels(self, box: Box) -> tuple[int, int, int, int] | None:
        """``box`` in pixels of the pictures, or None where it lies outside them."""
        part, all_ = box.overlap(self.visible), self.visible
        left, right = int((part.left - all_.left) * self.across), int((part.right - all_.left) * self.across) + 1
        top, bottom = int((all_.top - part.top) * self.down), int((all_.top - part.bottom) * self.down) + 1
        return (left, top, right, bottom) if part.area else None


def _text(pdf: FinishedPdf, page: int, mark: TextMark, views: _Views) -> Iterator[Finding]:
    where, words = (page, mark.box), mark.text.strip()[:50]
    pixels = views.pixels(mark.box)
    if pixels is None or not views.ink.crop(pixels).getbbox():
        yield pdf.finding("legibility.hidden", f"Text cannot be seen at all: {words!r}.", where)
        return
    if covered := _covered(mark, views):
        yield pdf.finding("legibility.hidden", f"Something lies over {covered!r} in {words!r}.", where)
    measured = _measure(mark, views, pixels)
    bold = "bold" in pdf.faces[mark.font].family.lower()
    wanted = LARGE if mark.size >= (LARGE_BOLD if bold else LARGE_SIZE) else BODY
    if measured is not None and measured < wanted - 0.05:
        sentence = f"Text does not stand out from its ground: {words!r}."
        yield pdf.finding("legibility.contrast", sentence, where, f"{measured:.1f}:1", f"{wanted}:1")


def _covered(mark: TextMark, views: _Views) -> str:
    """The Latin letters of a mark that show no ink at their foot, in the middle or at the top of their x-height.

    Every Latin letter has ink in all three, whatever the face; of other signs and scripts there is no telling.
    """
    uncut = mark.clip.overlap(views.visible)
    covered = ""
    for glyph in mark.glyphs:
        bands = [_band(mark, glyph, low, high) for low, high in BANDS]
        is_told = re.fullmatch("[A-Za-z]", glyph.text or "") and all(map(uncut.holds, bands))
        if is_told and not all(map(views.shows_ink, bands)):
            covered += glyph.text or ""
    return covered


def _band(mark: TextMark, glyph: Glyph, low: float, high: float) -> Box:
    """A glyph between two heights, as shares of the type size above the baseline."""
    return Box(glyph.left, mark.baseline + low * mark.size, glyph.right, mark.baseline + high * mark.size)


def _measure(mark: TextMark, views: _Views, pixels: tuple[int, int, int, int]) -> float | None:
    """The contrast of the ink to the ground under and beside it, a twentieth of the ground's worst pixels left out."""
    ink = screen_colour(mark.ink)
    if ink is None:
        return None
    ground = views.ground.crop(pixels)
    ground.putalpha(views.ink.crop(pixels).convert("L").point(_ANY).filter(ImageFilter.MaxFilter(3)))
    found = cast(list[tuple[int, tuple[int, int, int, int]]], ground.getcolors(ground.width * ground.height) or [])
    counted = [((red, green, blue), n) for n, (red, green, blue, near) in found if near]
    levels = sorted((contrast(_over(ink, mark.ink.alpha, colour), luminance(*colour)), n) for colour, n in counted)
    passed, allowed = 0, sum(n for _, n in levels) / 20
    for level, count in levels:
        passed += count
        if passed > allowed:
            return level
    return None


def _over(ink: tuple[float, float, float], alpha: float, ground: tuple[int, int, int]) -> float:
    """The luminance of an ink that lets some of its ground through."""
    red, green, blue = (alpha * over + (1 - alpha) * under for over, under in zip(ink, ground, strict=True))
    return luminance(red, green, blue)
