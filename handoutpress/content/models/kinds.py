"""A kind of handout: which parts it has, in which order, under which headings, and which of them it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias, cast, get_args

from pydantic import AfterValidator, Field

from handoutpress.yamlfile.record import NOT_PRINTED, Record, SingleLine

_BeforeLadder = Literal["what_it_is", "what_to_expect", "benefits", "risks", "tell_us_first", "after_care"]
_LadderStep = Literal["normal", "call_us", "urgent_help"]
_BehindLadder = Literal["alternatives", "questions", "comparison"]
SectionName = Literal[_BeforeLadder, _LadderStep, _BehindLadder]
"""The fixed sections, by their keys in the YAML."""
SECTIONS = cast(tuple[SectionName, ...], get_args(SectionName))

LADDER = cast(tuple[SectionName, ...], get_args(_LadderStep))
"""What to do about what happens, in three steps. They are printed together, wherever one of them is."""
LADDER_PART, BODY = "ladder", "body"
"""The places in a kind's order of the ladder, and of a handout's own parts."""

SAFETY_SECTIONS: frozenset[str] = frozenset(
    {"risks", "tell_us_first", "after_care", "call_us", "urgent_help", "alternatives"}
)
"""A brand may hide sections that do not apply to it, but never one of these, in whichever kind."""

_Part = Literal[_BeforeLadder, _BehindLadder, "body", "ladder"]
_PARTS: tuple[str, ...] = get_args(_Part)
NeededPart = Literal[
    "main_message",
    "practices",
    "body",
    "what_it_is",
    "what_to_expect",
    "risks",
    "tell_us_first",
    "after_care",
    _LadderStep,
    "alternatives",
]
"""What a kind may ask for; each handout has a main message and says when to get urgent help anyway."""
ALWAYS_NEEDED: tuple[NeededPart, ...] = ("main_message", "urgent_help")

_HeadingName = Literal[
    "before_you_start", "before_you_come", "if_it_hurts", "how_to_use", "what_to_do", "self_care", "at_home"
]
HeadingName: TypeAlias = Annotated[_HeadingName, NOT_PRINTED]
"""A heading that languages have besides those of the sections."""
OTHER_HEADINGS: tuple[str, ...] = get_args(_HeadingName)
"""All of these."""
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"), NOT_PRINTED]
MOST_PAGES = 64
"""More are too thick to fold and staple (print trade), and no handout."""


def _growing(pages: tuple[int, ...]) -> tuple[int, ...]:
    if list(pages) != sorted(set(pages)):
        raise ValueError('"pages" must grow. Hint: write them as [1, 2].')
    return pages


PageCounts = Annotated[tuple[Annotated[int, Field(ge=1, le=MOST_PAGES)], ...], AfterValidator(_growing)]
"""Numbers of pages with which nothing is given up, fewest first."""
WordFamily = Annotated[Literal["needling", "hands-on", "herbs", "exercise", "general"], NOT_PRINTED]


def _whole(order: tuple[str, ...]) -> tuple[str, ...]:
    counts = Counter(order)
    for part, count in counts.items():
        if count > 1:
            raise ValueError(f'"{part}" stands in "order" {count} times; it is printed once')
    if missing := [part for part in _PARTS if part not in counts]:
        raise ValueError(f'"order" has every section once, and lacks {", ".join(missing)}')
    return order


class Kind(Record):
    """One ``kinds/<kind>.yaml``."""

    name: SingleLine = Field(description="What people call it in English, such as Exercise sheet.")
    order: Annotated[tuple[_Part, ...], AfterValidator(_whole)] = Field(
        description="Each section once, in the order of the page; body: the handout's own parts, ladder: what is "
        "normal, when to call us and when to get urgent help."
    )
    headings: Mapping[SectionName, HeadingName | Mapping[LanguageCode, SingleLine]] = Field(
        default_factory=dict, description="Other headings: one that all languages have, or words by language."
    )
    needs: tuple[NeededPart, ...] = Field((), description="Parts without which no handout of this kind is printed.")
    never_hidden: tuple[Annotated[SectionName, NOT_PRINTED], ...] = Field(
        (), description="Sections that no brand may hide, besides those that none ever may."
    )
    risks: Literal["needed", "with-benefits", "from-about"] = Field(
        description="needed: always; with-benefits: where a benefit is told; from-about: its own, or those of the "
        'handout that "about" names.'
    )
    begin_with: Annotated[Literal["steps", "exercises"], NOT_PRINTED] = Field(
        "steps", description="The block that the body of a new handout begins with, where the kind needs a body."
    )
    words: WordFamily = Field("general", description="The word rules for what it says, where it names no practice.")
    pages: PageCounts = Field(
        (),
        description="Numbers of pages with which nothing is given up, fewest first, in the place of those of formats "
        "that name theirs, the leaflets.",
    )

    @property
    def sections(self) -> tuple[SectionName, ...]:
        """The fixed sections as they are printed, one after another."""
        return tuple(name for part in self.order for name in sections_of(part))

    @property
    def unhidden(self) -> frozenset[str]:
        """The sections that no brand may hide."""
        return SAFETY_SECTIONS | set(self.never_hidden)

    def headings_in(self, language: str, named: Mapping[str, str]) -> dict[str, str]:
        """Return how this kind heads its sections in a language where it is not as others do.

        ``named`` are the headings that the language has, by their names.
        """
        words = {
            section: named.get(own, "") if isinstance(own, str) else own.get(language, "")
            for section, own in self.headings.items()
        }
        return {section: heading for section, heading in words.items() if heading}


def sections_of(part: str) -> tuple[SectionName, ...]:
    """Return the fixed sections at a place of a kind's order."""
    if part == LADDER_PART:
        return LADDER
    return () if part == BODY else (cast(SectionName, part),)
