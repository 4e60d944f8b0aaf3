"""A section as its page prints it: one of the fixed ones, a clinic's note or a block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from handoutpress.press.page.blocks.writer import NOTHING
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.titles import has_long_word, has_wide_word


@dataclass(frozen=True)
class RiskLine:
    """One harm in words, with its figure, name and what to know.

    ``shown`` are the words with the bar of a town behind them, if it is rare; ``drawing`` a hundred people beside them.
    ``severity`` is a word only where the harm is serious: the others need none. ``others`` tells of those who are not
    affected; ``parts`` are harms that this one counts in.
    """

    severity: str
    words: Markup
    shown: Markup
    drawing: Markup | None = None
    others: Markup = NOTHING
    parts: tuple[RiskLine, ...] = ()

    def spoken(self) -> Iterator[str]:
        """Yield its words in the order in which they are read."""
        yield from paragraphs(self.severity, self.words)
        for part in self.parts:
            yield from part.spoken()
        yield from paragraphs(self.others)


@dataclass(frozen=True)
class RiskList:
    """Harms that are told alike: ``drawn`` as a hundred people, ``rare`` as the bar of a town, others in words.

    These are ``slight`` or ``serious``; ``lead`` stands above a list.
    """

    kind: str
    lines: tuple[RiskLine, ...]
    lead: Markup = NOTHING

    def spoken(self) -> Iterator[str]:
        """Yield its words in the order in which they are read."""
        yield from paragraphs(self.lead)
        for line in self.lines:
            yield from line.spoken()


@dataclass(frozen=True)
class RiskGroup:
    """Harms of one practice; ``heading`` names it where the handout covers several, and is empty otherwise.

    ``drawn`` says what stands for whom in its drawing, such as "100 people"; ``title`` is the heading as it is set.
    """

    heading: str
    lists: tuple[RiskList, ...]
    drawn: str = ""
    title: Markup = NOTHING

    @property
    def severities(self) -> tuple[str, ...]:
        """The word before each harm that is serious."""
        lines = [line for each in self.lists for line in each.lines]
        return tuple(line.severity for whole in lines for line in (whole, *whole.parts) if line.severity)


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
    """Whom to call for the signs of its body."""
    lesser: Markup = NOTHING
    """What of urgent help is no emergency: after whom to call in one, before whom to call else."""
    lesser_call: tuple[Markup, ...] = ()
    """Whom to call else."""
    block: SectionBlock | None = None

    @property
    def is_long_worded(self) -> bool:
        """Whether its heading has a word that a narrow margin may not hold."""
        return has_long_word(self.heading)

    @property
    def is_wide_worded(self) -> bool:
        """Whether its heading has a word that a narrow margin holds in type a little smaller."""
        return has_wide_word(self.heading)

    def words(self) -> Iterator[str]:
        """Yield its words in the order in which they are read: a heading, paragraph or cell each."""
        yield self.heading
        yield from paragraphs(self.body, *self.lines)
        for group in self.groups:
            yield from paragraphs(group.title)
            for each in group.lists:
                yield from each.spoken()
        yield from paragraphs(self.closing)
        if self.block:
            yield from self.block.words()
        yield from paragraphs(*self.call, self.lesser, *self.lesser_call)
