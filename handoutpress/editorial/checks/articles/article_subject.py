"""The subject of an article's checks: its blocks as texts, in sections by the headings that they stand under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from handoutpress.content.articles import ArticleFile
from handoutpress.content.models.handouts import ClaimsRead, Risk
from handoutpress.content.models.references import Reference
from handoutpress.content.text.article_markdown import Heading
from handoutpress.editorial.checks.hints.known_claims import KnownClaims
from handoutpress.editorial.checks.prose import Prose, position_of, printed_prose
from handoutpress.editorial.checks.subject import EditorialRules
from handoutpress.yamlfile.problems import Problem
from handoutpress.yamlfile.source import Location, Position
from handoutpress.yamlfile.textfile import aligned

TEXT = "text"
"""The first step to a text below the front matter: ``("text", number of its block, its kind)``; alone, to all of it."""
OPENING = "opening"
"""The section of what stands above the first heading."""
RUNNING = ("title", "summary")
"""What the front matter has of running text."""


@dataclass(frozen=True)
class ArticleSubject:
    """An article under check; ``practices`` are those that it is about.

    ``sections`` are the parts of a handout by the headings that its language has for them, in lower case. A part of the
    article with such a heading is read as that part of a handout. What is in ``known_claims`` is not judged again.
    """

    article: ArticleFile
    practices: tuple[str, ...]
    sections: Mapping[str, str]
    rules: EditorialRules
    today: date
    library: Mapping[str, Reference] = field(default_factory=dict)
    broken_references: Mapping[str, Problem] = field(default_factory=dict)
    harms: tuple[Risk, ...] = ()
    known_claims: KnownClaims | None = None

    @property
    def language(self) -> str:
        return self.article.language

    @property
    def claims_read(self) -> ClaimsRead | None:
        return self.article.head.claims_read

    @cached_property
    def blocks(self) -> tuple[Prose, ...]:
        """All texts below the front matter, one for each block of the outline."""
        headings = iter(self.article.outline.headings)
        above: list[tuple[int, str]] = []
        section = OPENING
        blocks = []
        for number, block in enumerate(self.article.outline.blocks):
            if block.kind == "heading":
                section = self._section(next(headings), above)
            blocks.append(Prose((TEXT, number, block.kind), block.text, section))
        return tuple(blocks)

    def _section(self, heading: Heading, above: list[tuple[int, str]]) -> str:
        """Return the section that ``heading`` begins, which may belong to one ``above``; keep it there."""
        while above and above[-1][0] >= heading.level:
            above.pop()
        named = self.sections.get(heading.words.casefold())
        known = next((section for _, section in reversed(above) if section in self.sections.values()), None)
        section = named or known or heading.id
        above.append((heading.level, section))
        return section

    @cached_property
    def texts(self) -> tuple[Prose, ...]:
        """The texts there are to read; one that is still to be written is none."""
        head = (text for text in self._head if text.location[0] in RUNNING)
        return tuple(text for text in (*head, *self.blocks) if not (text.is_unwritten or text.is_untranslated))

    @cached_property
    def names(self) -> tuple[Prose, ...]:
        """Who wrote and reviewed it."""
        return tuple(text for text in self._head if text.location[0] not in RUNNING and not text.is_unwritten)

    @cached_property
    def _head(self) -> tuple[Prose, ...]:
        return printed_prose(self.article.source, self.article.head)

    @property
    def all_texts(self) -> Iterator[Prose]:
        """Everything that is printed, written or not."""
        yield from self._head
        yield from self.blocks

    def practices_at(self, _location: Location) -> tuple[str, ...]:
        """Return the practices of the article: any of its texts may be about all of them."""
        return self.practices

    def place_of(self, section: str) -> Location:
        """Return the heading of a section."""
        first = next((text for text in self.blocks if text.section == section), None)
        return first.location if first is not None else (TEXT,)

    def position(self, location: Location, at: int = 0) -> Position:
        """Return line and column, from 1, of character ``at`` of the text at ``location``."""
        if location[:1] != (TEXT,):
            return position_of(self.article.source, location, at)
        if len(location) == 1:
            return self.article.place(at)
        block = self.article.outline.blocks[int(location[1])]
        return self.article.place(aligned(self.article.text, block.offset, block.text, at))
