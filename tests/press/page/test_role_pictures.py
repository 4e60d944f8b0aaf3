"""Pictures in colour roles and pictograms on paper: a brand recolours them, and no page stream changes."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from press_room import catalog_of, clinic, edition_of, write_handout

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.press.plate.spoken_marks import DECORATION
from handoutpress.press.plate.tags import elements
from handoutpress.press.press import HandoutPress
from handoutpress.press.printshop.press import PrintShopPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache

PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30">
<defs><pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse">
<path fill="accent" d="M0 0h2v2h-2z"/></pattern>
<g id="dot"><circle cx="4" cy="4" r="3" fill="tint" stroke="primary-text"/></g></defs>
<rect width="60" height="30" fill="primary" opacity=".5"/><rect width="20" height="30" fill="url(#p)"/>
<use href="#dot" x="30"/></svg>
"""
OTHER = {"primary": "#7a1f1f", "primary_text": "#7a1f1f", "accent": "#0b6b3a", "tint": "#eeeeee"}


@dataclass(frozen=True)
class Room:
    """A leaflet with a picture in colour roles and two pictograms, in a clinic's colours and in others."""

    catalog: Catalog
    press: HandoutPress
    edition: Edition
    screen: bytes
    recoloured: bytes


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    root = clinic(tmp_path_factory.mktemp("roles") / "clinic")
    (root / "pictures").mkdir()
    (root / "pictures/cup.svg").write_text(PICTURE, "utf-8")
    write_handout(
        root,
        tell_us_first={"text": "Tell us about:\n\n- your lungs\n- your heart", "icons": ["lungs", "heart"]},
        body=[{"picture": {"file": "cup.svg", "alt": "A cup on a table"}}],
    )
    catalog = catalog_of(root)
    press, edition = HandoutPress(catalog, Cache(root / "cache")), edition_of(catalog)
    colours = replace(edition.brand.colours, **OTHER)
    other = replace(edition, brand=replace(edition.brand, colours=colours))
    plate = press.open_plate(edition)
    return Room(catalog, press, edition, plate.print(edition).pdf, plate.print(other).pdf)


def streams(data: bytes) -> list[bytes]:
    """All that its pages paint, forms and patterns included."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        painted = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        of_pages = [page.obj.Contents.read_bytes() for page in pdf.pages]
        kinds = (Name.Form, Name.Image)
        forms = [each.read_bytes() for each in painted if each.get(Name.Subtype) in kinds or Name.PatternType in each]
    return [*of_pages, *forms]


def test_a_brand_recolours_a_picture_and_no_page_stream_changes(room: Room) -> None:
    screen, recoloured = streams(room.screen), streams(room.recoloured)
    assert screen == recoloured
    assert room.screen != room.recoloured
    painted = b"".join(screen)
    for role in ("Primary", "PrimaryText", "Accent", "Tint"):
        assert b"/Role%s cs" % role.encode() in painted or b"/Role%s CS" % role.encode() in painted, role


def test_a_picture_in_roles_is_lines_and_flat_colours_on_screen_and_in_print(room: Room) -> None:
    shop = PrintShopPress(room.catalog, room.press, "print")
    for data in (room.screen, shop.open_plate(room.edition).print(room.edition).pdf):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pictures = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
            assert not [each for each in pictures if each.get(Name.Subtype) == Name.Image]
    printed = b"\n".join(streams(shop.open_plate(room.edition).print(room.edition).pdf))
    assert not re.search(rb"[0-9.]\s(?:rg|RG)\b", printed)
    assert b"/DeviceRGB" not in printed


def test_a_pictogram_says_nothing_and_its_words_say_all(room: Room) -> None:
    with pikepdf.open(io.BytesIO(room.screen)) as pdf:
        spoken = [str(each.Alt) for each in elements(pdf) if Name.Figure == each.S and Name.Alt in each]
        assert "A cup on a table" in spoken
        assert DECORATION not in spoken
        artifacts = sum(page.obj.Contents.read_bytes().count(b"/Artifact") for page in pdf.pages)
    assert artifacts >= len(("lungs", "heart"))
    expected = expectations(room.edition, room.catalog)[0]
    assert prove_data(Path("it.pdf"), room.screen, [expected], tuple(CHECKS)).findings == ()
