"""The block ``pairs``: two things that belong together, over and over."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from handoutpress.content.models.blocks.content import BlockContent
from handoutpress.content.text.fields import MarkdownLine
from handoutpress.yamlfile.record import misplaced

PairsKind = Literal["do-dont", "myth-fact", "question-answer", "problem-action", "when"]
MAX_PAIRS = 20
_IN_A_PAIR = 2
_FORMS = {
    "do-dont": "[Keep warm., Do not smoke.]",
    "myth-fact": "[It hurts., Most people feel little.]",
    "question-answer": '["Does it hurt?", "Most people feel little."]',
    "problem-action": "[It bleeds., Press on it for ten minutes.]",
    "when": "[Today, Rest.]",
}


def _side(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


Side = Annotated[MarkdownLine | None, BeforeValidator(_side)]


class PairsContent(BlockContent):
    """Pairs of one kind, as it is said by ``as``. Of a list of dos and don'ts, either side of a pair may be empty."""

    kind: PairsKind = Field(alias="as")
    items: Annotated[tuple[tuple[Side, ...], ...], Field(min_length=1, max_length=MAX_PAIRS)]

    @model_validator(mode="after")
    def _are_pairs(self) -> PairsContent:
        hint = f"write each as {_FORMS[self.kind]}."
        for number, item in enumerate(self.items):
            if len(item) != _IN_A_PAIR:
                count = {0: "nothing", 1: "one text"}.get(len(item), f"{len(item)} texts")
                raise misplaced(("items", number), f"pair {number + 1} has {count}, where two belong. Hint: {hint}")
            if not any(item) or (None in item and self.kind != "do-dont"):
                empty = "is empty" if not any(item) else "has an empty side"
                raise misplaced(("items", number), f"pair {number + 1} {empty}. Hint: {hint}")
        return self
