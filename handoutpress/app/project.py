"""Opening a project: its folder, its content, its cache, and the day on which it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.brand_cache import BrandCache
from handoutpress.content.catalog import Catalog
from handoutpress.content.clinic_sheets.row_brands import BrandRows
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import EVERYTHING, load_catalog
from handoutpress.content.project import Project, find_project
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest
from handoutpress.store.objects.opening import open_store

CACHE = ".handoutpress"
"""The folder of a project that keeps plates, art, verdicts and brands as they were read."""
STUDIO = f"{CACHE}/studio"
"""The folder of a project for what its studio keeps aside."""
SITE = "site"
"""The folder of a project for its site."""
OUT = "out"
"""The folder of a project for what is built."""


def today() -> date:
    """Return the day where the clinic is: checks, releases, recalls and approvals go by it."""
    return date.today()  # noqa: DTZ011


def open_project(folder: Path | str | None = None) -> Project:
    """Return the project at or above ``folder``, or where we stand. Raises ``HandoutError`` where there is none."""
    return find_project(Path(folder or Path.cwd()).resolve())


def names_in(project: Project, kind: str) -> list[str]:
    """Return the names of a project's ``handouts``, ``brands``, ``languages`` or ``formats`` (``kind``), unread."""
    if kind == "brands":
        return sorted({*project.files(kind, "*/_brand.yml"), *BrandRows(project).slugs})
    return sorted({name.partition(".")[0] for name in project.files(kind)})


def open_catalog(
    project: Project, selection: EditionFilter = EVERYTHING, brands: Mapping[str, Brand] | None = None
) -> Catalog:
    """Load what is selected of a project; brands that are unchanged since the last time are taken as they were read.

    ``brands`` are those that another machine has read of the same files, by name.
    Raises ``HandoutError`` for a name that does not exist; mistakes in files are in the catalog's ``problems``.
    """
    if brands is not None:
        return load_catalog(project, selection, brands=brands)
    brand_cache = BrandCache(open_cache(project), code_digest(("store", "yamlfile", "content")))
    return load_catalog(project, selection, brand_cache)


def open_cache(project: Project) -> Cache:
    """Return the cache of a project."""
    return Cache(project.root / CACHE, open_store(project.store) if project.store else None)


def out_folder(project: Project, out: Path | None = None) -> Path:
    """Return the folder for what is built: ``out``, else the project's own."""
    return out or project.root / OUT
