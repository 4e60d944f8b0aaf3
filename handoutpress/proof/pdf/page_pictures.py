"""Pictures of pages for people: small enough to lie in an HTML page by the hundred, and legible when enlarged."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

from PIL import Image

from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Rectangle

LONGEST_SIDE = 840
"""Pixels of a page's longer side: A4 at 71 dpi, at which 8 pt type can still be read."""
FINEST = 150
"""A small page, a card say, is drawn at no more dpi than this."""
COLOURS = 24
"""Colours of a picture. Pages are text on plain grounds: so few make a picture half as large and as good."""


@dataclass(frozen=True)
class Outline:
    """A place on a picture, in percent of its width and height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class PagePicture:
    """Page ``page`` (from 1) as WebP. The paper that it shows and where the trimmed page begins on it are in mm."""

    page: int
    data: bytes
    pixels: tuple[int, int]
    paper: tuple[float, float]
    trim: tuple[float, float]

    @property
    def address(self) -> str:
        """The picture as a data address."""
        return data_address(self.data)

    def outline(self, place: Rectangle) -> Outline:
        """Return where a place on the trimmed page lies on the picture."""
        (width, height), (left, top) = self.paper, self.trim
        return Outline(
            left=round(100 * (place.left + left) / width, 2),
            top=round(100 * (place.top + top) / height, 2),
            width=round(100 * place.width / width, 2),
            height=round(100 * place.height / height, 2),
        )


def page_pictures(pdf: FinishedPdf) -> tuple[PagePicture, ...]:
    """Draw a picture of every page; none of a file that cannot be drawn."""
    try:
        return tuple(_picture(pdf, page) for page in pdf.pages)
    except Exception:  # a foreign PDF can break any assumption; the checks say what is wrong with it
        return ()


def _picture(pdf: FinishedPdf, page: int) -> PagePicture:
    paper, trim = pdf.box(page, "crop"), pdf.box(page, "trim")
    longest = max(paper.width, paper.height, 1.0)
    picture = pdf.picture(page, min(FINEST, int(LONGEST_SIDE / longest * 72)))
    return PagePicture(
        page=page,
        data=webp(picture),
        pixels=picture.size,
        paper=(paper.width * POINT, paper.height * POINT),
        trim=((trim.left - paper.left) * POINT, (paper.top - trim.top) * POINT),
    )


def webp(picture: Image.Image) -> bytes:
    """Return a picture in few colours as lossless WebP; the same picture gives the same bytes."""
    out = io.BytesIO()
    picture.quantize(COLOURS).save(out, "WEBP", lossless=True, method=2)
    return out.getvalue()


def data_address(data: bytes) -> str:
    """Return WebP bytes as an address for an ``<img>``."""
    return f"data:image/webp;base64,{base64.b64encode(data).decode()}"
