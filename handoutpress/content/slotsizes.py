"""Slots as a format sizes them: the boxes that each brand fills, in mm, and the type in them, in pt."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handoutpress.content.records import Record

Millimetres = Annotated[float, Field(gt=0, le=2000)]
Points = Annotated[float, Field(ge=4, le=400)]
REFERENCE_FLOOR = 8.0
"""Smallest type of the reference list and of addresses, pt."""


class Words(Record):
    """The type of addresses and contacts in their slots, pt: the largest that is tried, and the floor."""

    ideal: Points
    floor: Annotated[float, Field(ge=REFERENCE_FLOOR)]

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes tried in turn, half a point apart."""
        steps = max(0, round((self.ideal - self.floor) * 2))
        return tuple(self.ideal - 0.5 * step for step in range(steps + 1))


class SlotSize(Record):
    """The box of a slot, mm."""

    width: Millimetres
    height: Millimetres


class Brandmark(Record):
    """The box of the logo, one for each shape class; ``none`` holds the clinic's name instead."""

    wide: SlotSize
    square: SlotSize
    none: SlotSize
    name: Annotated[Points | None, Field(description="The largest type of a name in place of a logo, pt.")] = None


class ContactSlot(Record):
    """The box of the contacts, for a brand with one place and for one with several."""

    one: SlotSize
    several: SlotSize


class Slots(Record):
    """The boxes that each brand fills. Their sizes are the format's, so that filling one moves nothing else."""

    brandmark: Brandmark
    contact: ContactSlot | None = Field(None, description="Without it, the format prints no contacts.")
    clinic: SlotSize | None = Field(None, description="The clinic's short name in the page's foot.")
    address: SlotSize = Field(description="A code's address in words.")
    words: Annotated[Words | None, Field(description="Type in the slots where it is not a leaflet's, 8 to 11 pt.")] = (
        None
    )
