"""What a template prints of a handout, as values: sections in reading order, one or two a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handoutpress.press.citations import Entry

NOTHING = Markup("")
LINE_END = 30
"""The last line of a reference is about half empty: this many characters."""
PAIRS = (("tell_us_first", "after_care"), ("alternatives", "questions"))
"""Short sections that stand side by side where one follows the other."""


@dataclass(frozen=True)
class RiskLine:
    """One harm: in words, with its figure, name and what to know, and as an icon array where it can be drawn.

    ``severity`` is a word only where the harm is serious: the others need none.
    """

    severity: str
    words: Markup
    array: Markup | None


@dataclass(frozen=True)
class RiskGroup:
    """Harms of one practice: those with an icon array stand side by side, the others below them.

    ``heading`` names the practice where the handout covers several, and is empty otherwise.
    """

    heading: str
    drawn: tuple[RiskLine, ...]
    plain: tuple[RiskLine, ...]


@dataclass(frozen=True)
class TableRow:
    label: str
    cells: tuple[Markup, ...]


@dataclass(frozen=True)
class Section:
    """One section; ``kind`` says how the template sets it, and which of the fields below ``body`` it uses."""

    id: str
    kind: str
    heading: str
    body: Markup = NOTHING
    closing: Markup = NOTHING
    lines: tuple[Markup, ...] = ()
    groups: tuple[RiskGroup, ...] = ()
    caption: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    call: tuple[Markup, ...] = ()


@dataclass(frozen=True)
class PageView:
    """Everything that a template prints of a handout, apart from slots.

    ``version_line`` is ``dated_version`` with the ``content_hash``, by which ``handouts verify`` knows a sheet. A
    format of several sheets prints the hash on each, as a rule beside the number of the page.
    """

    title: str
    subtitle: Markup
    message: Markup
    sections: tuple[Section, ...]
    references: tuple[Entry, ...]
    dated_version: Markup
    version_line: Markup
    content_hash: str
    review_line: Markup
    source_lines: tuple[Markup, ...]

    @property
    def longest_word(self) -> int:
        """How many letters the title's longest word has, between the soft hyphens where it may break."""
        return max(map(len, self.title.replace("\u00ad", " ").split()), default=0)

    @property
    def rows(self) -> tuple[tuple[Section, ...], ...]:
        """The sections in reading order, one or two a row."""
        return tuple(_rows(self.sections))

    @property
    def reference_columns(self) -> tuple[tuple[Entry, ...], ...]:
        """The references in two lists of about the same length, the source below the second; one if there is one."""
        lengths = [len(entry.html.striptags()) + LINE_END for entry in self.references]
        whole = sum(lengths) + sum(len(line) for line in self.source_lines) + LINE_END
        halves = [abs(2 * sum(lengths[:n]) - whole) for n in range(len(lengths) + 1)]
        cut = halves.index(min(halves)) if len(lengths) > 1 else len(lengths)
        return tuple(part for part in (self.references[:cut], self.references[cut:]) if part)


def side_by_side(first: PageView, second: PageView) -> tuple[tuple[Section | None, Section | None], ...]:
    """The sections of two languages in pairs, in the first one's order; one that has no other stands alone."""
    others = {section.id: section for section in second.sections}
    own = {section.id for section in first.sections}
    pairs = [(section, others.get(section.id)) for section in first.sections]
    return (*pairs, *((None, section) for section in second.sections if section.id not in own))


def _rows(sections: tuple[Section, ...]) -> Iterator[tuple[Section, ...]]:
    waiting = list(sections)
    while waiting:
        first = waiting.pop(0)
        if waiting and (first.id, waiting[0].id) in PAIRS:
            yield first, waiting.pop(0)
        else:
            yield (first,)
