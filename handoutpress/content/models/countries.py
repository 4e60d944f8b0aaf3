"""A country: where the clinic is. It decides emergency numbers and paper, never the language."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handoutpress.yamlfile.record import NOT_PRINTED, Record, SingleLine

PhoneNumber = Annotated[str, Field(pattern=r"^[0-9+][0-9 +()-]*$", max_length=30), NOT_PRINTED]


class AdviceLine(Record):
    """A public line for health questions that cannot wait but are no emergency."""

    name: SingleLine
    number: PhoneNumber


class Country(Record):
    """One ``countries/<code>.yaml``; the code is ISO 3166-1 alpha-2 in lower case."""

    name: SingleLine
    emergency: PhoneNumber
    advice: AdviceLine | None = None
    regulator: Annotated[SingleLine | None, NOT_PRINTED] = Field(
        None, description="Who rules on what a clinic may claim there."
    )
    paper: Annotated[str, Field(pattern="^(a4|letter)$"), NOT_PRINTED]
