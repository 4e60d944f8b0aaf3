"""Pages of a handout as pictures, made as ``build`` makes them; without the proof, which release and build ask for."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL.Image import Image

from handoutpress.app.build import assemble_press
from handoutpress.app.project import open_cache, open_catalog
from handoutpress.content.absences import why_nothing
from handoutpress.content.catalog import Catalog, HandoutKey
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.models.formats import Format
from handoutpress.content.project import Project
from handoutpress.press.layout.excess import DoesNotFitError
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.store.digests import bytes_digest, parts_digest
from handoutpress.yamlfile.problems import HandoutError, with_hint

PAGE_WIDTH = 900
"""Pixels of a page's width: sharp in half of a desk's screen."""
SMALL_WIDTH = 360
"""Pixels of the width of a page on the shelf."""
PNG = b"\x89PNG\r\n\x1a\n"
"""How a picture in PNG begins (ISO/IEC 15948)."""


Part = Literal["pages", "first", "fit"]
"""All pages; the first one, small; or none, but whether the text fits."""


@dataclass(frozen=True)
class PageRequest:
    """What to draw: names of a handout, its language, a brand and a format, and which ``part`` of its pages.

    ``root`` is the folder of the project as it was earlier; None for the project as it is.
    """

    handout: str
    language: str
    brand: str
    format: str
    part: Part = "pages"
    root: Path | None = None

    @property
    def selection(self) -> EditionFilter:
        return EditionFilter((self.handout,), (self.brand,), (self.language,), (self.format,))


@dataclass(frozen=True)
class DrawnPage:
    """One page as PNG, ``width`` × ``height`` pixels; ``digest`` is the SHA-256 of ``png``."""

    png: bytes
    width: int
    height: int
    digest: str


@dataclass(frozen=True)
class Fit:
    """How a text fits a format: on so many ``pages``, else by about how many ``lines`` it is too long.

    Both are 0 where it does not fit for another reason, such as a word that is wider than a line.
    """

    pages: int = 0
    lines: int = 0


@dataclass(frozen=True)
class DrawnPages:
    """The pages, or how the text fits, or in sentences what keeps them from being drawn."""

    pages: tuple[DrawnPage, ...] = ()
    reasons: tuple[str, ...] = ()
    fit: Fit | None = None


@dataclass(frozen=True)
class PrintedAs:
    """The brands and formats in which handouts are printed, with what people call them; the handouts' titles.

    ``styles`` are those of the formats, by name.
    """

    pairs: tuple[tuple[str, str], ...]
    brands: Mapping[str, str]
    formats: Mapping[str, str]
    handouts: Mapping[HandoutKey, str]
    styles: Mapping[str, str]

    def large_print(self, brand: str) -> str:
        """Return the format in which a brand gives what is printed in large print; "" where it gives none."""
        return next((name for of, name in self.pairs if of == brand and self.styles[name] == "large-print"), "")

    def chosen(self, brand: str, format_: str) -> tuple[str, str]:
        """Return the pair that is asked for, else one of this brand or format, else the first; "" where none is."""
        return max(self.pairs, key=lambda pair: (pair[0] == brand, pair[1] == format_), default=("", ""))


def printed_as(
    project: Project,
    handout: str = "",
    language: str = "",
    brand: str = "",
    format: str = "",  # noqa: A002
) -> PrintedAs:
    """Return in what a handout is printed, or what is printed of a ``brand``. Raises ``HandoutError``.

    Of what has mistakes it is what will be printed once they are put right.
    """
    chosen = EditionFilter(*((name,) if name else () for name in (handout, brand, language, format)))
    catalog = open_catalog(project, chosen)
    editions = by_preference(catalog.editions())
    pairs = [(edition.brand_slug, edition.format_slug) for edition in editions]
    printed = {(edition.handout_slug, edition.language_slug) for edition in editions}
    if not editions:
        stopped = [name for name in catalog.stopped() if name[2] in catalog.formats]
        pairs = sorted(((name[0], name[2]) for name in stopped), key=lambda pair: _order_of_stopped(catalog, *pair))
        printed = {(slug, code) for _, code, _, slug in stopped}
    return PrintedAs(
        tuple(dict.fromkeys(pairs)),
        brands={slug: item.name for slug, item in catalog.brands.items()},
        formats={slug: file.format.name for slug, file in catalog.formats.items()},
        handouts={key: file.handout.title for key, file in catalog.handouts.items() if key in printed},
        styles={slug: file.format.style for slug, file in catalog.formats.items()},
    )


def by_preference(editions: Iterable[Edition]) -> list[Edition]:
    """Return editions in the order of their brands, of each the formats as it lists them, leaflets before others."""
    return sorted(editions, key=lambda each: _order(each.brand_slug, each.brand.formats, each.format_slug, each.format))


def _order_of_stopped(catalog: Catalog, brand: str, format_: str) -> tuple[str, int, bool, str]:
    """Return the place of what a mistake keeps from being an edition, among others of its kind."""
    formats = catalog.brands[brand].formats if brand in catalog.brands else ()
    return *_order(brand, formats, format_, catalog.formats[format_].format), format_


def _order(brand: str, formats: Sequence[str], slug: str, format_: Format) -> tuple[str, int, bool]:
    return brand, formats.index(slug) if slug in formats else 0, format_.style != "leaflet"


def _edition(project: Project, request: PageRequest) -> tuple[Catalog, Edition]:
    """Return what is asked for. Raises ``HandoutError`` with what keeps it from being made."""
    catalog = open_catalog(project, request.selection)
    edition = next(catalog.editions(), None)
    if edition is None:
        is_stopped = next(catalog.stopped(), None) is not None  # by a mistake, and not since it is not given
        raise HandoutError("\n".join([*_sentences(catalog), *(() if is_stopped else why_nothing(catalog))]))
    return catalog, edition


def _fit(catalog: Catalog, edition: Edition) -> Fit:
    """Return how an edition fits. It is kept, since what does not fit takes longest to find."""
    press = assemble_press(catalog)
    inputs = [json.dumps(part, sort_keys=True) for part in press.inputs(edition)]

    def found() -> bytes:
        try:
            return json.dumps({"pages": press.open_plate(edition).print(edition).pages}).encode()
        except DoesNotFitError as error:
            return json.dumps({"lines": error.lines}).encode()

    return Fit(**json.loads(open_cache(catalog.project).keep("fits", parts_digest(map(str.encode, inputs)), found)))


def _sentences(catalog: Catalog) -> list[str]:
    return [with_hint(problem.sentence, problem.hint) for problem in catalog.problems]


def draw_pages(project: Project, request: PageRequest) -> DrawnPages:
    """Draw the pages of what is asked for; a mistake of a user becomes ``reasons``."""
    try:
        catalog, edition = _edition(project, request)
        if request.part == "fit":
            return DrawnPages(fit=_fit(catalog, edition))
        pdf = assemble_press(catalog).open_plate(edition).print(edition).pdf
    except HandoutError as error:
        return DrawnPages(reasons=tuple(str(error).splitlines()))
    with FinishedPdf(Path(request.handout), pdf, ours=True) as finished:
        pages = [1] if request.part == "first" else finished.pages
        width = SMALL_WIDTH if request.part == "first" else PAGE_WIDTH
        return DrawnPages(tuple(_drawn(finished, page, width) for page in pages))


def first_page_of(pdf: bytes) -> DrawnPage:
    """Return the first page of a PDF of ours, small."""
    with FinishedPdf(Path("attached"), pdf, ours=True) as finished:
        return _drawn(finished, 1, SMALL_WIDTH)


def _drawn(finished: FinishedPdf, page: int, width: int) -> DrawnPage:
    paper = finished.box(page, "crop")
    picture = finished.picture(page, max(20, round(width / max(paper.width, 1.0) * 72)))
    png = as_png(picture)
    return DrawnPage(png, *picture.size, bytes_digest(png))


def as_png(picture: Image) -> bytes:
    """Return a picture in RGB as PNG whose rows are as they are: flat pages are smaller so, in 40% of Pillow's time."""
    (width, height), pixels = picture.size, picture.tobytes()
    rows = b"".join(b"\0" + pixels[at : at + 3 * width] for at in range(0, len(pixels), 3 * width))
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return PNG + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
