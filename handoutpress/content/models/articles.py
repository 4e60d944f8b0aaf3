"""What an article says of itself, above its text."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handoutpress.content.models.handouts import Accepted, ClaimsRead, Review
from handoutpress.content.text.fields import PersonName, Words
from handoutpress.yamlfile.record import NOT_PRINTED, Day, Record, Slug


class ArticleHead(Record):
    """The front matter of one ``articles/<slug>.<language>.md``."""

    title: Words
    summary: Words | None = Field(None, description="A sentence or two: below the title, and where the page is shared.")
    author: PersonName
    date: Day
    reviewed: Review | None = None
    practices: tuple[Slug, ...] = Field((), description="What it covers; else what the handout of its name covers.")
    claims_read: Annotated[ClaimsRead | None, NOT_PRINTED] = Field(
        None, description="Who answers for its claims, where the language has no word rules."
    )
    accepted: Accepted = Field((), description="Findings of `handouts check` to live with, and why.")
