"""``make bench``: print the tables, and with ``--write`` keep them in docs/performance.md."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    branding,
    chain,
    cluster,
    cold,
    edit,
    first_build,
    importing,
    layouts,
    proving,
    rows,
    site,
    studio,
)
from benchmarks.tables import Table, machine, page

PARTS: dict[str, Callable[[int, int], list[Table]]] = {
    "cold": lambda _brands, _handouts: cold.tables(),
    "branding": lambda _brands, _handouts: branding.tables(),
    "edit": lambda _brands, _handouts: edit.tables(),
    "studio": lambda _brands, _handouts: studio.tables(),
    "first-build": lambda _brands, _handouts: first_build.tables(),
    "layouts": lambda _brands, _handouts: layouts.tables(),
    "importing": lambda _brands, _handouts: importing.tables(),
    "proving": lambda _brands, _handouts: proving.tables(),
    "rows": lambda _brands, _handouts: rows.tables(),
    "chain": chain.tables,
    "cluster": lambda _brands, _handouts: cluster.tables(),
    "site": site.tables,
}
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def main() -> None:
    """Measure what was asked for, everything if nothing was."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help=f"{', '.join(PARTS)}; none means all")
    parser.add_argument("--brands", type=int, default=1000, help="brands of the chain")
    parser.add_argument("--handouts", type=int, default=20, help="handouts of the chain")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md; of it, the parts asked for")
    asked = parser.parse_args()
    tables: list[Table] = []
    for name in asked.part or PARTS:
        for table in PARTS[name](asked.brands, asked.handouts):
            print(table.text(), flush=True)
            tables.append(table)
    if asked.write:
        DOCUMENT.write_text(page(tables, DOCUMENT.read_text("utf-8") if asked.part else ""), "utf-8")
    print(machine())


if __name__ == "__main__":
    main()
