"""A chain that the real press prints: clinics that differ in their names, and as many handouts as wanted."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Any

from press_room import BRAND, HANDOUT, change, printable


def chain_in(folder: Path, brands: int = 3, handouts: int = 2) -> Path:
    """Write the project of a chain into a new folder; a third handout and those after it are the first, retitled."""
    root = printable(folder)
    for number in range(1, brands):
        shutil.copytree((root / BRAND).parent, root / f"brands/hill-{number}")
        change(root / f"brands/hill-{number}/_brand.yml", partial(_as_clinic, number))
    for number in range(3, handouts + 1):
        path = root / f"handouts/warm-tea-{number}.en.yaml"
        shutil.copy(root / HANDOUT, path)
        change(path, partial(_retitle, number))
    return root


def _as_clinic(number: int, brand: Any) -> None:
    brand["meta"]["name"] = f"Clinic {number}"


def _retitle(number: int, handout: Any) -> None:
    handout["title"] = f"{handout['title']} {number}"
