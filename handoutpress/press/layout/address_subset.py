"""The subset that writes addresses, cached between runs: fontTools takes a quarter of a second to load and make one."""

from __future__ import annotations

import json
from pathlib import Path

from handoutpress.press.plate.plate_file import FontSubset
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, input_digest, parts_digest


def cached_subset(cache: Cache, files: tuple[Path, ...]) -> FontSubset:
    """Return the printable ASCII characters of a family's upright regular. Raises ``FontError`` where it lacks any."""
    key = parts_digest(part.encode() for part in (code_digest(), *map(input_digest, files)))
    return _from_bytes(cache.keep("subsets", key, lambda: _subset_bytes(files)))


def _subset_bytes(files: tuple[Path, ...]) -> bytes:
    from handoutpress.press.layout.font_files import address_subset, regular_file  # noqa: PLC0415  only where none is cached

    subset = address_subset(regular_file(files))
    measures = {name: value for name, value in vars(subset).items() if name != "data"}
    return json.dumps(measures).encode() + b"\n" + subset.data


def _from_bytes(cached: bytes) -> FontSubset:
    line, _, data = cached.partition(b"\n")
    measures = json.loads(line)
    # JSON has no tuples.
    widths, bbox = tuple(measures.pop("widths")), tuple(measures.pop("bbox"))
    return FontSubset(data=data, widths=widths, bbox=bbox, **measures)
