"""Approvals: a brand may demand that someone of its own looks at its finished PDFs before they are released.

An approval holds for exactly the files that were approved. When one of them changes, or another is added, it lapses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handoutpress.batch.log.manifest import NOT_OURS
from handoutpress.batch.releases.release import Approval
from handoutpress.store.files import replace_file
from handoutpress.yamlfile.problems import HandoutError

NAME = "approvals.json"
Digests = Mapping[str, str]
"""The SHA-256 of some files, by path."""


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval with the files for which it holds."""

    approval: Approval
    files: Digests


def read_approvals(folder: Path) -> dict[str, Approved]:
    """Read the last approval of each brand from ``folder``. Raises ``HandoutError`` where they cannot be read."""
    try:
        content = json.loads((folder / NAME).read_bytes())
        return {brand: _approved(brand, entry) for brand, entry in content.items()}
    except FileNotFoundError:
        return {}
    except (OSError, *NOT_OURS):
        raise HandoutError(f"{(folder / NAME).as_posix()} cannot be read. Hint: approve anew without it.") from None


def _approved(brand: str, entry: Mapping[str, Any]) -> Approved:
    return Approved(Approval(brand, entry["by"], date.fromisoformat(entry["date"])), dict(entry["files"]))


def note_approval(folder: Path, approved: Approved) -> None:
    """Keep an approval in the place of the brand's last one. Raises ``OSError``, and then nothing has changed."""
    approvals = {**read_approvals(folder), approved.approval.brand: approved}
    content = {brand: _entry(approvals[brand]) for brand in sorted(approvals)}
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / NAME, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _entry(approved: Approved) -> dict[str, object]:
    approval = approved.approval
    return {"by": approval.by, "date": approval.day.isoformat(), "files": dict(approved.files)}


def lapsed(approved: Approved, files: Digests) -> str:
    """Return why an approval does not hold for ``files``, in a sentence; "" where it holds."""
    differences = list(_differences(approved.files, files))
    if not differences:
        return ""
    path, change = differences[0]
    further = f" (and {len(differences) - 1} more)" if len(differences) > 1 else ""
    approval = approved.approval
    return f"{approval.by} approved it on {approval.day.isoformat()}, but since then {path} {change}{further}."


def _differences(before: Digests, now: Digests) -> Iterator[tuple[str, str]]:
    """Yield each file that changed, was added or is gone, in this order, with words that say so."""
    yield from ((path, "changed") for path in now if path in before and before[path] != now[path])
    yield from ((path, "was added") for path in now if path not in before)
    yield from ((path, "is gone") for path in before if path not in now)
