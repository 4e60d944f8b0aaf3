"""Brands as they were read before: a chain has a thousand of them, and a run that changes one reads one.

A cached brand counts for as long as nothing that it was read from has changed: the bytes of its files, the folders that
they lie in, and every folder that was searched for its fonts. Brands with mistakes are never cached.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from handoutpress.content.brand.brand import Brand, FontFamily
from handoutpress.content.project import Project
from handoutpress.store.cache import Cache
from handoutpress.store.digests import bytes_digest, input_digest
from handoutpress.store.files import stamp_of

_ABSENT = "absent"
_NO_FAMILY = FontFamily("")
_KIND = "brands"


@dataclass(frozen=True)
class _CachedBrand:
    """A brand without its typefaces, which are two of the entry's families, by number.

    ``read_from`` has the mark of each path: a file's digest, a folder's stamp.
    """

    brand: Brand
    families: tuple[int, int]
    read_from: dict[str, str]


@dataclass(frozen=True)
class _CachedBrands:
    """What the entry holds. The families of a thousand brands are few, and read as so few objects."""

    families: list[FontFamily] = field(default_factory=list)
    brands: dict[str, _CachedBrand] = field(default_factory=dict)


@cache
def _adapter() -> TypeAdapter[_CachedBrands]:
    """Return what reads and writes the entry: building it takes as long as reading ten brands."""
    return TypeAdapter(_CachedBrands)


class BrandCache:
    """All brands in one entry of ``cache``. ``made_by`` names the code that reads brands: another's do not count."""

    def __init__(self, cache: Cache, made_by: str) -> None:
        self.cache, self.key = cache, bytes_digest(made_by.encode())
        self._marks: dict[str, str] = {}
        self._content = self._read()
        self._changed = False

    def _read(self) -> _CachedBrands:
        content = self.cache.read(_KIND, self.key)
        return _CachedBrands() if content is None else _adapter().validate_json(content)

    def find(self, file: Path) -> Brand | None:
        """Return the brand of the brand file ``file``, if nothing that it was read from has changed."""
        self.mark(str(file))  # before it is read: what is saved meanwhile is seen as a change the next time
        cached = self._content.brands.get(str(file))
        if cached is None or any(self.mark(path) != mark for path, mark in cached.read_from.items()):
            return None
        base, heading = (self._content.families[number] for number in cached.families)
        return replace(cached.brand, base_font=base, heading_font=heading)

    def put(self, brand: Brand, project: Project) -> None:
        """Cache ``brand``, just read without a mistake; ``save`` writes it."""
        without_fonts = replace(brand, base_font=_NO_FAMILY, heading_font=_NO_FAMILY)
        self._content.brands[str(brand.path)] = _CachedBrand(
            brand=without_fonts,
            families=(self._number(brand.base_font), self._number(brand.heading_font)),
            read_from={path: self.mark(path) for path in read_from(brand, project)},
        )
        self._changed = True

    def save(self) -> None:
        """Write what is new. Where that cannot be done, the next run reads the brands again."""
        if not self._changed:
            return
        # A folder's name that is not UTF-8 cannot be written as JSON (``PydanticSerializationError``).
        with suppress(OSError, ValueError):
            self.cache.write(_KIND, self.key, _adapter().dump_json(self._content))

    def _number(self, family: FontFamily) -> int:
        if family not in self._content.families:
            self._content.families.append(family)
        return self._content.families.index(family)

    def mark(self, path: str) -> str:
        """Return what tells of a change to ``path``, looked up once: many brands share files and folders of fonts."""
        if path not in self._marks:
            self._marks[path] = _mark_of(path)
        return self._marks[path]


def _mark_of(path: str) -> str:
    try:
        return repr(tuple(stamp_of(path))) if os.path.isdir(path) else input_digest(path)  # noqa: PTH112
    except OSError:
        return _ABSENT


def read_from(brand: Brand, project: Project) -> Iterable[str]:
    """Return every file and folder whose change may change what is read of ``brand``."""
    folders = [path.parent for path in brand.files]
    searched = [folder / "fonts" for folder in (*folders, project.root, project.builtin)]
    fonts = [path for family in (brand.base_font, brand.heading_font) for path in family.files]
    profile = [brand.print_profile] if brand.print_profile else []
    hidden = [project.root / path.relative_to(project.builtin) for path in brand.files if _is_builtin(path, project)]
    # A folder's own stamp changes only with its direct entries, so that each folder below counts by itself.
    within = [Path(root) for folder in searched for root, _, _ in os.walk(folder)]
    return dict.fromkeys(str(path) for path in (*brand.files, *folders, *hidden, *searched, *within, *fonts, *profile))


def _is_builtin(path: Path, project: Project) -> bool:
    """Return whether ``path`` is built in; a project's own file of the same name counts instead, once there is one."""
    return path.is_relative_to(project.builtin) and not path.is_relative_to(project.root)
