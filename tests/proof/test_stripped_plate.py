"""A brand is proved on its plate's stripped pages: all that it brought is looked at, the plate's own words are not."""

from __future__ import annotations

import io
import re
import shutil
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
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
from handoutpress.proof.brand.stripped_plate import StrippedPlate, strip_plate
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.text import page_texts
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.problems import HandoutError

_BLACK_OR_WHITE = [0] * 128 + [255] * 128


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
            plate_bytes=len(self.plate.prefix),
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


def _stripped(room: Room) -> StrippedPlate:
    assert room.facts.stripped is not None
    return room.facts.stripped


def test_files_of_one_plate_begin_alike(room: Room) -> None:
    files = [room.press.open_plate(room.first).print(edition) for edition in (room.first, room.second)]
    count = files[0].plate_bytes
    assert count == files[1].plate_bytes > 10_000
    assert files[0].pdf[:count] == files[1].pdf[:count]
    assert files[0].pdf[count:] != files[1].pdf[count:]


def test_stripped_pages_say_what_the_brand_says_and_nothing_else(room: Room) -> None:
    laid = _stripped(room).laid_over(room.printed(room.second).pdf)
    assert laid is not None
    with FinishedPdf(Path(), laid) as pdf:
        text = " ".join(page_texts(pdf))
        assert "01632\xa0960002" in text
        assert room.second.handout.title not in text
        assert all(mark.in_slot for page in pdf.pages for mark in pdf.marks(page).texts)
        assert not pdf.warnings


def test_words_beside_a_code_stay_as_bars(room: Room) -> None:
    """Ink of the plate that another brand's code might come too near to."""
    data = room.printed(room.second).pdf
    with FinishedPdf(Path(), data) as printed, FinishedPdf(Path(), _stripped(room).laid_over(data) or b"") as stripped:
        for page, place in room.facts.codes:
            before, after = (
                pdf.crop(page, place, 100).convert("L").point(_BLACK_OR_WHITE) for pdf in (printed, stripped)
            )
            assert not any(new > old for old, new in zip(before.tobytes(), after.tobytes(), strict=True))


def test_a_right_brand_is_not_proved_in_full(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "prove_data", None)
    room.proving.prove_brand(room.second, room.printed(room.second), room.facts)


@pytest.mark.parametrize("at", [20, 5_000, -200])
def test_another_plate_is_read_whole(room: Room, at: int) -> None:
    data = bytearray(room.printed(room.second).pdf)
    data[at if at > 0 else _stripped(room).plate_bytes + at] ^= 1
    assert _stripped(room).laid_over(bytes(data)) is None


def test_a_brand_that_sets_an_object_of_the_plate_is_read_whole(room: Room) -> None:
    moved = {
        number: ((kind, place + 1, index), body)
        for number, ((kind, place, index), body) in _stripped(room).objects.items()
    }
    assert replace(_stripped(room), objects=moved).laid_over(room.printed(room.second).pdf) is None


@pytest.mark.parametrize("cut", [0, 10, 50_000])
def test_a_file_of_another_make_is_read_whole(room: Room, tmp_path: Path, cut: int) -> None:
    saved = tmp_path / "saved.pdf"
    with pikepdf.open(io.BytesIO(room.printed(room.second).pdf)) as pdf:
        pdf.save(saved)
    data = saved.read_bytes()
    assert _stripped(room).laid_over(data[: cut or None]) is None
    with FinishedPdf(saved, data) as pdf:
        assert strip_plate(pdf, 5_000, ()) is None


def test_what_was_learnt_is_kept_as_it_was(room: Room) -> None:
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


DAMAGES: Mapping[str, tuple[str, Callable[[Room, pytest.MonkeyPatch, BrandContent], BrandContent]]] = {
    "a pale code": ("codes.contrast", _code(lambda path: path.replace(b" cm 0 g", b" cm 0.55 g"))),
    "a code without its quiet zone": ("codes.", _code(lambda path: b"1.2 0 0 1.2 -.1 -.1 cm " + path)),
    "a code on a grey ground": ("codes.", _code(lambda path: path.replace(b"q 1 g", b"q 0.8 g"))),
    "no code": ("codes.unread", _code(lambda _: b"1 g 0 0 1 1 re f")),
    "another address": ("text.surplus", _elsewhere),
    "another clinic's contacts": ("text.missing", _of_the_first),
    "a letter without a glyph": ("text.notdef", _art(_without_a_glyph)),
    "pale contacts": ("legibility.contrast", _art(lambda one: re.sub(rb"[\d.]+ [\d.]+ [\d.]+ rg", b".8 .9 1 rg", one))),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_of_a_brand_is_found(room: Room, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    rule, damage = DAMAGES[name]
    printed = room.printed(room.second, lambda content: damage(room, monkeypatch, content))
    assert _stripped(room).laid_over(printed.pdf) is not None
    with pytest.raises(HandoutError, match=re.escape(f"[{rule}")):
        room.proving.prove_brand(room.second, printed, room.facts)
