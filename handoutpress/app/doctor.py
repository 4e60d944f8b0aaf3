"""What is missing on this machine, and what of a project's brands the press cannot use."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

from handoutpress.app.logos import by_brands, logo_remarks
from handoutpress.app.project import CACHE, open_cache, open_catalog
from handoutpress.content.catalog import Catalog
from handoutpress.content.project import Project
from handoutpress.press.layout.typeset import MISSING_ENGINE
from handoutpress.store.cache import KEEP_BYTES, KEEP_DAYS

ENGINE_LIBRARIES = tuple(
    (f"lib{name}.so.{major}", f"lib{name}.{major}.dylib", f"lib{name}-{major}.dll")
    for name, major in (
        ("gobject-2.0", 0),
        ("pango-1.0", 0),
        ("pangoft2-1.0", 0),
        ("harfbuzz", 0),
        ("harfbuzz-subset", 0),
        ("fontconfig", 1),
        ("zbar", 0),
    )
)
"""What the engine and the code reader load, by their names on Linux, macOS and Windows."""


@dataclass(frozen=True)
class Diagnosis:
    """What is missing on this machine, what is wrong with a project's files, what its cache holds: in sentences."""

    missing: tuple[str, ...]
    remarks: tuple[str, ...]
    cache: tuple[str, ...]


def diagnose(project: Project) -> Diagnosis:
    """Look at the machine, and at all files of a project."""
    missing = (MISSING_ENGINE,) if any(map(_is_missing, ENGINE_LIBRARIES)) else ()
    return Diagnosis(missing=missing, remarks=tuple(_remarks(open_catalog(project))), cache=tuple(_cache_size(project)))


def _is_missing(names: tuple[str, ...]) -> bool:
    """Return whether none of a library's names, one a system, can be loaded."""
    for name in names:
        try:
            # Tried, not looked for: a library that is there may lack another one that it needs.
            ctypes.CDLL(name)
        except OSError:
            continue
        return False
    return True


def _cache_size(project: Project) -> Iterator[str]:
    usage = open_cache(project).usage()
    if usage.files:
        yield (
            f"The cache in {CACHE} holds {usage.bytes / 1e6:.1f} MB (files: {usage.files}). A build removes from it "
            f"what was not used for {KEEP_DAYS:.0f} days, and the oldest above {KEEP_BYTES / 1e9:.0f} GB."
        )


def _remarks(catalog: Catalog) -> Iterator[str]:
    yield from (str(problem) for problem in catalog.problems)
    yield from by_brands(catalog.project, {brand.path: brand.remarks for brand in catalog.brands.values()})
    yield from logo_remarks(catalog, catalog.brands.values())
