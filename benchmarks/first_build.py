"""A first build of all shipped editions beside the plain WeasyPrint loop of the same editions, on the same cores.

The loop sets each page once, as its format wishes it, whether it fits or not, with its codes; it runs in as many
processes as there are cores. ``python -m benchmarks.first_build FOLDER 0 2`` is the first of two such processes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.layouts import one_edition_a_plate
from benchmarks.pages import ROOT, WholePages, font_faces, library_code
from benchmarks.tables import Table
from handoutpress.app.project import CACHE
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project
from handoutpress.store.cache import Cache

CONTENT = ("handouts", "articles", "brands")
FILES = ("references.yaml", "project.yaml")


def plain_loop(folder: Path, part: int, parts: int) -> None:
    """Make every ``parts``-th edition from ``part`` on into ``folder``, each from its own HTML and styles."""
    import weasyprint  # noqa: PLC0415  only here: our own build loads it when it needs it
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    catalog = load_catalog(find_project(ROOT))
    pages = WholePages(catalog)
    for number, edition in enumerate(list(catalog.editions())[part::parts]):
        fonts = FontConfiguration()
        sheet = "\n".join([font_faces(edition), *(path.read_text("utf-8") for path in pages.sheets(edition))])
        css = weasyprint.CSS(string=sheet, font_config=fonts)
        html = weasyprint.HTML(string=pages.html(edition, library_code))
        target = folder / f"{part}-{number}.pdf"
        html.write_pdf(target, stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")


def _seconds(commands: list[list[str]]) -> float:
    """The wall time of commands that run at the same time."""
    start = time.perf_counter()
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for command in commands]
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("A part of the benchmark failed.")
    return time.perf_counter() - start


def _project(folder: Path) -> None:
    for name in CONTENT:
        shutil.copytree(ROOT / name, folder / name)
    for name in FILES:
        shutil.copy(ROOT / name, folder)


def tables() -> list[Table]:
    """One table: seconds for all shipped editions, nothing cached, ours and the loop in turn."""
    cores = len(os.sched_getaffinity(0))
    catalog = load_catalog(find_project(ROOT))
    with TemporaryDirectory() as name:
        folder = Path(name)
        _project(folder)
        plates = len(one_edition_a_plate(catalog, Cache(folder / "none")))
        options = ("--no-html", "--proof", "none", "--force", "--jobs", str(cores))  # as the loop: no HTML, no proof
        ours = [[sys.executable, "generate.py", "build", "--project", str(folder), *options]]
        loop = [
            [sys.executable, "-m", "benchmarks.first_build", str(folder), str(part), str(cores)]
            for part in range(cores)
        ]
        build = _seconds(ours)
        cached = sum(path.is_file() for path in (folder / CACHE).rglob("*"))
        plain = _seconds(loop)
    rows = [
        ("Handout Press, first build", f"{build:.1f}", f"{build / plain:.2f}"),
        ("the plain WeasyPrint loop", f"{plain:.1f}", "1.00"),
    ]
    editions = len(list(catalog.editions()))
    remark = (
        f"{editions} editions on {plates} plates, {cores} processes each; {cached} files cached for the next build."
    )
    return [Table("A first build of all shipped editions", ("what", "seconds", "× the loop"), rows, remark)]


if __name__ == "__main__":
    plain_loop(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
