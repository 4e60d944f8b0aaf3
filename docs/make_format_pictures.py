"""Make the pictures of docs/formats.md: one of each format as it is read, and of each as a print shop gets it."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from make_pictures import PICTURES, ROOT, side_by_side
from PIL import Image, ImageOps

from handoutpress.app.build import build
from handoutpress.app.build_settings import BuildSettings
from handoutpress.app.project import open_project
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.press.printed import Purpose

SHOWN = {
    "a4-large-print": "north-moor",
    "a5-booklet": "harbour-osteopathy",
    "a4-trifold": "harbour-osteopathy",
    "a3-poster": "north-moor",
    "a6-card": "harbour-osteopathy",
    "letter-large-print": "sunbird-acupuncture",
    "half-letter-booklet": "default",
    "letter-trifold": "sunbird-acupuncture",
    "tabloid-poster": "sunbird-acupuncture",
}
"""Each format that a picture shows, and the brand that shows it."""
HANDOUT = "acupuncture"
WIDTH, MOST = 1600, 8


def strip(path: Path) -> Image.Image:
    """The first pages of a PDF in a row, ``WIDTH`` pixels wide at most."""
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.render(scale=0.6).to_pil().convert("RGB") for page in pdf][:MOST]
    row = side_by_side([ImageOps.expand(page, border=1, fill="#999999") for page in pages], gap=8)
    row.thumbnail((WIDTH, WIDTH))
    return row.quantize(64)


def main() -> int:
    """Print, rasterise, write ``docs/pictures``."""
    PICTURES.mkdir(exist_ok=True)
    purposes: tuple[tuple[Purpose, str], ...] = (("screen", "pdf"), ("print", "print.pdf"))
    for format_, brand in SHOWN.items():
        for purpose, ending in purposes:
            with TemporaryDirectory() as folder:
                selection = EditionFilter((HANDOUT,), (brand,), ("en",), (format_,))
                settings = BuildSettings(purpose=purpose, html=False)
                if build(open_project(ROOT), selection=selection, out=Path(folder), settings=settings).exit_code:
                    return 1
                made = Path(folder) / brand / "en" / format_ / f"{HANDOUT}.{ending}"
                name = f"{format_}.png" if purpose == "screen" else f"{format_}-sheets.png"
                strip(made).save(PICTURES / name, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
