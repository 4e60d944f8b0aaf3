"""The page of ``handouts doctor``: each brand's logo as it prints, with what was changed and why."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass

from handoutpress.app.logos import logos_of, print_remark
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog
from handoutpress.content.models.formats import SlotSize
from handoutpress.content.project import Project
from handoutpress.press.logo.logo_printer import LogoPrinter
from handoutpress.press.plate.art_maker import logo_size
from handoutpress.proof.html_pages import html_page
from handoutpress.yamlfile.problems import HandoutError

SHOWN_IN = SlotSize(width=60, height=24)
"""The largest box, mm, that a leaflet has for a logo."""
TEMPLATE = "logos.html.j2"


@dataclass(frozen=True)
class ShownLogo:
    """One logo, or a name in place of one, for all ``brands`` that print it. ``width`` and ``height`` are mm.

    ``picture`` is an address that holds it; it is empty for a name, and where it cannot be drawn.
    """

    brands: tuple[str, ...]
    name: str
    file: str
    picture: str
    width: float
    height: float
    remarks: tuple[str, ...]


def logo_page(catalog: Catalog) -> bytes:
    """Return the page: a single file that fetches nothing, the same for the same brands."""
    return html_page(TEMPLATE, {"logos": list(_shown(catalog, logos_of(catalog)))})


def _shown(catalog: Catalog, logos: LogoPrinter) -> Iterator[ShownLogo]:
    sharing: dict[tuple[object, ...], list[Brand]] = {}
    for brand in catalog.brands.values():
        file = brand.logo.path if brand.logo else brand.unseen_logo
        look = brand.logo and (brand.logo.ground, brand.logo.padding)
        sharing.setdefault((file, look) if file else (brand.slug,), []).append(brand)
    for brands in sharing.values():
        yield _one(catalog.project, logos, brands)


def _one(project: Project, logos: LogoPrinter, brands: list[Brand]) -> ShownLogo:
    brand = brands[0]
    file = brand.logo.path if brand.logo else brand.unseen_logo
    width, height = logo_size(brand.logo, SHOWN_IN) if brand.logo else (0.0, 0.0)
    picture, remarks = "", list(brand.logo_remarks)
    if brand.logo:
        try:
            picture = _address(logos.drawing(brand.logo, (width, height)))
            remarks += filter(None, [print_remark(project, logos, brand.logo)])
        except HandoutError as error:
            remarks.append(str(error))
    return ShownLogo(
        brands=tuple(sorted(brand.slug for brand in brands)),
        name=brand.name,
        file=project.show(file) if file else "",
        picture=picture,
        width=round(width, 1),
        height=round(height, 1),
        remarks=tuple(remarks),
    )


def _address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
