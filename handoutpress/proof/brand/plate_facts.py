"""What the proof of a plate with one brand tells of every other brand on it.

A brand changes colours, codes and a few words; where they stand does not change. So the proof of a plate learns where
its codes are and which colour roles lie on which grounds. Another brand is then right beyond doubt when its colours
stand out in all of these pairings, its codes scan at their places, and its words come out: milliseconds, where a whole
proof takes a third of a second. What is in doubt is proved in full: nothing here ever finds fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from PIL import Image

from handoutpress.proof.brand.pairings import (
    ColourName,
    InkOnGround,
    pairings_of_art,
    read_pairings,
    slot_grounds,
    stand_out,
)
from handoutpress.proof.brand.stripped_plate import StrippedPlate, learn_bare
from handoutpress.proof.checks.addresses import plain
from handoutpress.proof.checks.codes import DPI, find_codes
from handoutpress.proof.checks.symbols import AROUND, MeasuredSymbol, faults, measure_picture
from handoutpress.proof.expectation import WantedCode
from handoutpress.proof.pdf.code_readers import READERS, read_codes
from handoutpress.proof.pdf.colours import Colour
from handoutpress.proof.pdf.finished_pdf import FinishedPdf, UnreadablePdfError
from handoutpress.proof.pdf.forms import slot_inks
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.store.digests import bytes_digest

COARSE = 0.01
"""By which share a module may be measured too large on the raster that codes are read on."""


ArtInks = frozenset[Colour]
"""The inks of the words that a brand put into slots."""


@dataclass(frozen=True)
class PlateFacts:
    """What a plate's proof learnt: the page of each code and its place there in points with what is around it, the
    pairings of the plate's own text, the grounds of its slots, and its pages without its own words."""

    codes: tuple[tuple[int, Box], ...]
    pairings: tuple[InkOnGround, ...]
    grounds: tuple[ColourName, ...]
    bare: StrippedPlate | None = None

    def to_bytes(self) -> bytes:
        bare = self.bare and self.bare.plain()
        return json.dumps([self.codes, self.pairings, self.grounds, bare]).encode()

    @staticmethod
    def from_bytes(data: bytes) -> PlateFacts:
        """Read back what ``to_bytes`` wrote."""
        codes, pairings, grounds, bare = json.loads(data)
        return PlateFacts(
            tuple((page, Box(*box)) for page, box in codes),
            tuple(InkOnGround(_hue(ink), alpha, _hue(ground), wanted) for ink, alpha, ground, wanted in pairings),
            tuple(map(_hue, grounds)),
            bare and StrippedPlate.from_plain(bare),
        )

    @cached_property
    def digest(self) -> str:
        """The same for plates that ask the same of a brand's colours."""
        return bytes_digest(repr((self.pairings, self.grounds)).encode())

    def brand_stands_out(self, colours: Mapping[str, str], art: ArtInks) -> bool:
        """Whether a brand can be read wherever the plate has text: its ``colours``, ``#rrggbb`` by role, and the inks
        of its ``art``."""
        return stand_out([*self.pairings, *pairings_of_art(art, self.grounds)], colours)


def _hue(kept: str | list[int]) -> ColourName:
    return kept if isinstance(kept, str) else (kept[0], kept[1], kept[2])


def learn(pdf: FinishedPdf, plate_bytes: int = 0) -> PlateFacts:
    """What a plate that was found right tells of every brand on it. ``pdf`` is the plate with one of them.

    So many of its first bytes as ``plate_bytes`` says are the plate's own.
    """
    codes = tuple((code.page, code.box.grown(AROUND * code.box.width)) for code in find_codes(pdf))
    return PlateFacts(codes, read_pairings(pdf), slot_grounds(pdf), learn_bare(pdf, plate_bytes, codes))


def art_of(data: bytes, known: PlateFacts, codes: Sequence[WantedCode], words: Iterable[str]) -> ArtInks | None:
    """The inks of a brand's art, where its PDF shows, beyond doubt, the wanted codes at their places and its words.

    None where it does not, or the inks cannot be told. Of a file of the plate, only what the brand brought is read.
    """
    try:
        pdf = FinishedPdf(Path(), (known.bare and known.bare.laid_over(data)) or data)
    except UnreadablePdfError:
        return None
    with pdf:
        printed = [plain(part) for part in (*(code.printed for code in codes), *words)]
        right = _codes_are_right(pdf, known, {code.address for code in codes}) and _says(pdf, known, printed)
        return slot_inks(pdf.pdf) if right else None


def art_to_bytes(art: ArtInks | None) -> bytes:
    """The inks as bytes to keep."""
    return json.dumps(None if art is None else sorted(art)).encode()


def art_from_bytes(data: bytes) -> ArtInks | None:
    """Read back what ``art_to_bytes`` wrote."""
    kept = json.loads(data)
    return None if kept is None else frozenset((red, green, blue) for red, green, blue in kept)


def _says(pdf: FinishedPdf, known: PlateFacts, words: Iterable[str]) -> bool:
    """Whether the words stand on the pages: those with codes are read first, for there a brand's words mostly are."""
    missing = set(words)
    first = [page for page, _ in known.codes]
    for page in dict.fromkeys((*first, *pdf.pages)):
        if not missing:
            break
        said = plain(pdf.text(page))
        missing = {part for part in missing if part not in said}
    return not missing


def _codes_are_right(pdf: FinishedPdf, known: PlateFacts, wanted: set[str]) -> bool:
    seen: set[tuple[str, str]] = set()
    for picture, pixel in _pictures(pdf, known):
        grey = picture.convert("L")
        found = read_codes(grey, inverted=False)
        boxes = [sighting.box for sighting in found if sighting.reader == READERS[0]]
        if any(_has_fault(measure_picture(picture, grey, box, pixel)) for box in boxes):
            return False
        seen |= {(sighting.reader, sighting.says) for sighting in found}
    return seen == {(reader, address) for reader in READERS for address in wanted}


def _has_fault(found: MeasuredSymbol) -> bool:
    """Whether a code may have a fault, by as much as may have been measured too large."""
    return any(faults(replace(found, module=(1 - COARSE) * found.module)))


def _pictures(pdf: FinishedPdf, known: PlateFacts) -> Iterator[tuple[Image.Image, float]]:
    """Each place of a code as a picture, and the width of its pixels in mm."""
    for page, box in known.codes:
        place = box.overlap(pdf.box(page, "crop"))
        picture = pdf.crop(page, place, DPI)
        yield picture, place.width * POINT / picture.width
