"""From the start of a process to one PDF: our press, a minimal WeasyPrint script, and headless Chromium."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import FORMAT, ROOT, WholePages, font_faces, shipped
from benchmarks.tables import Table
from handoutpress.app.project import CACHE

RUNS = 5
HANDOUT, BRAND = "acupuncture", "harbour-osteopathy"
CHROMIUM = ("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")
SCRIPT = "minimal WeasyPrint script"
WITHOUT_TYPESETTING = ("fontconfig", "brands", "checks", "subsets")
"""What our cache keeps that spares no typesetting. The system keeps fontconfig's for the other processes too."""


@dataclass(frozen=True)
class Process:
    """A command from its start to its PDF, and what to do before each start."""

    command: list[str]
    before: Callable[[], None] = lambda: None

    def seconds(self) -> float:
        """The wall time of one whole process. Python keeps what it compiled, as on a machine that is used."""
        self.before()
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        start = time.perf_counter()
        subprocess.run(
            self.command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return time.perf_counter() - start


def _medians(processes: Mapping[str, Process]) -> dict[str, float]:
    """The median of each process's seconds: in turn, so that a machine whose speed drifts is fair to all."""
    rounds = [{name: process.seconds() for name, process in processes.items()} for _ in range(RUNS + 1)]
    return {name: statistics.median(taken[name] for taken in rounds[1:]) for name in processes}


def _forget(cache: Path, kept: Collection[str]) -> None:
    for path in cache.glob("*"):
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _project(folder: Path) -> None:
    """A project with the one handout and brand, so that its cache is its own."""
    for name in ("handouts", "brands"):
        (folder / name).mkdir()
    shutil.copy(ROOT / "handouts" / f"{HANDOUT}.en.yaml", folder / "handouts")
    shutil.copy(ROOT / "references.yaml", folder)
    shutil.copytree(ROOT / "brands" / BRAND, folder / "brands" / BRAND)


def _processes(folder: Path) -> dict[str, Process]:
    catalog, edition = shipped(HANDOUT, BRAND)
    pages = WholePages(catalog)
    sheet = pages.sheet(edition).read_text("utf-8")
    page = folder / "page.html"
    page.write_text(
        pages.html(edition).replace("</head>", f"<style>{font_faces(edition)}\n{sheet}</style></head>"), "utf-8"
    )
    cache = folder / CACHE
    options = ("--format", FORMAT, "--no-html", "--force", "--proof", "none")  # as the others
    ours = [sys.executable, "generate.py", "build", "--project", str(folder), *options]
    script = [sys.executable, "benchmarks/minimal_weasyprint.py", str(page), str(folder / "minimal.pdf")]
    processes = {
        "Handout Press, first run of a project": Process(ours, partial(_forget, cache, ("fontconfig",))),
        "Handout Press, plate and art to typeset": Process(ours, partial(_forget, cache, WITHOUT_TYPESETTING)),
        "Handout Press, plate cached": Process(ours),
        SCRIPT: Process(script),
    }
    if shutil.which("chromium"):
        profile = f"--user-data-dir={folder / 'chromium'}"
        target = f"--print-to-pdf={folder / 'chromium.pdf'}"
        processes["headless Chromium"] = Process([*CHROMIUM, profile, target, page.as_uri()])
    return processes


def tables() -> list[Table]:
    """One table: seconds from start to PDF."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _project(folder)
        rows = _medians(_processes(folder))
    least = rows[SCRIPT]
    return [
        Table(
            "From the start of a process to one PDF",
            ("what", "seconds", "× the WeasyPrint script"),
            [(name, f"{seconds:.2f}", f"{seconds / least:.2f}") for name, seconds in rows.items()],
            f"Median of {RUNS} whole processes, the same acupuncture leaflet, PDF/UA-1 and both codes.",
        )
    ]
