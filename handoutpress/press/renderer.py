"""Typesetting for one catalog: plates, art, cover pages and screen pages, with one engine for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.models.formats import SlotSize
from handoutpress.content.script_fonts import font_files
from handoutpress.press.extras.arrangement import Part
from handoutpress.press.layout.typeset import MissingGlyphsError, Typesetter
from handoutpress.press.logo.logo_printer import LogoPrinter
from handoutpress.press.missing_glyphs import located
from handoutpress.press.page.cover_page import CoverPage, CoverPageLanguage, CoverPageMaker
from handoutpress.press.page.flow import FlowFields
from handoutpress.press.page.screen_page import ScreenPageMaker
from handoutpress.press.page.templates import SCREEN_STYLE, Templates
from handoutpress.press.plate.art import Art
from handoutpress.press.plate.art_maker import ArtFrame, ArtMaker, type_sizes
from handoutpress.press.plate.plate_maker import Plate, PlateContent, PlateMaker, SecondText, TypesettingTools
from handoutpress.store.cache import Cache


def _font_folders(catalog: Catalog) -> list[Path]:
    """Return the folders of the families that brands and languages name, so that no page falls back on another font."""
    families = [family for brand in catalog.brands.values() for family in (brand.base_font, brand.heading_font)]
    scripts = (font_files(catalog.project, language) for language in catalog.languages.values())
    return sorted({path.parent for files in (*(family.files for family in families), *scripts) for path in files})


class Renderer:
    """Typesets what is not cached."""

    def __init__(self, catalog: Catalog, templates: Templates, cache: Cache, logos: LogoPrinter) -> None:
        self._catalog = catalog
        self.engine = engine = Typesetter(_font_folders(catalog), cache.folder / "fontconfig")
        file = catalog.project.file
        self._plates = PlateMaker(templates, catalog.project, catalog.references, TypesettingTools(engine, cache))
        self._screen_pages = ScreenPageMaker(templates, catalog.references, file(SCREEN_STYLE))
        self._art = ArtMaker(templates, file, engine, logos)
        self._cover_pages = CoverPageMaker(templates, file, engine, logos)

    def plate(self, edition: Edition, flow: FlowFields) -> Plate:
        """Typeset the edition's plate. Raises ``HandoutError``."""
        languages = [self._catalog.languages[text.language] for text in edition.texts]
        content = PlateContent(
            file=edition.handout_file,
            language=languages[0],
            format=edition.format,
            flow=flow,
            beside=SecondText(edition.beside, languages[1]) if edition.beside else None,
        )
        try:
            return self._plates.make(content)
        except MissingGlyphsError as error:
            raise located(self._catalog.project, self._files_of_words(edition), error) from error

    def _files_of_words(self, edition: Edition) -> list[Path]:
        """Return the files whose words a plate prints: the handout in its languages, then the phrases of these."""
        phrases = [self._catalog.project.file(f"languages/{text.language}.yaml") for text in edition.texts]
        return [*(text.path for text in edition.texts), *phrases]

    def art(self, edition: Edition, boxes: Mapping[str, SlotSize], parts: Mapping[str, Part]) -> Art:
        """Typeset the art of the edition's brand for boxes, some of them ``parts`` of one. Raises ``HandoutError``."""
        frame = ArtFrame(boxes, type_sizes(edition.format), parts, edition.format.type.floor)
        return self._art.make(edition.brand, edition.language_slug, edition.language, frame)

    def cover_page(self, edition: Edition, cover_page: CoverPage) -> bytes:
        """Typeset the page that goes before the edition of one patient; nothing of it is cached."""
        languages = (edition.language, *self._catalog.languages.values())
        setting = CoverPageLanguage(
            code=edition.language_slug,
            language=edition.language,
            paper=self._catalog.countries[edition.brand.country].paper,
            families=tuple(dict.fromkeys(name for language in languages for name in language.fonts)),
        )
        return self._cover_pages.make(cover_page, edition.brand, setting)

    def screen_page(self, edition: Edition, flow: FlowFields, addresses: Mapping[str, str]) -> bytes:
        """Return the edition's handout as one HTML file."""
        return self._screen_pages.make(edition, flow, addresses)

    def body(self, edition: Edition, flow: FlowFields) -> str:
        """Return the blocks of the edition's body as HTML."""
        return self._screen_pages.body(edition, flow)
