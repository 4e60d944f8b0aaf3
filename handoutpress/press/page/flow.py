"""What of a brand the text flow may depend on, and the record of what a page really read.

A brand enters a page through slots and colour roles, which cost nothing, and through these few fields, each of which
makes a plate of its own for every value in use. The record lets two brands that differ only in what the page did not
read share a plate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from math import ceil
from typing import Any, Literal

from handoutpress.content.brand.brand import Brand, FontFamily, LogoShape
from handoutpress.content.models.countries import Country
from handoutpress.content.models.web_addresses import typed_address
from handoutpress.content.text.letters import count_letters
from handoutpress.press.page.plain_values import PageRecord, plain
from handoutpress.store.digests import bytes_digest, input_digest

ContactPlaces = Literal["one", "several", "many"]
"""How much room a brand's contacts need."""
_LINE, _COLUMNS = 108, 4
"""Letters of small type in a line of a leaflet, and the most places that stand side by side in it."""
_ONE_LINES, _SEVERAL_LINES, _SEVERAL_STACKED = 7, 6, 9
"""Lines of small type in the boxes for one place and for several: these side by side, or one below the other."""


@dataclass(frozen=True)
class FlowFields:
    """The brand fields that a page may read while its text flows."""

    logo_shape: LogoShape
    places: ContactPlaces
    country: Country
    writing_lines: tuple[str, ...]
    note: str
    hidden: tuple[str, ...]
    base_font: FontFamily
    heading_font: FontFamily

    def field_digest(self, name: str) -> str:
        """Return a short hash of one field's value; fonts count by their files' bytes, not by where they lie."""
        value = getattr(self, name)
        if isinstance(value, FontFamily):
            value = (value.name, value.weight, value.line_height, [input_digest(path) for path in value.files])
        return bytes_digest(repr(value).encode())[:16]


FLOW_FIELDS = tuple(field.name for field in fields(FlowFields))


def flow_of(brand: Brand, country: Country, handout: str) -> FlowFields:
    """Return the flow fields of ``brand`` for the handout with the slug ``handout``."""
    return FlowFields(
        logo_shape=brand.logo_shape,
        places=contact_places(brand),
        country=country,
        writing_lines=brand.writing_lines,
        note=brand.notes.get(handout, ""),
        hidden=tuple(sorted(brand.hidden.get(handout, ()))),
        base_font=brand.base_font,
        heading_font=brand.heading_font,
    )


def contact_places(brand: Brand) -> ContactPlaces:
    """Return how much room the contacts of ``brand`` need, reckoned from their letters: the same on every machine."""
    link = typed_address(brand.link) if brand.link else ""
    places = [(place.name, ", ".join(place.address), place.phone, place.email, place.hours) for place in brand.contacts]
    if len(places) < 2:
        words = [brand.name, link, *(line for place in places for line in place)]
        return "one" if _lines(words, _LINE // 3) <= _ONE_LINES else "several"
    head = _lines([f"{brand.short_name} {link}"], _LINE)
    beside = head + max(_lines(place, _LINE // len(places) - 2) for place in places)
    stacked = head + sum(_lines([" · ".join(filter(None, place))], _LINE // 2) for place in places)
    has_room = len(places) <= _COLUMNS and beside <= _SEVERAL_LINES and stacked <= _SEVERAL_STACKED
    return "several" if has_room else "many"


def _lines(texts: Iterable[str], letters: int) -> int:
    """Return in how many lines of so many letters texts stand, each in lines of its own."""
    return sum(ceil(count_letters(text) / letters) for text in texts)


def shared_fields(brand: Brand) -> tuple[object, ...]:
    """Return fields that are equal for two brands only if ``flow_of`` differs in notes and hidden sections at most."""
    return (
        brand.logo_shape,
        contact_places(brand),
        brand.country,
        brand.writing_lines,
        brand.base_font,
        brand.heading_font,
    )


class FlowFieldsReader:
    """The fields of a ``FlowFields`` by name, with a record of which were read."""

    def __init__(self, flow: FlowFields) -> None:
        self._flow = flow
        self.reads: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        if name not in FLOW_FIELDS:
            raise AttributeError(name)
        self.reads.add(name)
        return getattr(self._flow, name)

    def record(self) -> PageRecord:
        """Return the fields as a template reads them, with the same record of which were read."""
        return PageRecord({name: plain(getattr(self._flow, name)) for name in FLOW_FIELDS}, self.reads.add)
