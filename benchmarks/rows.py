"""Clinics that stay rows of ``brands/clinics.csv``: what loading all of them takes, each time in a new process."""

from __future__ import annotations

import csv
import multiprocessing
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.synthetic import TOWNS, make_chain
from benchmarks.tables import Table

CLINICS = 10_000
CHANGED = 30
CHAIN = """\
meta: {name: Moorland, link: https://moorland.example}
color: {primary: "#2f4858"}
defaults: {handout: {country: gb}}
"""
HEADS = ("Clinic", "Short name", "Extends", "Street", "Town", "Telephone", "Email", "Website", "Opening hours")


def _row(number: int, street: str) -> tuple[str, ...]:
    short, site = f"Clinic {number}", f"clinic-{number:05d}.example"
    names = f"Moorland Clinic {number}", short, "chain"
    contact = f"01632 9{number:05d}", f"hello@{site}", f"https://{site}", "Monday to Friday, 9 am to 5 pm"
    return (*names, f"{number} {street}", TOWNS[number % len(TOWNS)], *contact)


def _write_sheet(root: Path, changed: int) -> None:
    with (root / "brands/clinics.csv").open("w", encoding="utf-8", newline="") as file:
        rows = (_row(number, "New Street" if number < changed else "High Street") for number in range(CLINICS))
        csv.writer(file).writerows((HEADS, *rows))


def _load(root: Path) -> float:
    """Return the seconds of processor time of loading a project with what it needs of our modules."""
    from handoutpress.app.project import open_catalog, open_project  # noqa: PLC0415
    from handoutpress.store.garbage_collector import collect_rarely  # noqa: PLC0415

    collect_rarely()
    started = time.process_time()
    catalog = open_catalog(open_project(root))
    seconds = time.process_time() - started
    if len(catalog.brands) != CLINICS + 1 or catalog.problems:
        raise ValueError(f"{len(catalog.brands)} brands, {catalog.problems[:3]}")
    return seconds


def tables() -> list[Table]:
    """Measure loading them the first time, unchanged, and with some rows changed."""
    with TemporaryDirectory() as name:
        root = Path(name)
        make_chain(root, 0, 1)
        (root / "brands/chain").mkdir(parents=True)
        (root / "brands/chain/_brand.yml").write_text(CHAIN)
        rows = [_timed(root, said, changed) for said, changed in (("the first time", 0), ("unchanged", 0))]
        rows.append(_timed(root, f"{CHANGED} rows changed", CHANGED))
    return [Table(f"A sheet of {CLINICS:,} clinics that stay rows", ("loading all of them", "processor time"), rows)]


def _timed(root: Path, said: str, changed: int) -> tuple[str, str]:
    _write_sheet(root, changed)
    with multiprocessing.get_context("spawn").Pool(1) as process:
        return said, f"{process.apply(_load, (root,)):.2f} s"
