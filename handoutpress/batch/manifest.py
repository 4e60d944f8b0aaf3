"""``out/manifest.json``: every output that stands, and what it was made from. No times: reproducible."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from handoutpress.batch.buildlog import BuildLog, Record
from handoutpress.batch.files import Stamp, replace_file

NAME = "manifest.json"
VERSION = 2

_dump = json.JSONEncoder(ensure_ascii=False).encode


def write_manifest(log: BuildLog, out: Path) -> Stamp:
    """Write the manifest of a compacted log. Raises ``OSError``; the old one then stands."""
    return replace_file(out / NAME, manifest_of(log))


def manifest_of(log: BuildLog, release: Mapping[str, object] | None = None) -> bytes:
    """A compacted log as a manifest; ``release`` is what a release says beside its files."""
    return "".join(_lines(log, release)).encode()


def _lines(log: BuildLog, release: Mapping[str, object] | None) -> Iterator[str]:
    """JSON with one line an input, a part and a file, so that two manifests can be compared line by line.

    ``made_from`` counts in ``parts``, from 0, and these count in ``inputs``: thousands of files share nearly all.
    """
    html = any(record.label.handout and not record.label.format for record in log.records.values())
    told = f'"release": {_dump(release)},\n' if release else ""
    yield f'{{\n"manifest": {VERSION},\n{told}"html": {_dump(html)},\n"inputs": [\n'
    yield ",\n".join(_dump({"name": name, "version": value}) for name, value in log.inputs.pairs)
    yield '\n],\n"parts": [\n'
    yield ",\n".join(map(_dump, log.inputs.parts))
    yield '\n],\n"files": [\n'
    yield ",\n".join(_dump(_entry(record)) for record in log.records.values())
    yield "\n]\n}\n"


def _entry(record: Record) -> dict[str, object]:
    return {
        "path": record.path,
        "sha256": record.sha256,
        "size": record.stamp.size,
        "pages": record.pages,
        **record.label._asdict(),
        "addresses": record.addresses,
        "made_from": record.made_from,
    }
