"""Typesets a brand's art: the logo or name, the clinic's name for the foot, and the contacts, each for its slot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sqrt
from pathlib import Path

from handoutpress.content.brands import Brand, Logo
from handoutpress.content.formats import SlotSize
from handoutpress.content.languages import Language
from handoutpress.content.problems import HandoutError
from handoutpress.press.addresses import typed_address
from handoutpress.press.art import Art, art_from_pdf
from handoutpress.press.links import spoken_links
from handoutpress.press.pagefiles import ART_STYLE, ART_TEMPLATE
from handoutpress.press.render import Templates
from handoutpress.press.typeset import Layout, Typesetter

LOGO_AREA = 560.0
"""Logos get equal optical area: this many mm², whatever their shape, unless their slot is smaller."""

TYPE_SIZES: Mapping[str, tuple[float, ...]] = {
    "brandmark": (20, 18, 16, 14, 12, 11, 10),
    "clinic": (9, 8.5, 8),
    "contact": (11, 10.5, 10, 9.5, 9, 8.5, 8),
}
"""Sizes tried in turn for the words of each slot, pt; 8 is the floor for small type."""


class ArtError(HandoutError):
    """A brand's words do not fit their slot."""


def logo_size(logo: Logo, box: SlotSize) -> tuple[float, float]:
    """Width and height in mm at which a logo fills ``LOGO_AREA`` or else its slot, undistorted."""
    ratio = logo.width / logo.height
    width = min(sqrt(LOGO_AREA * ratio), box.width, box.height * ratio)
    return width, width / ratio


class Artist:
    """Makes art with one project's templates and one typesetter."""

    def __init__(self, templates: Templates, file: Callable[[str], Path], engine: Typesetter) -> None:
        self._templates = templates
        self._file = file
        self._engine = engine

    def make(self, brand: Brand, language: tuple[str, Language], boxes: Mapping[str, SlotSize]) -> Art:
        """The art of ``brand`` for slots of the sizes in ``boxes``; raises ``ArtError`` where words do not fit."""
        ideal = {name: TYPE_SIZES[name][0] for name in boxes}
        html, layout = self._typeset(brand, language, boxes, ideal)
        if layout.pages > len(boxes):
            fitting = {name: self._fitting(brand, language, name, box) for name, box in boxes.items()}
            html, layout = self._typeset(brand, language, boxes, fitting)
        return art_from_pdf(layout.pdf(), tuple(boxes), spoken_links(html))

    def _fitting(self, brand: Brand, language: tuple[str, Language], name: str, box: SlotSize) -> float:
        for size in TYPE_SIZES[name]:
            if self._typeset(brand, language, {name: box}, {name: size})[1].pages == 1:
                return size
        raise ArtError(
            f'{brand.name}: the words for the slot "{name}" do not fit {box.width:g} × {box.height:g} mm at '
            f"{TYPE_SIZES[name][-1]:g} pt. Hint: shorten them in {brand.path.name}."
        )

    def _typeset(
        self, brand: Brand, language: tuple[str, Language], boxes: Mapping[str, SlotSize], sizes: Mapping[str, float]
    ) -> tuple[str, Layout]:
        code, wording = language
        values = {
            "brand": brand,
            "code": code,
            "language": wording,
            "phrases": wording.phrases,
            "boxes": boxes,
            "sizes": sizes,
            "typed": typed_address,
            "logo": f"logo:{brand.logo.path.name}" if brand.logo else "",
            "logo_size": logo_size(brand.logo, boxes["brandmark"]) if brand.logo and "brandmark" in boxes else (0, 0),
        }
        html = self._templates.render(ART_TEMPLATE, values)
        return html, self._engine.typeset(html, [self._file(ART_STYLE)], _logo_reader(brand))


def _logo_reader(brand: Brand) -> Callable[[str], bytes]:
    def read(url: str) -> bytes:
        if brand.logo and url == f"logo:{brand.logo.path.name}":
            return brand.logo.path.read_bytes()
        raise HandoutError(f"The art of {brand.name} may not read {url}. Hint: a logo must stand on its own.")

    return read
