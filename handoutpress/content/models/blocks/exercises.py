"""The block ``exercises``: what to do, how often, and what it looks like."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from handoutpress.content.models.blocks.content import BlockContent, or_text
from handoutpress.content.models.blocks.picture import ShownPicture
from handoutpress.content.text.fields import MarkdownLine, Words
from handoutpress.yamlfile.record import NOT_PRINTED, Record, Slug, misplaced

MAX_EXERCISES = 20
MAX_STEPS = 10
MAX_PICTURES = 4
_COUNT = re.compile(r"\s*([1-9][0-9]{0,2})(?:\s*(?:-|–|to)\s*([1-9][0-9]{0,2}))?\s*")
_TIME = re.compile(rf"{_COUNT.pattern}(s|secs?|seconds?|min|mins|minutes?)?\s*", re.IGNORECASE)


def _count(value: Any) -> Any:
    """Return a number, or two from the less to the more, as they are kept: ``10``, ``8-12``."""
    match = None if isinstance(value, bool) else _COUNT.fullmatch(str(value))
    if match is None or (match[2] and int(match[1]) >= int(match[2])):
        raise ValueError(f'"{value}" is no number of times. Hint: write a number, or two: 10, "8-12".')
    return "-".join(filter(None, match.groups()))


def _time(value: Any) -> Any:
    """Return a time as it is kept: ``5 s``, ``20-30 s``, ``1 min``. A number alone is seconds."""
    match = None if isinstance(value, bool) else _TIME.fullmatch(str(value))
    if match is None or (match[2] and int(match[1]) >= int(match[2])):
        raise ValueError(f'"{value}" is no time. Hint: write seconds or minutes: "5 s", "20-30 s", "1 min".')
    unit = "min" if (match[3] or "s").lower().startswith("m") else "s"
    return f"{'-'.join(filter(None, match.groups()[:2]))} {unit}"


Count = Annotated[str, NOT_PRINTED, StringConstraints(max_length=9), BeforeValidator(_count, int | str)]
Duration = Annotated[str, NOT_PRINTED, StringConstraints(max_length=12), BeforeValidator(_time, int | str)]
Sides = Literal["each", "left", "right"]


class PosePair(Record):
    """The pose that an exercise begins with, and the one that it leads to: a name alone, or a movement's."""

    model_config = ConfigDict(json_schema_extra=or_text)

    start: Slug
    end: Slug | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        """Take the name of a movement for its two poses; one with a number at its end is a pose."""
        if not isinstance(value, str):
            return value
        return {"start": value} if value[-1:].isdigit() else {"start": f"{value}-1", "end": f"{value}-2"}


class Exercise(Record):
    """One exercise."""

    name: Words
    steps: Annotated[tuple[MarkdownLine, ...], Field(min_length=1, max_length=MAX_STEPS)]
    pose: PosePair | None = Field(None, description="What the press draws: a movement of docs/poses.md.")
    pictures: Annotated[tuple[ShownPicture, ...], Field(max_length=MAX_PICTURES)] = Field(
        (), description="Your own pictures, in place of a pose."
    )
    sets: Count | None = None
    repeats: Count | None = Field(None, description='How many times in a set: 10, or "8-12".')
    hold: Duration | None = Field(None, description='"5 s", "20-30 s", "1 min".')
    sides: Annotated[Sides | None, NOT_PRINTED] = Field(None, description="Where it is done with one side at a time.")
    often: Words | None = Field(None, description="Such as: every two hours.")
    progress: MarkdownLine | None = Field(None, description="How to go on once it is easy.")

    @model_validator(mode="before")
    @classmethod
    def _with_steps(cls, value: Any) -> Any:
        """Take a plain text for the one step that there is."""
        if isinstance(value, dict) and isinstance(value.get("steps"), str):
            return {**value, "steps": [value["steps"]]}
        return value

    @model_validator(mode="after")
    def _is_shown_once(self) -> Exercise:
        if self.pose and self.pictures:
            raise misplaced("pose", '"pose" and "pictures" are both given. Hint: delete one of them.')
        return self


class ExercisesContent(BlockContent):
    """Exercises. A plain list is these alone."""

    written_in: ClassVar[str] = "items"

    items: Annotated[tuple[Exercise, ...], Field(min_length=1, max_length=MAX_EXERCISES)]
