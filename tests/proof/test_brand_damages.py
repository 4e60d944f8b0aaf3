"""A brand on a plate that is right is proved by what it brought: every damage to that is found."""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import press_room
import pytest

from handoutpress.batch.proving_press import ProofSettings, ProvingPress
from handoutpress.content.editions import Edition
from handoutpress.press.page.qrcodes import pdf_path
from handoutpress.press.plate import branding
from handoutpress.press.plate.art import Art
from handoutpress.press.plate.branding import BrandContent, brand
from handoutpress.press.plate.pdf_objects import RelocatableObject
from handoutpress.press.plate.prepared import PreparedPlate, prepare
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import PrintedPdf
from handoutpress.proof import proving
from handoutpress.proof.brand.plate_facts import PlateFacts
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class Room:
    """A plate and two clinics on it: the plate was proved with the first."""

    press: HandoutPress
    proving: ProvingPress
    plate: PreparedPlate
    first: Edition
    second: Edition
    facts: PlateFacts

    def printed(
        self, edition: Edition, change: Callable[[BrandContent], BrandContent] = lambda content: content
    ) -> PrintedPdf:
        """An edition as branding prints it, its brand's content changed before."""
        content = self.press.brand_content(edition)
        branded = brand(self.plate, change(content))
        return PrintedPdf(
            pdf=branded.data,
            pages=self.plate.pages,
            addresses=tuple(code.address for code in content.codes.values()),
            sha256=branded.sha256,
        )


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    root = press_room.printable(tmp_path_factory.mktemp("chain") / "clinic")
    second_file = root / "brands" / "other" / "_brand.yml"
    shutil.copytree((root / press_room.BRAND).parent, second_file.parent)
    contacts = [{"address": ["2 New Street"], "phone": "01632 960002"}]
    press_room.change(
        second_file, lambda brand: brand.update(meta={**brand["meta"], "name": "Other", "contacts": contacts})
    )
    catalog = press_room.catalog_of(root)
    cache = Cache(root / "cache")
    press = HandoutPress(catalog, cache)
    first, second = (press_room.edition_of(catalog, brand=name) for name in ("hill", "other"))
    assert press.plate_group(first) == press.plate_group(second)
    proving_press = ProvingPress(press, catalog, cache, ProofSettings("plates"))
    facts = proving_press.prove_plate(first, press.open_plate(first).print(first))
    return Room(press, proving_press, prepare(press.plate_file(first)), first, second, facts)


@pytest.fixture(autouse=True)
def _nothing_is_known_of_brands(room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room.proving, "_art", {})
    monkeypatch.setattr(room.proving, "_right", set())
    monkeypatch.setattr(room.proving, "_cache", Cache(tmp_path))


def test_a_right_brand_is_not_proved_in_full(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "prove_data", None)
    room.proving.prove_brand(room.second, room.printed(room.second), room.facts)


def test_facts_come_back_from_the_cache_as_they_were(room: Room) -> None:
    assert PlateFacts.from_bytes(room.facts.to_bytes()) == room.facts


def _redrawn(art: Art, change: Callable[[bytes], bytes]) -> Art:
    """The art with other words or colours in its forms."""
    return replace(art, pieces=tuple(_redrawn_piece(piece, change) for piece in art.pieces))


def _redrawn_piece(piece: RelocatableObject, change: Callable[[bytes], bytes]) -> RelocatableObject:
    head, mark, data = piece.parts[-1].partition(b"\nstream\n")
    if b"/FlateDecode" not in b"".join(piece.parts) or b"/Form" not in b"".join(piece.parts):
        return piece
    packed = zlib.compress(change(zlib.decompress(data)))
    parts = [re.sub(rb"/Length \d+", b"/Length %d" % len(packed), part) for part in (*piece.parts[:-1], head)]
    return replace(piece, parts=(*parts[:-1], parts[-1] + mark + packed + b"\nendstream"))


def _art(change: Callable[[bytes], bytes]) -> Callable[[Room, pytest.MonkeyPatch, BrandContent], BrandContent]:
    return lambda _room, _patch, content: replace(content, art=_redrawn(content.art, change))


def _code(change: Callable[[bytes], bytes]) -> Callable[[Room, pytest.MonkeyPatch, BrandContent], BrandContent]:
    def damage(_: Room, patch: pytest.MonkeyPatch, content: BrandContent) -> BrandContent:
        patch.setattr(branding, "pdf_path", lambda code: change(pdf_path(code)))
        return content

    return damage


def _elsewhere(_: Room, __: pytest.MonkeyPatch, content: BrandContent) -> BrandContent:
    codes = {name: replace(code, address=f"{code.address}x") for name, code in content.codes.items()}
    return replace(content, codes=codes)


def _of_the_first(room: Room, _: pytest.MonkeyPatch, content: BrandContent) -> BrandContent:
    return replace(content, art=room.press.brand_content(room.first).art)


def _without_a_glyph(content: bytes) -> bytes:
    return re.sub(rb"<[0-9a-fA-F]{4}", b"<0000", content, count=1)


def _in_pale_blue(form: bytes) -> bytes:
    return re.sub(rb"[\d.]+ [\d.]+ [\d.]+ rg", b".8 .9 1 rg", form)


DAMAGES: Mapping[str, tuple[str, Callable[[Room, pytest.MonkeyPatch, BrandContent], BrandContent]]] = {
    "a pale code": ("codes.contrast", _code(lambda path: path.replace(b" cm 0 g", b" cm 0.55 g"))),
    "a code without its quiet zone": ("codes.", _code(lambda path: b"1.2 0 0 1.2 -.1 -.1 cm " + path)),
    "a code on a grey ground": ("codes.", _code(lambda path: path.replace(b"q 1 g", b"q 0.8 g"))),
    "no code": ("codes.unread", _code(lambda _: b"1 g 0 0 1 1 re f")),
    "another address": ("codes.unwanted", _elsewhere),
    "another clinic's contacts": ("text.missing", _of_the_first),
    "a letter without a glyph": ("text.notdef", _art(_without_a_glyph)),
    "pale contacts": (
        "legibility.contrast",
        _art(_in_pale_blue),
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_of_a_brand_is_found(room: Room, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    rule, damage = DAMAGES[name]
    printed = room.printed(room.second, lambda content: damage(room, monkeypatch, content))
    with pytest.raises(HandoutError, match=re.escape(f"[{rule}")):
        room.proving.prove_brand(room.second, printed, room.facts)
