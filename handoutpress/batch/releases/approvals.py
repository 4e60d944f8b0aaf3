"""Approvals: a brand may demand that someone of its own looks at its finished PDFs before they are released.

An approval holds for exactly the files that were approved. When one of them changes, or another is added, it lapses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handoutpress.batch.log.manifest import ManifestFile
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
    """The last approval of each brand, as ``folder`` keeps them. Raises ``HandoutError`` where they cannot be read."""
    try:
        content = json.loads((folder / NAME).read_bytes())
        return {brand: _approved(brand, one["by"], one["date"], one["files"]) for brand, one in content.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise HandoutError(f"{(folder / NAME).as_posix()} cannot be read. Hint: approve anew without it.") from None


def _approved(brand: str, by: str, day: str, files: Digests) -> Approved:
    return Approved(Approval(brand, by, date.fromisoformat(day)), files)


def note_approval(folder: Path, approved: Approved) -> None:
    """Keep an approval in the place of the brand's last one. Raises ``OSError``, and then nothing has changed."""
    known = {**read_approvals(folder), approved.approval.brand: approved}
    content = {
        brand: {"by": one.approval.by, "date": one.approval.day.isoformat(), "files": dict(one.files)}
        for brand, one in sorted(known.items())
    }
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / NAME, json.dumps(content, ensure_ascii=False, indent=1).encode())


def digests(files: Iterable[ManifestFile], brand: str) -> dict[str, str]:
    """What an approval of a brand covers: its PDFs."""
    return {made.path: made.sha256 for made in files if made.is_edition and made.label.brand == brand}


def lapsed(approved: Approved, files: Digests) -> str:
    """Why an approval does not hold for ``files``, in a sentence; "" where it holds."""
    new = [path for path in files if path not in approved.files]
    changed = [path for path in files if path in approved.files and approved.files[path] != files[path]]
    gone = [path for path in approved.files if path not in files]
    said = (("changed", changed), ("was added", new), ("is gone", gone))
    first = next(((what, paths) for what, paths in said if paths), None)
    if first is None:
        return ""
    what, paths = first
    others = len(new) + len(changed) + len(gone) - 1
    more = f" (and {others} more)" if others else ""
    one = approved.approval
    return f"{one.by} approved it on {one.day.isoformat()}, but since then {paths[0]} {what}{more}."
