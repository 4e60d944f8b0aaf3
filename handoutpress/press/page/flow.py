"""What of a brand the text flow may depend on, and the record of what a page really read.

A brand enters a page through slots and colour roles, which cost nothing, and through these few fields, each of which
makes a plate of its own for every value in use. The record lets two brands that differ only in what the page did not
read share a plate.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import ceil
from typing import Any, Literal

from handoutpress.content.brand.brand import Brand, FontFamily, LogoShape
from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.countries import Country, Spelling
from handoutpress.content.models.web_addresses import typed_address
from handoutpress.content.text.letters import count_letters
from handoutpress.content.text.markdown import has_clinic
from handoutpress.press.extras.arrangement import room_of
from handoutpress.press.page.blocks.spelling import spelling_of
from handoutpress.press.page.plain_values import PageRecord, plain
from handoutpress.store.digests import bytes_digest, input_digest

ContactPlaces = Literal["one", "several", "many"]
"""How much room a brand's contacts need."""
_LINE, _BOLD_LINE = 60, 54
"""Letters of small type, plain and bold, in a line of the narrowest box for contacts."""
_LINES: dict[ContactPlaces, float] = {"one": 5.0, "several": 10.0}
"""Lines of small type in the lowest boxes."""
_BETWEEN = 0.3
"""The room between two places, in lines."""


@dataclass(frozen=True)
class FlowFields:
    """The brand fields that a page may read while its text flows.

    ``spelling`` are the words that its country has in place of others, and ``dialled_from`` is the code of the country
    in which the telephone numbers of a text are read. ``extras_room`` is how much room the clinic needs for what it
    prints beside its contact, and ``has_lines`` whether lines are among that. ``clinic`` is the clinic's name as people
    say it; empty where no text says it, so that clinics share their plates.
    """

    logo_shape: LogoShape
    places: ContactPlaces
    country: Country
    spelling: Spelling
    dialled_from: str
    extras_room: int
    has_lines: bool
    look: str
    writing_lines: tuple[str, ...]
    clinic: str
    note: str
    hidden: tuple[str, ...]
    has_site: bool
    base_font: FontFamily
    heading_font: FontFamily

    def field_digest(self, name: str) -> str:
        """Return a short hash of one field's value; fonts count by their files' bytes, not by where they lie."""
        value = getattr(self, name)
        if isinstance(value, FontFamily):
            value = (value.name, value.weight, value.line_height, [input_digest(path) for path in value.files])
        return bytes_digest(repr(value).encode())[:16]


FLOW_FIELDS = tuple(field.name for field in fields(FlowFields))


def flow_of(brand: Brand, country: Country, *texts: HandoutFile) -> FlowFields:
    """Return the flow fields of ``brand`` for one handout: its text in one language, or in each that shares a page."""
    handout, language = texts[0].slug, texts[0].language
    return FlowFields(
        logo_shape=brand.logo_shape,
        places=contact_places(brand),
        country=country,
        spelling=spelling_of(country, *texts),
        dialled_from=brand.country,
        extras_room=room_of(brand.extras, language),
        has_lines=language in brand.extras.lines,
        look=brand.look,
        writing_lines=brand.writing_lines,
        clinic=clinic_said(brand, *texts),
        note=brand.notes.get(handout, ""),
        hidden=tuple(sorted(brand.hidden.get(handout, ()))),
        has_site=bool(brand.site),
        base_font=brand.base_font,
        heading_font=brand.heading_font,
    )


def clinic_said(brand: Brand, *texts: HandoutFile) -> str:
    """Return the clinic's name where the texts of a handout, or the brand's own note on it, say it; else nothing."""
    note = brand.notes.get(texts[0].slug, "")
    is_said = any(text.says_clinic for text in texts) or (note and has_clinic(note))
    return brand.usual_name if is_said else ""


def contact_places(brand: Brand) -> ContactPlaces:
    """Return how much room the contacts of ``brand`` need, reckoned from their letters: the same on every machine."""
    places = brand.contacts
    facts = [(place.name, ", ".join(place.address), place.phone, place.email, place.hours) for place in places]
    name = brand.name if len(places) < 2 else brand.short_name
    lines = _lines(name, _BOLD_LINE) + _lines(typed_address(brand.link) if brand.link else "", _LINE)
    lines += sum(_lines("   ".join(filter(None, place)), _LINE) for place in facts)
    needed = lines + _BETWEEN * max(0, len(places) - 1)
    if len(places) < 2 and needed <= _LINES["one"]:
        return "one"
    return "several" if needed <= _LINES["several"] else "many"


def _lines(text: str, letters: int) -> int:
    """Return in how many lines of so many letters a text stands."""
    return ceil(count_letters(text) / letters)


def _extra_rooms(brand: Brand) -> tuple[tuple[str, int], ...]:
    """Return the room for what ``brand`` prints beside its contact, in each language of its lines and in any other."""
    return tuple((code, room_of(brand.extras, code)) for code in ("", *brand.extras.lines))


def shared_fields(brand: Brand) -> tuple[object, ...]:
    """Return fields that are equal for two brands only if all else of ``flow_of`` is what they say of one handout."""
    return (
        brand.logo_shape,
        contact_places(brand),
        brand.country,
        _extra_rooms(brand),
        brand.look,
        brand.writing_lines,
        bool(brand.site),
        brand.base_font,
        brand.heading_font,
    )


class FlowFieldsReader:
    """The fields of a ``FlowFields`` by name, with a record of which were read."""

    def __init__(self, flow: FlowFields) -> None:
        self.flow = flow
        self.reads: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        if name not in FLOW_FIELDS:
            raise AttributeError(name)
        self.reads.add(name)
        return getattr(self.flow, name)

    def record(self) -> PageRecord:
        """Return the fields as a template reads them, with the same record of which were read."""
        return PageRecord({name: plain(getattr(self.flow, name)) for name in FLOW_FIELDS}, self.reads.add)
