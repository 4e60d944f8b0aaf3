"""Art: pieces that move to another file and stay the same through the cache."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_matrix.clinics import write_clinic
from layout_matrix.combinations import Combination
from markupsafe import Markup
from press_room import catalog_of, clinic, edition_of, press_of, write_brand
from print_room import ROOT

from handoutpress.content.brand.brand import LOGO_AREA, Logo, LogoShape
from handoutpress.content.editions import Edition
from handoutpress.content.models.formats import Format, SlotSize
from handoutpress.content.models.languages import Language
from handoutpress.press.page.flow import contact_places
from handoutpress.press.page.phrases import ended_well, in_parts, message_ended_well, unbroken
from handoutpress.press.plate.art import Art, ArtLink, SlotArt, art_from_bytes, art_to_bytes
from handoutpress.press.plate.art_maker import TYPE_SIZES, ArtError, logo_size, type_sizes
from handoutpress.press.plate.pdf_objects import RelocatableObject, cut, string_bytes
from handoutpress.press.plate.slots import slot_boxes
from handoutpress.press.press import HandoutPress
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.source import read_yaml

BRAND = {
    "meta": {
        "name": "Hill Clinic (Crèche)",
        "link": "https://hill.example",
        "contacts": [{"address": ["1 Hill Road"], "phone": "01632 960 999", "email": "us@hill.example"}],
    },
    "color": {"primary": "#224466"},
    "defaults": {"handout": {"country": "gb"}},
}


@pytest.fixture(scope="module")
def art(tmp_path_factory: pytest.TempPathFactory) -> Art:
    root = clinic(tmp_path_factory.mktemp("art") / "clinic")
    write_brand(root, BRAND)
    press, edition = press_of(root)
    return press.art(edition)


def test_art_comes_back_from_bytes_as_it_was(art: Art) -> None:
    assert art_from_bytes(art_to_bytes(art)) == art
    assert art_to_bytes(art_from_bytes(art_to_bytes(art))) == art_to_bytes(art)


def test_art_that_is_cut_short_is_refused(art: Art) -> None:
    with pytest.raises(ValueError, match="cut short"):
        art_from_bytes(art_to_bytes(art)[:-1])


def test_every_slot_has_its_form_and_the_contacts_their_links(art: Art) -> None:
    assert set(art.slots) == {"brandmark", "clinic", "contact"}
    links = {link.address: link.words for link in art.slots["contact"].links}
    assert links == {
        "tel:+44-1632-960999": "Call Hill Clinic (Crèche) on 01632 960 999",
        "mailto:us@hill.example": "Write to Hill Clinic (Crèche) at us@hill.example",
        "https://hill.example": "Website of Hill Clinic (Crèche)",
    }
    for link in art.slots["contact"].links:
        left, bottom, right, top = link.rectangle
        assert 0 <= left < right <= 1
        assert 0 <= bottom < top <= 1


def test_references_of_a_piece_stay_inside_the_art(art: Art) -> None:
    assert any(piece.references for piece in art.pieces)
    for piece in art.pieces:
        assert len(piece.parts) == len(piece.references) + 1
        assert all(0 <= place < len(art.pieces) for place in piece.references)


def test_references_move_and_lookalikes_stay() -> None:
    body = rb"<< /A 12 0 R /B (see 13 0 R \) 14 0 R) /C <1500> /D [16 0 R 7] >>" + b"\nstream\n17 0 R\nendstream"
    piece = cut(body)
    assert piece.references == (12, 16)
    moved = piece.at({12: 1, 16: 2})
    assert moved == body.replace(b"/A 12", b"/A 1").replace(b"[16", b"[2")


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=5))
def test_any_pieces_come_back(parts: list[bytes]) -> None:
    piece = RelocatableObject(tuple(parts), tuple(range(len(parts) - 1)))
    link = ArtLink((0.0, 0.25, 0.5, 1.0), "https://a.example", "Wörter")
    art = Art((piece, piece), {"contact": SlotArt(0, 1, (link,))})
    assert art_from_bytes(art_to_bytes(art)) == art


@pytest.mark.parametrize(
    ("text", "written"),
    [("plain", b"(plain)"), (r"a (b) \c", rb"(a \(b\) \\c)"), ("è", b"<FEFF00e8>"), ("€", b"<FEFF20ac>")],
)
def test_strings_are_written_so_that_any_reader_reads_them(text: str, written: bytes) -> None:
    assert string_bytes(text) == written


@pytest.mark.parametrize("ratio", [0.5, 1, 1.5, 2, 3, 4])
def test_logos_get_equal_area_and_keep_their_shape(ratio: float) -> None:
    width, height = logo_size(Logo(Path("logo.svg"), "", ratio * 100, 100), SlotSize(width=60, height=40))
    assert width / height == pytest.approx(ratio)
    assert width * height == pytest.approx(LOGO_AREA, rel=0.01)


def test_a_logo_never_leaves_its_slot() -> None:
    width, height = logo_size(Logo(Path("logo.svg"), "", 1000, 10), SlotSize(width=60, height=18))
    assert width == 60
    assert height == pytest.approx(0.6)


def test_words_that_do_not_fit_their_slot_are_refused(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_brand(root, {**BRAND, "meta": {"name": "Whole Wellbeing " * 18}})
    press, edition = press_of(root)
    with pytest.raises(ArtError) as caught:
        press.art(edition)
    assert str(caught.value) == (
        f'{("Whole Wellbeing " * 18).strip()}: the words for the slot "brandmark" do not fit 176 × 17 mm at 10 pt. '
        "Hint: give meta.name a shorter full name, or the brand a logo, in _brand.yml."
    )


def test_places_that_do_not_fit_say_by_how_much_and_which_is_longest(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    hours = "Monday to Friday, 8 am to 6 pm, and Saturdays from 9 am to 1 pm"
    place = {"address": ["12 Quay Street", "Hill Town"], "phone": "01632 960 999", "hours": hours}
    north = {
        "name": "North",
        **place,
        "email": "north@hill.example",
        "address": [*["The Old Corn Exchange " * 8] * 3, "Hill Town"],
    }
    write_brand(root, {**BRAND, "meta": {"name": "Hill", "contacts": [{"name": "East", **place}, north, place]}})
    press, edition = press_of(root)
    with pytest.raises(ArtError) as caught:
        press.art(edition)
    assert str(caught.value) == (
        'Hill: the words for the slot "contact" do not fit 176 × 54 mm at 8 pt, by about 4 lines: “North” is the '
        "longest place, with 18 lines. Hint: shorten the lines of meta.contacts, or leave out a place, in _brand.yml."
    )


def test_a_full_name_that_does_not_fit_gives_way_to_the_short_one(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_brand(root, {**BRAND, "meta": {"name": {"full": "Whole Wellbeing " * 18, "short": "Hill"}}})
    press, edition = press_of(root)
    assert set(press.art(edition).slots) == {"brandmark", "clinic", "contact"}


def test_a_word_that_is_wider_than_its_slot_is_set_smaller_and_never_cut(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    long = "reception-and-appointments@hill-clinic-of-the-many-fields.example"
    write_brand(root, {**BRAND, "meta": {"name": "Hill", "contacts": [{"email": long}]}})
    press, edition = press_of(root)
    found = [link for link in press.art(edition).slots["contact"].links if link.address == f"mailto:{long}"]
    assert found
    assert all(link.rectangle[2] <= 1 for link in found)
    write_brand(root, {**BRAND, "meta": {"name": "Hill", "contacts": [{"email": "a" * 99 + "@hill.example"}]}})
    press, edition = press_of(root)
    with pytest.raises(ArtError, match=r'"contact" do not fit .* since a word is wider than its place'):
        press.art(edition)


PLACES_FROM_RIGHT = Combination(
    "a4-large-print", "ar", text=0, references=3, title=12, name=41, signs=3, logo=3, places=3, face="Nunito"
)
LONG_NAME_BESIDE_LOGO = Combination(
    "a3-poster", "en", text=0, references=3, title=12, name=170, signs=3, logo=3, places=1, face="Nunito"
)


@pytest.mark.parametrize(
    ("row", "slot"),
    [(PLACES_FROM_RIGHT, "contact"), (LONG_NAME_BESIDE_LOGO, "clinic")],
    ids=["places-from-right", "long-name-beside-logo"],
)
def test_what_a_slot_hardly_holds_is_set_and_no_word_stands_over_its_edge(
    tmp_path: Path, row: Combination, slot: str
) -> None:
    root = clinic(tmp_path / "clinic")
    slug = write_clinic(root, row)
    catalog = catalog_of(root)
    language = load_record(catalog.project.read(catalog.project.files("languages")[row.language]), Language)
    edition = Edition(edition_of(catalog).handout_file, language, catalog.formats[row.format], catalog.brands[slug])
    assert slot in HandoutPress(catalog, Cache(tmp_path / "cache")).art(edition).slots


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 Moorgate, Heatherdale, QX2 6AB", ["12_Moorgate,", "Heatherdale,", "QX2_6AB"]),
        (
            "218 Marigold Avenue, Larkspur Falls, OR 97000",
            ["218", "Marigold", "Avenue,", "Larkspur", "Falls,", "OR_97000"],
        ),
        ("Reception 01632 960 112 ext. 21", ["Reception", "01632_960_112", "ext.", "21"]),
        (" / 960 346", ["", "/_960_346"]),
        ("Desk (+44) 1632 960146, all day", ["Desk", "(+44)_1632_960146,", "all", "day"]),
        ("Desk of Mill Lane +44 (0) 1632 960146", ["Desk", "of", "Mill", "Lane", "+44_(0)_1632_960146"]),
        ("Monday to Friday, 8.30 am to 6 pm", ["Monday", "to", "Friday,", "8.30_am_to_6_pm"]),
    ],
)
def test_a_postcode_or_an_hour_is_not_broken_over_two_lines(text: str, parts: list[str]) -> None:
    assert unbroken(text).replace("\u00a0", "_").split(" ") == parts


@pytest.mark.parametrize(
    ("html", "ended"),
    [
        ("<p>Heart rhythms may shift towards rest.</p>", "<p>Heart rhythms may shift towards_rest.</p>"),
        ("<ul><li>chest pain or blue lips</li></ul>", "<ul><li>chest pain or blue_lips</li></ul>"),
        ("What it may do, and the risks", "What it may do, and the_risks"),
        ("<p>One <strong>word</strong></p>", "<p>One <strong>word</strong></p>"),
        ("<p>Extraordinarily uncharacteristic</p>", "<p>Extraordinarily uncharacteristic</p>"),
        ("<p>Lone</p>", "<p>Lone</p>"),
        (
            "<li><strong>About 2_in_100_people</strong>: pain</li>",
            "<li><strong>About 2_in_100_people</strong>: pain</li>",
        ),
        (
            '<p>about 10 sessions <span class="tie">each<sup class="cite"><a href="#ref-1">1</a></sup>.</span></p>',
            '<p>about 10 <span class="tie">sessions each<sup class="cite"><a href="#ref-1">1</a></sup>.</span></p>',
        ),
        ("<li>停止治疗。</li>", '<li>停<span class="tie">止治疗。</span></li>'),
    ],
)
def test_a_paragraph_does_not_end_with_a_word_alone_in_a_line(html: str, ended: str) -> None:
    assert ended_well(Markup(html)).replace("\u00a0", "_") == ended  # noqa: S704  words of this test


def test_a_name_in_place_of_a_logo_is_no_larger_than_its_format_says() -> None:
    leaflet = Format.model_validate(read_yaml(ROOT / "formats" / "a4-leaflet.yaml").data)

    def format_with(largest: float | None) -> Format:
        mark = leaflet.slots.brandmark.model_copy(update={"name": largest})
        return leaflet.model_copy(update={"slots": leaflet.slots.model_copy(update={"brandmark": mark})})

    sizes = type_sizes(format_with(None))
    assert sizes.items() >= TYPE_SIZES.items()
    assert (sizes["contact"][0], sizes["contact"][-1]) == (12, 8), "the text's size, and the floor"
    assert type_sizes(format_with(12))["brandmark"] == (12, 11, 10)
    assert type_sizes(format_with(4))["brandmark"] == (10,)


LONG = (
    "The North Riverside and Upper Valley Community Centre for Acupuncture, Physiotherapy, Osteopathy, "
    "Massage and Rehabilitation after Injury, Surgery or Illness, in Saltmere"
)


def test_hours_end_a_line_at_their_commas_alone(tmp_path: Path) -> None:
    language = catalog_of(clinic(tmp_path / "clinic")).languages["en"]
    spoken = in_parts("Mon, Wed: 8,30 - 18 h; Tue - Sat: 9 - 13 h", language)
    assert re.sub(r"</?span[^>]*>", "|", spoken) == "|Mon,| |Wed: 8,|30 - 18| h;| ||Tue - Sat:| |9 - 13| h|"


@pytest.mark.parametrize(
    ("hours", "whole"),
    [
        ("By appointment (Mon-Wed) or as a walk-in", ["(Mon-Wed)", "walk-in"]),
        ("Monday–Friday 8.30–18.00 and Sat – Sun", ["Monday–Friday", "8.30–18.00", "Sat – Sun"]),
        ("Mon/Wed", []),
        ("Q&A Mon-Fri & more", ["Mon-Fri"]),
    ],
)
def test_no_line_of_hours_ends_at_a_dash(tmp_path: Path, hours: str, whole: list[str]) -> None:
    language = catalog_of(clinic(tmp_path / "clinic")).languages["en"]
    spoken = in_parts(hours, language)
    assert re.findall('<span class="tie">(.*?)</span>', spoken) == whole
    assert spoken.striptags() == hours


def test_three_places_have_room_in_large_print_where_numbers_are_no_larger_than_words(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    places = [
        {"name": "Hill rooms", "address": ["4 Lantern Quay", "Saltmere", "QX1 4QH"], "phone": "01632 960 114",
         "email": "hello@hill-rooms.example", "hours": "Monday to Friday, 8 am to 7 pm"},
        {"name": "Dale rooms", "address": ["22 Mill Lane", "Dale", "QX2 7AB"], "phone": "01632 960 115"},
        {"name": "Valley rooms", "address": ["The Old School", "High Street", "Upper Valley", "QX9 1CD"],
         "phone": "01632 960 116", "hours": "Tuesday and Thursday, 9 am to 1 pm"},
    ]  # fmt: skip
    face = "Source Serif 4"
    typography = {"fonts": [{"family": face, "source": "google"}], "base": face, "headings": face}
    meta = {"name": "Hillside", "link": "https://hill-rooms.example", "contacts": places}
    write_brand(root, {**BRAND, "meta": meta, "typography": typography})
    press, _ = press_of(root)
    art = press.art(edition_of(catalog_of(root), printed="a4-large-print"))
    assert sum(link.address.startswith("tel:") for link in art.slots["contact"].links) >= len(places)


def test_no_word_of_twelve_letters_stands_alone_below_a_main_message() -> None:
    ended = message_ended_well(Markup("<p>Keep taking your prescribed medicines.</p>"))
    assert ended == "<p>Keep taking your prescribed\u00a0medicines.</p>"


def test_of_a_long_name_alone_the_foot_says_as_many_words_as_it_holds(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_brand(root, {**BRAND, "meta": {"name": LONG}})
    press, edition = press_of(root)
    with FinishedPdf(Path("long.pdf"), press.open_plate(edition).print(edition).pdf) as pdf:
        text = " ".join(pdf.text(1).split())
    assert "and Upper Valley Community… " in text
    assert LONG in text


@pytest.mark.parametrize(
    ("width", "shape"), [(33, "banner"), (8, "banner"), (7.9, "wide"), (1.6, "wide"), (1.5, "square"), (0.7, "tall")]
)
def test_a_logo_has_the_box_of_its_shape(width: float, shape: str) -> None:
    assert Logo(Path("logo.svg"), "", 100 * width, 100).shape == shape


@pytest.mark.parametrize(
    ("shape", "ratio", "least"), [("banner", 33, 4), ("banner", 14, 6), ("tall", 0.3, 10), ("square", 1, 23)]
)
def test_a_logo_of_any_shape_is_large_enough_to_see(shape: LogoShape, ratio: float, least: float) -> None:
    box = slot_boxes(catalog_of(ROOT).formats["a4-leaflet"].format, shape, "one")["brandmark"]
    assert min(logo_size(Logo(Path("logo.svg"), "", 100 * ratio, 100), box)) >= least


def _places(count: int, **more: str) -> list[dict[str, object]]:
    return [{"name": f"Room {n}", "address": ["1 Hill Road"], "phone": "01632 960 999", **more} for n in range(count)]


@pytest.mark.parametrize(
    ("places", "room"),
    [
        (_places(1), "one"),
        (_places(1, hours="Monday to Friday, 9 am to 5 pm, and Saturday mornings by appointment " * 4), "several"),
        (_places(3), "several"),
        (_places(5), "several"),
        (_places(9), "many"),
        (_places(3, hours="Monday to Friday, 9 am to 5 pm, and Saturday mornings by appointment " * 4), "many"),
    ],
)
def test_contacts_get_the_room_that_their_words_need(tmp_path: Path, places: list[object], room: str) -> None:
    root = clinic(tmp_path / "clinic")
    write_brand(root, {**BRAND, "meta": {"name": "Hill", "contacts": places}})
    assert contact_places(catalog_of(root).brands["hill"]) == room
