"""Plates: the typeset pages of one handout in one language and format, with slots and roles where a brand goes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from markupsafe import Markup

from handoutpress.content.formats import Format
from handoutpress.content.handouts import Handout, Passage
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


@dataclass(frozen=True)
class Trial:
    """One attempt to fit a page."""

    size: float
    html: str
    reads: frozenset[str]
    layout: Layout


class _Trials:
    """Looks for the largest body size at which a page keeps to its format's page limit."""

    def __init__(self, maker: PlateMaker, copy: Copy) -> None:
        self._maker = maker
        self._copy = copy
        self._last: Trial | None = None

    def _fits(self, step: int, *, short: bool) -> Trial | None:
        kind = self._copy.format.type
        trial = self._last = self._maker.trial(self._copy, kind.ideal - step * kind.step, short=short)
        return trial if trial.layout.pages <= self._copy.format.max_pages else None

    def largest(self, *, short: bool) -> Trial | None:
        """The ideal size if it fits, else the largest step above the floor that does, else None."""
        kind = self._copy.format.type
        steps = round((kind.ideal - kind.floor) / kind.step)
        fitting = self._fits(0, short=short)
        if fitting or not steps or not (fitting := self._fits(steps, short=short)):
            return fitting
        low, high = 1, steps
        while low < high:
            middle = (low + high) // 2
            if found := self._fits(middle, short=short):
                fitting, high = found, middle
            else:
                low = middle + 1
        return fitting

    def excess(self) -> str:
        """By how much the last trial is too long, and what would help."""
        copy, trial = self._copy, self._last
        lines = trial.layout.lines_beyond(copy.format.max_pages) if trial else 0
        return (
            f'"{copy.handout.title}" is about {lines} lines too long for the format "{copy.format.name}", which allows '
            f"{copy.format.max_pages} pages, even with the shorter texts at {copy.format.type.floor:g} pt. "
            f"Hint: shorten the longest sections: {', '.join(_longest(copy.handout))}."
        )


def _longest(handout: Handout) -> list[str]:
    """The three longest texts of a handout, by their keys, with their words."""
    texts = {name: value.text for name, value in handout if isinstance(value, Passage)}
    texts |= {section.id: section.text for section in handout.sections}
    by_words = sorted(texts, key=lambda name: -len(texts[name].split()))
    return [f'"{name}" ({len(texts[name].split())} words)' for name in by_words[:3]]


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
        """Typeset a plate at the largest type that fits, with the full texts or else the shorter ones.

        Raises ``DoesNotFitError``, or ``TypesetError`` where the engine warned or no font has a character.
        """
        trials = _Trials(self, copy)
        for short in (False, True):
            if fitting := trials.largest(short=short):
                return Plate(self._mended(copy, fitting.layout, fitting.html), fitting.reads, fitting.size)
        raise DoesNotFitError(trials.excess())

    def trial(self, copy: Copy, size: float, *, short: bool) -> Trial:
        """Lay the page out at a body size in pt."""
        html, reads = self.html(copy, size, short=short)
        layout = self._engine.typeset(html, [self._file(style_name(copy.format))], _no_files)
        return Trial(size, html, reads, layout)

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


def _no_files(url: str) -> bytes:
    raise HandoutError(f"A page may not read {url}. Hint: pictures come from the brand.")
