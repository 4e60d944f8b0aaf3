"""A writer of a page's words: our small Markdown as HTML of one language, citations numbered as a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from markupsafe import Markup, escape

from handoutpress.content.models.formats import Format
from handoutpress.content.models.languages import Language
from handoutpress.content.pictures.handout_picture import HandoutPicture
from handoutpress.content.poses.pose import Pose
from handoutpress.content.text.markdown import CLINIC, render_blocks, render_line
from handoutpress.content.text.ties import MOST, MOST_OF_WIDE, figures_tied
from handoutpress.press.page.citations import Citations, tie
from handoutpress.press.page.flow import FlowFieldsReader
from handoutpress.press.page.imprint import say_number
from handoutpress.press.page.isolates import isolated
from handoutpress.press.page.phrases import apart, ended_well, say

NOTHING = Markup("")
STRONG_ALONE = re.compile(r"<p>(<strong>[^<]*</strong>)</p>")
"""A paragraph that stands as a heading: it keeps with the next."""
WIDE = 22
"""From so many em on, a column is wide: that of a card is, the panel of a trifold is not."""
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class ViewChoice:
    """What of a handout a format prints: which texts short, how many references (None: all), which sections.

    ``numbered`` are references that have their numbers already: another language on the page has cited them.
    ``measure`` is how wide its text is, in em of the type that it wishes for; None on a screen, which knows best.
    ``beside`` tells that two languages share it; ``blocks`` is how many blocks of the body it holds (None: all).
    ``width`` is as ``measure``, mm. ``with_pictures`` is for all but the second language of a page, and a mail's text.
    Without ``with_figures``, risks are told in words alone; ``with_icons`` sets pictograms before entries of lists.
    Without ``with_compared``, benefits are told in words alone; without ``with_bars``, what is rare; without
    ``with_normal``, the ladder begins with whom to call; without ``with_optional``, a body has no pictures that stand
    only where there is room.
    """

    short: tuple[str, ...] = ()
    references: int | None = None
    only: tuple[str, ...] | None = None
    numbered: tuple[str, ...] = ()
    measure: float | None = None
    beside: bool = False
    blocks: int | None = None
    width: float | None = None
    with_pictures: bool = True
    with_figures: bool = True
    with_compared: bool = True
    with_bars: bool = True
    with_icons: bool = True
    with_normal: bool = True
    with_optional: bool = True

    @property
    def em(self) -> float | None:
        """The type that the page wishes for, mm; None on a screen."""
        return self.width / self.measure if self.width and self.measure else None

    @property
    def is_screen(self) -> bool:
        """Whether it is a page of a screen."""
        return self.width is None

    @property
    def text_width(self) -> float | None:
        """How wide the text of one language is, mm; None on a screen."""
        return self.width / 2 if self.width and self.beside else self.width

    @property
    def column_measure(self) -> float | None:
        """How wide the text of one language is, in em."""
        return self.measure / 2 if self.measure and self.beside else self.measure


def measure_of(format_: Format) -> float:
    """Return how wide the text of a format is, in em of the type that it wishes for."""
    return round(format_.text_width / (format_.type.ideal * _MM_PER_POINT), 2)


class TextWriter:
    """Writes what one page has in one language; parts are to be written in the order in which they are read."""

    def __init__(self, language: Language, flow: FlowFieldsReader, choice: ViewChoice) -> None:
        self.language = language
        self.phrases = language.phrases
        self.flow = flow
        self.choice = choice
        self.poses: Mapping[str, Pose] = {}
        self.pictures: Mapping[str, HandoutPicture] = {}
        # Bytes that a square mm of a photograph may take.
        self.fineness = inf
        self._is_wide = (choice.column_measure or inf) >= WIDE
        self.citations = Citations(self.phrases.reference_link, choice.numbered, choice.references)

    def blocks(self, text: str | None) -> Markup:
        """Return a text's paragraphs and lists."""
        if not text:
            return NOTHING
        written = render_blocks(text, self.citations.cite, clinic=self._clinic(text))
        html = ended_well(tie(self._in_order(written)))
        return Markup(STRONG_ALONE.sub(r'<p class="question">\1</p>', str(html)))  # noqa: S704  a class more

    def shorter(self, name: str, text: str, short: str | None) -> Markup:
        """Return the text of a key or section, the shorter one where it is to be short."""
        return self.blocks(short if self.is_short(name) and short else text)

    def is_short(self, name: str) -> bool:
        """Return whether the section or block of this name is to be short."""
        return name in self.choice.short

    def line(self, text: str, most: int | None = None) -> Markup:
        """Return what stands within a line, a cell or an entry of a list; ``most`` letters stand together at most."""
        return tie(self.words(text, most))

    def plain(self, label: str, most: int) -> Markup:
        """Return a label that has no markup; ``most`` letters stand together at most."""
        return self._in_order(escape(label), most)

    def entry(self, text: str) -> Markup:
        """Return an entry as wide as the page, which the clinic's number may end."""
        written = render_line(text, self.citations.cite, clinic=self._clinic(text), phone=True)
        return tie(self._in_order(written))

    def words(self, text: str, most: int | None = None) -> Markup:
        """Return the same while more is to be written behind it."""
        return self._in_order(render_line(text, self.citations.cite, clinic=self._clinic(text)), most)

    def _in_order(self, written: Markup, most: int | None = None) -> Markup:
        """Return HTML whose figures stay by their words: from right to left numbers in elements, else fixed spaces."""
        if self.language.direction == "rtl":
            return isolated(written, self.language)
        return figures_tied(written, most or (MOST_OF_WIDE if self._is_wide else MOST))

    def _clinic(self, text: str) -> Markup:
        """Return the clinic's name, which the page has read only where the text says it."""
        return apart(str(self.flow.clinic), self.language) if CLINIC in text else NOTHING

    def cite(self, keys: tuple[str, ...]) -> Markup:
        """Return the citation of these keys."""
        return Markup(self.citations.cite(keys))  # noqa: S704  made by Citations

    def cite_unless_cited(self, wording: str, keys: tuple[str, ...]) -> Markup:
        """Return the citation of ``keys``, without those that the wording cites itself."""
        missing = tuple(key for key in keys if f"@{key}" not in wording)
        return self.cite(missing) if missing else NOTHING

    def labelled(self, label: str, text: Markup) -> Markup:
        """Return a strong label and its text, with the colon that the language sets between them."""
        strong = Markup("<strong>{}</strong>").format(label)
        return say(self.phrases.label_then_text, self.language, label=strong, text=text)

    def number(self, value: int) -> str:
        """Return a number as the language writes it."""
        return say_number(self.language, value)
