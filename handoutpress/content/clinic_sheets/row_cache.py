"""Rows of a sheet as they were read before: of ten thousand clinics, a changed sheet reads those that have changed.

A kept row counts for as long as it says the same, and nothing that it takes from elsewhere has changed: the brand that
it extends, a logo, typefaces. While the sheet itself is as it was, not even its rows are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from handoutpress.content.brand.brand import Brand, BrandRow, Contact, FontFamily
from handoutpress.content.brand.brand_cache import BrandCache, read_from
from handoutpress.content.project import Project
from handoutpress.store.digests import bytes_digest

_KIND = "brand-rows"
_NO_FAMILY = FontFamily("")
_SHORT = 16
"""Signs of a digest that tell shapes apart."""


@dataclass(frozen=True)
class _Shape:
    """What rows alike in all but their own words have in common, and the mark of each path that it was read from."""

    brand: Brand
    fonts: tuple[FontFamily, FontFamily]
    read_from: dict[str, str]


class _OwnWords(NamedTuple):
    """What a row alone says. ``shape`` names the rest; ``alt`` is what its logo says, if it has one."""

    shape: str
    line: int
    digest: str
    name: str
    short_name: str
    link: str
    alt: str
    contacts: tuple[Contact, ...]
    notes: dict[str, str]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _KeptRows:
    """What the entry holds. ``files`` has the marks of a sheet without a mistake; else it has none."""

    files: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, _Shape] = field(default_factory=dict)
    rows: dict[str, _OwnWords] = field(default_factory=dict)


@cache
def _adapter() -> TypeAdapter[_KeptRows]:
    return TypeAdapter(_KeptRows)


class RowCache:
    """The rows of one project's sheet, kept beside ``brands``. ``files`` are what the sheet is read from."""

    def __init__(self, brands: BrandCache, project: Project, files: Iterable[Path]) -> None:
        self._brands, self._project = brands, project
        self._files = [str(path) for path in files]
        content = brands.cache.read(_KIND, brands.key)
        self._kept = _KeptRows() if content is None else _adapter().validate_json(content)
        self._usable: dict[str, Brand | None] = {}
        self._newest = {name[:_SHORT]: name for name in self._kept.shapes}
        self._changed = False

    @property
    def slugs(self) -> tuple[str, ...] | None:
        """The names of all rows, where the sheet is as it was; None where it must be read."""
        return tuple(self._kept.rows) if self._kept.files and self._kept.files == self._marks() else None

    def find(self, slug: str, row: BrandRow | None = None) -> Brand | None:
        """Return a row's brand, if nothing of it has changed; ``row`` is what it is now, if that had to be read."""
        own = self._kept.rows.get(slug)
        shared = self._shared(own.shape) if own and (row is None or row.digest == own.digest) else None
        return _whole(shared, slug, own, row) if shared and own else None

    def put(self, brand: Brand, data: Mapping[str, Any]) -> None:
        """Keep a brand that was just read from a row without a mistake, which says ``data`` as a brand file."""
        if brand.row is None:
            return
        shape = self._newest.get(alike := _shape_of(data), "")
        if self._shared(shape) is None:
            shape = self._newest[alike] = self._new_shape(brand, alike)
        self._kept.rows[brand.slug] = _OwnWords(
            shape,
            brand.row.line,
            brand.row.digest,
            brand.name,
            brand.short_name,
            brand.link,
            brand.logo.alt if brand.logo else "",
            brand.contacts,
            brand.notes,
            brand.remarks,
        )
        self._changed = True

    def _new_shape(self, brand: Brand, alike: str) -> str:
        """Keep what ``brand`` has in common with rows ``alike``, and return its name.

        The name tells what it was read from: rows that were read before one of these files changed do not count.
        """
        files = tuple(path for path in brand.files if path != brand.path)
        marks = {path: self._brands.mark(path) for path in read_from(replace(brand, files=files), self._project)}
        shared = replace(brand, name="", short_name="", link="", contacts=(), notes={}, remarks=(), row=None)
        shared = replace(shared, base_font=_NO_FAMILY, heading_font=_NO_FAMILY)
        name = alike + bytes_digest(json.dumps(marks).encode())[:_SHORT]
        self._kept.shapes[name] = _Shape(shared, (brand.base_font, brand.heading_font), marks)
        self._usable.pop(name, None)
        return name

    def save(self, slugs: Iterable[str], *, is_whole: bool) -> None:
        """Write what is new; ``is_whole`` tells that all of ``slugs`` are kept and the sheet has no mistake."""
        if not self._changed and bool(self._kept.files) == is_whole and self._kept.files in ({}, self._marks()):
            return
        rows = {slug: self._kept.rows[slug] for slug in slugs if slug in self._kept.rows}
        used = {own.shape for own in rows.values()}
        shapes = {name: shape for name, shape in self._kept.shapes.items() if name in used}
        kept = _KeptRows(self._marks() if is_whole else {}, shapes, rows)
        # A folder's name that is not UTF-8 cannot be written as JSON (``PydanticSerializationError``).
        with suppress(OSError, ValueError):
            self._brands.cache.write(_KIND, self._brands.key, _adapter().dump_json(kept))

    def _marks(self) -> dict[str, str]:
        return {path: self._brands.mark(path) for path in self._files}

    def _shared(self, name: str) -> Brand | None:
        """Return what the rows of a shape have in common, if nothing has changed that it was read from."""
        if name not in self._usable:
            shape = self._kept.shapes.get(name)
            is_fresh = shape and all(self._brands.mark(path) == mark for path, mark in shape.read_from.items())
            self._usable[name] = (
                replace(shape.brand, base_font=shape.fonts[0], heading_font=shape.fonts[1])
                if shape and is_fresh
                else None
            )
        return self._usable[name]


def _whole(shared: Brand, slug: str, own: _OwnWords, row: BrandRow | None) -> Brand:
    logo = shared.logo
    if logo and logo.alt != own.alt:
        logo = replace(logo, alt=own.alt)
    return replace(
        shared,
        slug=slug,
        name=own.name,
        short_name=own.short_name,
        link=own.link,
        contacts=own.contacts,
        notes=own.notes,
        remarks=own.remarks,
        logo=logo,
        row=row or BrandRow(own.line, own.digest),
    )


def _shape_of(data: Mapping[str, Any]) -> str:
    """Return a name for all that a row says but its own words."""
    handout = dict(data.get("defaults", {}).get("handout", {}))
    handout.pop("notes", None)
    return bytes_digest(repr((data.get("logo"), handout)).encode())[:_SHORT]
