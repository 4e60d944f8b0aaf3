"""What the proof of a plate with one brand tells of every other brand on it.

A brand changes colours, codes and a few words; where they stand does not change. So the proof of a plate learns where
its codes are and which colour roles lie on which grounds. Another brand is then right beyond doubt when its colours
stand out in all of these pairings, its codes scan at their places, and its words come out: milliseconds, where a full
proof takes a third of a second. What is in doubt is proved in full: nothing here ever finds fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from handoutpress.proof.brand.pairings import (
    ColourPairing,
    RoleOrColour,
    pairings_of_art,
    read_pairings,
    slot_grounds,
    stand_out,
)
from handoutpress.proof.brand.stripped_plate import StrippedPlate, strip_plate
from handoutpress.proof.checks.brandmark import LEAST, brandmark_contrast, brandmark_places
from handoutpress.proof.checks.symbols import AROUND, MeasuredSymbol, faults, measure_picture
from handoutpress.proof.checks.text import surplus_words
from handoutpress.proof.expectation import WantedBrandmark, WantedCode
from handoutpress.proof.pdf.code_readers import READERS, read_codes
from handoutpress.proof.pdf.colours import Colour
from handoutpress.proof.pdf.finished_pdf import FinishedPdf, UnreadablePdfError
from handoutpress.proof.pdf.forms import slot_inks
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.page_codes import DPI, find_codes
from handoutpress.proof.pdf.seen_lines import is_seen, seen_lines
from handoutpress.proof.pdf.text import unbroken
from handoutpress.store.digests import bytes_digest

COARSE = 0.01
"""By which share a module may be measured too large on the raster that codes are read on."""


ArtInks = frozenset[Colour]
"""The inks of the words that a brand put into slots."""


class CodePlace(NamedTuple):
    """Where a code is, or a logo: the page, from 1, and the box there in points, a code's with what is around it."""

    page: int
    box: Box


@dataclass(frozen=True)
class PlateFacts:
    """What a plate's proof learnt: the place of each code, the pairings of the plate's own text, the grounds of its
    slots, and its pages without its own words."""

    codes: tuple[CodePlace, ...]
    pairings: tuple[ColourPairing, ...]
    grounds: tuple[RoleOrColour, ...]
    stripped: StrippedPlate | None = None
    brandmarks: tuple[CodePlace, ...] = ()
    """Where the plate has its brand's logo; none where a name takes its place."""

    def to_bytes(self) -> bytes:
        stripped = self.stripped and self.stripped.to_json()
        return json.dumps([self.codes, self.pairings, self.grounds, stripped, self.brandmarks]).encode()

    @staticmethod
    def from_bytes(data: bytes) -> PlateFacts:
        """Read back what ``to_bytes`` wrote."""
        codes, pairings, grounds, stripped, brandmarks = json.loads(data)
        return PlateFacts(
            codes=tuple(CodePlace(page, Box(*box)) for page, box in codes),
            pairings=tuple(
                ColourPairing(_role_or_colour(ink), alpha, _role_or_colour(ground), needed)
                for ink, alpha, ground, needed in pairings
            ),
            grounds=tuple(map(_role_or_colour, grounds)),
            stripped=stripped and StrippedPlate.from_json(stripped),
            brandmarks=tuple(CodePlace(page, Box(*box)) for page, box in brandmarks),
        )

    @cached_property
    def digest(self) -> str:
        """The same for plates that ask the same of a brand's colours."""
        return bytes_digest(repr((self.pairings, self.grounds)).encode())

    def brand_stands_out(self, colours: Mapping[str, str], art: ArtInks) -> bool:
        """Return whether a brand can be read wherever the plate has text.

        ``colours`` are its, ``#rrggbb`` by role, and ``art`` the inks of its art.
        """
        return stand_out([*self.pairings, *pairings_of_art(art, self.grounds)], colours)


def _role_or_colour(value: str | list[int]) -> RoleOrColour:
    return value if isinstance(value, str) else (value[0], value[1], value[2])


def learn(pdf: FinishedPdf, plate_bytes: int = 0, brandmark: WantedBrandmark | None = None) -> PlateFacts:
    """Return what a plate that was found right tells of every brand on it. ``pdf`` is the plate with one of them.

    So many of its first bytes as ``plate_bytes`` says are the plate's own; ``brandmark`` is that brand's logo.
    """
    codes = tuple(CodePlace(code.page, code.box.grown(AROUND * code.box.width)) for code in find_codes(pdf))
    return PlateFacts(
        codes=codes,
        pairings=read_pairings(pdf),
        grounds=slot_grounds(pdf),
        stripped=strip_plate(pdf, plate_bytes, codes),
        brandmarks=tuple(starmap(CodePlace, brandmark_places(pdf, brandmark))) if brandmark else (),
    )


def art_of(
    data: bytes,
    facts: PlateFacts,
    codes: Sequence[WantedCode],
    words: Iterable[str],
    brandmark: WantedBrandmark | None = None,
    in_order: Iterable[str] = (),
    said: Iterable[str] = (),
) -> ArtInks | None:
    """Return the inks of a brand's art where its PDF shows, beyond doubt, the wanted codes in place, words and logo.

    Those of the words that are ``in_order`` are seen from left to right; the slots hold nothing but what is ``said``.

    None where it does not, or the inks cannot be read. Of a file of the plate, only what the brand brought is read.
    """
    try:
        pdf = FinishedPdf(Path(), (facts.stripped and facts.stripped.laid_over(data)) or data, ours=True)
    except UnreadablePdfError:
        return None
    with pdf:
        printed = [unbroken(part) for part in (*(code.printed for code in codes), *words)]
        addresses = {code.address for code in codes}
        right = (
            _codes_are_right(pdf, facts, addresses)
            and _all_on_pages(pdf, facts, printed)
            and all(any(is_seen(part, seen_lines(pdf, page)) for page in pdf.pages) for part in in_order)
        )
        logos = [(place.page, place.box) for place in facts.brandmarks] if brandmark else []
        right = right and not (said and any(surplus_words(pdf, said, logos)))
        return slot_inks(pdf.pdf) if right and _logo_is_seen(pdf, facts, brandmark) else None


def _logo_is_seen(pdf: FinishedPdf, facts: PlateFacts, brandmark: WantedBrandmark | None) -> bool:
    if brandmark is None:
        return True
    contrasts = [brandmark_contrast(pdf, place, brandmark, DPI) for place in facts.brandmarks]
    return bool(contrasts) and min(contrasts) >= LEAST


def art_to_bytes(art: ArtInks | None) -> bytes:
    """Return the inks as bytes for the cache."""
    return json.dumps(None if art is None else sorted(art)).encode()


def art_from_bytes(data: bytes) -> ArtInks | None:
    """Read back what ``art_to_bytes`` wrote."""
    inks = json.loads(data)
    return None if inks is None else frozenset((red, green, blue) for red, green, blue in inks)


def _all_on_pages(pdf: FinishedPdf, facts: PlateFacts, words: Iterable[str]) -> bool:
    """Return whether the words stand on the pages: those with codes are read first, for a brand's words mostly do."""
    missing = set(words)
    with_codes = [place.page for place in facts.codes]
    for page in dict.fromkeys((*with_codes, *pdf.pages)):
        if not missing:
            break
        text = unbroken(pdf.text(page))
        missing = {part for part in missing if part not in text}
    return not missing


def _codes_are_right(pdf: FinishedPdf, facts: PlateFacts, addresses: set[str]) -> bool:
    pairs: set[tuple[str, str]] = set()
    for picture, pixel in _pictures(pdf, facts):
        grey = picture.convert("L")
        readings = read_codes(grey, inverted=False)
        boxes = [reading.box for reading in readings if reading.reader == READERS[0]]
        if any(_may_have_fault(measure_picture(picture, grey, box, pixel)) for box in boxes):
            return False
        pairs |= {(reading.reader, reading.text) for reading in readings}
    return pairs == {(reader, address) for reader in READERS for address in addresses}


def _may_have_fault(symbol: MeasuredSymbol) -> bool:
    """Return whether a code may have a fault, by as much as may have been measured too large."""
    return any(faults(replace(symbol, module=(1 - COARSE) * symbol.module)))


def _pictures(pdf: FinishedPdf, facts: PlateFacts) -> Iterator[tuple[Image.Image, float]]:
    """Yield each place of a code as a picture, and the width of its pixels in mm."""
    for place in facts.codes:
        box = place.box.overlap(pdf.box(place.page, "crop"))
        picture = pdf.crop(place.page, box, DPI)
        yield picture, box.width * POINT / picture.width
