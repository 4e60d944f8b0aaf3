"""What is to be told of how logos print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handoutpress.app.project import open_cache
from handoutpress.content.brand.brand import Brand, Logo
from handoutpress.content.catalog import Catalog
from handoutpress.content.project import Project
from handoutpress.press.layout.typeset import EngineMissingError
from handoutpress.press.logo.logo_printer import LogoPrinter
from handoutpress.press.press import HandoutPress

_PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"})
"""The endings of files that may be meant as a logo."""


def logo_remarks(catalog: Catalog, brands: Iterable[Brand]) -> Iterator[str]:
    """Yield a sentence for each logo of ``brands`` that prints otherwise than it was brought, once for all its brands,
    and for each brand that names none beside a picture.

    Without an engine there is nothing to tell of the lines of those that are new.
    """
    brands, logos = list(brands), logos_of(catalog)
    yield from by_brands(catalog.project, ((brand, (*brand.logo_remarks, *_unnamed(brand))) for brand in brands))
    distinct = {brand.logo.path: brand.logo for brand in brands if brand.logo}
    for logo in (distinct[path] for path in sorted(distinct)):
        try:
            remark = print_remark(catalog.project, logos, logo)
        except EngineMissingError:
            continue
        if remark:
            yield remark


def print_remark(project: Project, logos: LogoPrinter, logo: Logo) -> str:
    """Return a sentence on a logo whose lines print as a picture, else nothing. Raises ``EngineMissingError``."""
    remark = logos.print_of(logo).remark
    return f"{project.show(logo.path)} {remark}." if remark else ""


def _unnamed(brand: Brand) -> Iterator[str]:
    """Yield a sentence on a picture beside the file of a brand without a logo: it is not printed."""
    if brand.logo or brand.unseen_logo or brand.row:
        return
    beside = {file.name for file in brand.path.parent.iterdir() if file.suffix.lower() in _PICTURES}
    unnamed = beside - {file.name for file in brand.files if file.parent == brand.path.parent}
    # One that is called a logo comes first.
    if name := min(unnamed, key=lambda name: ("logo" not in name.lower(), name), default=""):
        yield f"{name} lies beside it and is not printed, as nothing names it. Hint: write the line: logo: {name}"


def logos_of(catalog: Catalog) -> LogoPrinter:
    """Return what prepares the logos of a catalog for pages."""
    return HandoutPress(catalog, open_cache(catalog.project)).logos


def by_brands(project: Project, remarks: Iterable[tuple[Brand, Sequence[str]]]) -> Iterator[str]:
    """Yield each remark once, by the first brand file that it is made of, with how many more share it."""
    brands: dict[str, list[Brand]] = {}
    for brand, of_brand in remarks:
        for remark in of_brand:
            brands.setdefault(remark, []).append(brand)
    for remark, (first, *further) in brands.items():
        more = f" (and {len(further)} more)" if further else ""
        yield f"{first.named(project.show(first.path))}{more}: {remark}"
