"""A table of what came of the first rows, by kind: ``PYTHONPATH=tests/support python -m layout_matrix.table 100 7``."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from handoutpress.store.cache import Cache
from layout_matrix.combinations import LANGUAGES, combinations
from layout_matrix.printing import Built, MatrixProject, printable


def kind_of(sentence: str) -> str:
    """Return what a finding or refusal says, without what differs from one to the next."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"|'[^']*'|\d+([.,]\d+)*", "…", sentence)[:110]


def main(count: int, seed: int, keep: Path | None) -> None:
    kinds: dict[str, list[Built]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        rows = list(islice(combinations(seed, printable(LANGUAGES)), count))
        project = MatrixProject(Path(folder) / "project", rows, Cache(Path(folder) / "cache"))
        for number, row in enumerate(rows):
            (built,) = project.built([row])
            if keep and (built.findings or built.refusal):
                (keep / f"{number:04}.txt").write_text(f"{row}\n{built.refusal}{built.findings}\n", encoding="utf-8")
                (keep / f"{number:04}.pdf").write_bytes(project.pdf(row) if built.findings else b"")
            kinds[kind_of(built.refusal or built.findings) or "right"].append(built)
    for kind, all_built in sorted(kinds.items(), key=lambda item: -len(item[1])):
        sys.stdout.write(f"{len(all_built):5}  {kind}\n")
        for built in all_built[: 4 * (kind != "right")]:
            sys.stdout.write(f"         {built.row}\n           {built.refusal}{built.findings}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
