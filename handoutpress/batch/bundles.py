"""One zip a brand, for a clinic to take away. Equal files give equal zips."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from handoutpress.batch.bundle_memory import BundleMemory
from handoutpress.batch.events import Bundled, Kept, Removed
from handoutpress.batch.log.build_log import OutputRecord
from handoutpress.store.digests import file_digest
from handoutpress.store.files import drop_part, part_of, place_part
from handoutpress.store.zips import zip_entry

Choice = Literal["all", "changed"]
SUFFIX: dict[Choice, str] = {"all": ".zip", "changed": ".changed.zip"}


def bundle(
    records: Iterable[OutputRecord], out: Path, choice: Choice, memory: BundleMemory
) -> Iterator[Bundled | Removed | Kept]:
    """Write ``out/<brand>.zip`` (or ``.changed.zip``) of these records' files. Raises ``OSError``.

    With ``changed``, the zips of changes that an earlier run left are removed, for they would mislead; a file of such a
    name that we did not write is kept, and told.
    """
    if choice == "changed":
        yield from memory.remove(sorted(path.name for path in out.glob("*" + SUFFIX["changed"])), out)
    brands: dict[str, list[OutputRecord]] = {}
    for record in sorted(records):
        brands.setdefault(record.label.brand, []).append(record)
    for brand, members in brands.items():
        name = brand + SUFFIX[choice]
        yield _write(name, members, out)
        memory.zips[name] = file_digest(out / name)
        memory.tried -= {record.path for record in members}


def _write(name: str, members: list[OutputRecord], out: Path) -> Bundled:
    path = out / name
    try:
        # Stored as they are: the streams of a PDF are compressed already.
        with zipfile.ZipFile(part_of(path), "w") as archive:
            for record in members:
                archive.writestr(zip_entry(record.path), (out / record.path).read_bytes())
    except BaseException:
        drop_part(path)
        raise
    place_part(path)
    return Bundled(name, len(members))
