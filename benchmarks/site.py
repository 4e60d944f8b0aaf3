"""The site of a chain: all of it anew, nothing to do, and one article changed; without PDFs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import ROOT
from benchmarks.synthetic import make_chain, write_logo
from benchmarks.tables import Table

ARTICLE = """\
---
title: Practice {number}
summary: What it may do, and what can go wrong.
author: A. Writer
date: 2026-03-01
---

{text}
"""


def _text() -> str:
    return (ROOT / "articles/acupuncture.en.md").read_text("utf-8").split("---\n", 2)[2]


def make_site_chain(root: Path, brands: int, handouts: int) -> None:
    """Write the project of a chain with a site into the empty folder ``root``: each handout in two languages."""
    make_chain(root, brands, handouts)
    for path in root.glob("brands/*/_brand.yml"):
        lines = [line for line in path.read_text("utf-8").splitlines() if "article_url" not in line]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (root / "project.yaml").write_text("site: https://chain.example/{brand}\n", encoding="utf-8")
    (root / "articles").mkdir()
    for path in sorted(root.glob("handouts/*.en.yaml")):
        slug = path.name.partition(".")[0]
        shutil.copy(path, path.with_name(f"{slug}.es.yaml"))
        text = ARTICLE.format(number=slug, text=_text())
        (root / "articles" / f"{slug}.en.md").write_text(text, encoding="utf-8")


def run(project: Path) -> tuple[str, str]:
    """Make the site by the command; return the seconds that it took, by the clock and of processors."""
    command = [sys.executable, str(ROOT / "generate.py"), "site", "--project", str(project)]
    os.sync()
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - start, os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return f"{seconds:.1f} s", f"{worked:.1f} s"


def _change_article(project: Path) -> None:
    article = project / "articles/practice-1.en.md"
    text = article.read_text("utf-8").replace("Needles", "Thin needles", 1)
    article.write_text(f"{text}\nMore.\n", encoding="utf-8")


def _change_clinic(project: Path) -> None:
    write_logo(project / "brands" / "clinic-0000", 0, turn=1)
    path = project / "brands/clinic-0000/_brand.yml"
    path.write_text(path.read_text("utf-8").replace("01632", "01633"), encoding="utf-8")


def tables(brands: int, handouts: int) -> list[Table]:
    """One table: the site of a chain."""
    with TemporaryDirectory() as name:
        project = Path(name) / "chain"
        project.mkdir()
        make_site_chain(project, brands, handouts)
        first = run(project)
        shutil.rmtree(project / "site")
        again = run(project)
        nothing = run(project)
        _change_clinic(project)
        clinic = run(project)
        _change_article(project)
        article = run(project)
        files = [path for path in (project / "site").rglob("*") if path.is_file()]
        heaviest = max(path.stat().st_size for path in files if path.suffix == ".html")
    rows = [
        (f"all {len(files):,} files, brands read and their words checked for the first time", *first),
        ("all of them, brands as a build has read them", *again),
        ("nothing to do", *nothing),
        ("a clinic's telephone and logo changed", *clinic),
        ("one article changed, on the pages of every clinic", *article),
        ("the heaviest page", f"{heaviest / 1000:.0f} kB", ""),
    ]
    remark = f"{brands:,} clinics × {handouts} handouts × 2 languages; whole processes, no PDFs."
    return [Table("The site of a chain", ("what", "by the clock", "processors"), rows, remark)]
