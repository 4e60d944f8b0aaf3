"""Keys of plates and art, and the named inputs of an edition: both count everything that its pages are made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from handoutpress.content.brands import Brand, FontFamily
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition, HandoutFile
from handoutpress.content.scripts import font_files
from handoutpress.content.slotsizes import SlotSize
from handoutpress.press.flow import FLOW_FIELDS, Flow, flow_of, likeness
from handoutpress.press.pagefiles import (
    ART_STYLE,
    ART_TEMPLATE,
    SCREEN_STYLE,
    SCREEN_TEMPLATE,
    style_names,
    template_name,
)
from handoutpress.press.provenance import code_digest, digest_of, file_digest, library_versions
from handoutpress.press.render import Templates

Named = Mapping[str, str]
Parts = tuple[Named, ...]
"""Named inputs in groups, each of which many editions share as one object."""

CITED = "the references that it cites"
"""The input that stands for what a handout takes from the reference library."""


class Keys:
    """The keys of one catalog; what many editions share is hashed once."""

    def __init__(self, catalog: Catalog, templates: Templates) -> None:
        self._catalog = catalog
        self._templates = templates
        self._flows: dict[tuple[object, ...], tuple[Flow, str]] = {}
        self._alike: dict[str, int] = {}
        self._likenesses: dict[tuple[object, ...], int] = {}
        self._fonts: dict[tuple[FontFamily, FontFamily], Named] = {}
        self._brands: dict[str, Parts] = {}
        self._shared: dict[tuple[str, ...], Named] = {}

    @cached_property
    def _engine(self) -> dict[str, str]:
        versions = {f"the library {name}": version for name, version in library_versions().items()}
        return {"the code of Handout Press": code_digest(), **versions}

    @cached_property
    def _art_inputs(self) -> Named:
        return {**self._file_input(ART_STYLE), "the template of the art": self._templates.digest(ART_TEMPLATE)}

    def flow(self, edition: Edition) -> Flow:
        """What of the edition's brand its text flow may read."""
        return self._flow(edition.giver, edition.slug)[0]

    def _flow(self, brand: Brand, slug: str) -> tuple[Flow, str]:
        alike = (self._likeness(brand), brand.notes.get(slug, ""), frozenset(brand.hidden.get(slug, ())))
        found = self._flows.get(alike)
        if found is None:
            flow = flow_of(brand, self._catalog.countries[brand.country], slug)
            whole = digest_of(flow.digest_of(name).encode() for name in FLOW_FIELDS)[:16]
            found = self._flows[alike] = (flow, whole)
        return found

    def _likeness(self, brand: Brand) -> int:
        """One number for all brands that a flow cannot tell apart, but for what they say of single handouts."""
        if brand.slug not in self._alike:
            self._alike[brand.slug] = self._likenesses.setdefault(likeness(brand), len(self._likenesses))
        return self._alike[brand.slug]

    def group(self, edition: Edition) -> str:
        """Editions of one group share a plate: all that the flow might read is alike."""
        return f"{edition.slug}.{edition.languages} {edition.format} {self._flow(edition.giver, edition.slug)[1]}"

    def plate_base(self, edition: Edition) -> str:
        """The key of a plate but for the brand."""
        return digest_of(json.dumps(part).encode() for part in sorted(self._plate_inputs(edition).items()))

    def _plate_inputs(self, edition: Edition) -> Named:
        key = ("plate", edition.slug, edition.languages, edition.format)
        if key not in self._shared:
            printed = edition.printed
            self._shared[key] = {
                **self._text_inputs(*edition.texts),
                **self._engine,
                self._show(printed.path): printed.digest,
                "templates": self._templates.digest(template_name(printed.format)),
                **({"the languages side by side": edition.languages} if edition.beside else {}),
                **{key: value for name in style_names(printed.format) for key, value in self._file_input(name).items()},
            }
        return self._shared[key]

    def _text_inputs(self, *texts: HandoutFile) -> Named:
        keys = dict.fromkeys(key for text in texts for key in text.cited)
        cited = [self._catalog.references[key].model_dump_json() for key in keys]
        named = {CITED: sha256("\n".join(cited).encode()).hexdigest()}
        for text in texts:
            named[self._show(text.path)] = text.digest
            named.update(self._content_input(f"languages/{text.language}.yaml"))
            named.update(self._script_fonts(text.language))
        return named

    def _script_fonts(self, language: str) -> Named:
        files = font_files(self._catalog.project, self._catalog.languages[language])
        return {self._show(path): file_digest(path) for path in files}

    def _screen_inputs(self, edition: Edition) -> Named:
        key = ("screen", edition.slug, edition.language)
        if key not in self._shared:
            self._shared[key] = {
                **self._text_inputs(edition.handout),
                **self._engine,
                "templates": self._templates.digest(SCREEN_TEMPLATE),
                **self._file_input(SCREEN_STYLE),
            }
        return self._shared[key]

    def _given(self, brand: Brand) -> Parts:
        """What a brand brings: its typefaces and country, which it shares with others, and its own files."""
        if brand.slug not in self._brands:
            own = {self._show(path): file_digest(path) for path in brand.files}
            self._brands[brand.slug] = self._font_inputs(brand), self._country_inputs(brand.country), own
        return self._brands[brand.slug]

    def _country_inputs(self, code: str) -> Named:
        key = ("country", code)
        if key not in self._shared:
            self._shared[key] = self._content_input(f"countries/{code}.yaml")
        return self._shared[key]

    def _font_inputs(self, brand: Brand) -> Named:
        families = brand.base_font, brand.heading_font
        if families not in self._fonts:
            files = dict.fromkeys(path for family in families for path in family.files)
            self._fonts[families] = {self._show(path): file_digest(path) for path in files}
        return self._fonts[families]

    def inputs(self, edition: Edition, kind: str) -> Parts:
        """Everything that the edition's PDF, or its handout's HTML, is made from, by the names that people know."""
        given = self._given(edition.giver)
        if kind == "html":
            return self._screen_inputs(edition), *given
        return self._plate_inputs(edition), self._art_inputs, *given

    def art(self, edition: Edition, boxes: Mapping[str, SlotSize]) -> str:
        """The key of the art of the edition's brand for slots of these sizes."""
        brand, language, type_ = edition.giver, edition.language, edition.printed.format.slots.words
        sizes = {name: (box.width, box.height) for name, box in boxes.items()}
        words = self._catalog.languages[language].model_dump_json()
        logo = file_digest(brand.logo.path) if brand.logo else ""
        said = (brand.name, brand.short_name, brand.link, brand.contacts, brand.colours, logo)
        fonts = [file_digest(path) for family in (brand.base_font, brand.heading_font) for path in family.files]
        fonts += self._script_fonts(language).values()
        made_by = {**self._engine, **self._file_input(ART_STYLE), "t": self._templates.digest(ART_TEMPLATE)}
        return digest_of(
            repr(part).encode() for part in (sizes, repr(type_), words, said, fonts, sorted(made_by.items()))
        )

    def _show(self, path: Path) -> str:
        return self._catalog.project.show(path)

    def _file_input(self, name: str) -> Named:
        return {name: file_digest(self._catalog.project.file(name))}

    def _content_input(self, name: str) -> Named:
        path = self._catalog.project.file(name)
        return {self._show(path): file_digest(path)}
