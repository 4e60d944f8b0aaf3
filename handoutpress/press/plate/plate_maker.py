"""Plates: the typeset pages of one handout in one language and format, with slots and roles where a brand goes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import pikepdf
from markupsafe import Markup

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.formats import Format
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.content.project import Project
from handoutpress.press.layout.address_subset import kept_subset
from handoutpress.press.layout.fitting import Fitting, LayoutTrial, TypeSetting
from handoutpress.press.layout.typeset import EngineStuckError, Layout, Typesetter
from handoutpress.press.page.flow import FlowFields, FlowFieldsReader
from handoutpress.press.page.html_words import link_words
from handoutpress.press.page.templates import Templates, style_names, template_name
from handoutpress.press.page.view import PageView, ViewChoice, page_view, side_by_side
from handoutpress.press.plate import plate_file, slots
from handoutpress.press.plate.roles import sentinel_css
from handoutpress.press.plate.tags import mend_tags, trim_pages
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.problems import HandoutError

UNBOXED = "* { break-inside: auto !important } div, section { display: block !important }"
"""Undoes what the engine got stuck at, so that the lines that are too many can be counted."""


@dataclass(frozen=True)
class PlateContent:
    """What is to be typeset: one handout in one language for one format, and what of a brand its flow may read.

    ``beside`` is the same handout in a second language, to be set beside it.
    """

    file: HandoutFile
    language: Language
    format: Format
    flow: FlowFields
    beside: tuple[HandoutFile, Language] | None = None


@dataclass(frozen=True)
class Plate:
    """A typeset plate: the PDF, which flow fields its page read, and the body size that fitted, pt."""

    pdf: bytes
    reads: frozenset[str]
    size: float


def css_string(text: str) -> str:
    """``text`` as a CSS string that ends where it should, in a style sheet inside HTML."""
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'


def page_counter(phrase: str) -> Markup:
    """A phrase with ``{page}`` and ``{pages}`` as CSS content, for a margin box."""
    marked = phrase.replace("{page}", "\0page\0").replace("{pages}", "\0pages\0")
    parts = [f"counter({part})" if part in ("page", "pages") else css_string(part) for part in marked.split("\0")]
    return Markup(" ".join(parts))  # noqa: S704  every string is escaped for CSS above


@dataclass(frozen=True)
class TypesettingTools:
    """What sets type, and where it keeps what it made of fonts."""

    typesetter: Typesetter
    cache: Cache


class PlateMaker:
    """Makes plates with one project's templates and styles, its references and one typesetter."""

    def __init__(
        self, templates: Templates, project: Project, library: Mapping[str, Reference], engine: TypesettingTools
    ) -> None:
        self._templates = templates
        self._file = project.file
        self._library = library
        self._engine = engine.typesetter
        self._cache = engine.cache

    def html(self, copy: PlateContent, setting: TypeSetting) -> tuple[str, frozenset[str]]:
        """The page as HTML, and the flow fields that it read."""
        reader, printed = FlowFieldsReader(copy.flow), copy.format
        boxes = slots.slot_boxes(printed, reader.logo_shape, reader.places)
        phrases = copy.language.phrases
        cut = ViewChoice(short=setting.short, references=setting.references, only=printed.sections)
        page = page_view(copy.file, copy.language, self._library, reader, cut)
        values = {
            "page": page,
            "code": copy.file.language,
            "language": copy.language,
            "phrases": phrases,
            "format": printed,
            "setting": setting,
            "size": setting.size,
            "page_counter": page_counter(phrases.page),
            "brand": reader,
            "roles": sentinel_css(),
            "slot": lambda name: slots.placeholder(name, boxes[name]),
            **self._columns(copy, page, reader, cut),
        }
        html = self._templates.render(template_name(printed), values)
        return html, frozenset(reader.reads)

    def _columns(
        self, copy: PlateContent, page: PageView, reader: FlowFieldsReader, cut: ViewChoice
    ) -> dict[str, object]:
        """What two languages side by side are made of: each column's values, and the sections in pairs."""
        if copy.beside is None:
            return {}
        file, language = copy.beside
        own = {"page": page, "code": copy.file.language, "language": copy.language, "phrases": copy.language.phrases}
        cut = replace(cut, numbered=tuple(entry.key for entry in page.references))
        other = page_view(file, language, self._library, reader, cut)
        second = {"page": other, "code": file.language, "language": language, "phrases": language.phrases}
        return {"columns": (own, second), "pairs": side_by_side(page, other)}

    def make(self, copy: PlateContent) -> Plate:
        """Typeset a plate at the largest type that fits, with the full texts or else the format's reductions.

        Raises ``DoesNotFitError``, or ``TypesetError`` where the engine warned or no font has a character.
        """
        fitting = Fitting(copy.format, copy.file.handout, partial(self.trial, copy)).best()
        return Plate(self._mended(copy, fitting.layout, fitting.html), fitting.reads, fitting.setting.size)

    def trial(self, copy: PlateContent, setting: TypeSetting) -> LayoutTrial:
        """Lay the page out with a setting."""
        html, reads = self.html(copy, setting)
        sheets = [self._file(name) for name in style_names(copy.format)]
        try:
            return LayoutTrial(setting, html, reads, self._engine.typeset(html, sheets, _no_files))
        except EngineStuckError:
            loose = html.replace("</head>", f"<style>{UNBOXED}</style></head>")
            return LayoutTrial(setting, html, reads, self._engine.typeset(loose, sheets, _no_files), stuck=True)

    def _mended(self, copy: PlateContent, layout: Layout, html: str) -> bytes:
        words = slots.WORDS | ({"brandmark"} if copy.flow.logo_shape == "none" else set())
        with pikepdf.open(io.BytesIO(layout.pdf())) as pdf:
            trim_pages(pdf)
            mend_tags(pdf, link_words(html))
            spaces = plate_file.set_roles(pdf)
            places = plate_file.set_slots(pdf, frozenset(words))
            font = plate_file.add_address_font(pdf, kept_subset(self._cache, copy.flow.base_font.files))
            plate_file.loosen(pdf)
            plate_file.describe(pdf, (spaces, places, font), _about(copy))
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _about(copy: PlateContent) -> plate_file.DocumentFacts:
    handout = copy.file.handout
    return plate_file.DocumentFacts(
        title=handout.title,
        author=handout.author,
        subject=handout.subtitle or handout.title,
        language=copy.file.language,
        day=handout.date.isoformat(),
    )


def _no_files(url: str) -> bytes:
    raise HandoutError(f"A page may not read {url}. Hint: pictures come from the brand.")
