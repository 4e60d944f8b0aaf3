"""A country: where the clinic is. It decides emergency numbers and paper, never the language."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handoutpress.content.models.web_addresses import WebAddress
from handoutpress.yamlfile.record import NOT_PRINTED, Day, Record, SingleLine

PhoneNumber = Annotated[str, Field(pattern=r"^[0-9+][0-9 +()-]*$", max_length=30), NOT_PRINTED]


Word = Annotated[SingleLine, NOT_PRINTED]
Spelling = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""For the code of a language, words with those that stand for them."""


class AdviceLine(Record):
    """A public line for health questions that cannot wait but are no emergency."""

    name: SingleLine
    number: PhoneNumber


class CrisisLine(Record):
    """A line for whoever thinks of ending their life, with the page on which it names its own number."""

    name: SingleLine
    number: PhoneNumber
    source: Annotated[WebAddress, NOT_PRINTED] = Field(
        description="A page of the line, or of who pays for it, that gives the number."
    )
    confirmed: Annotated[Day, NOT_PRINTED] = Field(description="When somebody last read the number there.")


OTHER_NAMES = {
    **dict.fromkeys(("uk", "en", "england", "scotland", "wales", "great-britain", "britain", "united-kingdom"), "gb"),
    **dict.fromkeys(("usa", "america", "united-states"), "us"),
    **dict.fromkeys(("eire", "ireland"), "ie"),
    "australia": "au",
    "spain": "es",
    "france": "fr",
    "ukraine": "ua",
    "ukr": "ua",
}
"""What people call a country whose code (ISO 3166-1 alpha-2) is another word."""


def code_of(name: str) -> str:
    """Return the code of the country that someone may mean by ``name``; where none is known, the name in lower case."""
    folded = "-".join(name.lower().split())
    return OTHER_NAMES.get(folded, folded)


class Country(Record):
    """One ``countries/<code>.yaml``; the code is ISO 3166-1 alpha-2 in lower case."""

    name: SingleLine
    emergency: PhoneNumber
    advice: AdviceLine | None = None
    crisis_line: Annotated[
        CrisisLine | None,
        Field(description="Printed where a handout asks for it, beside a sign such as thoughts of ending one's life."),
    ] = None
    regulator: Annotated[SingleLine | None, NOT_PRINTED] = Field(
        None, description="Who rules on what a clinic may claim there."
    )
    paper: Annotated[str, Field(pattern="^(a4|letter)$"), NOT_PRINTED]
    spelling: dict[Annotated[str, NOT_PRINTED], dict[Word, Word]] = Field(
        default_factory=dict,
        description="By the code of a language, words that are spelled or named otherwise there, "
        "each with what is printed in its place.",
    )
