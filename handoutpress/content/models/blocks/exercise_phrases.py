"""What the press says of exercises, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from handoutpress.content.text.phrases import FilledPhrases, braces
from handoutpress.yamlfile.record import Record, SingleLine

PluralForm = Literal["zero", "one", "two", "few", "many", "other"]
"""The forms that languages have for numbers (CLDR, plural rules)."""


def _with_other(phrase: dict[PluralForm, str]) -> dict[PluralForm, str]:
    if "other" not in phrase:
        raise ValueError('"other" is missing. Hint: write the form that most numbers have.')
    if any(braces(form) - {"count"} for form in phrase.values()) or "count" not in braces(phrase["other"]):
        raise ValueError("a form may hold {count} alone, and that of most numbers must. Hint: write {count}.")
    return phrase


PluralPhrase = Annotated[dict[PluralForm, SingleLine], AfterValidator(_with_other)]
"""A phrase with a number, in each form that the language has: ``{one: "{count} set", other: "{count} sets"}``."""


class Positions(Record):
    """How a figure stands or lies, as a screen reader says it."""

    standing: SingleLine
    sitting: SingleLine
    on_back: SingleLine
    on_front: SingleLine
    on_side: SingleLine
    on_all_fours: SingleLine
    kneeling: SingleLine


class ExercisePhrases(FilledPhrases):
    """What the press adds to exercises."""

    places: ClassVar[Mapping[str, frozenset[str]]] = {
        "hold": frozenset({"time"}),
        "pose_alone": frozenset({"exercise", "position"}),
        "pose_movement": frozenset({"exercise", "position"}),
    }

    sets: PluralPhrase = Field(description="With {count}, in each form that the language has for numbers.")
    times: PluralPhrase = Field(description="How many times in a set; with {count}.")
    seconds: PluralPhrase
    minutes: PluralPhrase
    hold: SingleLine = Field(description="With {time}, such as: 2 seconds.")
    each_side: SingleLine
    left_side: SingleLine
    right_side: SingleLine
    pose_alone: SingleLine = Field(description="Spoken for a drawing; with {exercise} and {position}.")
    pose_movement: SingleLine = Field(description="The same for two with an arrow.")
    positions: Positions
