"""From the options that all commands share to a loaded catalog and a press."""

from __future__ import annotations

from pathlib import Path

from handoutpress.batch.press import Press
from handoutpress.batch.proving_press import ProofSettings, ProvingPress
from handoutpress.content.brand.brand_cache import BrandCache
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import EVERYTHING, load_catalog
from handoutpress.content.project import Project, find_project
from handoutpress.press.press import HandoutPress
from handoutpress.press.printshop.press import PrintShopPress, Purpose
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest

CACHE = ".handoutpress"
"""The folder of a project that keeps plates and art."""


def open_project(folder: Path | None) -> Project:
    """The project at or above ``folder``, or where we stand."""
    return find_project((folder or Path.cwd()).resolve())


def open_catalog(project: Project, wanted: EditionFilter = EVERYTHING) -> Catalog:
    """What is wanted of a project, with the brands that are unchanged since the last time taken as they were read."""
    shelf = BrandCache(project.root / CACHE / "brands.json", code_digest(("yamlfile", "content")))
    return load_catalog(project, wanted, shelf)


def open_press(project: Project, wanted: EditionFilter, way: Purpose = "screen") -> Press:
    """A press for what is wanted of a project; a worker makes its own with this."""
    return press_for(open_catalog(project, wanted), way)


def open_proving(project: Project, wanted: EditionFilter, rules: ProofSettings) -> Press:
    """A press that proves what it prints; a worker makes its own with this."""
    return proving_for(open_catalog(project, wanted), rules)


def proving_for(catalog: Catalog, rules: ProofSettings) -> Press:
    """A press for a loaded catalog that hands over no PDF whose proof found something."""
    return ProvingPress(press_for(catalog, rules.way or "screen"), catalog, cache_of(catalog.project), rules)


def press_for(catalog: Catalog, way: Purpose = "screen") -> Press:
    """A press for a loaded catalog, with the cache of its project."""
    press = HandoutPress(catalog, cache_of(catalog.project))
    return press if way == "screen" else PrintShopPress(catalog, press, way)


def cache_of(project: Project) -> Cache:
    """The cache of a project."""
    return Cache(project.root / CACHE)
