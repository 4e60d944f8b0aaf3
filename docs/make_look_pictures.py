"""Make the pictures that README.md opens with: our sample clinics side by side, in the looks that they chose."""

from __future__ import annotations

import pypdfium2
from make_pictures import PICTURES, ROOT, side_by_side
from PIL import Image, ImageOps

from handoutpress.app.build import assemble_press
from handoutpress.app.project import open_project
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog

HANDOUT = "acupuncture"
SHEETS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "looks": (
        ("harbour-osteopathy", "a4-leaflet", 1),
        ("north-moor", "a4-leaflet", 1),
        ("sunbird-acupuncture", "a4-leaflet", 1),
        ("lantern-street", "a4-leaflet", 1),
    ),
    "covers": (
        ("harbour-osteopathy", "a4-trifold", 1),
        ("north-moor", "a4-trifold", 1),
        ("sunbird-acupuncture", "letter-trifold", 1),
        ("harbour-osteopathy", "a5-booklet", 1),
        ("north-moor", "a3-poster", 1),
        ("sunbird-acupuncture", "tabloid-poster", 1),
    ),
}
"""Each picture, and the pages that it shows in a row: brand, format, and number of the page."""
HEIGHT = 720


def page_of(place: tuple[str, str, int]) -> Image.Image:
    """A page as a picture ``HEIGHT`` pixels high, with a thin frame. Raises ``HandoutError``."""
    brand, format_, number = place
    catalog = load_catalog(open_project(ROOT), EditionFilter((HANDOUT,), (brand,), ("en",), (format_,)))
    (edition,) = catalog.editions()
    press = assemble_press(catalog)
    with pypdfium2.PdfDocument(press.open_plate(edition).print(edition).pdf) as pdf:
        page = pdf[number - 1]
        picture = page.render(scale=HEIGHT / page.get_height()).to_pil().convert("RGB")
    return ImageOps.expand(picture, border=1, fill="#999999")


def main() -> None:
    """Print, rasterise, write ``docs/pictures``."""
    for name, places in SHEETS.items():
        row = side_by_side([page_of(place) for place in places], gap=16)
        row.quantize(128).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
