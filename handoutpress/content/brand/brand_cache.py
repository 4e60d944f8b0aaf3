"""Brands as they were read before: a chain has a thousand of them, and a run that changes one reads one.

A cached brand counts for as long as nothing that it was read from has changed: its files, the folders that they lie in,
and every folder that was searched for its fonts. Brands with mistakes are never cached.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from handoutpress.content.brand.brand import Brand, FontFamily
from handoutpress.content.project import Project
from handoutpress.store.files import FileStamp, replace_shared_file, stamp_of

_ABSENT = FileStamp(0, 0, 0)
_NO_FAMILY = FontFamily("")
_OWNER_ONLY = 0o600


@dataclass(frozen=True)
class _CachedBrand:
    """A brand without its typefaces, which are two of the file's families, by number.

    ``read_from`` has the stamp of each path, read as a tuple that equals a ``FileStamp``: the class takes pydantic half
    as long again.
    """

    brand: Brand
    families: tuple[int, int]
    read_from: dict[str, tuple[int, int, int]]


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
        self._stamps: dict[str, FileStamp] = {}
        self._content = self._read(made_by)
        self._changed = False

    def _read(self, made_by: str) -> _CacheFile:
        try:
            content = self._adapter.validate_json(self._file.read_bytes())
        except (OSError, ValueError):  # absent, unreadable or torn: all brands are read anew
            return _CacheFile(made_by)
        return content if content.made_by == made_by else _CacheFile(made_by)

    def find(self, file: Path) -> Brand | None:
        """Return the brand of the brand file ``file``, if nothing that it was read from has changed."""
        cached = self._content.brands.get(str(file))
        if cached is None or any(self._stamp(path) != stamp for path, stamp in cached.read_from.items()):
            return None
        base, heading = (self._content.families[number] for number in cached.families)
        return replace(cached.brand, base_font=base, heading_font=heading)

    def put(self, brand: Brand, project: Project) -> None:
        """Cache ``brand``, just read without a mistake; ``save`` writes it."""
        without_fonts = replace(brand, base_font=_NO_FAMILY, heading_font=_NO_FAMILY)
        self._content.brands[str(brand.path)] = _CachedBrand(
            brand=without_fonts,
            families=(self._number(brand.base_font), self._number(brand.heading_font)),
            read_from={path: self._stamp(path) for path in _read_from(brand, project)},
        )
        self._changed = True

    def save(self) -> None:
        """Write what is new. Where that cannot be done, the next run reads the brands again."""
        if not self._changed:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            replace_shared_file(self._file, self._adapter.dump_json(self._content), _OWNER_ONLY)
        except OSError:
            return

    def _number(self, family: FontFamily) -> int:
        if family not in self._content.families:
            self._content.families.append(family)
        return self._content.families.index(family)

    def _stamp(self, path: str) -> FileStamp:
        """Return the stamp of ``path``, looked up once: many brands share files and folders of fonts."""
        if path not in self._stamps:
            try:
                self._stamps[path] = stamp_of(path)
            except OSError:
                self._stamps[path] = _ABSENT
        return self._stamps[path]


def _read_from(brand: Brand, project: Project) -> Iterable[str]:
    """Return every file and folder whose change may change what is read of ``brand``."""
    folders = [path.parent for path in brand.files]
    searched = [folder / "fonts" for folder in (*folders, project.root, project.builtin)]
    fonts = [path for family in (brand.base_font, brand.heading_font) for path in family.files]
    hidden = [project.root / path.relative_to(project.builtin) for path in brand.files if _is_builtin(path, project)]
    # A folder's own stamp changes only with its direct entries, so that each folder below counts by itself.
    within = [Path(root) for folder in searched for root, _, _ in os.walk(folder)]
    return dict.fromkeys(str(path) for path in (*brand.files, *folders, *hidden, *searched, *within, *fonts))


def _is_builtin(path: Path, project: Project) -> bool:
    """Return whether ``path`` is built in; a project's own file of the same name counts instead, once there is one."""
    return path.is_relative_to(project.builtin) and not path.is_relative_to(project.root)
