"""A first build of all shipped editions beside the plain WeasyPrint loop of the same editions, on the same cores.

The loop sets each page once, as its format wishes it, whether it fits or not, with its codes; it runs in as many
processes as there are cores. ``python -m benchmarks.first_build FOLDER 0 2`` is the first of two such processes. On a
machine that has other work to do, the processor time tells more than the seconds that passed.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.layouts import one_edition_a_plate
from benchmarks.pages import ROOT, WholePages, font_faces, library_code
from benchmarks.tables import Table
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project
from handoutpress.store.cache import Cache

CONTENT = ("handouts", "articles", "brands")
FILES = ("references.yaml", "project.yaml")


def plain_loop(folder: Path, part: int, parts: int, only: Sequence[str]) -> None:
    """Make every ``parts``-th edition from ``part`` on into ``folder``, each from its own HTML and styles.

    Of the handouts ``only`` these are made, or all if there are none.
    """
    import weasyprint  # noqa: PLC0415  only here: our own build loads it when it needs it
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    catalog = load_catalog(find_project(ROOT))
    pages = WholePages(catalog)
    for number, edition in enumerate(_editions(catalog, only)[part::parts]):
        fonts = FontConfiguration()
        sheet = "\n".join([font_faces(edition), *(path.read_text("utf-8") for path in pages.sheets(edition))])
        css = weasyprint.CSS(string=sheet, font_config=fonts)
        html = weasyprint.HTML(string=pages.html(edition, library_code))
        target = folder / f"{part}-{number}.pdf"
        html.write_pdf(target, stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")


def _editions(catalog: Catalog, only: Sequence[str]) -> list[Edition]:
    return [edition for edition in catalog.editions() if not only or edition.handout_slug in only]


def _seconds(commands: list[list[str]]) -> tuple[float, float]:
    """The wall time of commands that run at the same time, and their processor time."""
    start, before = time.perf_counter(), _processor_time()
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for command in commands]
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("A part of the benchmark failed.")
    return time.perf_counter() - start, _processor_time() - before


def _processor_time() -> float:
    """The processor time of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _project(folder: Path) -> None:
    for name in CONTENT:
        shutil.copytree(ROOT / name, folder / name)
    for name in FILES:
        shutil.copy(ROOT / name, folder)


def tables(only: Sequence[str] = ()) -> list[Table]:
    """One table: seconds for all shipped editions or those of the handouts ``only``, nothing cached: ours, the loop."""
    cores = len(os.sched_getaffinity(0))
    catalog = load_catalog(find_project(ROOT))
    with TemporaryDirectory() as name:
        folder = Path(name)
        _project(folder)
        options = ("--no-html", "--proof", "none", "--force", "--jobs", str(cores))  # as the loop: no HTML, no proof
        build = _seconds([[sys.executable, "generate.py", "build", *only, "--project", str(folder), *options]])
        part = [sys.executable, "-m", "benchmarks.first_build", str(folder)]
        plain = _seconds([[*part, str(number), str(cores), *only] for number in range(cores)])
        editions = _editions(catalog, only)
        plates = sum(edition in editions for edition in one_edition_a_plate(catalog, Cache(folder / "none")))
    remark = f"{len(editions)} editions on {plates} plates, {cores} processes each."
    columns = ("what", "seconds", "× the loop", "processor time", "× the loop")
    rows = [_row("Handout Press, first build", build, plain), _row("the plain WeasyPrint loop", plain, plain)]
    return [Table("A first build of all shipped editions", columns, rows, remark)]


def _row(what: str, taken: tuple[float, float], plain: tuple[float, float]) -> tuple[str, ...]:
    ratios = zip(taken, plain, strict=True)
    return what, *(text for mine, others in ratios for text in (f"{mine:.1f}", f"{mine / others:.2f}"))


if __name__ == "__main__":
    plain_loop(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
