"""Pages of a handout as pictures, made as ``build`` makes them; without the proof, which release and build ask for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from handoutpress.app.build import assemble_press
from handoutpress.app.project import open_catalog
from handoutpress.content.absences import why_nothing
from handoutpress.content.catalog import Catalog, HandoutKey
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.project import Project
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.problems import HandoutError

PAGE_WIDTH = 900
"""Pixels of a page's width: sharp in half of a desk's screen."""
SMALL_WIDTH = 360
"""Pixels of the width of a page on the shelf."""


@dataclass(frozen=True)
class PageRequest:
    """Which pages to draw: names of a handout, its language, a brand and a format; the first page alone, small."""

    handout: str
    language: str
    brand: str
    format: str
    is_small: bool = False


@dataclass(frozen=True)
class DrawnPage:
    """One page as PNG, ``width`` × ``height`` pixels; ``digest`` is the SHA-256 of ``png``."""

    png: bytes
    width: int
    height: int
    digest: str


@dataclass(frozen=True)
class DrawnPages:
    """The pages, or in sentences what keeps them from being drawn."""

    pages: tuple[DrawnPage, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedAs:
    """The brands and formats in which handouts are printed, with what people call them; the handouts' titles."""

    pairs: tuple[tuple[str, str], ...]
    brands: Mapping[str, str]
    formats: Mapping[str, str]
    handouts: Mapping[HandoutKey, str]

    def chosen(self, brand: str, format_: str) -> tuple[str, str]:
        """Return the pair that is asked for, else one of this brand or format, else the first; "" where none is."""
        return max(self.pairs, key=lambda pair: (pair[0] == brand, pair[1] == format_), default=("", ""))


def printed_as(project: Project, handout: str = "", language: str = "", brand: str = "") -> PrintedAs:
    """Return in what a handout is printed, or what is printed of a ``brand``. Raises ``HandoutError``."""
    chosen = EditionFilter(*((name,) if name else () for name in (handout, brand, language)))
    catalog = open_catalog(project, chosen)
    editions = by_preference(catalog.editions())
    printed = {(edition.handout_slug, edition.language_slug) for edition in editions}
    return PrintedAs(
        tuple(dict.fromkeys((edition.brand_slug, edition.format_slug) for edition in editions)),
        brands={slug: item.name for slug, item in catalog.brands.items()},
        formats={slug: file.format.name for slug, file in catalog.formats.items()},
        handouts={key: file.handout.title for key, file in catalog.handouts.items() if key in printed},
    )


def by_preference(editions: Iterable[Edition]) -> list[Edition]:
    """Return editions in the order of their brands, of each the formats as it lists them, leaflets before others."""

    def order(edition: Edition) -> tuple[str, int, bool]:
        formats = edition.brand.formats
        place = formats.index(edition.format_slug) if formats else 0
        return edition.brand_slug, place, edition.format.style != "leaflet"

    return sorted(editions, key=order)


def _pdf_of(project: Project, request: PageRequest) -> bytes:
    """Return the PDF of what is asked for, not proved. Raises ``HandoutError`` with what keeps it from being made."""
    selection = EditionFilter((request.handout,), (request.brand,), (request.language,), (request.format,))
    catalog = open_catalog(project, selection)
    edition = next(catalog.editions(), None)
    if edition is None:
        raise HandoutError("\n".join([*_sentences(catalog), *why_nothing(catalog)]))
    return _printed(catalog, edition)


def _printed(catalog: Catalog, edition: Edition) -> bytes:
    return assemble_press(catalog).open_plate(edition).print(edition).pdf


def _sentences(catalog: Catalog) -> list[str]:
    return [f"{problem.sentence} {problem.hint}".strip() for problem in catalog.problems]


def draw_pages(project: Project, request: PageRequest) -> DrawnPages:
    """Draw the pages of what is asked for; a mistake of a user becomes ``reasons``."""
    try:
        pdf = _pdf_of(project, request)
    except HandoutError as error:
        return DrawnPages(reasons=tuple(str(error).splitlines()))
    with FinishedPdf(Path(request.handout), pdf, ours=True) as finished:
        pages = [1] if request.is_small else finished.pages
        width = SMALL_WIDTH if request.is_small else PAGE_WIDTH
        return DrawnPages(tuple(_drawn(finished, page, width) for page in pages))


def first_page_of(pdf: bytes) -> DrawnPage:
    """Return the first page of a PDF of ours, small."""
    with FinishedPdf(Path("attached"), pdf, ours=True) as finished:
        return _drawn(finished, 1, SMALL_WIDTH)


def _drawn(finished: FinishedPdf, page: int, width: int) -> DrawnPage:
    paper = finished.box(page, "crop")
    picture = finished.picture(page, max(20, round(width / max(paper.width, 1.0) * 72)))
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=2)
    return DrawnPage(out.getvalue(), *picture.size, bytes_digest(out.getvalue()))
