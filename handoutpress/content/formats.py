"""A format: the printed thing. Lengths are millimetres and type sizes points unless a name says otherwise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from handoutpress.content.records import Line, Record, Slug

Millimetres = Annotated[float, Field(gt=0, le=2000)]
Points = Annotated[float, Field(ge=4, le=400)]

BODY_FLOOR = 12.0
"""Smallest body type, pt (UKAAF and RNIB, clear print)."""
REFERENCE_FLOOR = 8.0
"""Smallest type of the reference list, pt."""


class Paper(Record):
    width: Millimetres
    height: Millimetres


class Margins(Record):
    top: Millimetres
    right: Millimetres
    bottom: Millimetres
    left: Millimetres


class TypeSize(Record):
    """Body type: the ideal size, and the floor under which copy fitting never goes."""

    ideal: Points
    floor: Annotated[float, Field(ge=BODY_FLOOR)]
    step: Annotated[float, Field(gt=0, le=4)] = 0.25
    references: Annotated[float, Field(ge=REFERENCE_FLOOR)] = 8.5


class CodeSize(Record):
    """The QR codes: width with the quiet zone, and the error-correction level (ISO/IEC 18004, 7.5.1)."""

    size: Annotated[float, Field(ge=20)] = 25.0
    level: Literal["M", "Q"] = "M"


class SlotSize(Record):
    """The box of a slot, mm."""

    width: Millimetres
    height: Millimetres


class Brandmark(Record):
    """The box of the logo, one for each shape class; ``none`` holds the clinic's name instead."""

    wide: SlotSize
    square: SlotSize
    none: SlotSize


class ContactSlot(Record):
    """The box of the contacts, for a brand with one place and for one with several."""

    one: SlotSize
    several: SlotSize


class Slots(Record):
    """The boxes that each brand fills. Their sizes are the format's, so that filling one moves nothing else."""

    brandmark: Brandmark
    contact: ContactSlot
    clinic: SlotSize = Field(description="The clinic's short name in the page's foot.")
    address: SlotSize = Field(description="A code's address in words.")


class Format(Record):
    """One ``formats/<slug>.yaml``."""

    name: Line
    paper: Paper
    margins: Margins
    type: TypeSize
    max_pages: Annotated[int, Field(ge=1, le=64)]
    style: Slug = Field(description="The stylesheet of this family of formats, styles/<style>.css.")
    code: CodeSize = CodeSize()
    slots: Slots

    @model_validator(mode="after")
    def _margins_leave_room(self) -> Format:
        if self.margins.left + self.margins.right >= self.paper.width:
            raise ValueError("the left and right margins are wider than the paper")
        if self.margins.top + self.margins.bottom >= self.paper.height:
            raise ValueError("the top and bottom margins are taller than the paper")
        return self
