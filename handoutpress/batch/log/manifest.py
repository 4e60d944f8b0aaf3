"""The manifest, ``out/manifest.json``: every output that stands below a folder, and what it was made from.

It holds no times, so that equal outputs give equal manifests.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from handoutpress.batch.log.build_log import BuildLog, OutputRecord
from handoutpress.batch.log.input_table import InputTable
from handoutpress.batch.plan import OutputLabel
from handoutpress.store.files import FileStamp, is_below, replace_file
from handoutpress.yamlfile.problems import HandoutError

NAME = "manifest.json"
VERSION = 2
NOT_OURS = (ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, RecursionError)
"""What reading a file raises whose content is of another shape than we write."""

Value = TypeVar("Value")

_dump = json.JSONEncoder(ensure_ascii=False).encode


def write_manifest(log: BuildLog, out: Path) -> FileStamp:
    """Write the manifest of a compacted log. Raises ``OSError``; the old one then stands."""
    return replace_file(out / NAME, manifest_of(log))


def manifest_of(log: BuildLog, release: Mapping[str, object] | None = None) -> bytes:
    """Return a compacted log as a manifest; ``release`` is what a release says beside its files."""
    return "".join(_lines(log, release)).encode()


def _lines(log: BuildLog, release: Mapping[str, object] | None) -> Iterator[str]:
    """Yield JSON with one line an input, a part and a file, so that two manifests can be compared line by line.

    ``made_from`` counts in ``parts``, from 0, and these count in ``inputs``: thousands of files share nearly all.
    """
    html = any(record.label.handout and not record.label.format for record in log.records.values())
    release_line = f'"release": {_dump(release)},\n' if release else ""
    yield f'{{\n"manifest": {VERSION},\n{release_line}"html": {_dump(html)},\n"inputs": [\n'
    yield ",\n".join(_dump({"name": name, "version": value}) for name, value in log.inputs.pairs)
    yield '\n],\n"parts": [\n'
    yield ",\n".join(map(_dump, log.inputs.parts))
    yield '\n],\n"files": [\n'
    yield ",\n".join(_dump(_entry(record)) for record in log.records.values())
    yield "\n]\n}\n"


def _entry(record: OutputRecord) -> dict[str, object]:
    return {
        "path": record.path,
        "sha256": record.sha256,
        "size": record.stamp.size,
        "pages": record.pages,
        **record.label.recorded(),
        "addresses": record.addresses,
        "made_from": record.made_from,
    }


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One file of a manifest. ``path`` is below the manifest's folder; ``sha256`` is hexadecimal.

    ``made_from`` counts in the parts of the table that ``read_inputs`` gives.
    """

    path: str
    sha256: str
    size: int
    pages: int
    label: OutputLabel
    addresses: tuple[str, ...]
    made_from: tuple[int, ...] = ()

    @property
    def is_edition(self) -> bool:
        """Whether it is an edition's PDF: no HTML file, and no sheets for a print shop."""
        return bool(self.label.format) and self.label.purpose == "screen"


def read_manifest(path: Path) -> tuple[ManifestFile, ...]:
    """Read a manifest, or the one in the folder ``path``. Raises ``HandoutError`` where there is none of ours."""
    return read_manifest_as(path, files_in)


def read_inputs(path: Path) -> InputTable:
    """Read what the files of a manifest were made from. Raises ``HandoutError`` where there is no manifest of ours."""
    return read_manifest_as(path, _input_table)


def read_manifest_as(path: Path, make: Callable[[Mapping[str, Any]], Value]) -> Value:
    """Return what ``make`` makes of a manifest's content. It may raise any of ``NOT_OURS``.

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
    except NOT_OURS:
        raise HandoutError(f"{file.as_posix()} is no manifest of ours. Hint: build into a folder of its own.") from None


def files_in(content: Mapping[str, Any]) -> tuple[ManifestFile, ...]:
    """Return the files that a manifest's content names. Raises ``ValueError`` for one that lies elsewhere."""
    parts = len(content["parts"])
    files = tuple(_file(entry) for entry in content["files"])
    if not all(is_below(file.path) and all(0 <= number < parts for number in file.made_from) for file in files):
        raise ValueError
    return files


def _input_table(content: Mapping[str, Any]) -> InputTable:
    pairs = [(str(entry["name"]), str(entry["version"])) for entry in content["inputs"]]
    parts = [tuple(map(int, part)) for part in content["parts"]]
    if not all(0 <= number < len(pairs) for part in parts for number in part):
        raise ValueError
    return InputTable(pairs, parts)


def _file(entry: Mapping[str, Any]) -> ManifestFile:
    return ManifestFile(
        path=str(entry["path"]),
        sha256=str(entry["sha256"]),
        size=int(entry["size"]),
        pages=int(entry["pages"]),
        label=OutputLabel.from_recorded(entry),
        addresses=tuple(map(str, entry["addresses"])),
        made_from=tuple(map(int, entry["made_from"])),
    )
