"""How each line of text is seen on its page: whether at all, what lies over it, and its contrast to its ground."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from string import ascii_letters
from typing import NamedTuple, cast

from PIL import Image, ImageChops, ImageFilter

from handoutpress.content.brand.colours import contrast_ratio, luminance
from handoutpress.proof.pdf.colours import Colour, screen_colour
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.grounds import grounds
from handoutpress.proof.pdf.marks import TextMark

WHITE: Colour = (255, 255, 255)
DPI = 100
BANDS = ((0.0, 0.12), (0.12, 0.3), (0.3, 0.44))
"""The foot, middle and top of the x-height, as shares of the type size above the baseline."""
LEFT_OUT = 1 / 20
"""The share of the ground's worst pixels that a contrast is measured without: edges, mostly."""
_LETTERS = frozenset(ascii_letters)
_DIFFERS = [0] + [255] * 255
"""Makes a mask: every pixel that differs at all."""
_BESIDE = ImageFilter.BoxBlur(1)
"""Spreads a mask to the pixels beside it."""


class PixelBox(NamedTuple):
    """A part of a picture, in whole pixels, y downwards."""

    left: int
    top: int
    right: int
    bottom: int


class PageRasters:
    """A page drawn with and without its text; ``ink`` is what the text adds."""

    def __init__(self, picture: Image.Image, ground: Image.Image, visible: Box) -> None:
        self.ground, self.visible = ground, visible
        red, green, blue = ImageChops.difference(picture, ground).split()
        self.ink = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        self._rows, self._width = self.ink.tobytes(), self.ink.width
        # A page is drawn to whole pixels, so that its scale differs a little across and down.
        self._across, self._down = picture.width / visible.width, picture.height / visible.height

    def rows(self, low: float, high: float) -> range:
        """Return the whole rows of pixels between two heights in points, one at least."""
        top, bottom = (round((self.visible.top - edge) * self._down) for edge in (high, low))
        return range(max(0, top), max(bottom, top + 1))

    def columns(self, rows: range) -> bytes:
        """Return what the text shows in those rows, all of them laid on each other: 0 where there is nothing of it."""
        width = self._width
        # One long number a row: to lay them on each other is then one operation.
        laid = 0
        for row in rows:
            laid |= int.from_bytes(self._rows[row * width : (row + 1) * width])
        return laid.to_bytes(width)

    def span(self, left: float, right: float) -> slice:
        """Return the columns between two places in points."""
        start = max(0, int((left - self.visible.left) * self._across))
        return slice(start, min(self._width, int((right - self.visible.left) * self._across) + 1))

    def under(self, pixels: PixelBox, ground: Image.Image | None = None) -> list[tuple[Colour, int]]:
        """Return the colours of the ground under and beside the text in ``pixels``, and how many pixels have each.

        ``ground`` is looked at instead of the page's own, in the same places.
        """
        piece = (ground or self.ground).crop(pixels)
        edges = cast(tuple[tuple[int, int], tuple[int, int], tuple[int, int]], piece.getextrema())
        if all(low == high for low, high in edges):
            return [((edges[0][0], edges[1][0], edges[2][0]), piece.width * piece.height)]
        piece.putalpha(self.ink.crop(pixels).point(_DIFFERS).filter(_BESIDE).point(_DIFFERS))
        colours = cast(list[tuple[int, tuple[int, int, int, int]]], piece.getcolors(piece.width * piece.height) or [])
        return [((red, green, blue), count) for count, (red, green, blue, near) in colours if near]

    def pixels(self, box: Box) -> PixelBox | None:
        """Return all pixels that ``box`` touches, or None where it lies outside the pictures."""
        part, page = box.overlap(self.visible), self.visible
        if not part.area:
            return None
        return PixelBox(
            left=int((part.left - page.left) * self._across),
            top=int((page.top - part.top) * self._down),
            right=int((part.right - page.left) * self._across) + 1,
            bottom=int((page.top - part.bottom) * self._down) + 1,
        )

    def inner_pixels(self, box: Box) -> PixelBox:
        """Return the whole pixels of ``box``, none that it shares with what is beside it."""
        part, page = box.overlap(self.visible), self.visible
        left, top = ceil((part.left - page.left) * self._across), ceil((page.top - part.top) * self._down)
        right, bottom = int((part.right - page.left) * self._across), int((page.top - part.bottom) * self._down)
        return PixelBox(left, top, max(left, right), max(top, bottom))


@dataclass(frozen=True)
class TextVisibility:
    """How one line of text is seen: whether at all, and which of its letters something lies over.

    ``contrast`` is that of its ink to ``ground`` (red, green, blue from 0 to 255), where both can be told.
    """

    page: int
    mark: TextMark
    visible: bool
    covered: str = ""
    contrast: float | None = None
    ground: Colour = WHITE


def read_visibility(pdf: FinishedPdf) -> list[TextVisibility]:
    """Measure every line of text, in page order."""
    return pdf.once("visibility", lambda: list(_all_lines(pdf)))


def page_rasters(pdf: FinishedPdf) -> dict[int, PageRasters]:
    """Draw each page with and without its text."""
    return pdf.once("rasters", lambda: dict(_rasters(pdf)))


def _rasters(pdf: FinishedPdf) -> Iterator[tuple[int, PageRasters]]:
    for page, ground in zip(pdf.pages, grounds(pdf, DPI), strict=True):
        yield page, PageRasters(pdf.picture(page, DPI), ground, pdf.box(page, "crop"))


def _all_lines(pdf: FinishedPdf) -> Iterator[TextVisibility]:
    for page, rasters in page_rasters(pdf).items():
        for mark in pdf.marks(page).texts:
            if mark.visible and any(map(_stands_alone, mark.text)):
                yield _visibility(page, mark, rasters)


def _stands_alone(letter: str) -> bool:
    """Return whether a letter takes room of its own. A vowel sign is drawn with the letter that it belongs to."""
    return not letter.isspace() and not unicodedata.combining(letter)


def _visibility(page: int, mark: TextMark, rasters: PageRasters) -> TextVisibility:
    pixels = rasters.pixels(mark.box)
    if pixels is None or not rasters.ink.crop(pixels).getbbox():
        return TextVisibility(page, mark, visible=False)
    level, ground = _contrast(mark, rasters, pixels) or (None, WHITE)
    return TextVisibility(page, mark, True, _covered(mark, rasters), level, ground)


def _covered(mark: TextMark, rasters: PageRasters) -> str:
    """Return the Latin letters of a mark that show no ink at their foot, in the middle or at the top of their x-height.

    Every Latin letter has ink in all three, whatever the face; of other signs and scripts there is no telling.
    """
    uncut = mark.clip.overlap(rasters.visible)
    bands = [(mark.baseline + low * mark.size, mark.baseline + high * mark.size) for low, high in BANDS]
    if bands[0][0] < uncut.bottom or bands[-1][1] > uncut.top:
        return ""
    letters = [
        (glyph.text, rasters.span(glyph.left, glyph.right))
        for glyph in mark.glyphs
        if glyph.text in _LETTERS and glyph.left >= uncut.left and glyph.right <= uncut.right
    ]
    inked = [rasters.columns(rasters.rows(*band)) for band in bands] if letters else []
    return "".join([letter for letter, span in letters if not all(band[span].strip(b"\0") for band in inked)])


def _contrast(mark: TextMark, rasters: PageRasters, pixels: PixelBox) -> tuple[float, Colour] | None:
    """Measure the contrast of the ink to the ground under and beside it, a twentieth of the worst pixels left out.

    Return with it the ground that it was measured to; None where the ink has no colour that can be told.
    """
    ink = screen_colour(mark.ink)
    if ink is None:
        return None
    levels = sorted(
        (contrast_of(ink, mark.ink.alpha, colour), colour, count) for colour, count in rasters.under(pixels)
    )
    passed, allowed = 0, LEFT_OUT * sum(count for *_, count in levels)
    for level, colour, count in levels:
        passed += count
        if passed > allowed:
            return level, colour
    return None


@lru_cache(maxsize=4096)
def contrast_of(ink: tuple[float, float, float], alpha: float, ground: Colour) -> float:
    """Return the contrast to its ground of an ink that lets some of it through (components from 0 to 255)."""
    red, green, blue = (alpha * over + (1 - alpha) * under for over, under in zip(ink, ground, strict=True))
    return contrast_ratio(luminance(red, green, blue), luminance(*ground))
