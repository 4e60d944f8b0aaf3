"""From an edit to the finished page in a warm process: of a text, whose plate is set anew, and of a brand."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import FORMAT, ROOT
from benchmarks.synthetic import write_logo
from benchmarks.tables import Table
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project
from handoutpress.press.press import HandoutPress
from handoutpress.store.cache import Cache

EDITS = 20
HANDOUT, BRAND = "acupuncture", "harbour-osteopathy"
ASKED = "Ask us"
"""Words of the text, behind which a number is written."""


def begin_project(folder: Path) -> None:
    """Begin a project of one handout and one brand."""
    for name in ("handouts", "brands"):
        (folder / name).mkdir()
    shutil.copy(ROOT / "handouts" / f"{HANDOUT}.en.yaml", folder / "handouts")
    shutil.copytree(ROOT / "articles", folder / "articles")
    shutil.copy(ROOT / "references.yaml", folder)
    shutil.copytree(ROOT / "brands" / BRAND, folder / "brands" / BRAND)


def _edit_text(folder: Path, number: int) -> None:
    source = (ROOT / "handouts" / f"{HANDOUT}.en.yaml").read_text("utf-8")
    text = source.replace(ASKED, f"{ASKED}, at visit {number},", 1)
    (folder / "handouts" / f"{HANDOUT}.en.yaml").write_text(text, "utf-8")


def _edit_brand(folder: Path, number: int) -> None:
    write_logo(folder / "brands" / BRAND, number, turn=number)


def _print(folder: Path, cache: Cache) -> None:
    """Read the project and print its edition, as whoever shows the page beside its text does after an edit."""
    catalog = load_catalog(find_project(folder), EditionFilter(formats=(FORMAT,)))
    edition = next(catalog.editions())
    printed = HandoutPress(catalog, cache).open_plate(edition).print(edition)
    (folder / "page.pdf").write_bytes(printed.pdf)


def _taken(folder: Path, cache: Cache, edit: Callable[[Path, int], None]) -> list[float]:
    seconds = []
    for number in range(EDITS + 1):
        edit(folder, number)
        start = time.perf_counter()
        _print(folder, cache)
        seconds.append(time.perf_counter() - start)
    return seconds[1:]


def tables() -> list[Table]:
    """One table: seconds from an edit to its page, the median and the slowest but one in twenty."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        begin_project(folder)
        cache = Cache(folder / "cache")
        _print(folder, cache)
        taken = {"a text": _taken(folder, cache, _edit_text), "a brand's logo": _taken(folder, cache, _edit_brand)}
    rows = [
        (what, f"{statistics.median(seconds):.2f}", f"{statistics.quantiles(seconds, n=20)[-1]:.2f}")
        for what, seconds in taken.items()
    ]
    remark = f"{EDITS} edits each of the {HANDOUT} leaflet; reading the project is part of it."
    return [Table("From an edit to the page", ("edited", "seconds, median", "95 of 100 within"), rows, remark)]
