"""Keys of cached plates and art, and the named inputs of an edition: both count all that its pages are made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from handoutpress.content.brand.brand import Brand, FontFamily
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition, HandoutFile
from handoutpress.content.models.formats import SlotSize
from handoutpress.content.project import LOOKS
from handoutpress.content.script_fonts import font_files
from handoutpress.press.extras.arrangement import Part
from handoutpress.press.page.flow import FLOW_FIELDS, FlowFields, clinic_said, flow_of, shared_fields
from handoutpress.press.page.templates import (
    ART_STYLE,
    ART_TEMPLATE,
    SCREEN_STYLE,
    SCREEN_TEMPLATE,
    Templates,
    style_names,
    template_name,
)
from handoutpress.store.digests import bytes_digest, code_digest, input_digest, library_versions, parts_digest

NamedInputs = Mapping[str, str]
InputParts = tuple[NamedInputs, ...]
"""Named inputs in groups, each of which many editions share as one object."""

CITED = "the references that it cites"
"""The input that stands for what a handout takes from the reference library."""

POSES = "the poses of its exercises"
"""The input that stands for what its figures are drawn from."""

SITE = "the address of its site"
"""The input that stands for where the codes of a brand lead that has a site."""

_NOTHING = frozenset[str]()


class CacheKeys:
    """The keys of one catalog; what many editions share is hashed once."""

    def __init__(self, catalog: Catalog, templates: Templates) -> None:
        self._catalog = catalog
        self._templates = templates
        self._flows: dict[tuple[object, ...], tuple[FlowFields, str]] = {}
        self._brand_numbers: dict[str, int] = {}
        self._shared_numbers: dict[tuple[object, ...], int] = {}
        self._fonts: dict[tuple[FontFamily, FontFamily], NamedInputs] = {}
        self._brands: dict[str, InputParts] = {}
        self._shared: dict[tuple[str, ...], NamedInputs] = {}

    @cached_property
    def _engine(self) -> dict[str, str]:
        versions = {f"the library {name}": version for name, version in library_versions().items()}
        return {"the code of Handout Press": code_digest(), **versions}

    @cached_property
    def _art_inputs(self) -> NamedInputs:
        return {**self._file_input(ART_STYLE), "the template of the art": self._templates.digest(ART_TEMPLATE)}

    @cached_property
    def _looks(self) -> NamedInputs:
        """All looks, since a plate's base knows no brand."""
        return {self._show(path): input_digest(path) for path in self._catalog.project.files("looks", LOOKS).values()}

    def flow(self, edition: Edition) -> FlowFields:
        """Return what of the edition's brand its text flow may read."""
        return self.flow_of(edition.brand, *edition.texts)

    def flow_of(self, brand: Brand, *texts: HandoutFile) -> FlowFields:
        """Return what of a brand the texts of a handout may read: one object for all that are alike."""
        return self._flow(brand, *texts)[0]

    def _flow(self, brand: Brand, *texts: HandoutFile) -> tuple[FlowFields, str]:
        slug, language = texts[0].slug, texts[0].language
        hidden = frozenset(brand.hidden[slug]) if slug in brand.hidden else _NOTHING
        key = self.brand_number(brand), language, brand.notes.get(slug, ""), hidden, clinic_said(brand, *texts)
        flow = self._flows.get(key)
        if flow is None:
            fields = flow_of(brand, self._catalog.countries[brand.country], *texts)
            digest = parts_digest(fields.field_digest(name).encode() for name in FLOW_FIELDS)[:16]
            flow = self._flows[key] = fields, digest
        return flow

    def brand_number(self, brand: Brand) -> int:
        """Return one number for all brands that a flow cannot tell apart, but for what they say of single handouts."""
        number = self._brand_numbers.get(brand.slug)
        if number is None:
            number = self._shared_numbers.setdefault(shared_fields(brand), len(self._shared_numbers))
            self._brand_numbers[brand.slug] = number
        return number

    def group(self, edition: Edition) -> str:
        """Return a name that editions have in common whose plate is the same: all that the flow might read is alike."""
        digest = self._flow(edition.brand, *edition.texts)[1]
        return f"{edition.handout_slug}.{edition.languages_slug} {edition.format_slug} {digest}"

    def plate_base(self, edition: Edition) -> str:
        """Return the key of a plate but for the brand."""
        return parts_digest(json.dumps(part).encode() for part in sorted(self._plate_inputs(edition).items()))

    def _plate_inputs(self, edition: Edition) -> NamedInputs:
        key = ("plate", edition.handout_slug, edition.languages_slug, edition.format_slug)
        if key not in self._shared:
            printed = edition.format_file
            self._shared[key] = {
                **self.text_inputs(*edition.texts),
                **self._engine,
                self._show(printed.path): printed.digest,
                "templates": self._templates.digest(template_name(printed.format)),
                **({"the languages side by side": edition.languages_slug} if edition.beside else {}),
                **{key: value for name in style_names(printed.format) for key, value in self._file_input(name).items()},
                **self._looks,
            }
        return self._shared[key]

    def text_inputs(self, *texts: HandoutFile) -> NamedInputs:
        """Return all that the words of ``texts`` are made from, but for the brand and the code."""
        keys = dict.fromkeys(key for text in texts for key in text.cited)
        cited = [self._catalog.references[key].model_dump_json() for key in keys]
        named = {CITED: bytes_digest("\n".join(cited).encode())}
        for text in texts:
            named[self._show(text.path)] = text.digest
            named.update(self._content_input(f"languages/{text.language}.yaml"))
            named.update(self._content_input(f"kinds/{text.handout.kind}.yaml"))
            named.update({self._show(about.path): about.digest for about in text.about})
            named.update(self._script_fonts(text.language))
            named.update({self._show(picture.path): picture.digest for picture in text.pictures.values()})
            named.update({self._show(icon.path): icon.digest for icon in text.icons.values()})
            if text.cover:
                named[self._show(text.cover.path)] = text.cover.digest
            if text.poses:
                named[POSES] = bytes_digest("\n".join(pose.model_dump_json() for pose in text.poses.values()).encode())
        return named

    def _script_fonts(self, language: str) -> NamedInputs:
        files = font_files(self._catalog.project, self._catalog.languages[language])
        return {self._show(path): input_digest(path) for path in files}

    def _screen_inputs(self, edition: Edition) -> NamedInputs:
        key = ("screen", edition.handout_slug, edition.language_slug)
        if key not in self._shared:
            self._shared[key] = {
                **self.text_inputs(edition.handout_file),
                **self._engine,
                "templates": self._templates.digest(SCREEN_TEMPLATE),
                **self._file_input(SCREEN_STYLE),
            }
        return self._shared[key]

    def _brand_inputs(self, brand: Brand) -> InputParts:
        """Return what a brand brings: its typefaces and country, which it shares with others, and its own files."""
        if brand.slug not in self._brands:
            # Of a sheet of clinics each brand's own row counts alone.
            files = {
                self._show(path): input_digest(path) for path in brand.files if not (brand.row and path == brand.path)
            }
            files |= {brand.named(self._show(brand.path)): brand.row.digest} if brand.row else {}
            files |= {SITE: brand.site} if brand.site else {}
            self._brands[brand.slug] = self._font_inputs(brand), self._country_inputs(brand.country), files
        return self._brands[brand.slug]

    def _country_inputs(self, code: str) -> NamedInputs:
        key = ("country", code)
        if key not in self._shared:
            self._shared[key] = self._content_input(f"countries/{code}.yaml")
        return self._shared[key]

    def _font_inputs(self, brand: Brand) -> NamedInputs:
        families = brand.base_font, brand.heading_font
        if families not in self._fonts:
            files = dict.fromkeys(path for family in families for path in family.files)
            self._fonts[families] = {self._show(path): input_digest(path) for path in files}
        return self._fonts[families]

    def inputs(self, edition: Edition, kind: str) -> InputParts:
        """Return all that the edition's PDF, or its handout's HTML, is made from, by the names that people know."""
        of_brand = self._brand_inputs(edition.brand)
        if kind == "html":
            return self._screen_inputs(edition), *of_brand
        return self._plate_inputs(edition), self._art_inputs, *of_brand

    def art(self, edition: Edition, boxes: Mapping[str, SlotSize], parts: Mapping[str, Part]) -> str:
        """Return the key of the art of the edition's brand for slots of these sizes, some of them parts of a box."""
        brand, language, slots = edition.brand, edition.language_slug, edition.format.slots
        sizes = {name: (box.width, box.height) for name, box in boxes.items()}
        words = self._catalog.languages[language].model_dump_json()
        logo = input_digest(brand.logo.path) if brand.logo else ""
        pictures = [input_digest(picture.path) for picture in brand.extras.pictures]
        ground = (brand.logo.ground, brand.logo.padding) if brand.logo else ()
        printed = (brand.name, brand.short_name, brand.link, brand.country, brand.contacts, brand.colours, logo, ground)
        fonts = [input_digest(path) for family in (brand.base_font, brand.heading_font) for path in family.files]
        fonts += self._script_fonts(language).values()
        made_by = {**self._engine, **self._file_input(ART_STYLE), "t": self._templates.digest(ART_TEMPLATE)}
        return parts_digest(
            repr(part).encode()
            for part in (
                sizes,
                sorted(parts.items()),
                repr(slots.words),
                slots.brandmark.name,
                edition.format.type.ideal,
                words,
                printed,
                brand.extras.shown(language),
                pictures,
                fonts,
                sorted(made_by.items()),
            )
        )

    def _show(self, path: Path) -> str:
        return self._catalog.project.show(path)

    def _file_input(self, name: str) -> NamedInputs:
        return {name: input_digest(self._catalog.project.file(name))}

    def _content_input(self, name: str) -> NamedInputs:
        path = self._catalog.project.file(name)
        return {self._show(path): input_digest(path)}
