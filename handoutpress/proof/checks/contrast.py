"""Can the text be seen: its ink against what really lies behind it (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters
from typing import cast

from PIL import Image, ImageChops, ImageFilter

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.colours import Colour, contrast, luminance, screen_colour
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.grounds import grounds
from handoutpress.proof.pdf.marks import TextMark

WHITE: Colour = (255, 255, 255)
Pixels = tuple[int, int, int, int]
"""A part of a picture: left, top, right and bottom."""

DPI = 100
BANDS = ((0.0, 0.12), (0.12, 0.3), (0.3, 0.44))
"""The foot, middle and top of the x-height, as shares of the type size above the baseline."""
_LETTERS = frozenset(ascii_letters)
_ANY = [0] + [255] * 255
"""Makes a mask: every pixel that differs at all."""
_BESIDE = ImageFilter.BoxBlur(1)
"""Spreads a mask to the pixels beside it."""
LEFT_OUT = 1 / 20
"""The share of the ground's worst pixels that a contrast is measured without: edges, mostly."""
BODY, LARGE = 4.5, 3.0
"""The contrast that body type and large type need."""
SLACK = 0.05
"""What measuring on a raster may miss."""
LARGE_SIZE, LARGE_BOLD = 18.0, 14.0
"""From which size in pt type counts as large, and bold type."""


@dataclass(frozen=True)
class TextVisibility:
    """How one line of text is seen: whether at all, and which of its letters something lies over.

    ``contrast`` is that of its ink to ``ground`` (red, green, blue from 0 to 255), where both can be told.
    """

    page: int
    mark: TextMark
    seen: bool
    covered: str = ""
    contrast: float | None = None
    ground: Colour = WHITE


def check_contrast(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Every line of text can be seen, and stands out."""
    return [finding for sight in read_sights(pdf) for finding in _judge(pdf, sight)]


def read_sights(pdf: FinishedPdf) -> list[TextVisibility]:
    """Every visible line of text, in page order."""
    return pdf.once("sights", lambda: list(_sights(pdf)))


def read_views(pdf: FinishedPdf) -> dict[int, PageViews]:
    """Each page as it is seen with and without its text."""
    return pdf.once("views", lambda: dict(_views(pdf)))


def _views(pdf: FinishedPdf) -> Iterator[tuple[int, PageViews]]:
    for page, ground in zip(pdf.pages, grounds(pdf, DPI), strict=True):
        yield page, PageViews(pdf.picture(page, DPI), ground, pdf.box(page, "crop"))


def _sights(pdf: FinishedPdf) -> Iterator[TextVisibility]:
    for page, views in read_views(pdf).items():
        for mark in pdf.marks(page).texts:
            if mark.visible and any(map(_stands_alone, mark.text)):
                yield _sight(page, mark, views)


def _sight(page: int, mark: TextMark, views: PageViews) -> TextVisibility:
    pixels = views.pixels(mark.box)
    if pixels is None or not views.ink.crop(pixels).getbbox():
        return TextVisibility(page, mark, seen=False)
    contrast_, ground = _measure(mark, views, pixels) or (None, WHITE)
    return TextVisibility(page, mark, True, _covered(mark, views), contrast_, ground)


def wanted_contrast(pdf: FinishedPdf, mark: TextMark) -> float:
    """The contrast that type of this size and weight needs."""
    bold = "bold" in pdf.faces[mark.font].family.lower()
    return LARGE if mark.size >= (LARGE_BOLD if bold else LARGE_SIZE) else BODY


def _judge(pdf: FinishedPdf, sight: TextVisibility) -> Iterator[ProofFinding]:
    where, words = (sight.page, sight.mark.box), sight.mark.text.strip()[:50]
    if not sight.seen:
        yield pdf.finding("legibility.hidden", f"Text cannot be seen at all: {words!r}.", where)
    if sight.covered:
        yield pdf.finding("legibility.hidden", f"Something lies over {sight.covered!r} in {words!r}.", where)
    wanted, measured = wanted_contrast(pdf, sight.mark), sight.contrast
    if measured is not None and measured < wanted - SLACK:
        sentence = f"Text does not stand out from its ground: {words!r}."
        yield pdf.finding("legibility.contrast", sentence, where, f"{measured:.1f}:1", f"{wanted}:1")


def _stands_alone(letter: str) -> bool:
    """Whether a letter takes room of its own. A vowel sign is drawn with the letter that it belongs to."""
    return not letter.isspace() and not unicodedata.combining(letter)


class PageViews:
    """A page with and without its text; ``ink`` is what the text adds."""

    def __init__(self, shown: Image.Image, ground: Image.Image, visible: Box) -> None:
        self.shown, self.ground, self.visible = shown, ground, visible
        red, green, blue = ImageChops.difference(shown, ground).split()
        self.ink = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        self._rows, self._width = self.ink.tobytes(), self.ink.width
        # A page is drawn to whole pixels, so that its scale differs a little across and down.
        self.across, self.down = shown.width / visible.width, shown.height / visible.height

    def rows(self, low: float, high: float) -> range:
        """The whole rows of pixels between two heights in points, one at least."""
        top, bottom = (round((self.visible.top - edge) * self.down) for edge in (high, low))
        return range(max(0, top), max(bottom, top + 1))

    def columns(self, rows: range) -> bytes:
        """What the text shows in those rows, all of them laid on each other: 0 where there is nothing of it."""
        width = self._width
        laid = 0
        for row in rows:
            laid |= int.from_bytes(self._rows[row * width : (row + 1) * width])
        return laid.to_bytes(width)

    def span(self, left: float, right: float) -> slice:
        """The columns between two places in points."""
        first = max(0, int((left - self.visible.left) * self.across))
        return slice(first, min(self._width, int((right - self.visible.left) * self.across) + 1))

    def under(self, pixels: Pixels, ground: Image.Image | None = None) -> list[tuple[Colour, int]]:
        """The colours of the ground under and beside the text that can be seen in ``pixels``, and how many have each.

        ``ground`` is looked at instead of the page's own, in the same places.
        """
        piece = (ground or self.ground).crop(pixels)
        edges = cast(tuple[tuple[int, int], tuple[int, int], tuple[int, int]], piece.getextrema())
        if all(low == high for low, high in edges):
            return [((edges[0][0], edges[1][0], edges[2][0]), piece.width * piece.height)]
        piece.putalpha(self.ink.crop(pixels).point(_ANY).filter(_BESIDE).point(_ANY))
        found = cast(list[tuple[int, tuple[int, int, int, int]]], piece.getcolors(piece.width * piece.height) or [])
        return [((red, green, blue), n) for n, (red, green, blue, near) in found if near]

    def pixels(self, box: Box) -> Pixels | None:
        """``box`` in pixels of the pictures, or None where it lies outside them."""
        part, all_ = box.overlap(self.visible), self.visible
        left, right = int((part.left - all_.left) * self.across), int((part.right - all_.left) * self.across) + 1
        top, bottom = int((all_.top - part.top) * self.down), int((all_.top - part.bottom) * self.down) + 1
        return (left, top, right, bottom) if part.area else None


def _covered(mark: TextMark, views: PageViews) -> str:
    """The Latin letters of a mark that show no ink at their foot, in the middle or at the top of their x-height.

    Every Latin letter has ink in all three, whatever the face; of other signs and scripts there is no telling.
    """
    uncut = mark.clip.overlap(views.visible)
    bands = [(mark.baseline + low * mark.size, mark.baseline + high * mark.size) for low, high in BANDS]
    if bands[0][0] < uncut.bottom or bands[-1][1] > uncut.top:
        return ""
    letters = [
        (glyph.text, views.span(glyph.left, glyph.right))
        for glyph in mark.glyphs
        if glyph.text in _LETTERS and glyph.left >= uncut.left and glyph.right <= uncut.right
    ]
    shown = [views.columns(views.rows(*band)) for band in bands] if letters else []
    return "".join([letter for letter, span in letters if not all(band[span].strip(b"\0") for band in shown)])


def _measure(mark: TextMark, views: PageViews, pixels: Pixels) -> tuple[float, Colour] | None:
    """The contrast of the ink to the ground under and beside it, a twentieth of the ground's worst pixels left out.

    With it, the ground that it was measured to; None where the ink has no colour that can be told.
    """
    ink = screen_colour(mark.ink)
    if ink is None:
        return None
    levels = sorted((stands_out(ink, mark.ink.alpha, colour), colour, n) for colour, n in views.under(pixels))
    passed, allowed = 0, LEFT_OUT * sum(n for *_, n in levels)
    for level, colour, count in levels:
        passed += count
        if passed > allowed:
            return level, colour
    return None


@lru_cache(maxsize=4096)
def stands_out(ink: tuple[float, float, float], alpha: float, ground: Colour) -> float:
    """The contrast to its ground of an ink that lets some of it through (components from 0 to 255)."""
    red, green, blue = (alpha * over + (1 - alpha) * under for over, under in zip(ink, ground, strict=True))
    return contrast(luminance(red, green, blue), luminance(*ground))
