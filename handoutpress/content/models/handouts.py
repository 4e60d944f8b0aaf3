"""A handout: what a patient is told about one practice, in one language."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, cast, get_args

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from handoutpress.content.models.blocks.block import Block
from handoutpress.content.models.blocks.text import TextContent
from handoutpress.content.models.citations import CitationKey
from handoutpress.content.models.web_addresses import WebAddress
from handoutpress.content.text.fields import Cell, Label, Markdown, MarkdownLine, PersonName, Words
from handoutpress.yamlfile.record import NOT_PRINTED, Day, Record, Slug

SectionName = Literal[
    "what_it_is",
    "what_to_expect",
    "benefits",
    "risks",
    "tell_us_first",
    "after_care",
    "urgent_help",
    "alternatives",
    "questions",
    "comparison",
]
"""The fixed sections, by their keys in the YAML."""

BODY = "body"
"""The key of a handout's blocks, which a format may list among its sections."""
_WHAT_IT_IS, *_MIDDLE, _COMPARISON = cast(tuple[SectionName, ...], get_args(SectionName))
READING_ORDER: tuple[SectionName, ...] = (_WHAT_IT_IS, _COMPARISON, *_MIDDLE)
"""As they are printed: what is compared comes right behind what it is."""
SAFETY_SECTIONS: frozenset[str] = frozenset({"risks", "tell_us_first", "after_care", "urgent_help", "alternatives"})
"""A brand may hide sections that do not apply to it, but never one of these."""


def _counts(version: str) -> str:
    if not version.strip("0."):
        raise ValueError(f'"{version}" is no version. Hint: begin with "0.1" or "1.0".')
    return version


Version = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+(\.[0-9]+)?$"), AfterValidator(_counts), NOT_PRINTED]
ReferenceKeys = Annotated[tuple[CitationKey, ...], Field(min_length=1)]


def _or_text(schema: dict[str, Any]) -> None:
    """Tell editors that a plain string, or a list of them, will do."""
    group = dict(schema)
    schema.clear()
    texts = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    schema["anyOf"] = [{"type": "string", "minLength": 1}, texts, group]


class Passage(Record):
    """Text for one section, and a shorter one for formats that need it. A plain string or list is the text alone."""

    model_config = ConfigDict(json_schema_extra=_or_text)
    written_as: ClassVar[str] = "text"

    text: Markdown
    short: Markdown | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str | list) else value


class Benefit(Record):
    """What the practice may do, for whom, for how long, and how sure anyone can be."""

    practice: Slug | None = Field(None, description="Needed where the handout covers several practices.")
    condition: Words = Field(description="What it may help with, in the words of the jurisdiction's accepted list.")
    wording: MarkdownLine = Field(description="The sentence or two that the patient reads.")
    duration: Literal["short-term", "medium-term", "long-term", "not-known"]
    evidence: Literal["high", "moderate", "low", "very-low", "not-graded"]
    references: ReferenceKeys


class Benefits(Record):
    intro: Markdown | None = None
    items: Annotated[tuple[Benefit, ...], Field(min_length=1, max_length=7)]
    limits: Markdown | None = Field(None, description="What is not known, or was not shown.")


class Risk(Record):
    """One harm as data: ``count`` of ``of`` people (or treatments, as ``per`` says) had it."""

    practice: Slug | None = Field(None, description="Needed where the handout covers several practices.")
    name: Words = Field(description="The harm, as it reads in mid-sentence: a bruise or some bleeding.")
    note: MarkdownLine | None = Field(None, description="What it means, or what to look out for.")
    count: Annotated[float, Field(ge=0)] | None = None
    of: Annotated[int, Field(ge=1)] | None = None
    per: Literal["person", "treatment", "consultation", "report"] | None = None
    severity: Literal["mild", "significant", "serious"]
    references: tuple[CitationKey, ...] = Field(
        (),
        description="Papers that tell of it: none only where nobody has counted, and the intro of the risks says so.",
    )

    @model_validator(mode="after")
    def _figures_come_together(self) -> Risk:
        is_given = [value is not None for value in (self.count, self.of, self.per)]
        if any(is_given) and not all(is_given):
            raise ValueError('"count", "of" and "per" are given together or not at all')
        if self.count is not None and self.of is not None and self.count > self.of:
            raise ValueError('"count" cannot be more than "of"')
        if self.count is not None and not self.references:
            raise ValueError('a harm with a figure needs "references". Hint: give the key of the paper that counted.')
        return self


class Risks(Record):
    intro: Markdown | None = None
    items: Annotated[tuple[Risk, ...], Field(min_length=1, max_length=12)]
    closing: Markdown | None = None


class ComparisonRow(Record):
    label: Label
    cells: Annotated[tuple[Cell, ...], Field(min_length=2, max_length=4)]


class Comparison(Record):
    caption: Words
    columns: Annotated[tuple[Label, ...], Field(min_length=2, max_length=4)]
    rows: Annotated[tuple[ComparisonRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rows_fill_columns(self) -> Comparison:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f'the row "{row.label}" has {len(row.cells)} cells for {len(self.columns)} columns')
        return self


class FreeSection(TextContent):
    """A block ``text`` with a name, set after one of the fixed sections."""

    id: Slug
    heading: Words
    after: SectionName = "what_it_is"


class Review(Record):
    """Who checked the handout as a clinician, when, and when it must be checked again."""

    by: PersonName
    on: Day
    next: Day

    @model_validator(mode="after")
    def _next_is_later(self) -> Review:
        if self.next <= self.on:
            raise ValueError('"next" must be later than "on"')
        return self


class ClaimsRead(Record):
    """Who has read a handout for what it may not claim, in a language for which there are no word rules."""

    by: PersonName
    on: Day


class Acceptance(Record):
    """A finding of the editor's that someone takes responsibility for, until a day."""

    rule: Slug = Field(description="The rule's id, as `handouts check` prints it.")
    text: Cell | None = Field(
        None, description="The very words, best the whole sentence; without, the finding must have none."
    )
    because: Words
    until: Day


Accepted = Annotated[tuple[Acceptance, ...], NOT_PRINTED]


class Article(Record):
    """The full article that the first QR code leads to."""

    url: WebAddress | None = Field(
        None, description="Where it is; not needed where the brands have a site, or an address of articles."
    )
    title: Words
    author: PersonName
    date: Day
    references_url: WebAddress | None = Field(None, description="Where its references live; else url#references.")


class Translation(Record):
    """What a translated handout was made from. It stays a draft until a person has reviewed it."""

    of: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"), NOT_PRINTED] = Field(
        description="The source's language."
    )
    version: Version = Field(description="The source's version.")
    by: PersonName
    status: Literal["draft", "reviewed"]
    seen: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{8}$"), NOT_PRINTED]] = Field(
        default_factory=dict, description="What each part of the source said; `handouts translate` writes it."
    )


class Handout(Record):
    """One ``handouts/<slug>.<language>.yaml``."""

    title: Words
    subtitle: Words | None = None
    practices: Annotated[tuple[Slug, ...], Field(min_length=1)]
    main_message: Passage
    what_it_is: Passage
    what_to_expect: Passage
    benefits: Benefits | None = None
    risks: Risks
    tell_us_first: Passage
    after_care: Passage
    urgent_help: Passage
    alternatives: Passage
    questions: Annotated[tuple[Words, ...], Field(min_length=1, max_length=7)]
    comparison: Comparison | None = None
    sections: tuple[FreeSection, ...] = ()
    body: tuple[Block, ...] = Field((), description="Blocks of all kinds, in the order in which they are read.")
    version: Version
    date: Day
    author: PersonName
    reviewed: Review | None = None
    claims_read: Annotated[ClaimsRead | None, NOT_PRINTED] = Field(
        None, description="Who answers for its claims, where the language has no word rules: needed for a release."
    )
    translation: Translation | None = Field(None, description="Where this was translated: from which version.")
    article: Article
    answers: dict[Slug, Literal["yes", "no", "not-applicable"]] = Field(
        default_factory=dict, description="A reviewer's answers to the score card, by its numbers: cdc-4, pemat-1."
    )
    accepted: Accepted = Field((), description="Findings of `handouts check` to live with, and why.")

    @property
    def named_blocks(self) -> dict[str, Block]:
        """The blocks of its body by the names of their sections: ``body-1``, ``body-2``."""
        return {f"body-{number}": block for number, block in enumerate(self.body, start=1)}

    @model_validator(mode="after")
    def _practices_are_named(self) -> Handout:
        stated: list[Benefit | Risk] = [*(self.benefits.items if self.benefits else ()), *self.risks.items]
        for item in stated:
            if item.practice is None and len(self.practices) > 1:
                raise ValueError('each benefit and risk needs its "practice", since the handout covers several')
            if item.practice is not None and item.practice not in self.practices:
                raise ValueError(f'"{item.practice}" is not among the handout\'s "practices"')
        return self
