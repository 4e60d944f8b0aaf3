"""Can the text be seen: its ink against what really lies behind it (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops

from handoutpress.proof.colours import contrast, luminance, screen_colour
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import Finding
from handoutpress.proof.finished import FinishedPdf
from handoutpress.proof.geometry import Box
from handoutpress.proof.ground import grounds
from handoutpress.proof.marks import TextMark

DPI = 100
BODY, LARGE = 4.5, 3.0
"""The contrast that body type and large type need."""
LARGE_SIZE, LARGE_BOLD = 18.0, 14.0
"""From which size in pt type counts as large, and bold type."""


def check_contrast(pdf: FinishedPdf, _: Expectation) -> list[Finding]:
    """Every line of text can be seen, and stands out."""
    findings: list[Finding] = []
    for page, ground in zip(pdf.pages, grounds(pdf, DPI), strict=True):
        shown = pdf.picture(page, DPI)
        visible = pdf.box(page, "crop")
        for mark in pdf.marks(page).texts:
            if mark.visible and mark.text.strip():
                findings += _text(pdf, page, mark, _Views(shown, ground, visible))
    return findings


class _Views:
    """A page with and without its text."""

    def __init__(self, shown: Image.Image, ground: Image.Image, visible: Box) -> None:
        self.shown, self.ground, self.visible = shown, ground, visible

    def pixels(self, box: Box) -> tuple[int, int, int, int] | None:
        """``box`` in pixels of the pictures, or None where it lies outside them."""
        scale = self.shown.width / self.visible.width
        part = box.overlap(self.visible)
        left, right = int((part.left - self.visible.left) * scale), int((part.right - self.visible.left) * scale) + 1
        top, bottom = int((self.visible.top - part.top) * scale), int((self.visible.top - part.bottom) * scale) + 1
        return (left, top, right, bottom) if part.area else None


def _text(pdf: FinishedPdf, page: int, mark: TextMark, views: _Views) -> Iterator[Finding]:
    where, words = (page, mark.box), mark.text.strip()[:50]
    pixels = views.pixels(mark.box)
    if pixels is None or not ImageChops.difference(views.shown.crop(pixels), views.ground.crop(pixels)).getbbox():
        yield pdf.finding("legibility.hidden", f"Text cannot be seen at all: {words!r}.", where)
        return
    measured = _measure(mark, views.ground.crop(pixels))
    bold = "bold" in pdf.faces[mark.font].family.lower()
    wanted = LARGE if mark.size >= (LARGE_BOLD if bold else LARGE_SIZE) else BODY
    if measured is not None and measured < wanted - 0.05:
        sentence = f"Text does not stand out from its ground: {words!r}."
        yield pdf.finding("legibility.contrast", sentence, where, f"{measured:.1f}:1", f"{wanted}:1")


def _measure(mark: TextMark, ground: Image.Image) -> float | None:
    """The contrast of the ink to the ground, a twentieth of the ground's worst pixels left out."""
    ink = screen_colour(mark.ink)
    if ink is None:
        return None
    counted = ground.getcolors(ground.width * ground.height) or []
    levels = sorted((contrast(_over(ink, mark.ink.alpha, colour), luminance(*colour)), n) for n, colour in counted)  # type: ignore[misc, arg-type]
    passed, allowed = 0, ground.width * ground.height / 20
    for level, count in levels:
        passed += count
        if passed > allowed:
            return level
    return None


def _over(ink: tuple[float, float, float], alpha: float, ground: tuple[int, int, int]) -> float:
    """The luminance of an ink that lets some of its ground through."""
    red, green, blue = (alpha * over + (1 - alpha) * under for over, under in zip(ink, ground, strict=True))
    return luminance(red, green, blue)
