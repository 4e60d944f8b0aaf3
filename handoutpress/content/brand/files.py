"""The files that a brand names, logos and fonts: found under any spelling of their names, inside the project only."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from handoutpress.content.project import Project
from handoutpress.yamlfile.nearest import nearest

FILE_NAME = "_brand.yml"
PUT_INTO_BRAND = "check its name, or put it into the brand's folder."
LONGEST_NAME = 255
"""Bytes of a file's name, on all usual disks."""


def inside(folder: Path, name: str, project: Project) -> Path:
    """Return the file ``name``, as a brand file in ``folder`` writes it, if it lies in the project.

    Raises ``ValueError`` with what is wrong, as it reads after the file's name, and after " Hint: " what to do.
    """
    if "://" in name or name.startswith(("data:", "//")):
        raise ValueError("is an address, and nothing is ever fetched. Hint: save the file in the brand's folder.")
    path = Path(os.path.normpath(f"{folder}/{name}"))
    if any(len(os.fsencode(part)) > LONGEST_NAME for part in path.parts):
        raise ValueError(f"has a name of more than {LONGEST_NAME} bytes, which no disk holds. Hint: rename it shorter.")
    if Path(name).is_absolute() or "\\" in name or "\0" in name or not project.contains(path):
        raise ValueError("lies outside the project. Hint: put it into the brand's folder and write its name.")
    file = path if path.is_file() else under_another_spelling(path)
    if file is None or not project.contains(file):
        raise ValueError(f"does not exist. Hint: {near_hint(path, PUT_INTO_BRAND)}")
    return file


def under_another_spelling(path: Path) -> Path | None:
    """Return the file whose name reads as that of ``path``; its letters may be composed otherwise, or be percent signs.

    A Mac writes ü as u and two dots (Unicode, UAX #15), and a web page a space as %20.
    """
    wanted = {_composed(path.name), _composed(unquote(path.name))}
    return next((file for file in _files_beside(path) if _composed(file.name) in wanted), None)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _files_beside(path: Path) -> list[Path]:
    try:
        return sorted(file for file in path.parent.iterdir() if file.is_file())
    except OSError:
        return []


def near_hint(path: Path, otherwise: str) -> str:
    """Return the name of a file beside ``path`` that may be meant, else ``otherwise``."""
    names = [file.name for file in _files_beside(path) if file.name != FILE_NAME and file.name.isprintable()]
    near = nearest(path.name, names)
    return f'did you mean "{near}"?' if near else otherwise
