"""One branded PDF in a warm process: our press beside WeasyPrint's loops, warm Chromium and Typst."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from benchmarks.pages import FORMAT, WholePages, font_faces, library_code
from benchmarks.synthetic import make_chain
from benchmarks.tables import Table
from benchmarks.typst_page import typst_source
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

BRANDS = 60
SLOW = 12
"""Editions that a slow peer makes; ours makes one for each of ``BRANDS``."""


def _median_ms(make: Callable[[Edition], None], editions: list[Edition]) -> float:
    """The median of a warm process; the first edition is not counted."""
    make(editions[0])
    times = []
    for edition in editions[1:]:
        start = time.perf_counter()
        make(edition)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _plain_loop(catalog: Catalog, pages: WholePages, out: Path) -> Callable[[Edition], None]:
    def make(edition: Edition) -> None:
        sheet = f"{font_faces(edition)}\n{pages.sheet(edition).read_text('utf-8')}"
        html = weasyprint.HTML(string=WholePages(catalog).html(edition, library_code))
        fonts = FontConfiguration()
        css = weasyprint.CSS(string=sheet, font_config=fonts)
        html.write_pdf(out / "plain.pdf", stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")

    return make


def _best_loop(pages: WholePages, first: Edition, out: Path) -> Callable[[Edition], None]:
    fonts = FontConfiguration()
    sheet = f"{font_faces(first)}\n{pages.sheet(first).read_text('utf-8')}"
    css = weasyprint.CSS(string=sheet, font_config=fonts)

    def make(edition: Edition) -> None:
        html = weasyprint.HTML(string=pages.html(edition))
        html.write_pdf(out / "best.pdf", stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")

    return make


def _typst(catalog: Catalog, first: Edition, out: Path) -> Callable[[Edition], None]:
    folders = [path.parent for path in first.brand.base_font.files[:1]]
    source = out / "page.typ"
    source.write_text("")
    compiler = typst.Compiler(source, root=out, font_paths=folders, ignore_system_fonts=True)

    def make(edition: Edition) -> None:
        source.write_text(typst_source(catalog, edition, out), "utf-8")
        compiler.compile(input=str(source), output=str(out / "typst.pdf"))

    return make


def _chromium(pages: WholePages, out: Path, editions: list[Edition]) -> float:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  absent where no browser is

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()

        def make(edition: Edition) -> None:
            sheet = f"<style>{font_faces(edition)}\n{pages.sheet(edition).read_text('utf-8')}</style></head>"
            page = out / "page.html"
            page.write_text(pages.html(edition).replace("</head>", sheet), "utf-8")
            tab.goto(page.as_uri())
            tab.pdf(path=out / "chromium.pdf", prefer_css_page_size=True, tagged=True)

        milliseconds = _median_ms(make, editions)
        browser.close()
    return milliseconds


def _ours(catalog: Catalog, folder: Path, out: Path, editions: list[Edition]) -> float:
    press = HandoutPress(catalog, Cache(folder / "cache"))
    plate = press.open_plate(editions[0])
    for edition in editions:
        press.art(edition)

    def make(edition: Edition) -> None:
        (out / "ours.pdf").write_bytes(plate.print(edition).pdf)

    return _median_ms(make, editions)


def _plate(catalog: Catalog, folder: Path, editions: list[Edition]) -> float:
    """Typesetting a plate in a warm process, nothing of it cached."""
    press = HandoutPress(catalog, Cache(folder / "plates"))

    def make(edition: Edition) -> None:
        shutil.rmtree(folder / "plates" / "plates", ignore_errors=True)
        press.plate_file(edition)

    return _median_ms(make, editions)


def tables() -> list[Table]:
    """One table: milliseconds a PDF."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_chain(folder, BRANDS, 1)
        out = folder / "out"
        out.mkdir()
        catalog = load_catalog(find_project(folder), EditionFilter(formats=(FORMAT,)))
        editions = list(catalog.editions())
        few = editions[:SLOW]
        pages = WholePages(catalog)
        ours = _ours(catalog, folder, out, editions)
        peers = {
            "the plain WeasyPrint loop": _median_ms(_plain_loop(catalog, pages, out), few),
            "WeasyPrint's best loop (shared fonts, parsed styles)": _median_ms(_best_loop(pages, few[0], out), few),
            "Typst": _median_ms(_typst(catalog, few[0], out), few),
        }
        if shutil.which("chromium"):
            peers["warm headless Chromium"] = _chromium(pages, out, few)
        plate = _plate(catalog, folder, few[:6])
    rows = [("Handout Press, branding a cached plate", f"{ours:.2f}", "1")]
    rows += [(name, f"{taken:.1f}", f"{taken / ours:.0f}") for name, taken in peers.items()]
    plain = peers["the plain WeasyPrint loop"]
    rows.append(("Handout Press, typesetting a plate", f"{plate:.0f}", f"({plate / plain:.2f} of the plain loop)"))
    remark = "Codes, compression, hash and file included. Every brand has its own name, telephone, logo and addresses."
    return [Table("One branded PDF in a warm process", ("what", "ms a PDF", "× ours"), rows, remark)]
