"""The proof of one more brand on a proved plate: what it costs, and what the plate's stripped pages spare."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import FORMAT
from benchmarks.synthetic import make_chain
from benchmarks.tables import Table
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import PrintedPdf
from handoutpress.proof.brand.plate_facts import PlateFacts, art_of, learn
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import brand_words, expectations, wanted_codes, words_in_order
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache

BRANDS = 40
"""Brands that are proved on the plate; each kind of proof takes every one, in turn."""

Prints = list[tuple[Edition, PrintedPdf]]


def _facts(printed: PrintedPdf) -> PlateFacts:
    with FinishedPdf(Path(), printed.pdf) as pdf:
        return learn(pdf, printed.plate_bytes)


def _prove_brand(facts: PlateFacts) -> Callable[[Edition, PrintedPdf], None]:
    def proof(edition: Edition, printed: PrintedPdf) -> None:
        codes, words, in_order = wanted_codes(edition), brand_words(edition), words_in_order(edition)
        assert art_of(printed.pdf, facts, codes, words, in_order=in_order) is not None

    return proof


def _prove_whole(catalog: Catalog) -> Callable[[Edition, PrintedPdf], None]:
    def proof(edition: Edition, printed: PrintedPdf) -> None:
        path = Path("brand.pdf")
        assert not prove_data(path, printed.pdf, expectations(edition, catalog), tuple(CHECKS)).findings

    return proof


def _medians_ms(proofs: dict[str, Callable[[Edition, PrintedPdf], None]], prints: Prints) -> dict[str, float]:
    """Return the median of each proof in milliseconds; brand by brand, they take turns."""
    times: dict[str, list[float]] = {name: [] for name in proofs}
    for edition, printed in prints:
        for name, proof in proofs.items():
            start = time.perf_counter()
            proof(edition, printed)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds[1:]) * 1000 for name, seconds in times.items()}


def tables() -> list[Table]:
    """Return one table: milliseconds a brand."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_chain(folder, BRANDS, 1)
        catalog = load_catalog(find_project(folder), EditionFilter(formats=(FORMAT,)))
        press = HandoutPress(catalog, Cache(folder / "cache"))
        editions = list(catalog.editions())
        plate = press.open_plate(editions[0])
        prints = [(edition, plate.print(edition)) for edition in editions]
        facts = _facts(prints[0][1])
        proofs = {
            "on the plate's stripped pages": _prove_brand(facts),
            "on its pages as they are": _prove_brand(replace(facts, stripped=None)),
            "the whole PDF, all checks": _prove_whole(catalog),
        }
        medians = _medians_ms(proofs, prints)
    first = next(iter(medians.values()))
    rows = [(name, f"{median:.1f}", f"{median / first:.2f}") for name, median in medians.items()]
    remark = "A plate is proved in full with its first brand, each other brand as in the first row (`--proof plates`)."
    return [Table("The proof of one more brand on a plate", ("what is read", "ms a brand", "×"), rows, remark)]
