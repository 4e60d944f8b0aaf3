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
from benchmarks.synthetic import make_chain
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


def run(project: Path) -> float:
    """Make the site by the command; return the seconds that it took."""
    command = [sys.executable, str(ROOT / "generate.py"), "site", "--project", str(project)]
    os.sync()
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def tables(brands: int, handouts: int) -> list[Table]:
    """One table: the site of a chain."""
    with TemporaryDirectory() as name:
        project = Path(name) / "chain"
        project.mkdir()
        make_site_chain(project, brands, handouts)
        first = run(project)
        nothing = run(project)
        article = project / "articles/practice-1.en.md"
        article.write_text(
            article.read_text("utf-8").replace("Needles", "Thin needles", 1) + "\nMore.\n", encoding="utf-8"
        )
        changed = run(project)
        files = [path for path in (project / "site").rglob("*") if path.is_file()]
        heaviest = max(path.stat().st_size for path in files if path.suffix == ".html")
    rows = [
        (f"all {len(files):,} files", f"{first:.1f} s"),
        ("nothing to do", f"{nothing:.2f} s"),
        ("one article changed", f"{changed:.2f} s"),
        ("the heaviest page", f"{heaviest / 1000:.0f} kB"),
    ]
    remark = f"{brands:,} clinics × {handouts} handouts × 2 languages; whole processes, no PDFs."
    return [Table("The site of a chain", ("what", "measured"), rows, remark)]
