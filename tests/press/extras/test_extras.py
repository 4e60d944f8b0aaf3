"""What clinics print beside their contact: on paper, on a screen, in a mail, and at no cost of plates."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from press_room import BRAND, catalog_of, change, edition_of, printable

from handoutpress.app.check import check
from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.extras.line_parts import line_parts
from handoutpress.content.brand.extras.values import KINDS, Extras, Lines
from handoutpress.content.catalog import Catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.extras.arrangement import ROOMS, arranged, box_of, room_of
from handoutpress.press.layout.explanation import of_extras
from handoutpress.press.plate.slots import printed_extras
from handoutpress.press.plate.tags import elements
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import Expectation, expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30" width="60" height="30"><path d="M2 2h56v26H2z"/></svg>'
)
LINES = {
    "formats": "Ask us for this in large print or another language: 01632 960 321.",
    "feedback": "Tell us what you think: feedback@hill.example.",
    "disclaimer": "This sheet does not replace a talk with us.",
}


def extras(number: int = 0) -> dict[str, Any]:
    """What one clinic of a chain prints beside its contact."""
    return {
        "people": [
            {
                "name": f"Person {'ABC'[number % 3]}",
                "role": "Osteopath",
                "register": "A Council",
                "number": 1200 + number,
                "photo": "face.jpg",
            },
            {"name": "Somebody Else", "role": "Nurse"},
        ],
        "marks": [{"file": "mark.svg", "alt": f"Member number {number} of a body", "until": "2027-01-31"}],
        "lines": {"en": {**LINES, "disclaimer": f"This is sheet {number}."} if number else LINES},
        "links": {"instagram": f"hill{number}"},
        "photo": {"file": "house.png", "alt": "A house on a hill"},
    }


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = printable(tmp_path_factory.mktemp("extras"))
    folder = (root / BRAND).parent
    Image.new("RGB", (300, 400), (200, 160, 140)).save(folder / "face.jpg")
    Image.new("RGB", (600, 400), (120, 160, 200)).save(folder / "house.png")
    (folder / "mark.svg").write_text(MARK, "utf-8")
    change(root / BRAND, lambda brand: brand["defaults"]["handout"].update(extras()))
    return root


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    return catalog_of(root)


@pytest.fixture(scope="module")
def press(root: Path, catalog: Catalog) -> HandoutPress:
    return HandoutPress(catalog, Cache(root / "cache"))


@pytest.fixture(scope="module")
def leaflet(catalog: Catalog, press: HandoutPress) -> bytes:
    edition = edition_of(catalog)
    return press.open_plate(edition).print(edition).pdf


def figures(pdf: pikepdf.Pdf) -> Iterator[str]:
    for element in elements(pdf):
        if pikepdf.Name.Figure == element.S:
            yield str(element.Alt)


def proved(pdf: bytes, wanted: tuple[Expectation, ...]) -> set[str]:
    """The rules that a file breaks."""
    return {finding.rule for finding in prove_data(Path("leaflet.pdf"), pdf, wanted, tuple(CHECKS)).findings}


def test_a_leaflet_says_it_all_and_passes_its_proof(leaflet: bytes, catalog: Catalog) -> None:
    wanted = expectations(edition_of(catalog), catalog)
    assert {"Person A", "A Council 1200", LINES["formats"], "Instagram hill0"} <= set(wanted[0].anywhere)
    assert not proved(leaflet, wanted)
    with pikepdf.open(io.BytesIO(leaflet)) as pdf:
        assert {"Member number 0 of a body", "A house on a hill"} <= set(figures(pdf))
        addresses = {str(link.A.URI) for page in pdf.pages for link in page.Annots if "/A" in link}
    assert {"tel:+44-1632-960321", "mailto:feedback@hill.example", "https://www.instagram.com/hill0"} <= addresses


def test_a_proof_misses_someone_who_is_not_there_and_finds_who_does_not_belong_there(
    leaflet: bytes, catalog: Catalog
) -> None:
    edition = edition_of(catalog)
    other = replace(edition.brand.extras, people=(replace(edition.brand.extras.people[0], name="Person Z"),))
    wanted = expectations(replace(edition, brand=replace(edition.brand, extras=other)), catalog)
    assert {"text.missing", "text.surplus"} <= proved(leaflet, wanted)


def test_a_chain_makes_no_more_plates_with_people_marks_lines_and_photos(root: Path, catalog: Catalog) -> None:
    edition, base = edition_of(catalog), edition_of(catalog).brand
    assert base.extras.photo
    press = HandoutPress(catalog, Cache(root / "chain"))
    streams = set()
    for number in range(5):
        people = (replace(base.extras.people[0], name=f"Person {number}"), *base.extras.people[1:])
        lines = {"en": Lines(formats=f"Ask for form {number} of this.", disclaimer="This does not replace a talk.")}
        own = replace(base.extras, people=people, lines=lines, photo=replace(base.extras.photo, alt=f"House {number}"))
        clinic = replace(edition, brand=replace(base, slug=f"clinic-{number}", extras=own))
        printed = press.open_plate(clinic).print(clinic)
        with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
            streams.add(tuple(page.Contents.read_bytes() for page in pdf.pages))
            assert f"House {number}" in set(figures(pdf))
        with closing(FinishedPdf(Path(), printed.pdf)) as finished:
            text = " ".join(finished.text(page) for page in finished.pages)
        assert f"Person {number}" in text
        assert f"Ask for form {number}" in text
    assert len([path for path in (root / "chain/plates").rglob("*") if path.is_file()]) == 1
    assert len(streams) == 1


def chain(base: Brand, count: int) -> Iterator[Brand]:
    """Clinics that have all that may stand beside a contact, or all but links, each with people of another number."""
    extras, somebody = base.extras, base.extras.people[0]
    for number in range(count):
        people = tuple(replace(somebody, name=f"Person {number} {index}") for index in range(number % 4 + 1))
        own = replace(extras, people=people, links=extras.links * (number % 2), marks=extras.marks * (number % 3 + 1))
        yield replace(base, slug=f"clinic-{number}", extras=own)


def test_a_thousand_clinics_have_as_many_plates_as_if_they_printed_nothing_beside_their_contact(
    catalog: Catalog, press: HandoutPress
) -> None:
    editions = [edition for edition in catalog.editions() if edition.handout_slug == "warm-tea"]
    clinics = list(chain(editions[0].brand, 1000))
    without = [replace(clinic, slug=f"plain-{clinic.slug}", extras=Extras()) for clinic in clinics]
    plates = [
        {press.plate_group(replace(edition, brand=brand)) for edition in editions for brand in brands}
        for brands in (clinics, without)
    ]
    assert len(plates[0]) == len(plates[1]) == len(editions)


def test_whatever_clinics_print_it_stands_in_one_of_four_boxes(catalog: Catalog) -> None:
    extras, rooms = edition_of(catalog).brand.extras, set()
    for has in product((False, True), repeat=len(KINDS)):
        chosen = {name: getattr(extras, name) for name, there in zip(KINDS, has, strict=True) if there}
        for people in range(1, 5) if "people" in chosen else (0,):
            own = Extras(**chosen | ({"people": extras.people[:1] * people} if people else {}))
            rooms.add(room := room_of(own, "en"))
            for file in catalog.formats.values():
                box = box_of(file.format, room)
                for place in arranged(file.format, own.kinds("en"), people).values():
                    assert box
                    assert place.top + place.size.height <= box.height + 0.05
                    assert place.start + place.size.width <= box.width + 0.05
    assert rooms == {*range(len(ROOMS))}


def test_clinics_with_other_things_beside_their_contact_share_a_plate_and_pass_its_proof(
    root: Path, catalog: Catalog
) -> None:
    edition, extras = edition_of(catalog), edition_of(catalog).brand.extras
    press = HandoutPress(catalog, Cache(root / "shared"))
    words, pictures = (
        replace(edition, brand=replace(edition.brand, slug=slug, extras=own))
        for slug, own in {
            "words": Extras(people=extras.people, lines=extras.lines),
            "pictures": Extras(photo=extras.photo, links=extras.links),
        }.items()
    )
    for each, has, lacks in ((words, "Person A", "Instagram"), (pictures, "Instagram", "Person A")):
        pdf = press.open_plate(each).print(each).pdf
        assert not proved(pdf, expectations(each, catalog))
        with closing(FinishedPdf(Path(), pdf)) as finished:
            text = " ".join(finished.text(page) for page in finished.pages)
            spoken = [element.alt for element in finished.tree.elements if element.kind == "Figure"]
        assert has in text
        assert lacks not in text
        assert ("A house on a hill" in spoken) == (each is pictures)
        assert "Member number 0 of a body" not in spoken
    assert len([path for path in (root / "shared/plates").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("printed", "left_out"),
    [
        ("a4-leaflet", ""),
        ("a4-large-print", ""),
        ("a5-booklet", "photo"),
        ("a4-trifold", "people, marks, links and photo"),
        ("a6-card", "lines, people, marks, links and photo"),
    ],
)
def test_a_format_says_what_it_has_no_room_for(printed: str, left_out: str, catalog: Catalog) -> None:
    edition = edition_of(catalog, printed=printed)
    told = of_extras(edition.format, edition.brand.extras.kinds("en"))
    assert told == (f"The format has no room for the clinic's {left_out}." if left_out else "")


def test_every_format_that_prints_all_text_asks_who_needs_another_format(catalog: Catalog) -> None:
    with_lines = {name for name, file in catalog.formats.items() if "lines" in printed_extras(file.format, KINDS)}
    cut = {name for name, file in catalog.formats.items() if file.format.sections}
    assert with_lines == set(catalog.formats) - cut


def test_a_handout_in_another_language_has_no_lines_of_this_one(catalog: Catalog) -> None:
    brand = edition_of(catalog).brand
    assert "lines" not in brand.extras.kinds("fr")
    assert brand.extras.lines_in("fr") == ()


def test_a_mark_is_printed_until_its_last_day(root: Path) -> None:
    project = Project(root.resolve(), builtin_root())
    assert "mark-lapsed" not in {f.rule for f in check(project, day=date(2027, 1, 31)).findings}
    (lapsed,) = [f for f in check(project, day=date(2027, 2, 1)).findings if f.rule == "mark-lapsed"]
    assert lapsed.level == "error"
    assert lapsed.sentence == 'The mark "Member number 0 of a body" may be printed until 2027-01-31 only.'
    catalog = catalog_of(root)
    passed, sentences = BuildCheck(catalog, Cache(root / "late"), date(2027, 2, 1), strict=False).passing(
        catalog.editions()
    )
    assert not passed
    assert any("may be printed until 2027-01-31 only" in sentence for sentence in sentences)


def test_a_screen_shows_what_paper_says(press: HandoutPress, catalog: Catalog) -> None:
    html = press.html(edition_of(catalog)).decode()
    for words in ("Person A", "A Council 1200", 'href="tel:+44-1632-960321"', 'alt="A house on a hill"',
                  'alt="Member number 0 of a body"', 'href="https://www.instagram.com/hill0"'):  # fmt: skip
        assert words in html
    assert html.count("data:image/") == 3


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("Call 01632 960 321 or write to ask@hill.example.", ["tel:+44-1632-960321", "mailto:ask@hill.example"]),
        ("See https://hill.example/large, or ask.", ["https://hill.example/large"]),
        ("Ask at the desk @ room 4.", []),
    ],
)
def test_a_line_leads_where_it_says(line: str, links: list[str]) -> None:
    parts = line_parts(line, "gb")
    assert "".join(part.text for part in parts) == line
    assert [part.link for part in parts if part.link] == links
