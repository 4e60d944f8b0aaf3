"""A benefit: what a practice may help with, and how many it helped beside those without it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from handoutpress.content.models.citations import CitationKey
from handoutpress.content.text.fields import MarkdownLine, Words
from handoutpress.yamlfile.record import Record, Slug, misplaced

ReferenceKeys = Annotated[tuple[CitationKey, ...], Field(min_length=1)]


class ComparedWith(Record):
    """How many had the same benefit without the practice: with fake needling, say."""

    count: Annotated[int, Field(ge=0)]
    of: Annotated[int, Field(ge=1)]
    who: Words = Field(description="Who they are, as it reads after 'About 43 in 100 people:'.")


class Benefit(Record):
    """What the practice may do, for whom, for how long, and how sure anyone can be.

    ``count`` of ``of`` people had it with the practice, beside those whom a study compared them with.
    """

    practice: Slug | None = Field(None, description="Needed where the handout covers several practices.")
    condition: Words = Field(description="What it may help with, in the words of the jurisdiction's accepted list.")
    wording: MarkdownLine = Field(description="The sentence or two that the patient reads.")
    duration: Literal["short-term", "medium-term", "long-term", "not-known"]
    evidence: Literal["high", "moderate", "low", "very-low", "not-graded"]
    count: Annotated[int, Field(ge=0)] | None = Field(None, description="How many had it, as the wording says, too.")
    of: Annotated[int, Field(ge=1)] | None = None
    who: Words | None = Field(None, description="Who they are, as it reads after 'About 52 in 100 people:'.")
    compared_with: ComparedWith | None = Field(None, description="How many had it without the practice.")
    references: ReferenceKeys

    @model_validator(mode="after")
    def _figures_are_compared(self) -> Benefit:
        is_given = [value is not None for value in (self.count, self.of, self.who, self.compared_with)]
        if any(is_given) and not all(is_given):
            raise ValueError('"count", "of", "who" and "compared_with" are given together or not at all')
        if self.count is None or self.of is None or self.compared_with is None:
            return self
        if self.compared_with.of != self.of:
            raise misplaced(
                ("compared_with", "of"),
                f"{self.compared_with.of:,} is not the {self.of:,} that those with the practice are counted in. "
                "Hint: count both in the same number, best in 100.",
            )
        for place, count in ((("count",), self.count), (("compared_with", "count"), self.compared_with.count)):
            if count > self.of:
                raise misplaced(place, f'"count" cannot be more than "of", {self.of:,}.')
        return self
