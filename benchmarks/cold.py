"""From the start of a process to one PDF: our press, a minimal WeasyPrint script, and headless Chromium."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import FORMAT, ROOT, WholePages, font_faces, shipped
from benchmarks.tables import Table

RUNS = 5
HANDOUT, BRAND = "acupuncture", "harbour-osteopathy"
CHROMIUM = ("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")


def _seconds(command: list[str], before: Callable[[], None] = lambda: None) -> float:
    """The median wall time of a whole process over the runs."""
    times = []
    for _ in range(RUNS):
        before()
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _project(folder: Path) -> None:
    """A project with the one handout and brand, so that its cache is its own."""
    for name in ("handouts", "brands"):
        (folder / name).mkdir()
    shutil.copy(ROOT / "handouts" / f"{HANDOUT}.en.yaml", folder / "handouts")
    shutil.copy(ROOT / "references.yaml", folder)
    shutil.copytree(ROOT / "brands" / BRAND, folder / "brands" / BRAND)


def tables() -> list[Table]:
    """One table: seconds from start to PDF."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _project(folder)
        catalog, edition = shipped(HANDOUT, BRAND)
        pages = WholePages(catalog)
        sheet = pages.sheet(edition).read_text("utf-8")
        page = folder / "page.html"
        page.write_text(
            pages.html(edition).replace("</head>", f"<style>{font_faces(edition)}\n{sheet}</style></head>"), "utf-8"
        )
        ours = [sys.executable, "generate.py", "build", "--project", name, "--format", FORMAT, "--no-html", "--force"]

        def forget() -> None:
            shutil.rmtree(folder / ".handoutpress" / "plates", ignore_errors=True)
            shutil.rmtree(folder / ".handoutpress" / "art", ignore_errors=True)

        rows = {
            "Handout Press, nothing at hand": _seconds(ours, forget),
            "Handout Press, plate at hand": _seconds(ours),
            "minimal WeasyPrint script": _seconds(
                [sys.executable, "benchmarks/minimal_weasyprint.py", str(page), str(folder / "minimal.pdf")]
            ),
        }
        if shutil.which("chromium"):
            profile = f"--user-data-dir={folder / 'chromium'}"
            target = f"--print-to-pdf={folder / 'chromium.pdf'}"
            rows["headless Chromium"] = _seconds([*CHROMIUM, profile, target, page.as_uri()])
    least = rows["minimal WeasyPrint script"]
    return [
        Table(
            "From the start of a process to one PDF",
            ("what", "seconds", "× the WeasyPrint script"),
            [(name, f"{seconds:.2f}", f"{seconds / least:.2f}") for name, seconds in rows.items()],
            f"Median of {RUNS} whole processes, the same acupuncture leaflet, PDF/UA-1 and both codes.",
        )
    ]
