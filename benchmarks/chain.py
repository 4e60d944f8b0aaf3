"""A chain's day: many PDFs, nothing to do, one logo changed, one core against two."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import FORMAT, ROOT
from benchmarks.synthetic import make_chain, write_logo
from benchmarks.tables import Table
from handoutpress.app.project import CACHE

UNPROVED = ("--proof", "none")
LOOK = 0.05
"""Seconds between two looks at the memory of the processes."""


@dataclass(frozen=True)
class Run:
    """One whole process with its workers: wall seconds, and the peaks of memory in MB."""

    seconds: float
    parent: float
    worker: float


def _descendants(root: int) -> dict[int, float]:
    """Peak resident memory in MB of a process and all below it, by process id (Linux)."""
    parents, peaks = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = dict(line.split(":", 1) for line in (entry / "status").read_text().splitlines() if ":" in line)
            except OSError:
                continue
            parents[int(entry.name)] = int(status["PPid"])
            peaks[int(entry.name)] = int(status.get("VmHWM", "0 kB").split()[0]) / 1024
    below = {root}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return {pid: peaks[pid] for pid in below if pid in peaks}


def build(project: Path, *options: str) -> Run:
    """Run ``handouts build`` on a project, and watch its memory. What earlier runs wrote is on the disk first."""
    command = [sys.executable, str(ROOT / "generate.py"), "build", "--project", str(project), "--format", FORMAT]
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--no-html", *options], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peaks: dict[int, float] = {}

    def look() -> None:
        while process.poll() is None:
            for pid, peak in _descendants(process.pid).items():
                peaks[pid] = max(peak, peaks.get(pid, 0))
            time.sleep(LOOK)

    watcher = threading.Thread(target=look)
    watcher.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - start
    watcher.join()
    if process.returncode:
        raise SystemExit(errors.decode())
    parent = peaks.pop(process.pid, 0.0)
    return Run(seconds, parent, max(peaks.values(), default=0.0))


def _forget_outputs(project: Path) -> None:
    shutil.rmtree(project / "out", ignore_errors=True)


def _proved(project: Path) -> Run:
    """The same chain made afresh, each plate and each brand proved once before anything is written."""
    _forget_outputs(project)
    shutil.rmtree(project / CACHE)
    return build(project, "--proof", "plates")


@dataclass(frozen=True)
class Day:
    """What happened to a chain: runs of it all, of a quarter, and of what little had changed."""

    small: Run
    first: Run
    nothing: Run
    logo: Run
    two: Run
    one: Run
    proved: Run
    plates: int
    remade: int
    size: float


def _day(folder: Path, brands: int, handouts: int) -> Day:
    whole, quarter = folder / "whole", folder / "quarter"
    for project, number in ((whole, brands), (quarter, brands // 4)):
        project.mkdir()
        make_chain(project, number, handouts)
    small = build(quarter, *UNPROVED)
    first = build(whole, *UNPROVED)
    plates = len(list((whole / CACHE / "plates").glob("*/*")))
    before = {path: path.stat().st_mtime_ns for path in (whole / "out").rglob("*.pdf")}
    write_logo(whole / "brands" / "clinic-0000", 0, turn=1)
    logo = build(whole, *UNPROVED)
    remade = sum(path.stat().st_mtime_ns != taken for path, taken in before.items())
    _forget_outputs(whole)
    two = build(whole, *UNPROVED, "--jobs", "2")
    _forget_outputs(whole)
    one = build(whole, *UNPROVED, "--jobs", "1")
    proved = _proved(whole)
    size = sum(path.stat().st_size for path in (whole / "out").rglob("*.pdf")) / len(before) / 1000
    nothing = _nothing(whole, brands // 2)
    return Day(small, first, nothing, logo, two, one, proved, plates, remade, size)


def _nothing(project: Path, brands: int) -> Run:
    """A run with nothing to do, of a chain with only so many brands left, whose log knows no others."""
    for closed in sorted((project / "brands").iterdir())[brands:]:
        shutil.rmtree(closed)
    build(project, *UNPROVED, "--prune")
    return build(project, *UNPROVED)


def tables(brands: int, handouts: int) -> list[Table]:
    """One table: a chain of ``brands`` × ``handouts`` and a quarter of it."""
    with TemporaryDirectory() as name:
        day = _day(Path(name), brands, handouts)
    total, part = brands * handouts, brands // 4 * handouts
    first, small = day.first, day.small
    growth = (first.worker / small.worker - 1) * 100 if small.worker else 0.0
    more = (day.proved.seconds / first.seconds - 1) * 100
    rows = [
        (f"{total:,} PDFs, nothing cached", f"{first.seconds:.1f} s", f"{total / first.seconds:.0f} a second"),
        (f"{part:,} PDFs, nothing cached", f"{small.seconds:.1f} s", f"ratio {first.seconds / small.seconds:.2f}"),
        ("peak memory of a worker", f"{first.worker:.0f} MB", f"{growth:+.0f}% from {part:,} to {total:,}"),
        ("plates made", f"{day.plates}", f"for {handouts} handouts in one language and format"),
        (f"{total:,} PDFs with --proof plates", f"{day.proved.seconds:.1f} s", f"{more:+.0f}%"),
        (
            f"nothing to do, {brands // 2 * handouts:,} editions",
            f"{day.nothing.seconds:.2f} s",
            f"{day.nothing.parent:.0f} MB",
        ),
        ("one brand's logo changed", f"{day.logo.seconds:.2f} s", f"{day.remade} PDFs made"),
        (
            "two cores, plates cached",
            f"{day.two.seconds:.1f} s",
            f"{day.one.seconds / day.two.seconds:.2f} × one core",
        ),
        ("size of a PDF", f"{day.size:.0f} kB", ""),
    ]
    remark = f"{brands:,} brands × {handouts} handouts; whole processes, {len(os.sched_getaffinity(0))} cores."
    return [Table("A chain's day", ("what", "measured", ""), rows, remark)]
