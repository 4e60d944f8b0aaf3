"""Reading a manifest: which files stand below an output folder, and what each is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from handoutpress.batch.inputs import InputTable
from handoutpress.batch.manifest import NAME, VERSION
from handoutpress.batch.plan import Label
from handoutpress.content.problems import HandoutError

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of a manifest. ``path`` is below the manifest's folder; ``sha256`` is hexadecimal.

    ``made_from`` counts in the parts of the table that ``read_inputs`` gives.
    """

    path: str
    sha256: str
    size: int
    pages: int
    label: Label
    addresses: tuple[str, ...]
    made_from: tuple[int, ...] = ()

    @property
    def is_edition(self) -> bool:
        """Whether it is an edition's PDF: no HTML file, and no sheets for a print shop."""
        return bool(self.label.format) and not self.label.way


def read_manifest(path: Path) -> tuple[MadeFile, ...]:
    """Read a manifest, or the one in the folder ``path``. Raises ``HandoutError`` where there is none of ours."""
    return read_as(path, files_in)


def read_inputs(path: Path) -> InputTable:
    """What the files of a manifest were made from. Raises ``HandoutError`` where there is no manifest of ours."""
    return read_as(path, _table)


def read_as(path: Path, make: Callable[[Mapping[str, Any]], Value]) -> Value:
    """What ``make`` makes of a manifest's content. It may raise ``KeyError``, ``TypeError`` and ``ValueError``.

    Raises ``HandoutError`` as ``read_manifest`` does.
    """
    file = path / NAME if path.is_dir() else path
    try:
        content = json.loads(file.read_bytes())
        if content["manifest"] != VERSION:
            raise ValueError
        return make(content)
    except FileNotFoundError:
        raise HandoutError(f"There is no {file.as_posix()}. Hint: make it with: handouts build") from None
    except OSError as error:
        raise HandoutError(f"{file.as_posix()} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise HandoutError(f"{file.as_posix()} is no manifest of ours. Hint: build into a folder of its own.") from None


def files_in(content: Mapping[str, Any]) -> tuple[MadeFile, ...]:
    """The files that a manifest's content names."""
    return tuple(_made(entry) for entry in content["files"])


def _table(content: Mapping[str, Any]) -> InputTable:
    pairs = [(str(one["name"]), str(one["version"])) for one in content["inputs"]]
    return InputTable(pairs, [tuple(map(int, part)) for part in content["parts"]])


def _made(entry: Mapping[str, Any]) -> MadeFile:
    label = Label(**{name: entry[name] for name in Label._fields if name in entry})
    facts = (str(entry["path"]), str(entry["sha256"]), int(entry["size"]), int(entry["pages"]))
    return MadeFile(*facts, label, tuple(map(str, entry["addresses"])), tuple(map(int, entry["made_from"])))
