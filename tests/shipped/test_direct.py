"""A branded plate and a direct typesetting of the same edition are the same pages.

The direct way (tests/support/direct) knows no plate, slot filling or colour space of a role: it typesets
the brand's own HTML in place, its drawings in the brand's own colours.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from direct.compare import DPI, Marker, inside, levels, links, marker_of, outside, pixels, share_over, slot_places
from direct.page import DirectPress
from PIL import Image, ImageChops, ImageDraw, ImageStat
from shipped import EACH, Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.content.editions import Edition
from handoutpress.press.plate.roles import SENTINELS
from handoutpress.press.press import code_addresses
from handoutpress.proof.checks.registry import prove_open
from handoutpress.proof.expectation import expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.text import text_in_reading_order
from handoutpress.proof.pdf.tree import StructureElement
from handoutpress.proof.proving import nearest

OTHER_DPI = 163
"""At which no letter is rounded as at ``DPI``."""


PROVED = ("structure", "links", "running-heads", "meaning", "conformance", "fonts", "codes", "symbols")


@dataclass(frozen=True)
class Pair:
    """One edition, made both ways."""

    edition: Edition
    marker: Marker
    spoken: frozenset[str]
    branded: FinishedPdf
    direct: FinishedPdf


@pytest.fixture(scope="session")
def direct_press(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> DirectPress:
    return DirectPress(shipped.catalog, tmp_path_factory.mktemp("direct"))


@pytest.fixture(params=EACH, scope="module")
def pair(request: pytest.FixtureRequest, shipped: Shipped, direct_press: DirectPress) -> Iterator[Pair]:
    edition, name = shipped.editions[request.param], sha256(request.param.encode()).hexdigest()
    with direct_press.layouts.listening():
        marker = marker_of(shipped.press.plate_file(edition))
        branded = shipped.printed(request.param).pdf
        direct = shipped.cache.keep("direct", name, lambda: direct_press.pdf(edition))
    with FinishedPdf(Path("branded.pdf"), branded) as one, FinishedPdf(Path("direct.pdf"), direct) as other:
        yield Pair(edition, marker, direct_press.spoken(edition), one, other)


def test_the_branded_pages_pass_their_proof(pair: Pair, shipped: Shipped) -> None:
    """PDF/UA-1, links, fonts and codes, of every format and language."""
    wanted = nearest(pair.branded, expectations(pair.edition, shipped.catalog))
    assert [str(finding) for finding in prove_open(pair.branded, wanted, PROVED)] == []


def words_of(text: str) -> list[str]:
    """The words of a page; letters and digits apart, since pdfium turns them around in a line from the right."""
    return sorted(re.findall(r"\d+|[^\W\d]+|[^\w\s]+", text))


def test_the_words_are_the_same(pair: Pair) -> None:
    assert pair.branded.page_count == pair.direct.page_count
    for page in pair.branded.pages:
        assert words_of(pair.branded.text(page)) == words_of(pair.direct.text(page))
    branded, direct = (text_in_reading_order(pdf).split() for pdf in (pair.branded, pair.direct))
    assert "".join(branded) == "".join(direct)


def test_the_links_are_the_same(pair: Pair) -> None:
    branded, direct = links(pair.branded.pdf), links(pair.direct.pdf)
    assert [(link.page, link.leads, link.said) for link in branded] == [
        (link.page, link.leads, link.said) for link in direct
    ]
    addresses = code_addresses(pair.edition)
    printed = {name.partition("-")[2] for name in pair.marker.elements.values() if name.startswith("address")}
    assert printed
    assert {addresses[name] for name in printed} <= {link.leads for link in branded}
    assert [(a, b) for a, b in zip(branded, direct, strict=True) if not a.is_at(b)] == []


def test_the_metadata_are_the_same(pair: Pair) -> None:
    def said(pdf: FinishedPdf) -> dict[str, str]:
        names = ("Title", "Author", "Subject", "Creator")
        return {name: str(pdf.pdf.docinfo[f"/{name}"]) for name in names} | {"Lang": str(pdf.pdf.Root.Lang)}

    assert said(pair.branded) == said(pair.direct)


def direct_slots(pair: Pair) -> dict[str, StructureElement]:
    """The slots in the direct tree, which come in the page's order: a ``main`` each, or the picture of a code."""
    parts = iter([element for element in pair.direct.tree.elements if element.kind == "Part"])
    codes = iter([e for e in pair.direct.tree.elements if e.kind == "Figure" and e.alt in pair.spoken])
    order = [pair.marker.elements[e.key] for e in pair.branded.tree.elements if e.key in pair.marker.elements]
    assert len(order) > 2
    found = {name: next(codes if name.startswith("code") else parts) for name in order}
    assert next(parts, None) is next(codes, None) is None
    return found


def test_the_tree_outside_the_slots_is_the_same(pair: Pair) -> None:
    direct = {element.key: name for name, element in direct_slots(pair).items()}
    roots = pair.branded.tree.root, pair.direct.tree.root
    assert roots[0] is not None
    assert roots[1] is not None
    assert outside(roots[0], pair.marker.elements) == outside(roots[1], direct)


def wanted_inside(name: str, edition: Edition, lines: int) -> Any:
    """What a screen reader meets in a slot: the written expectation. Contacts have ``lines`` lines of links."""
    brand = edition.brand
    if name.startswith("code") or (name == "brandmark" and brand.logo):
        return "Figure", ["content"]
    if name.startswith("address"):
        return "P", [("Link", ["content", "annotation"])]
    if name == "contact":
        assert lines >= sum(bool(place.phone) + bool(place.email) for place in brand.contacts) + bool(brand.link)
        return "P", ["content", *[("Link", ["annotation"])] * lines]
    if name == "phone":
        assert lines >= sum(bool(place.phone) for place in brand.contacts)
        return "P", ["content", *[("Link", ["annotation"])] * lines]
    return "P", ["content"]


def test_the_tree_inside_each_slot_is_as_expected(pair: Pair) -> None:
    elements = {element.key: element for element in pair.branded.tree.elements}
    direct = direct_slots(pair)
    for key, name in pair.marker.elements.items():
        lines = sum(element.kind == "Link" for element in direct[name].walk())
        assert inside(elements[key]) == wanted_inside(name, pair.edition, lines), name
        figures = [e.alt for e in direct[name].walk() if e.kind == "Figure"]
        assert [elements[key].alt] == (figures or [None]), name


def slots_of(pair: Pair) -> list[tuple[int, str, tuple[float, float, float, float]]]:
    found = list(slot_places(pair.branded.pdf, pair.marker))
    names = sorted(name for _, name, _ in found if name != "clinic")
    assert names == sorted(name for name in pair.marker.elements.values() if name != "clinic")
    assert len(found) - len(names) in (0, pair.branded.page_count)
    return found


def test_outside_the_slots_every_pixel_is_the_same(pair: Pair) -> None:
    found = slots_of(pair)
    for page in range(pair.branded.page_count):
        pictures = [pixels(pdf, page) for pdf in (pair.branded, pair.direct)]
        height = float(pair.branded.pdf.pages[page].mediabox[3])
        for picture in pictures:
            pen = ImageDraw.Draw(picture)
            for number, _, (left, bottom, right, top) in found:
                if number == page:
                    edges = (left, height - top, right, height - bottom)
                    x1, y1, x2, y2 = (round(edge * DPI / 72) for edge in edges)
                    pen.rectangle((x1 - 1, y1 - 1, x2 + 1, y2 + 1), "white")
        assert ImageChops.difference(*pictures).getbbox() is None, f"page {page + 1}"


def test_inside_the_slots_nothing_is_shifted_and_hardly_a_pixel_differs(pair: Pair) -> None:
    for page, name, box in slots_of(pair):
        branded, direct = (pixels(pdf, page, box) for pdf in (pair.branded, pair.direct))
        difference = levels(branded, direct)
        if share_over(difference, 16) > 0.01:
            # Letters are set on whole pixels: one a thousandth of a point away may be rounded to the next.
            branded, direct = (pixels(pdf, page, box, dpi=OTHER_DPI) for pdf in (pair.branded, pair.direct))
            difference = levels(branded, direct)
        assert share_over(difference, 16) <= 0.01, f"{name}, page {page + 1}"
        assert ImageStat.Stat(branded.convert("L")).stddev[0] > 0, f"{name} is empty"
        still = ImageStat.Stat(difference).sum[0]
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)):
            assert still <= ImageStat.Stat(levels(ImageChops.offset(branded, dx, dy), direct)).sum[0], name


def decoded(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    for found in pdf.objects:
        if isinstance(found, pikepdf.Stream):
            yield found.stream_dict.unparse()
            if found.get("/Subtype") != "/Image":
                yield found.read_bytes()
        else:
            yield found.unparse(resolved=True)


_NUMBER = re.compile(rb"(?<![\w.])[01]?\.?\d+(?![\w.])")
RED, GREEN, _ = SENTINELS["primary"]
"""Which all sentinels share: 251 and 3."""


def sentinels_in(data: bytes) -> set[str]:
    """The roles whose sentinel is written in some bytes: as three numbers, or as a palette's string."""
    found = set()
    if b".98" in data:  # as every number does that is nearest to RED / 255
        numbers = [round(min(float(n), 9) * 255) for n in _NUMBER.findall(data)]
        triples = set(zip(numbers, numbers[1:], numbers[2:], strict=False))
        found = {role for role, sentinel in SENTINELS.items() if sentinel in triples}
    palettes = data.lower()
    if bytes((RED, GREEN)) in data or bytes((RED, GREEN)).hex().encode() in palettes:
        written = {role: bytes(sentinel) for role, sentinel in SENTINELS.items()}
        found |= {role for role, s in written.items() if s in data or s.hex().encode() in palettes}
    return found


def shown_sentinels(picture: Image.Image) -> set[tuple[int, int, int]]:
    """The sentinels that are the colour of some pixel; all colours are counted only where two channels are theirs."""
    red, green, _ = picture.split()
    there = [
        channel.point([255 * (level == own) for level in range(256)]) for channel, own in ((red, RED), (green, GREEN))
    ]
    if ImageChops.darker(*there).getbbox() is None:
        return set()
    colours = picture.getcolors(maxcolors=2**24) or []
    return set(SENTINELS.values()).intersection(colour for _, colour in colours)


def test_no_sentinel_is_left(pair: Pair, shipped: Shipped) -> None:
    with pikepdf.open(io.BytesIO(shipped.press.plate_file(pair.edition))) as plate:
        planted = set().union(*map(sentinels_in, decoded(plate)))
    assert planted == set(SENTINELS)
    assert [role for data in decoded(pair.branded.pdf) for role in sentinels_in(data)] == []
    for page in pair.branded.pages:
        assert shown_sentinels(pair.branded.picture(page, DPI)) == set()


def test_a_sentinel_is_found_however_it_is_written() -> None:
    sentinel = SENTINELS["primary"]
    numbers = [b" ".join(b"%.*f" % (digits, n / 255) for n in sentinel) for digits in (3, 4, 6)]
    palettes = [bytes(sentinel), bytes(sentinel).hex().encode(), bytes(sentinel).hex().upper().encode()]
    for written in (*numbers, numbers[0].replace(b"0.", b"."), *palettes):
        assert sentinels_in(b"q 1 0 0 <" + written + b"> rg 2 w") == {"primary"}, written
    picture = Image.new("RGB", (9, 9), (RED, 200, GREEN))
    picture.putpixel((4, 4), (RED, GREEN, 1))
    assert shown_sentinels(picture) == set()
    picture.putpixel((8, 8), sentinel)
    assert shown_sentinels(picture) == {sentinel}
