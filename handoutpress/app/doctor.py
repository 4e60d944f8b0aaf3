"""What is missing on this machine, and what of a project's brands the press cannot use."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from handoutpress.app.check import check_warnings
from handoutpress.app.logos import by_brands, logo_remarks
from handoutpress.app.project import CACHE, OUT, open_cache, open_catalog
from handoutpress.content.catalog import Catalog
from handoutpress.content.project import Project
from handoutpress.press.layout.typeset import MISSING_ENGINE
from handoutpress.store.cache import KEEP_BYTES, KEEP_DAYS
from handoutpress.store.files import replace_shared_file
from handoutpress.yamlfile.problems import HandoutError

ENGINE_LIBRARIES = tuple(
    (f"lib{name}.so.{major}", f"lib{name}.{major}.dylib", f"lib{name}-{major}.dll")
    for name, major in (
        ("gobject-2.0", 0),
        ("pango-1.0", 0),
        ("pangoft2-1.0", 0),
        ("harfbuzz", 0),
        ("harfbuzz-subset", 0),
        ("fontconfig", 1),
    )
)
"""What the engine loads, by their names on Linux, macOS and Windows."""
LOGOS = Path(OUT) / "logos.html"
"""The page that shows each logo as it prints."""
INKS = Path(OUT) / "inks.html"
"""The page that shows each colour beside its print."""


@dataclass(frozen=True)
class Diagnosis:
    """What is missing on this machine, what is wrong with a project's files, what is told of its brands, what the check
    warns of in its texts, and what its cache holds: in sentences. ``page`` is the file that shows the logos,
    ``ink_page`` that which shows the inks; None where there is none to show, or where it was not asked for.
    ``unmixable`` counts the colours that no ink can mix.
    """

    missing: tuple[str, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    warnings: tuple[str, ...]
    cache: tuple[str, ...]
    page: Path | None = None
    ink_page: Path | None = None
    unmixable: int = 0


def diagnose(project: Project, *, inks: bool = False) -> Diagnosis:
    """Look at the machine and at all files of a project, and draw its logos; with ``inks``, its colours in print.

    Raises ``HandoutError`` where a page cannot be written.
    """
    cache, missing = tuple(_cache_size(project)), tuple(_missing())
    catalog = open_catalog(project)
    has_logos = any(brand.logo or brand.unseen_logo for brand in catalog.brands.values())
    ink_page, unmixable = _write_inks(catalog) if inks and catalog.brands else (None, 0)
    return Diagnosis(
        missing=missing,
        problems=tuple(map(str, catalog.problems)),
        remarks=tuple(_remarks(catalog)),
        warnings=() if missing else _warnings(catalog),
        cache=cache,
        page=_write_logos(catalog) if has_logos and not missing else None,
        ink_page=ink_page,
        unmixable=unmixable,
    )


def _missing() -> Iterator[str]:
    if any(map(_is_missing, ENGINE_LIBRARIES)):
        yield MISSING_ENGINE
    try:
        import_module("handoutpress.proof.pdf.code_readers")
    except HandoutError as error:
        yield str(error)


def _write_logos(catalog: Catalog) -> Path:
    from handoutpress.app.doctor_pages.logo_page import logo_page  # noqa: PLC0415  it draws with what may be missing

    return _write(catalog, LOGOS, logo_page(catalog))


def _write_inks(catalog: Catalog) -> tuple[Path, int]:
    """Write the page of inks; return it, and how many colours no ink can mix."""
    from handoutpress.app.doctor_pages.ink_page import ink_page, inked_brands  # noqa: PLC0415  0.2 s, when asked for

    inked = inked_brands(catalog)
    return _write(catalog, INKS, ink_page(inked)), sum(group.unmixable for group in inked)


def _write(catalog: Catalog, name: Path, data: bytes) -> Path:
    page = catalog.project.root / name
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        replace_shared_file(page, data)
    except OSError as error:
        raise HandoutError(f"{page} cannot be written: {error.strerror}. Hint: see who may write there.") from None
    return page


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
    yield from by_brands(catalog.project, ((brand, brand.remarks) for brand in catalog.brands.values()))
    yield from logo_remarks(catalog, catalog.brands.values())


def _warnings(catalog: Catalog) -> tuple[str, ...]:
    """Return what the check warns of; nothing where it may not keep what it finds, as in a folder that is read-only."""
    try:
        return tuple(check_warnings(catalog, catalog.editions()))
    except OSError:
        return ()
