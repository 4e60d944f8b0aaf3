"""Plates: the typeset pages of one handout in one language and format, with slots and roles where a brand goes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from markupsafe import Markup

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.formats import Format
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.content.project import Project
from handoutpress.press.extras.arrangement import READ_IN_ORDER
from handoutpress.press.layout.address_subset import cached_subset
from handoutpress.press.layout.choices import (
    LayoutChoice,
    TextLengths,
    TypeSetting,
    layout_choices,
    lengths_of,
    view_choice,
)
from handoutpress.press.layout.explanation import explained
from handoutpress.press.layout.fitting import Fitting
from handoutpress.press.layout.fitting_memory import FittingMemory
from handoutpress.press.layout.prediction import MeasuredText
from handoutpress.press.layout.spreading import spare_room
from handoutpress.press.layout.trials import FittedText, LayoutTrial
from handoutpress.press.layout.typeset import EngineStuckError, Layout, Typesetter
from handoutpress.press.page.blocks.icons import cover_picture
from handoutpress.press.page.blocks.writer import ViewChoice
from handoutpress.press.page.flow import FlowFields, FlowFieldsReader
from handoutpress.press.page.html_words import link_words
from handoutpress.press.page.templates import Templates, look_name, style_names, template_name
from handoutpress.press.page.view import PageView, side_by_side
from handoutpress.press.plate import plate_file, slots
from handoutpress.press.plate.page_views import PageViews
from handoutpress.press.plate.roles import sentinel_css
from handoutpress.press.plate.tags import fix_tags, trim_pages
from handoutpress.store.cache import Cache
from handoutpress.store.digests import input_digest, library_versions, parts_digest
from handoutpress.yamlfile.problems import HandoutError

UNBOXED = "* { break-inside: auto !important } div, section { display: block !important }"
"""Undoes what the engine got stuck at, so that the lines that are too many can be counted."""


@dataclass(frozen=True)
class SecondText:
    """The same handout in a second language, to be set beside the first."""

    file: HandoutFile
    language: Language


@dataclass(frozen=True)
class PlateContent:
    """What is to be typeset: a handout in one or two languages for a format, and what of a brand its flow may read."""

    file: HandoutFile
    language: Language
    format: Format
    flow: FlowFields
    beside: SecondText | None = None


@dataclass(frozen=True)
class Plate:
    """A typeset plate: the PDF, which flow fields its page read, and in words how it was set."""

    pdf: bytes
    reads: frozenset[str]
    explanation: str


def css_string(text: str) -> Markup:
    """Return ``text`` as a CSS string that ends where it should, in a style sheet inside HTML."""
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{escaped}"')  # noqa: S704  all but letters and digits is escaped for CSS


def page_counter(phrase: str) -> Markup:
    """Return a phrase with ``{page}`` and ``{pages}`` as CSS content, for a margin box."""
    marked = phrase.replace("{page}", "\0page\0").replace("{pages}", "\0pages\0")
    parts = [f"counter({part})" if part in ("page", "pages") else css_string(part) for part in marked.split("\0")]
    return Markup(" ".join(parts))  # noqa: S704  every string is escaped for CSS above


@dataclass(frozen=True)
class TypesettingTools:
    """What sets type, and the cache for what is made of fonts."""

    typesetter: Typesetter
    cache: Cache


class PlateMaker:
    """A maker of plates, with one project's templates and styles, its references and one typesetter."""

    def __init__(
        self, templates: Templates, project: Project, library: Mapping[str, Reference], tools: TypesettingTools
    ) -> None:
        self._templates = templates
        self._file = project.file
        self._views = PageViews(library)
        self._typesetter = tools.typesetter
        self._cache = tools.cache
        self._memory = FittingMemory(tools.cache)

    def html(self, content: PlateContent, setting: TypeSetting) -> tuple[str, frozenset[str]]:
        """Return the page as HTML, and the flow fields that it read."""
        reader, printed = FlowFieldsReader(content.flow), content.format
        extras = slots.extras_box(printed, reader)
        boxes = slots.slot_boxes(printed, reader.logo_shape, reader.places, extras)
        phrases = content.language.phrases
        choice = view_choice(printed, setting, beside=content.beside is not None)
        page = self._views.view(content.file, content.language, reader, choice)
        values = {
            "page": page,
            "cover": cover_picture(content.file.cover),
            "code": content.file.language,
            "language": content.language,
            "phrases": phrases,
            "format": printed,
            "setting": setting,
            "size": setting.size,
            "page_counter": page_counter(phrases.page),
            "brand": reader.record(),
            "extras": slots.printed_extras(printed, READ_IN_ORDER) if extras else (),
            "look": reader.look,
            "roles": sentinel_css(),
            **self._columns(content, page, reader, choice),
        }
        functions = {"slot": lambda name: slots.placeholder(name, boxes[name]), "css_string": css_string}
        html = self._templates.render(template_name(printed), values, functions)
        html = slots.with_phone(html, boxes["phone"])
        return html, frozenset(reader.reads)

    def _columns(
        self, content: PlateContent, page: PageView, reader: FlowFieldsReader, choice: ViewChoice
    ) -> dict[str, object]:
        """Return what two languages side by side are made of: each column's values, and the sections in pairs."""
        if content.beside is None:
            return {}
        file, language = content.beside.file, content.beside.language
        first_column = {
            "page": page,
            "code": content.file.language,
            "language": content.language,
            "phrases": content.language.phrases,
        }
        choice = replace(choice, numbered=page.cited, with_pictures=False)
        second_page = self._views.view(file, language, reader, choice)
        second_column = {"page": second_page, "code": file.language, "language": language, "phrases": language.phrases}
        return {"columns": (first_column, second_column), "pairs": side_by_side(page, second_page)}

    def make(self, content: PlateContent) -> Plate:
        """Typeset a plate at the largest type that fits, with the full texts or else the format's reductions.

        Raises ``DoesNotFitError``, or ``TypesetError`` where the engine warned or no font has a character.
        """
        fitted = self.remembered_fit(content)
        words = explained(content.format, fitted, self.lengths(content).references, content.file.handout)
        return Plate(self._finished(content, fitted.trial.layout, fitted.trial.html), fitted.trial.reads, words)

    def remembered_fit(self, content: PlateContent) -> FittedText:
        """Find how a plate is set, beginning with what was found for such texts before. Raises as ``make`` does."""
        names, area = _names(content), content.format.text_area
        likely = self._memory.recall(names)
        fitted = self.fit(content, likely.on(area) if likely else None, self._memory.failures(names[0]))
        if fitted.measured:
            self._memory.keep(names, replace(fitted.measured, area=area))
        if fitted.failed:
            self._memory.keep_failures(names[0], fitted.failed)
        return fitted

    def fit(
        self, content: PlateContent, likely: MeasuredText | None = None, failed: Sequence[MeasuredText] = ()
    ) -> FittedText:
        """Find how a plate is set. ``likely`` tells of such a text, ``failed`` of those that did not fit.

        Raises as ``make`` does.
        """
        lengths, pages = self.lengths(content), dict[str, LayoutTrial]()

        def attempt(setting: TypeSetting) -> LayoutTrial:
            html, reads = self.html(content, setting)
            if html not in pages:  # not every choice changes the page of every handout
                pages[html] = self.laid_out(content, setting, html, reads)
            return replace(pages[html], setting=setting)

        fitting = Fitting(content.format, content.file.handout, lengths, attempt, self._basis(content))
        return fitting.best(likely, failed)

    def _basis(self, content: PlateContent) -> str:
        """Return a digest of all that a plate's pages are made from, but for their words and how they are set."""
        sheets = [input_digest(path) for path in self._sheets(content)]
        fonts = [content.flow.field_digest(name) for name in ("base_font", "heading_font")]
        texts = [content.language, *([content.beside.language] if content.beside else [])]
        printed = [content.format.model_dump_json(), *(language.model_dump_json() for language in texts)]
        parts = [self._templates.digest(template_name(content.format)), *sheets, *fonts, *printed]
        return parts_digest(part.encode() for part in [*parts, repr(sorted(library_versions().items()))])

    def _sheets(self, content: PlateContent) -> list[Path]:
        """Return the stylesheets of a plate's pages, in the order that they are read."""
        return [self._file(name) for name in (*style_names(content.format), look_name(content.flow.look))]

    def choices(self, content: PlateContent) -> list[LayoutChoice]:
        """Return all ways in which a plate may be set, the least harmful first."""
        return layout_choices(content.format, self.lengths(content))

    def lengths(self, content: PlateContent) -> TextLengths:
        """Return how long the texts of a plate are."""
        texts = [content.file, *([content.beside.file] if content.beside else [])]
        cited = dict.fromkeys(key for text in texts for key in text.cited)
        has_code = bool(content.file.codes(has_site=content.flow.has_site))
        return lengths_of([text.handout for text in texts], content.format, len(cited), has_code=has_code)

    def trial(self, content: PlateContent, setting: TypeSetting) -> LayoutTrial:
        """Lay the page out with a setting."""
        return self.laid_out(content, setting, *self.html(content, setting))

    def laid_out(self, content: PlateContent, setting: TypeSetting, html: str, reads: frozenset[str]) -> LayoutTrial:
        """Lay a page out that is written with a setting, and read these flow fields."""
        sheets = self._sheets(content)
        spare = spare_room(content.format, setting)
        try:
            return LayoutTrial(setting, html, reads, self._typesetter.typeset(html, sheets, _no_files, spare=spare))
        except EngineStuckError:
            unboxed = html.replace("</head>", f"<style>{UNBOXED}</style></head>")
            layout = self._typesetter.typeset(unboxed, sheets, _no_files, spare=spare)
            return LayoutTrial(setting, html, reads, layout, stuck=True)

    def _finished(self, content: PlateContent, layout: Layout, html: str) -> bytes:
        # Without a logo the brandmark is the clinic's name, to be read as words.
        text_slots = slots.WORDS | ({"brandmark"} if content.flow.logo_shape == "none" else set())
        with pikepdf.open(io.BytesIO(layout.pdf(is_plain=True))) as pdf:  # its drawings are written anew
            trim_pages(pdf)
            fix_tags(pdf, link_words(html))
            spaces = plate_file.set_roles(pdf)
            places = plate_file.set_slots(pdf, frozenset(text_slots))
            font = plate_file.add_address_font(pdf, cached_subset(self._cache, content.flow.base_font.files))
            plate_file.make_indirect(pdf)
            plate_file.print_unscaled(pdf)
            plate_file.describe(pdf, roles=spaces, slots=places, font=font, facts=_document_facts(content))
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _names(content: PlateContent) -> tuple[str, ...]:
    """Return by what names the measures of a plate are kept, from the nearest to the widest.

    They are of the handout in its format, look and typefaces, in others, in a format alike, then of any text in them.
    """
    texts = [content.file, *([content.beside.file] if content.beside else [])]
    languages, flow, format_ = "+".join(text.language for text in texts), content.flow, content.format
    faces = f"{flow.base_font.name}, {flow.heading_font.name}"
    printed, alike = f"{format_.name} {format_.style} {languages}", f"{format_.style} {languages}"
    handout = f"{printed} {content.file.path.name}"
    return (
        f"{handout} {flow.look} {faces}",
        f"{handout} {faces}",
        f"{handout} {flow.look}",
        handout,
        f"{alike} {content.file.path.name} {faces}",
        f"{printed} {flow.look} {faces}",
        printed,
        f"{format_.name} {format_.style}",
    )


def _document_facts(content: PlateContent) -> plate_file.DocumentFacts:
    handout = content.file.handout
    return plate_file.DocumentFacts(
        title=handout.title,
        author=handout.author,
        subject=handout.subtitle or handout.title,
        language=content.file.language,
        day=handout.date.isoformat(),
    )


def _no_files(url: str) -> bytes:
    raise HandoutError(f"A page may not read {url}. Hint: pictures come from the brand.")
