"""What is to be told of how logos print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from handoutpress.app.project import open_cache
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog
from handoutpress.content.project import Project
from handoutpress.press.layout.typeset import EngineMissingError
from handoutpress.press.press import HandoutPress


def logo_remarks(catalog: Catalog, brands: Iterable[Brand]) -> Iterator[str]:
    """Yield a sentence for each logo of ``brands`` that prints otherwise than it was brought, once for all its brands.

    Without an engine there is nothing to tell of the lines of those that are new.
    """
    brands = list(brands)
    yield from by_brands(catalog.project, {brand.path: brand.logo_remarks for brand in brands})
    logos = HandoutPress(catalog, open_cache(catalog.project)).logos
    for path, logo in sorted({brand.logo.path: brand.logo for brand in brands if brand.logo}.items()):
        try:
            remark = logos.print_of(logo).remark
        except EngineMissingError:
            continue
        if remark:
            yield f"{catalog.project.show(path)} {remark}."


def by_brands(project: Project, remarks: Mapping[Path, Sequence[str]]) -> Iterator[str]:
    """Yield each remark once, by the first brand file that it is made of, with how many more share it."""
    paths: dict[str, list[Path]] = {}
    for path, of_brand in remarks.items():
        for remark in of_brand:
            paths.setdefault(remark, []).append(path)
    for remark, sharing in paths.items():
        more = f" (and {len(sharing) - 1} more)" if len(sharing) > 1 else ""
        yield f"{project.show(sharing[0])}{more}: {remark}"
