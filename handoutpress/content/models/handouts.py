"""A handout: what a patient is told about one practice, in one language."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from handoutpress.content.models.benefits import Benefit
from handoutpress.content.models.blocks.block import Block
from handoutpress.content.models.blocks.table import TableContent, TableRow
from handoutpress.content.models.blocks.text import TextContent
from handoutpress.content.models.citations import CitationKey
from handoutpress.content.models.kinds import SectionName
from handoutpress.content.models.web_addresses import WebAddress
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.content.text.fields import Cell, Label, Markdown, MarkdownLine, PersonName, Words
from handoutpress.content.text.markdown import has_clinic, has_phone, list_entries
from handoutpress.yamlfile.counts import counted
from handoutpress.yamlfile.printed import printed_texts
from handoutpress.yamlfile.record import NOT_PRINTED, Day, Record, Slug, misplaced


def _counts(version: str) -> str:
    if not version.strip("0."):
        raise ValueError(f'"{version}" is no version. Hint: begin with "0.1" or "1.0".')
    return version


Version = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+(\.[0-9]+)?$"), AfterValidator(_counts), NOT_PRINTED]
Heading = Annotated[Words | None, Field(description="Other words for the section's heading, often a question.")]


def _or_text(schema: dict[str, Any]) -> None:
    """Tell editors that a plain string, or a list of them, will do."""
    group = dict(schema)
    schema.clear()
    texts = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    schema["anyOf"] = [{"type": "string", "minLength": 1}, texts, group]


def _or_list(schema: dict[str, Any]) -> None:
    """Tell editors that a plain list of lines will do."""
    group = dict(schema)
    schema.clear()
    schema["anyOf"] = [group["properties"]["items"], group]


NO_ICON = "none"
"""Stands for an entry of a list that has no pictogram."""


class Passage(Record):
    """Text for one section, and a shorter one for formats that need it. A plain string or list is the text alone."""

    model_config = ConfigDict(json_schema_extra=_or_text)
    written_as: ClassVar[str] = "text"

    heading: Heading = None
    text: Markdown
    short: Markdown | None = None
    icons: Annotated[tuple[Slug, ...], NOT_PRINTED] = Field(
        (), description='A pictogram for each entry of the text\'s list, in their order; "none" for an entry without.'
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str | list) else value

    @model_validator(mode="after")
    def _icons_have_entries(self) -> Passage:
        entries = list_entries(self.text) if self.icons else 0
        if len(self.icons) != entries and UNTRANSLATED not in self.text:
            given, wanted = counted(len(self.icons), "name"), counted(entries, "entry", "entries")
            raise misplaced(
                "icons",
                f'"icons" has {given} for {wanted} of the list. '
                f'Hint: write one for each, in their order, and "{NO_ICON}" for an entry without.',
            )
        return self


class Benefits(Record):
    heading: Heading = None
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
    not_counted: MarkdownLine | None = Field(
        None, description="Why there is no figure, as it reads behind 'not counted, because'."
    )
    severity: Literal["mild", "significant", "serious"]
    part_of_above: bool = Field(
        False, description="Whether the harm above this one counts it in: it is then told below that one."
    )
    references: tuple[CitationKey, ...] = Field(
        (),
        description="Papers that tell of it: none only where nobody has counted, and not_counted or the intro says so.",
    )

    @model_validator(mode="after")
    def _figures_come_together(self) -> Risk:
        is_given = [value is not None for value in (self.count, self.of, self.per)]
        if any(is_given) and not all(is_given):
            raise ValueError('"count", "of" and "per" are given together or not at all')
        if self.count is not None and self.of is not None and self.count > self.of:
            raise ValueError('"count" cannot be more than "of"')
        if self.count is not None and self.not_counted:
            raise ValueError(
                'a harm with a figure was counted. Hint: delete "not_counted", or "count", "of" and "per".'
            )
        if self.count is not None and not self.references:
            raise ValueError('a harm with a figure needs "references". Hint: give the key of the paper that counted.')
        return self

    @property
    def rate(self) -> float | None:
        """How often it happened, 0 to 1; None where nobody has counted."""
        return None if self.count is None or self.of is None else self.count / self.of


class Risks(Record):
    heading: Heading = None
    intro: Markdown | None = None
    items: Annotated[tuple[Risk, ...], Field(min_length=1, max_length=12)]
    closing: Markdown | None = None

    @model_validator(mode="after")
    def _parts_have_a_whole(self) -> Risks:
        whole: Risk | None = None
        for number, risk in enumerate(self.items):
            if not risk.part_of_above:
                whole = risk
            elif whole is None or whole.practice != risk.practice:
                raise misplaced(
                    ("items", number, "part_of_above"),
                    f'"{risk.name}" has no harm of its practice above it that counts it in. '
                    'Hint: put it behind that one, or delete "part_of_above".',
                )
            elif risk.per == whole.per and (risk.rate or 0) > (1 if whole.rate is None else whole.rate):
                raise misplaced(
                    ("items", number, "count"),
                    f'"{risk.name}" is told as a part of "{whole.name}", and cannot be more common. '
                    'Hint: correct one of the counts, or delete "part_of_above".',
                )
            elif {*risk.references}.isdisjoint(whole.references) and risk.references and whole.references:
                raise misplaced(
                    ("items", number, "part_of_above"),
                    f'"{risk.name}" is told as a part of "{whole.name}", which other papers counted. '
                    'Hint: delete "part_of_above", or give both the paper that counted both.',
                )
        return self


class ComparisonRow(Record):
    label: Label
    cells: Annotated[tuple[Cell, ...], Field(min_length=2, max_length=4)]


class Comparison(Record):
    heading: Heading = None
    caption: Words
    columns: Annotated[tuple[Label, ...], Field(min_length=2, max_length=4)]
    rows: Annotated[tuple[ComparisonRow, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rows_fill_columns(self) -> Comparison:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f'the row "{row.label}" has {len(row.cells)} cells for {len(self.columns)} columns')
        return self

    def as_table(self) -> TableContent:
        """Return the same as a block ``table``."""
        rows = tuple(TableRow.model_construct(label=row.label, cells=row.cells) for row in self.rows)
        return TableContent.model_construct(caption=self.caption, columns=self.columns, rows=rows)


class FreeSection(TextContent):
    """A block ``text`` with a name, set after one of the fixed sections."""

    id: Slug
    heading: Words
    after: SectionName = "what_it_is"


class Questions(Record):
    """What a patient may ask: a plain list, or a heading of its own with ``items``."""

    model_config = ConfigDict(json_schema_extra=_or_list)
    written_as: ClassVar[str] = "a list"

    heading: Heading = None
    items: Annotated[tuple[Words, ...], Field(min_length=1, max_length=7)]

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        return {"items": value} if isinstance(value, list | tuple) else value

    @model_serializer(mode="wrap")
    def _to_list(self, serialize: SerializerFunctionWrapHandler) -> Any:
        # As it was written: what does without a heading keeps the content hash that it always had.
        return serialize(self) if self.heading else list(self.items)


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


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _or_slug(schema: dict[str, Any]) -> None:
    """Tell editors that one name alone will do."""
    several = {key: schema.pop(key) for key in ("items", "type") if key in schema}
    schema["anyOf"] = [several["items"], several]


class Handout(Record):
    """One ``handouts/<slug>.<language>.yaml``. Which of its parts are needed, its kind says."""

    kind: Slug = Field("treatment", description="What kind of handout it is: a file of the folder kinds.")
    about: Annotated[tuple[Slug, ...], BeforeValidator(_one_or_more), Field(json_schema_extra=_or_slug)] = Field(
        (), description="The handout, or a list of them, whose serious harms are printed here: of the treatment."
    )
    title: Words
    subtitle: Words | None = None
    for_whom: Words | None = Field(None, description="One line below the title: whom it is for, or why they got it.")
    number: Label | None = Field(None, description="The clinic's own number of the leaflet, printed by the version.")
    practices: tuple[Slug, ...] = ()
    main_message: Passage
    what_it_is: Passage | None = None
    what_to_expect: Passage | None = None
    benefits: Benefits | None = None
    risks: Risks | None = None
    tell_us_first: Passage | None = None
    after_care: Passage | None = None
    normal: Passage | None = Field(None, description="What is normal: the first step of the ladder.")
    call_us: Passage | None = Field(None, description="When to call the clinic; the press adds its number.")
    urgent_help: Passage
    crisis_line: bool = Field(
        False, description="Whether a sign of urgent help is thoughts of harming oneself: the press adds whom to call."
    )
    alternatives: Passage | None = None
    questions: Questions | None = None
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
    article: Article | None = None
    answers: dict[Slug, Literal["yes", "no", "not-applicable"]] = Field(
        default_factory=dict, description="A reviewer's answers to the score card, by its numbers: cdc-4, pemat-1."
    )
    formats: tuple[Slug, ...] | None = Field(
        None, min_length=1, description="The only formats that it makes sense in; without it, all."
    )
    accepted: Accepted = Field((), description="Findings of `handouts check` to live with, and why.")

    @property
    def named_blocks(self) -> dict[str, Block]:
        """The blocks of its body by the names of their sections: ``body-1``, ``body-2``."""
        return {f"body-{number}": block for number, block in enumerate(self.body, start=1)}

    @property
    def harms(self) -> tuple[Risk, ...]:
        """The risks that it tells as data."""
        return self.risks.items if self.risks else ()

    @property
    def has_ladder(self) -> bool:
        """Whether urgent help is the last of several steps."""
        return bool(self.normal or self.call_us)

    @model_validator(mode="after")
    def _practices_are_named(self) -> Handout:
        stated: list[Benefit | Risk] = [*(self.benefits.items if self.benefits else ()), *self.harms]
        if self.practices == () and self.benefits:
            raise misplaced("benefits", 'who tells a benefit names "practices": claims are accepted for each of them')
        for item in stated:
            if item.practice is None and len(self.practices) > 1:
                raise ValueError('each benefit and risk needs its "practice", since the handout covers several')
            if item.practice is not None and item.practice not in self.practices:
                raise ValueError(f'"{item.practice}" is not among the handout\'s "practices"')
        return self


def says_phone(handout: Handout) -> bool:
    """Return whether the text of ``handout`` has a place for the clinic's telephone number."""
    return handout.call_us is not None or any(has_phone(text) for _, text in printed_texts(handout))


def says_clinic(handout: Handout) -> bool:
    """Return whether the text of ``handout`` has a place for the clinic's name."""
    return any(has_clinic(text) for _, text in printed_texts(handout))
