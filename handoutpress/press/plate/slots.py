"""Slots: the named rectangles on a plate that each brand fills, and the placeholders that keep their place.

A placeholder is a picture of one pixel in a colour of its own, so that the engine keeps the slots apart.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from markupsafe import Markup

from handoutpress.content.brand.brand import LogoShape
from handoutpress.content.brand.extras.values import KINDS
from handoutpress.content.models.formats import Brandmark, ContactSlot, Format, SlotSize
from handoutpress.content.text.markdown import PHONE_PLACE
from handoutpress.press.extras.arrangement import READ_IN_ORDER, box_of
from handoutpress.press.page.flow import ContactPlaces

NAMES = (
    "brandmark",
    "clinic",
    "contact",
    "code-article",
    "address-article",
    "code-references",
    "address-references",
    "lines",
    "people",
    "marks",
    "links",
    "photo",
    "phone",
)
ART = ("brandmark", "clinic", "contact", "phone", *KINDS)
"""The slots that are filled with art, typeset once a brand; the others are drawn straight."""

LINKED = ("address-article", "address-references")
"""The slots whose words are one link as a whole."""
WITH_LINKS = frozenset({"contact", "phone", "lines", "links"})
"""The slots of art in whose words a brand may have links."""
WORDS = frozenset({*WITH_LINKS, "clinic", "people", *LINKED})
"""The slots that are read as words; a brandmark is too where the brand has no logo."""


class ExtrasFlow(Protocol):
    """What of the flow fields tells how much a clinic prints beside its contact."""

    @property
    def extras_room(self) -> int: ...

    @property
    def has_lines(self) -> bool: ...


MM_PER_POINT = 25.4 / 72
_IN_TEXT = re.compile(f"(<(?:p|li)>)?{re.escape(PHONE_PLACE)}")
_PREFIX = "slot:"
_RED_GREEN = (250, 5)


def slot_boxes(
    format_: Format, shape: LogoShape, places: ContactPlaces, extras: SlotSize | None = None
) -> dict[str, SlotSize]:
    """Return the box of each slot that a format has, mm, by the logo's shape and the number of places.

    All that stands beside the contact shares the box ``extras``.
    """
    slots, side = format_.slots, format_.code.size
    code = SlotSize(width=side, height=side)
    boxes = {
        "brandmark": _brandmark_box(slots.brandmark, shape),
        "clinic": slots.clinic,
        "contact": _contact_box(slots.contact, places) if slots.contact else None,
        "code-article": code,
        "address-article": slots.address,
        "code-references": code,
        "address-references": slots.address,
        "phone": _phone_box(format_, places),
        **dict.fromkeys(printed_extras(format_, KINDS), extras),
    }
    return {name: box for name, box in boxes.items() if box is not None}


def extras_box(format_: Format, flow: ExtrasFlow) -> SlotSize | None:
    """Return the box for what a clinic prints beside its contact, by how much that is; None where there is nothing."""
    printed = printed_extras(format_, READ_IN_ORDER)
    if printed == ("lines",):
        return format_.slots.extras.lines if flow.has_lines else None
    return box_of(format_, flow.extras_room) if printed and flow.extras_room else None


def printed_extras(format_: Format, extras: Iterable[str]) -> tuple[str, ...]:
    """Return which of a brand's ``extras`` a format has room for."""
    return tuple(name for name in extras if getattr(format_.slots.extras, name))


def _brandmark_box(boxes: Brandmark, shape: LogoShape) -> SlotSize:
    nearest = {"banner": boxes.wide, "tall": boxes.square, "long_name": boxes.none}
    box: SlotSize | None = getattr(boxes, shape)
    return box or nearest[shape]


def _contact_box(boxes: ContactSlot, places: ContactPlaces) -> SlotSize:
    box: SlotSize | None = getattr(boxes, places)
    return box or boxes.several


@dataclass(frozen=True)
class PhoneSpace:
    """The box of the clinic's telephone numbers, in em of the ideal type: its width, and its height by the places."""

    width: float
    one: float = 1.6
    several: float = 4.8
    many: float = 6.0


PHONE_SPACES: Mapping[str, PhoneSpace] = {
    "leaflet": PhoneSpace(18.8),
    "large-print": PhoneSpace(22.0),
    "poster": PhoneSpace(18.6, one=2.0),
    "trifold": PhoneSpace(16.0, several=8.4, many=8.4),
    "booklet": PhoneSpace(16.0, several=8.4, many=8.4),
}
PHONE_SPACE = PhoneSpace(16.0, several=4.0)
"""The box by the style of a format: three places have a line each beside their names, or below them in a narrow panel.
On a poster, a number alone is larger; in other styles, as in two languages, room is short."""
PHONE_SHARE = 1 / 9
"""So much of a card's height is the most for the numbers: help stands above them and keeps its room."""


def _phone_box(format_: Format, places: ContactPlaces) -> SlotSize:
    em = format_.type.ideal * MM_PER_POINT
    space = PHONE_SPACES.get(format_.style, PHONE_SPACE)
    lines: float = getattr(space, places)
    most = PHONE_SHARE * format_.paper.height if format_.style == "card" else format_.paper.height
    return SlotSize(width=round(space.width * em, 1), height=round(min(lines * em, most), 1))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def placeholder_png(name: str) -> bytes:
    """Return the one-pixel picture of a slot."""
    # One pixel of eight bits each for red, green and blue (PNG, 11.2.1).
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixel = _chunk(b"IDAT", zlib.compress(bytes([0, *_RED_GREEN, NAMES.index(name)])))
    return b"\x89PNG\r\n\x1a\n" + header + pixel + _chunk(b"IEND", b"")


def placeholder(name: str, box: SlotSize) -> Markup:
    """Return the HTML that holds the place of a slot."""
    data = base64.b64encode(placeholder_png(name)).decode()
    return Markup(
        '<img class="slot {name}" alt="{alt}" style="width:{width}mm;height:{height}mm"'
        ' src="data:image/png;base64,{data}">'
    ).format(name=name, alt=_PREFIX + name, width=box.width, height=box.height, data=data)


def with_phone(html: str, box: SlotSize) -> str:
    """Return a page with the slot of the clinic's number at each of its places in the text, in a line of its own."""
    if PHONE_PLACE not in html:
        return html
    slot = placeholder("phone", box)

    def held(place: re.Match[str]) -> str:
        # A block among the words of a list's entry would take these out of the tags.
        return f'{place[1] or ""}<span class="slot-in-words">{"" if place[1] else "<br>"}{slot}</span>'

    return _IN_TEXT.sub(held, html)


def slot_of_pixel(pixel: bytes) -> str | None:
    """Return the slot whose placeholder has this pixel (three bytes), or None for any other picture."""
    if len(pixel) == 3 and tuple(pixel[:2]) == _RED_GREEN and pixel[2] < len(NAMES):
        return NAMES[pixel[2]]
    return None


def slot_of_alt(alt: str) -> str | None:
    """Return the slot whose placeholder carries this Alt, or None."""
    name = alt.removeprefix(_PREFIX)
    return name if name != alt and name in NAMES else None
