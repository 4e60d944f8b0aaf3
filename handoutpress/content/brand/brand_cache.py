"""Brands as they were read before: a chain has a thousand of them, and a run that changes one reads one.

A kept brand counts for as long as nothing that it was read from has changed: its files, the folders that they lie in,
and every folder that was searched for its fonts. Brands with mistakes are never kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import TypeAdapter

from handoutpress.content.brand.brand import Brand, FontFamily
from handoutpress.content.project import Project

BrandStamp = tuple[int, int, int]
"""Time of the last change in ns, size in bytes, inode; all zero for what is not there."""
_ABSENT: BrandStamp = (0, 0, 0)
_NO_FAMILY = FontFamily("")


@dataclass(frozen=True)
class _CachedBrand:
    """A brand without its typefaces, which are two of the shelf's families, by number."""

    brand: Brand
    families: tuple[int, int]
    seen: dict[str, BrandStamp]


@dataclass(frozen=True)
class _CacheFile:
    """What the file holds. The families of a thousand brands are few, and read as so few objects."""

    made_by: str
    families: list[FontFamily] = field(default_factory=list)
    brands: dict[str, _CachedBrand] = field(default_factory=dict)


class BrandCache:
    """Reads and writes one JSON file. ``made_by`` names the code that reads brands: another's brands do not count."""

    def __init__(self, file: Path, made_by: str) -> None:
        self._file = file
        self._adapter = TypeAdapter(_CacheFile)
        self._stamps: dict[str, BrandStamp] = {}
        self._shelf = self._read(made_by)
        self._changed = False

    def _read(self, made_by: str) -> _CacheFile:
        try:
            shelf = self._adapter.validate_json(self._file.read_bytes())
        except (OSError, ValueError):  # absent, unreadable or torn: all brands are read anew
            return _CacheFile(made_by)
        return shelf if shelf.made_by == made_by else _CacheFile(made_by)

    def find(self, file: Path) -> Brand | None:
        """Return the brand of the brand file ``file``, if nothing that it was read from has changed."""
        kept = self._shelf.brands.get(str(file))
        if kept is None or any(self._stamp(path) != stamp for path, stamp in kept.seen.items()):
            return None
        base, heading = (self._shelf.families[number] for number in kept.families)
        return replace(kept.brand, base_font=base, heading_font=heading)

    def put(self, brand: Brand, project: Project) -> None:
        """Keep ``brand``, just read without a mistake; ``save`` writes it."""
        seen = {path: self._stamp(path) for path in _read_from(brand, project)}
        families = self._number(brand.base_font), self._number(brand.heading_font)
        bare = replace(brand, base_font=_NO_FAMILY, heading_font=_NO_FAMILY)
        self._shelf.brands[str(brand.path)] = _CachedBrand(bare, families, seen)
        self._changed = True

    def _number(self, family: FontFamily) -> int:
        if family not in self._shelf.families:
            self._shelf.families.append(family)
        return self._shelf.families.index(family)

    def save(self) -> None:
        """Write what is new. Where that cannot be done, the next run reads the brands again."""
        if not self._changed:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._file.parent, prefix=".new-", delete=False) as file:
                file.write(self._adapter.dump_json(self._shelf))
            Path(file.name).replace(self._file)
        except OSError:
            return

    def _stamp(self, path: str) -> BrandStamp:
        """Each path is looked at once: what many brands share, such as the folders of fonts, costs no more."""
        if path not in self._stamps:
            self._stamps[path] = _stamp_of(path)
        return self._stamps[path]


def _read_from(brand: Brand, project: Project) -> Iterable[str]:
    """Every file and folder whose change may change what is read of ``brand``."""
    folders = [path.parent for path in brand.files]
    searched = [folder / "fonts" for folder in (*folders, project.root, project.builtin)]
    fonts = [path for family in (brand.base_font, brand.heading_font) for path in family.files]
    hidden = [project.root / path.relative_to(project.builtin) for path in brand.files if _is_builtin(path, project)]
    within = [Path(root) for folder in searched for root, _, _ in os.walk(folder)]
    return dict.fromkeys(str(path) for path in (*brand.files, *folders, *hidden, *searched, *within, *fonts))


def _is_builtin(path: Path, project: Project) -> bool:
    """A project's own file of the same name would count instead, as soon as there is one."""
    return path.is_relative_to(project.builtin) and not path.is_relative_to(project.root)


def _stamp_of(path: str) -> BrandStamp:
    try:
        status = os.stat(path)  # noqa: PTH116 - thousands of them
    except OSError:
        return _ABSENT
    return status.st_mtime_ns, status.st_size, status.st_ino
