"""A table of what came of the first rows, by kind: ``PYTHONPATH=tests/support python -m layout_matrix.table 100 7``."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from handoutpress.store.cache import Cache
from layout_matrix.combinations import combinations
from layout_matrix.printing import MatrixProject, Printed


def kind_of(sentence: str) -> str:
    """Return what a finding or refusal says, without what differs from one to the next."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"|'[^']*'|\d+([.,]\d+)*", "…", sentence)[:110]


def main(count: int, seed: int, keep: Path | None) -> None:
    kinds: dict[str, list[Printed]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        rows = list(islice(combinations(seed), count))
        project = MatrixProject(Path(folder) / "project", rows, Cache(Path(folder) / "cache"))
        for number, row in enumerate(rows):
            printed = project.printed(row)
            if keep and (printed.findings or printed.refusal):
                (keep / f"{number:04}.txt").write_text(f"{row}\n{printed.refusal or chr(10).join(printed.findings)}\n")
                (keep / f"{number:04}.pdf").write_bytes(printed.pdf)
            for kind in {kind_of(told) for told in (printed.refusal, *printed.findings) if told} or {"right"}:
                kinds[kind].append(printed)
    for kind, all_printed in sorted(kinds.items(), key=lambda item: -len(item[1])):
        sys.stdout.write(f"{len(all_printed):5}  {kind}\n")
        for printed in all_printed[: 4 * (kind != "right")]:
            told = printed.refusal or next(finding for finding in printed.findings if kind_of(finding) == kind)
            sys.stdout.write(f"         {printed.row}\n           {told}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
