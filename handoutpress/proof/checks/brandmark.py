"""Does the place of the logo show something: its ink, as drawn, against the ground that it lies on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PIL import Image, ImageChops

from handoutpress.content.brand.colours import WHITE
from handoutpress.content.brand.visibility import FAINT, contrast_in
from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation, WantedBrandmark
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.marks import MarkedContent

DPI = 300
"""At which a logo is drawn to be measured: its finest strokes have about as many pixels as where it was chosen."""
LEAST = 0.85 * FAINT
"""The contrast below which nothing is seen; what a stroke loses at its edges is allowed for."""
_PAPER = 8
"""By how many of 255 steps a channel of the paper may differ from white."""

BrandmarkPlace = tuple[int, Box]
"""The page, from 1, and the box there in points."""


def check_brandmark(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check that the logo is there, and stands out."""
    wanted = expectation.brandmark
    if wanted is None:
        return []
    places = list(brandmark_places(pdf, wanted))
    if not places:
        return [breach(pdf, "legibility.brandmark", "The logo is on no page.")]
    return [finding for page, box in places for finding in _check_place(pdf, page, box, wanted)]


def _check_place(pdf: FinishedPdf, page: int, box: Box, wanted: WantedBrandmark) -> Iterator[ProofFinding]:
    contrast = brandmark_contrast(pdf, (page, box), wanted)
    if contrast < LEAST:
        sentence = "The logo does not stand out from its ground."
        measured, floor = f"{contrast:.1f}:1", f"{FAINT:g}:1"
        yield breach(pdf, "legibility.brandmark", sentence, page, box, measured=measured, wanted=floor)


def brandmark_places(pdf: FinishedPdf, wanted: WantedBrandmark) -> Iterator[BrandmarkPlace]:
    """Yield where the figures are that a screen reader is told of in the logo's words: the slot that each fills."""
    figures = [element for element in pdf.tree.elements if element.kind == "Figure" and element.alt == wanted.alt]
    contents = {kid for figure in figures for kid in figure.kids if isinstance(kid, MarkedContent)}
    for page in pdf.pages:
        marks = pdf.marks(page)
        for content in dict.fromkeys(sequence.content for sequence in marks.sequences):
            box = pdf.content_boxes.get(content) if content in contents else None
            if box is not None:
                # An SVG may draw beyond its own edges, where nothing is seen.
                yield page, max((slot for slot in marks.slots if slot.meets(box)), key=_shared_with(box), default=box)


def _shared_with(box: Box) -> Callable[[Box], float]:
    def area(slot: Box) -> float:
        shared = slot.overlap(box)
        return shared.width * shared.height

    return area


def brandmark_contrast(pdf: FinishedPdf, place: BrandmarkPlace, wanted: WantedBrandmark, dpi: int = DPI) -> float:
    """Return the contrast with its ground that what is drawn in a place has; 1 where nothing is drawn there.

    With fewer ``dpi`` it is soon told, and never higher.
    """
    page, box = place
    drawn = pdf.crop(page, box, dpi)
    difference = ImageChops.difference(drawn, Image.new("RGB", drawn.size, WHITE))
    inked = difference.convert("L").point([255 * (step > _PAPER) for step in range(256)]).getbbox()
    if inked is None:
        return 1.0
    # At the edge of a ground, pixels are half paper.
    inset = 1 if wanted.ground != WHITE else 0
    left, top, right, bottom = inked
    inner = (left + inset, top + inset, max(right - inset, left + inset + 1), max(bottom - inset, top + inset + 1))
    return contrast_in(drawn.crop(inner), wanted.ground)
