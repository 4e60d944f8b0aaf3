"""What is to be told of how logos print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handoutpress.app.project import open_cache
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog
from handoutpress.press.layout.typeset import EngineMissingError
from handoutpress.press.press import HandoutPress


def logo_remarks(catalog: Catalog, brands: Iterable[Brand]) -> Iterator[str]:
    """Yield a sentence for each logo file of ``brands`` that prints otherwise than it was brought, by its name.

    Without an engine there is nothing to tell of those that are new.
    """
    logos = HandoutPress(catalog, open_cache(catalog.project)).logos
    for path, logo in sorted({brand.logo.path: brand.logo for brand in brands if brand.logo}.items()):
        try:
            remark = logos.print_of(logo).remark
        except EngineMissingError:
            continue
        if remark:
            yield f"{catalog.project.show(path)} {remark}."
