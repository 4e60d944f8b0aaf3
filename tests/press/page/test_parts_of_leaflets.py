"""Every kind of part that real leaflets have: written as docs/content.md says, printed, tagged, and to be seen."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from press_room import CASES, catalog_of
from printed_words.round_trip import not_given, plain

from handoutpress.app.build import assemble_press
from handoutpress.content.catalog import Catalog
from handoutpress.content.project import builtin_root
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.marks import MarkedContent, TextMark
from handoutpress.proof.pdf.text import spoken_text
from handoutpress.proof.pdf.tree import StructureElement
from handoutpress.proof.proving import prove_data

FOLDER = CASES / "parts"
PARTS: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "parts.yaml").read_text("utf-8"))
ROW = re.compile(
    r"^\| ([^|]+) \| ([^|]+) \| \[\w+\]\(\.\./tests/cases/parts/handouts/([\w-]+)\.en\.yaml\) \|$", re.MULTILINE
)
HANDOUTS = ("cold-and-warm-packs", "wrist-exercises", "wrist-injection")
LEAFLET = "a4-leaflet"
"""The format that each is printed in by every run; the others have room for less, and are left to the soak."""
FORMATS = sorted(path.stem for path in (builtin_root() / "formats").glob("*.yaml"))
PRINTERS_MARGIN = 5 / 25.4 * 72
"""What an office printer leaves white, points."""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = tmp_path_factory.mktemp("parts") / "project"
    shutil.copytree(FOLDER, root, ignore=shutil.ignore_patterns("out", ".handoutpress"))
    return catalog_of(root)


def printed(catalog: Catalog, handout: str, format_: str) -> tuple[bytes, Any]:
    (edition,) = (e for e in catalog.editions() if (e.handout_slug, e.format_slug) == (handout, format_))
    return assemble_press(catalog).open_plate(edition).print(edition).pdf, expectations(edition, catalog)


@pytest.fixture(scope="module")
def leaflets(catalog: Catalog) -> dict[str, bytes]:
    return {handout: printed(catalog, handout, LEAFLET)[0] for handout in HANDOUTS}


def value_at(place: str, case: str) -> Any:
    """What stands at a place of a handout, or of the brand."""
    keys = place.split(".")
    path = FOLDER / ("brands/quay/_brand.yml" if keys[0] == "brand" else f"handouts/{case}.en.yaml")
    value = read(path)
    for key in keys[keys[0] == "brand" :]:
        value = value[int(key)] if key.isdigit() else value[key]
    return value


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


def test_the_docs_list_these_parts_and_how_each_is_written() -> None:
    rows = {
        name: (how, case) for name, how, case in ROW.findall((builtin_root() / "docs/content.md").read_text("utf-8"))
    }
    assert len(rows) == 47
    assert {name: case for name, (_, case) in rows.items()} == {name: part["case"] for name, part in PARTS.items()}
    for name, (how, _) in rows.items():
        assert set(re.findall(r"`(\w+)`", how)) & set(PARTS[name]["at"].split(".")), name


@pytest.mark.parametrize("name", PARTS)
def test_the_example_has_the_part(name: str) -> None:
    part = PARTS[name]
    assert value_at(part["at"], part["case"])


def test_each_part_is_printed_tagged_and_seen(leaflets: dict[str, bytes]) -> None:
    lacking = []
    for handout, data in leaflets.items():
        with FinishedPdf(Path("leaflet.pdf"), data) as pdf:
            lacking += [name for name, part in PARTS.items() if part["case"] == handout and not stands(part, pdf)]
    assert lacking == []


def test_a_poster_without_room_for_its_ladder_begins_it_with_whom_to_call(catalog: Catalog) -> None:
    data, wanted = printed(catalog, "wrist-injection", "a3-poster")
    with FinishedPdf(Path("poster.pdf"), data) as pdf:
        text = pdf.text(pdf.pages[0])
    assert [heading for heading in ("This is normal", "Call us", "When to get urgent help") if heading in text] == [
        "Call us",
        "When to get urgent help",
    ]
    assert prove_data(Path("poster.pdf"), data, wanted, [check for check in CHECKS if check != "copies"]).findings == ()


def stands(part: dict[str, str], pdf: FinishedPdf) -> bool:
    """Return whether a part's words are on a page, in an element of its tag, with room around them."""
    if "seen" in part:
        return any(plain(part["seen"]) in plain(pdf.text(page)) for page in pdf.pages)
    return any(
        boxes and all(is_on_paper(box, pdf) for box in boxes)
        for element in pdf.tree.elements
        if element.kind == part["tag"] and says(part, element, pdf)
        for boxes in [[pdf.content_boxes[owner] for owner in owned(element) if owner in pdf.content_boxes]]
    )


def says(part: dict[str, str], element: StructureElement, pdf: FinishedPdf) -> bool:
    if "alt" in part:
        return element.alt == part["alt"]
    spoken = pdf.once("words by their owners", lambda: words_by_owner(pdf))
    return plain(part["words"]) in plain("".join(spoken.get(owner, "") for owner in owned(element)))


def owned(element: StructureElement) -> list[MarkedContent]:
    """What an element and those within it hold, in the order in which it is read."""
    kids = (owned(kid) if isinstance(kid, StructureElement) else [kid] for kid in element.kids)
    return [owner for group in kids for owner in group if isinstance(owner, MarkedContent)]


def words_by_owner(pdf: FinishedPdf) -> dict[MarkedContent, str]:
    words: dict[MarkedContent, str] = {}
    for mark in (mark for page in pdf.pages for mark in pdf.marks(page).marks if isinstance(mark, TextMark)):
        owner = mark.sequence.owner if mark.sequence else None
        if owner is not None and mark.visible:
            words[owner] = words.get(owner, "") + spoken_text(mark)
    return words


def is_on_paper(box: Box, pdf: FinishedPdf) -> bool:
    trim = pdf.box(1, "trim")
    across = trim.left + PRINTERS_MARGIN <= box.left < box.right <= trim.right - PRINTERS_MARGIN
    return across and trim.bottom + PRINTERS_MARGIN <= box.bottom < box.top <= trim.top - PRINTERS_MARGIN


@pytest.mark.soak
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("handout", HANDOUTS)
def test_each_example_prints_in_every_format(handout: str, format_: str, catalog: Catalog) -> None:
    data, wanted = printed(catalog, handout, format_)
    checks = [check for check in CHECKS if check != "copies"]
    assert [str(finding) for finding in prove_data(Path("parts.pdf"), data, wanted, checks).findings] == []
    assert not any(not_given("en", data, wanted).values())
