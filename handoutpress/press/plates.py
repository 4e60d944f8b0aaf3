"""Plates: the typeset pages of one handout in one language and format, with slots and roles where a brand goes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from markupsafe import Markup

from handoutpress.content.formats import Format
from handoutpress.content.handouts import Handout
from handoutpress.content.languages import Language
from handoutpress.content.problems import HandoutError
from handoutpress.content.references import Reference
from handoutpress.press import platefile, slots
from handoutpress.press.flow import Flow, FlowReader
from handoutpress.press.fontfiles import address_subset, regular_file
from handoutpress.press.links import spoken_links
from handoutpress.press.pagefiles import style_name, template_name
from handoutpress.press.render import Templates
from handoutpress.press.roles import sentinel_css
from handoutpress.press.tags import mend_tags
from handoutpress.press.typeset import Layout, Typesetter
from handoutpress.press.view import page_view


class DoesNotFitError(HandoutError):
    """The text is too long for the format, even at its smallest type."""


@dataclass(frozen=True)
class Copy:
    """What is to be typeset: one handout in one language for one format, and what of a brand its flow may read."""

    handout: Handout
    language_code: str
    language: Language
    format: Format
    flow: Flow


@dataclass(frozen=True)
class Plate:
    """A typeset plate: the PDF, which flow fields its page read, and the body size that fitted, pt."""

    pdf: bytes
    reads: frozenset[str]
    size: float
    pages: int


def css_string(text: str) -> str:
    """``text`` as a CSS string that ends where it should, in a style sheet inside HTML."""
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'


def page_counter(phrase: str) -> Markup:
    """A phrase with ``{page}`` and ``{pages}`` as CSS content, for a margin box."""
    marked = phrase.replace("{page}", "\0page\0").replace("{pages}", "\0pages\0")
    parts = [f"counter({part})" if part in ("page", "pages") else css_string(part) for part in marked.split("\0")]
    return Markup(" ".join(parts))  # noqa: S704  every string is escaped for CSS above


class PlateMaker:
    """Makes plates with one project's templates and styles, its references and one typesetter."""

    def __init__(
        self, templates: Templates, file: Callable[[str], Path], library: Mapping[str, Reference], engine: Typesetter
    ) -> None:
        """``file`` gives a project's or built-in file by its relative name."""
        self._templates = templates
        self._file = file
        self._library = library
        self._engine = engine

    def html(self, copy: Copy, size: float, *, short: bool) -> tuple[str, frozenset[str]]:
        """The page as HTML at a body size in pt, and the flow fields that it read."""
        reader = FlowReader(copy.flow)
        boxes = slots.slot_boxes(copy.format, reader.logo_shape, reader.places)
        phrases = copy.language.phrases
        page = page_view(copy.handout, copy.language, self._library, reader, short=short)
        values = {
            "page": page,
            "code": copy.language_code,
            "language": copy.language,
            "phrases": phrases,
            "format": copy.format,
            "size": size,
            "page_counter": page_counter(phrases.page),
            "brand": reader,
            "roles": sentinel_css(),
            "slot": lambda name: slots.placeholder(name, boxes[name]),
        }
        html = self._templates.render(template_name(copy.format), values)
        return html, frozenset(reader.reads)

    def make(self, copy: Copy) -> Plate:
        """Typeset a plate at the largest type that fits.

        Raises ``DoesNotFitError``, or ``TypesetError`` where the engine warned or no font has a character.
        """
        pages = 0
        for size, short in _attempts(copy.format):
            html, reads = self.html(copy, size, short=short)
            layout = self._engine.typeset(html, [self._file(style_name(copy.format))], _no_files)
            pages = layout.pages
            if pages <= copy.format.max_pages:
                return Plate(self._mended(copy, layout, html), reads, size, pages)
        raise DoesNotFitError(
            f'"{copy.handout.title}" needs {pages} pages in the format "{copy.format.name}", '
            f"which allows {copy.format.max_pages}, even at {copy.format.type.floor:g} pt. "
            "Hint: shorten the longest sections, or give them a shorter text."
        )

    def _mended(self, copy: Copy, layout: Layout, html: str) -> bytes:
        words = slots.WORDS | ({"brandmark"} if copy.flow.logo_shape == "none" else set())
        with pikepdf.open(io.BytesIO(layout.pdf())) as pdf:
            mend_tags(pdf, spoken_links(html))
            spaces = platefile.set_roles(pdf)
            places = platefile.set_slots(pdf, frozenset(words))
            font = platefile.add_address_font(pdf, address_subset(regular_file(copy.flow.base_font.files)))
            platefile.loosen(pdf)
            platefile.describe(pdf, (spaces, places, font), _about(copy))
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _about(copy: Copy) -> platefile.About:
    handout = copy.handout
    return platefile.About(
        title=handout.title,
        author=handout.author,
        subject=handout.subtitle or handout.title,
        language=copy.language_code,
        day=handout.date.isoformat(),
    )


def _attempts(format_: Format) -> Iterator[tuple[float, bool]]:
    """Body sizes from the ideal down to the floor, with the full texts, then with the shorter ones."""
    steps = round((format_.type.ideal - format_.type.floor) / format_.type.step)
    for short in (False, True):
        for step in range(steps + 1):
            yield format_.type.ideal - step * format_.type.step, short


def _no_files(url: str) -> bytes:
    raise HandoutError(f"A page may not read {url}. Hint: pictures come from the brand.")
