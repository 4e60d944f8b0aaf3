"""The small clinic's project, with a case laid over it."""

from __future__ import annotations

import shutil
from pathlib import Path

from handoutpress.content.project import Project, builtin_root

CASES = Path(__file__).parents[1] / "cases"


def lay_out(folder: Path, *overlays: Path) -> Project:
    """The clinic's project with ``overlays`` laid over it, in a folder of its own."""
    for overlay in (CASES / "clinic", *overlays):
        shutil.copytree(overlay, folder / "project", dirs_exist_ok=True)
    return Project((folder / "project").resolve(), builtin_root())
