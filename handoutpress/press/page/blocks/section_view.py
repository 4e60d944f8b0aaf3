"""A section as its page prints it: one of the fixed ones, a clinic's note or a block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from handoutpress.press.page.blocks.writer import NOTHING
from handoutpress.press.page.html_words import paragraphs


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


class SectionBlock(Protocol):
    """What a block of its own type puts into a section."""

    def words(self) -> Iterator[str]:
        """Yield its words in the order in which they are read: a label, paragraph or cell each."""
        ...


@dataclass(frozen=True)
class SectionView:
    """One section; ``kind`` says how the template sets it, and which of the fields below ``body`` it uses.

    ``heading`` is empty where a block has none.
    """

    id: str
    kind: str
    heading: str
    body: Markup = NOTHING
    closing: Markup = NOTHING
    lines: tuple[Markup, ...] = ()
    groups: tuple[RiskGroup, ...] = ()
    call: tuple[Markup, ...] = ()
    block: SectionBlock | None = None

    def words(self) -> Iterator[str]:
        """Yield its words in the order in which they are read: a heading, paragraph or cell each."""
        yield self.heading
        yield from paragraphs(self.body, *self.lines)
        for group in self.groups:
            yield group.heading
            for line in (*group.drawn, *group.plain):
                yield from paragraphs(line.severity, line.words)
        yield from paragraphs(self.closing)
        if self.block:
            yield from self.block.words()
        yield from paragraphs(*self.call)
