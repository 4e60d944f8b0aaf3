"""What the proof of a plate with one brand tells of every other brand on it.

A brand changes colours, codes and a few words; where they stand does not change. So the proof of a plate learns where
its codes are and which inks lie on which grounds. Another brand is then right beyond doubt when its colours stand out
wherever the plate's did, its codes scan at their places, and its words come out: milliseconds, where a whole proof
takes half a second. What is in doubt is proved in full: nothing here ever finds fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from pathlib import Path

from PIL import Image

from handoutpress.proof.addresses import plain
from handoutpress.proof.codes import find_codes
from handoutpress.proof.colours import screen_colour
from handoutpress.proof.contrast import BODY, SLACK, WHITE, Colour, read_sights, stands_out, wanted_contrast
from handoutpress.proof.expectation import WantedCode
from handoutpress.proof.finished import FinishedPdf, UnreadablePdfError
from handoutpress.proof.geometry import POINT, Box
from handoutpress.proof.readers import READERS, read_codes
from handoutpress.proof.symbols import faults, measure_picture

DPI = 300
"""The raster that a brand's codes are measured on; halved, they are read on it."""
AROUND = 0.35
"""How much around a code belongs to its place, as a share of its width: the quiet zone and a little more."""
BLACK: Colour = (0, 0, 0)

Colours = Mapping[str, str]
"""What each colour role of a brand is, as ``#rrggbb``."""


@dataclass(frozen=True)
class Pairing:
    """An ink on a ground, the ink's opacity, and the contrast that the type there needs."""

    ink: Colour
    alpha: float
    ground: Colour
    wanted: float


@dataclass(frozen=True)
class Known:
    """What a plate's proof learnt: the page of each code and its place there in points with what is around it, the
    pairings, and the colours of the brand that it was proved with."""

    codes: tuple[tuple[int, Box], ...]
    pairings: tuple[Pairing, ...]
    colours: Colours

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def from_bytes(data: bytes) -> Known:
        """Read back what ``to_bytes`` wrote."""
        kept = json.loads(data)
        codes = tuple((page, Box(*box)) for page, box in kept["codes"])
        pairings = tuple(
            Pairing(tuple(one["ink"]), one["alpha"], tuple(one["ground"]), one["wanted"]) for one in kept["pairings"]
        )
        return Known(codes, pairings, kept["colours"])


def learn(pdf: FinishedPdf, colours: Colours) -> Known:
    """What a plate that was found right tells of other brands; ``colours`` are those of the brand on it."""
    codes = ((code.page, code.box.grown(AROUND * code.box.width)) for code in find_codes(pdf))
    return Known(tuple(codes), tuple(dict.fromkeys(_pairings(pdf))), dict(colours))


def _pairings(pdf: FinishedPdf) -> Iterator[Pairing]:
    for sight in read_sights(pdf):
        ink = screen_colour(sight.mark.ink)
        if ink is not None and sight.contrast is not None:
            red, green, blue = map(round, ink)
            wanted = wanted_contrast(pdf, sight.mark)
            yield Pairing((red, green, blue), sight.mark.ink.alpha, sight.ground, wanted)


def colours_stand_out(known: Known, colours: Colours) -> bool:
    """Whether a brand's colours stand out, beyond doubt, wherever the plate has text."""
    if colours == known.colours:
        return True
    roles = {role: _rgb(value) for role, value in known.colours.items() if value}
    now = {role: _rgb(value) for role, value in colours.items() if value}
    own = [Pairing(now[role], 1.0, WHITE, BODY) for role in ("primary_text", "link")]
    for pairing in known.pairings:
        grounds = _may_be(pairing.ground, roles, now)
        if grounds is None:
            return False
        own += [
            Pairing(ink, pairing.alpha, ground, pairing.wanted)
            for ink in _may_be(pairing.ink, roles, now) or [pairing.ink]
            for ground in grounds
        ]
    return all(stands_out(one.ink, one.alpha, one.ground) >= one.wanted - SLACK for one in dict.fromkeys(own))


def _may_be(seen: Colour, roles: Mapping[str, Colour], now: Mapping[str, Colour]) -> list[Colour] | None:
    """What a colour of the plate may be in another brand: its roles', or itself. None if it may be a mixture."""
    named = [now[role] for role, value in roles.items() if role in now and value == seen]
    if seen in (WHITE, BLACK):
        return [seen, *named]
    grey_roles = any(_is_grey(value) and value not in (WHITE, BLACK) for value in roles.values())
    return named or ([seen] if _is_grey(seen) and not grey_roles else None)


def _is_grey(colour: Colour) -> bool:
    return max(colour) - min(colour) <= 2


def _rgb(value: str) -> Colour:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def brand_is_right(data: bytes, known: Known, codes: Sequence[WantedCode], words: Iterable[str]) -> bool:
    """Whether a brand's PDF shows, beyond doubt, the wanted codes at their places and says the brand's words."""
    try:
        pdf = FinishedPdf(Path(), data)
    except UnreadablePdfError:
        return False
    with pdf:
        return _codes_are_right(pdf, known, {code.address for code in codes}) and _says(
            pdf, known, [plain(part) for part in (*(code.printed for code in codes), *words)]
        )


def _says(pdf: FinishedPdf, known: Known, words: Iterable[str]) -> bool:
    """Whether the words stand on the pages: those with codes are read first, for there a brand's words mostly are."""
    missing = set(words)
    first = [page for page, _ in known.codes]
    for page in dict.fromkeys((*first, *pdf.pages)):
        if not missing:
            break
        said = plain(pdf.text(page))
        missing = {part for part in missing if part not in said}
    return not missing


def _codes_are_right(pdf: FinishedPdf, known: Known, wanted: set[str]) -> bool:
    seen: set[tuple[str, str]] = set()
    for picture, pixel in _pictures(pdf, known):
        found = {(sighting.reader, sighting.says) for sighting in read_codes(picture.convert("L").reduce(2))}
        addresses = {address for _, address in found}
        if any(next(faults(measure_picture(picture, address, pixel)), None) for address in addresses):
            return False
        seen |= found
    return seen == {(reader, address) for reader in READERS for address in wanted}


def _pictures(pdf: FinishedPdf, known: Known) -> Iterator[tuple[Image.Image, float]]:
    """Each place of a code as a picture, and the width of its pixels in mm; a page is drawn once."""
    for page in dict.fromkeys(page for page, _ in known.codes):
        visible = pdf.box(page, "crop")
        places = [box.overlap(visible) for number, box in known.codes if number == page]
        whole = reduce(Box.around, places)
        picture = pdf.crop(page, whole, DPI)
        scale = picture.width / whole.width
        for box in places:
            edges = (box.left - whole.left, whole.top - box.top, box.right - whole.left, whole.top - box.bottom)
            yield picture.crop(tuple(round(edge * scale) for edge in edges)), POINT / scale  # type: ignore[arg-type]
