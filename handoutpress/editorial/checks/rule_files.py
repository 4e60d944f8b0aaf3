"""The rule files as values: what may be claimed where, words to question, plainer words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from handoutpress.content.models.web_addresses import WebAddress
from handoutpress.editorial.checks.findings import FindingLevel
from handoutpress.editorial.checks.patterns import Excuse
from handoutpress.yamlfile.record import Record, SingleLine, Slug

Pattern = Annotated[str, Field(pattern=r"^\^?[\w*|…' -]+$", min_length=2, max_length=900)]


class Authority(Record):
    """Where a rule comes from. ``seen`` says how it was known: read there, in a stored copy, or told elsewhere."""

    title: SingleLine
    on: date | int = Field(description="The day, or only the year, of the ruling or guidance.")
    url: WebAddress | None = None
    seen: Literal["there", "stored-copy", "second-hand"]


class Condition(Record):
    """One condition that a practice may be said to help with, and how."""

    name: SingleLine
    also: tuple[SingleLine, ...] = ()
    basis: Literal["ruling", "guideline", "trials"] = Field(
        description="trials: no ruling known, so the general rule holds: its limits must be told beside it."
    )
    duration: tuple[Literal["short-term", "medium-term", "long-term", "not-known"], ...] = ("short-term",)
    only: SingleLine | None = Field(None, description="The form of the practice that the ruling is about.")
    wording: SingleLine
    source: Slug


class WordGroupLevel(Record):
    """How grave this jurisdiction takes a group of words, and by which authority."""

    level: FindingLevel
    source: Slug


class RegulatorRules(Record):
    """One ``rules/<jurisdiction>.yaml``."""

    name: SingleLine
    regulator: SingleLine
    countries: tuple[Annotated[str, Field(pattern="^[a-z]{2}$")], ...] = ()
    checked: date = Field(description="When its authorities were last looked at.")
    advice: WebAddress | None = Field(None, description="Where the regulator keeps what it says of practices.")
    stale_after: Annotated[int, Field(ge=1, le=60)] = 24
    authorities: Mapping[Slug, Authority]
    accepted: Mapping[Slug, tuple[Condition, ...]]
    words: Mapping[Slug, WordGroupLevel]
    reference_years: Annotated[int, Field(ge=1)] = 20

    @model_validator(mode="after")
    def _authorities_are_there(self) -> RegulatorRules:
        used = {stance.source for stance in self.words.values()}
        used |= {condition.source for conditions in self.accepted.values() for condition in conditions}
        if missing := sorted(used - set(self.authorities)):
            raise ValueError(f'"{missing[0]}" is not among the "authorities"')
        return self


class WordGroup(Record):
    """Words to question, with why and what to write instead. ``with_any`` must stand in the same sentence as well."""

    words: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    with_any: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = Field((), description="Phrases that contain the words and mean no harm.")
    unless_in: Mapping[Slug, tuple[Pattern, ...]] = Field(
        default_factory=dict, description="Such phrases that mean no harm in one section, by its name with hyphens."
    )
    excused_by: tuple[Excuse, ...] = ("negation",)
    not_in: tuple[Slug, ...] = Field((), description="Sections, with hyphens, where the words mean something else.")
    why: SingleLine
    better: SingleLine


class ClaimWords(Record):
    """``rules/claim-words.<language>.yaml``: groups by rule id, for the practices of all families."""

    benefit_verbs: tuple[Pattern, ...]
    subjects: tuple[Pattern, ...] = Field((), description="What is said to work: the practice and words for it.")
    effect_verbs: tuple[Pattern, ...] = Field((), description="What it is said to do, close behind a subject.")
    effect_objects: tuple[Pattern, ...] = Field((), description="What it is said to do that to, close behind a verb.")
    illness_objects: tuple[Pattern, ...] = Field(
        (), description="Illnesses and organs: whatever a subject is said to do to one of them is an effect."
    )
    other_care: tuple[Pattern, ...] = Field((), description="Says that the sentence is about other care.")
    qualifiers: tuple[str, ...] = Field(description="Words that may stand beside an accepted condition.")
    groups: Mapping[Slug, WordGroup]
    conditions: Mapping[Slug, tuple[Pattern, ...]] = Field(description="Named conditions, by what they have in common.")
    harmless_conditions: tuple[Pattern, ...] = Field((), description="Phrases with a condition that make no claim.")

    def with_family(self, words: FamilyWords) -> ClaimWords:
        """Return these words and those of one family."""
        groups = {
            rule: _grown(group, words.groups[rule]) if rule in words.groups else group
            for rule, group in self.groups.items()
        }
        conditions = {name: (*patterns, *words.conditions.get(name, ())) for name, patterns in self.conditions.items()}
        lists = {name: (*getattr(self, name), *getattr(words, name)) for name in _WORD_LISTS}
        return self.model_copy(update={**lists, "groups": groups, "conditions": conditions})


class WordAddition(Record):
    """What one family adds to a group of words: more of them, more that is harmless there, its own reasons."""

    words: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    why: SingleLine | None = None
    better: SingleLine | None = None


def _grown(group: WordGroup, addition: WordAddition) -> WordGroup:
    changes = {
        "words": (*group.words, *addition.words),
        "unless": (*group.unless, *addition.unless),
        "why": addition.why or group.why,
        "better": addition.better or group.better,
    }
    return group.model_copy(update=changes)


_WORD_LISTS = ("benefit_verbs", "subjects", "effect_verbs", "effect_objects", "other_care", "harmless_conditions")


class FamilyWords(Record):
    """``rules/claim-words.<family>.<language>.yaml``: what is added for the practices of one family."""

    benefit_verbs: tuple[Pattern, ...] = ()
    subjects: tuple[Pattern, ...] = ()
    effect_verbs: tuple[Pattern, ...] = ()
    effect_objects: tuple[Pattern, ...] = ()
    other_care: tuple[Pattern, ...] = ()
    harmless_conditions: tuple[Pattern, ...] = ()
    groups: Mapping[Slug, WordAddition] = Field(default_factory=dict)
    conditions: Mapping[Slug, tuple[Pattern, ...]] = Field(default_factory=dict)


class RiskDemands(Record):
    """How grave it is that a family's practice has no mild side effect with a figure, or names no serious harm."""

    figure: FindingLevel = "warning"
    serious: FindingLevel = "warning"


class Practices(Record):
    """``rules/practices.yaml``: which practices make a family, and what is asked of their risks."""

    families: Mapping[Slug, tuple[Slug, ...]]
    risks: Mapping[Slug, RiskDemands] = Field(default_factory=dict)

    def families_of(self, practices: Iterable[str]) -> tuple[str, ...]:
        """Return the families of ``practices``, in order; one that no family names has none; a family has itself.

        A name that is longer by a word is that practice too: "cupping-therapy" is cupping, "hot-stone-massage" massage.
        """
        wanted = tuple(practices)
        return tuple(
            family
            for family, members in self.families.items()
            if any(f"-{member}-" in f"-{practice}-" for member in (family, *members) for practice in wanted)
        )

    def demands(self, practice: str) -> RiskDemands:
        """Return what is asked of the risks of ``practice``."""
        return next((self.risks[name] for name in self.families_of([practice]) if name in self.risks), RiskDemands())


class PlainWords(Record):
    """``rules/plain-words.<language>.yaml``: a hard word and what to write instead."""

    plainer: Mapping[str, SingleLine]
    known_abbreviations: tuple[str, ...]
    irregular_participles: tuple[str, ...] = ()


class Terms(Record):
    """``rules/terms.<language>.yaml``: terms that a handout explains, which do not count in the reading grade."""

    terms: tuple[str, ...]
    endings: tuple[str, ...] = Field((), description="Endings of the names of medicines, by which any is known.")


class SafetyWords(Record):
    """``rules/safety-words.<language>.yaml``: by practice and section what must be named, and words that name it."""

    source: SingleLine
    practices: Mapping[Slug, Mapping[str, Mapping[SingleLine, tuple[Pattern, ...]]]]
    severities: Mapping[Literal["significant", "serious"], tuple[Pattern, ...]] = Field(
        default_factory=dict, description="Harms that are known to be no less than this."
    )


class RiskScale(Record):
    """``rules/risk-words.<language>.yaml``: from how many in a million on a word may be used, the most common first."""

    source: SingleLine
    steps: Annotated[tuple[RiskStep, ...], Field(min_length=2)]


class RiskStep(Record):
    word: SingleLine
    at_least: Annotated[float, Field(ge=0)]
    below: float
    means: SingleLine


RiskScale.model_rebuild()
ClaimWords.model_rebuild()
