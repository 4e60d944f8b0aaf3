"""Tables of figures, as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

INTRODUCTION = """\
# Performance

Each table below comes from a run of `make bench`, or of a part of it, our press and its peers side by side. Times swing
with the machine; the ratios matter. `python -m benchmarks cold` (or `branding`, `edit`, `first-build`, `layouts`,
`importing`, `proving`, `rows`, `chain`, `cluster`, `site`) measures a part.
"""


@dataclass
class Table:
    """One table: what was measured, a row each, and a remark below it."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]] = ()
    remark: str = ""

    def text(self) -> str:
        """The table as Markdown."""
        head = [f"\n## {self.title}\n", _row(self.columns), _row(["---"] * len(self.columns))]
        remark = [f"\n{self.remark}"] if self.remark else []
        return "\n".join([*head, *map(_row, self.rows), *remark])


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """What this was measured on."""
    return f"\nPython {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}."


def page(tables: list[Table], before: str = "") -> str:
    """The page docs/performance.md with these tables, each in the place of that with its title ``before``."""
    start, *sections = before.removesuffix(f"{machine()}\n").rstrip("\n").split("\n## ") if before else [INTRODUCTION]
    kept = {section.partition("\n")[0]: f"\n## {section}" for section in sections}
    kept |= {table.title: table.text() for table in tables}
    return "\n".join([start.rstrip("\n"), *(text.rstrip("\n") for text in kept.values())]) + "\n" + machine() + "\n"
