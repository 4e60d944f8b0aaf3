"""Make contact sheets of one handout in every format, for our five brands in three languages.

A sheet has a row for each language and, for each brand, the first two pages, or the one that there is. What is made for
Letter is shown in English alone. All stand in docs/formats.md; that of A4 leaflets is at the top of README.md.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import pypdfium2
from make_pictures import PICTURES, ROOT, side_by_side
from PIL import Image, ImageOps

from handoutpress.app.build import assemble_press
from handoutpress.app.project import open_project
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.press.press import HandoutPress

HANDOUT = "acupuncture"
LANGUAGES = ("en", "es", "ar")
HEIGHT, PAGES, GAP = 232, 2, 14
"""How high a page is, px; how many pages of each edition are shown; the room between editions, px."""


def everything() -> Catalog:
    """The handout for all brands in all formats and in ``LANGUAGES``. Raises ``HandoutError``."""
    catalog = load_catalog(open_project(ROOT), EditionFilter((HANDOUT,), (), LANGUAGES))
    brands = {slug: replace(brand, formats=(), languages=LANGUAGES) for slug, brand in catalog.brands.items()}
    return replace(catalog, brands=brands)


def first_pages(edition: Edition, press: HandoutPress) -> Image.Image:
    """The first pages of an edition as one picture, each with a thin frame. Raises ``HandoutError``."""
    with pypdfium2.PdfDocument(press.open_plate(edition).print(edition).pdf) as pdf:
        shown = [page.render(scale=2 * HEIGHT / page.get_height()).to_pil() for page in list(pdf)[:PAGES]]
    small = [page.convert("RGB").resize((page.width // 2, HEIGHT), Image.Resampling.LANCZOS) for page in shown]
    return side_by_side([ImageOps.expand(page, border=1, fill="#999999") for page in small], gap=2)


def stacked(rows: list[Image.Image]) -> Image.Image:
    """Rows of one width below each other on white."""
    sheet = Image.new("RGB", (max(row.width for row in rows), sum(row.height + GAP for row in rows) - GAP), "white")
    for number, row in enumerate(rows):
        sheet.paste(row, (0, number * (rows[0].height + GAP)))
    return sheet


def main(formats: list[str]) -> None:
    """Print, rasterise, write ``docs/pictures/sheet-<format>.png`` of these ``formats``, of all where none is named."""
    catalog = everything()
    press, editions = assemble_press(catalog), list(catalog.editions())
    for format_ in formats or catalog.formats:
        rows = []
        for language in LANGUAGES if format_.startswith("a") else LANGUAGES[:1]:
            wanted = [
                edition for edition in editions if (edition.language_slug, edition.format_slug) == (language, format_)
            ]
            rows.append(side_by_side([first_pages(edition, press) for edition in wanted], gap=GAP))
        stacked(rows).quantize(128).save(PICTURES / f"sheet-{format_}.png", optimize=True)
        print(f"docs/pictures/sheet-{format_}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
