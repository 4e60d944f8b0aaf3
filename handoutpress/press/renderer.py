"""Where typesetting happens: plates, art and screen pages of one catalog, with one engine for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.models.formats import SlotSize
from handoutpress.content.script_fonts import font_files
from handoutpress.press.layout.missing_glyphs import located
from handoutpress.press.layout.typeset import MissingGlyphsError, Typesetter
from handoutpress.press.page.cover_page import CoverPage, CoverPageLanguage, CoverPageMaker
from handoutpress.press.page.flow import FlowFields
from handoutpress.press.page.screen_page import ScreenPageMaker
from handoutpress.press.page.templates import SCREEN_STYLE, Templates
from handoutpress.press.plate.art import Art
from handoutpress.press.plate.art_maker import ArtFrame, ArtMaker, type_sizes
from handoutpress.press.plate.plate_maker import Plate, PlateContent, PlateMaker, TypesettingTools
from handoutpress.store.cache import Cache


def _font_folders(catalog: Catalog) -> list[Path]:
    """The folders of the families that brands and languages name, so that no page falls back on another font."""
    families = [family for giver in catalog.brands.values() for family in (giver.base_font, giver.heading_font)]
    scripts = (font_files(catalog.project, language) for language in catalog.languages.values())
    return sorted({path.parent for files in (*(family.files for family in families), *scripts) for path in files})


class Renderer:
    """Makes what is not at hand."""

    def __init__(self, catalog: Catalog, templates: Templates, cache: Cache) -> None:
        self._catalog = catalog
        self._templates = templates
        engine = Typesetter(_font_folders(catalog), cache.folder / "fontconfig")
        self._plates = PlateMaker(templates, catalog.project, catalog.references, TypesettingTools(engine, cache))
        self._screens = ScreenPageMaker(templates, catalog.references, catalog.project.file(SCREEN_STYLE))
        self._artist = ArtMaker(templates, catalog.project.file, engine)
        self._slips = CoverPageMaker(templates, catalog.project.file, engine)

    def plate(self, edition: Edition, flow: FlowFields) -> Plate:
        """Typeset the edition's plate. Raises ``HandoutError``."""
        languages = [self._catalog.languages[text.language] for text in edition.texts]
        beside = (edition.beside, languages[1]) if edition.beside else None
        copy = PlateContent(edition.handout_file, languages[0], edition.format, flow, beside)
        try:
            return self._plates.make(copy)
        except MissingGlyphsError as error:
            raise located(self._catalog.project, self._read_for(edition), error) from error

    def _read_for(self, edition: Edition) -> list[Path]:
        """The files whose words a plate prints: the handout in its languages, then the phrases of these."""
        phrases = [self._catalog.project.file(f"languages/{text.language}.yaml") for text in edition.texts]
        return [*(text.path for text in edition.texts), *phrases]

    def art(self, edition: Edition, boxes: Mapping[str, SlotSize]) -> Art:
        """Typeset the art of the edition's brand. Raises ``HandoutError``."""
        language = edition.language
        frame = ArtFrame(boxes, type_sizes(edition.format.slots))
        return self._artist.make(edition.brand, (edition.language_slug, language), frame)

    def slip(self, edition: Edition, slip: CoverPage) -> bytes:
        """Typeset the page that goes before the edition of one patient, and keep nothing of it."""
        giver = edition.brand
        own = edition.language
        languages = (own, *self._catalog.languages.values())
        wording = CoverPageLanguage(
            code=edition.language_slug,
            language=own,
            paper=self._catalog.countries[giver.country].paper,
            families=tuple(dict.fromkeys(name for language in languages for name in language.fonts)),
        )
        return self._slips.make(slip, giver, wording)

    def screen(self, edition: Edition, flow: FlowFields, addresses: Mapping[str, str]) -> bytes:
        """The edition's handout as one HTML file."""
        return self._screens.make(edition, edition.language, flow, addresses)
