"""What is remembered of zips between runs: which of them we wrote, and what a trial made that is in none yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handoutpress.batch.events import Kept, Removed
from handoutpress.store.digests import file_digest
from handoutpress.store.files import is_below, replace_file

NAME = "bundles.json"


@dataclass
class BundleMemory:
    """``zips`` are the SHA-256 of the zips that we wrote, by name; ``tried`` the outputs of trials in none of them."""

    path: Path
    zips: dict[str, str] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)

    def save(self) -> None:
        """Write what is remembered, where there is anything or was. Raises ``OSError``."""
        content = {"zips": dict(sorted(self.zips.items())), "tried": sorted(self.tried)}
        if self.zips or self.tried or self.path.exists():
            replace_file(self.path, json.dumps(content, ensure_ascii=False, indent=1).encode())

    def remove(self, names: Iterable[str], out: Path) -> Iterator[Removed | Kept]:
        """Remove those of some zips in ``out`` that are as we wrote them. Raises ``OSError``."""
        for name in names:
            if not (out / name).exists():
                self.zips.pop(name, None)
            elif (out / name).is_file() and file_digest(out / name) == self.zips.get(name):
                (out / name).unlink()
                del self.zips[name]
                yield Removed(name)
            else:
                yield Kept(name)

    def of_others(self, brands: Collection[str]) -> list[str]:
        """Return the names of our zips of brands that are not among ``brands``."""
        return [name for name in sorted(self.zips) if name.partition(".")[0] not in brands]


def bundle_memory(state: Path) -> BundleMemory:
    """Read what is remembered; nothing where it cannot be read: no zip is removed then."""
    path = state / NAME
    try:
        content = json.loads(path.read_bytes())
        zips = {
            str(name): str(digest) for name, digest in content["zips"].items() if is_below(name) and "/" not in name
        }
        return BundleMemory(path, zips, set(map(str, content["tried"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return BundleMemory(path)
