"""What a plate's proof tells of other brands: what is right is known in milliseconds, what is in doubt is proved."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pikepdf
import press_room
import pytest
from proof_damages import DAMAGES, Damage
from proof_leaflet import EXPECTED, good_leaflet

from handoutpress.batch.proving_press import ProofSettings, ProvingPress
from handoutpress.content.editions import Edition
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import PrintedPdf
from handoutpress.proof import proving
from handoutpress.proof.brand.pairings import MIXED, ColourPairing, RoleOrColour
from handoutpress.proof.brand.plate_facts import PlateFacts, art_from_bytes, art_of, art_to_bytes, learn
from handoutpress.proof.expectation import WantedCode
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.forms import slot_inks
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.problems import HandoutError

CODES = EXPECTED.codes or ()
OF_CODES = [damage for damage in DAMAGES if any(rule.startswith("codes.") for rule, _ in damage.findings)]
WHITE, BLUE, NEAR_BLACK, PALE = (255, 255, 255), (29, 79, 132), (26, 26, 26), "#9fd0ff"
BRAND = {"primary": "#1d4f84", "primary_text": "#1d4f84", "on_primary": "#ffffff", "link": "#1d4f84", "tint": "#f6f1e7"}


@pytest.fixture(scope="module")
def leaflet() -> PlateFacts:
    with FinishedPdf(Path("needling.pdf"), good_leaflet()) as pdf:
        return learn(pdf)


def test_an_undamaged_brand_is_right(leaflet: PlateFacts) -> None:
    assert len(leaflet.codes) == len(CODES) == 2
    assert art_of(good_leaflet(), leaflet, CODES, ()) is not None


@pytest.mark.parametrize("damage", OF_CODES, ids=lambda damage: damage.name)
def test_every_damage_to_a_code_is_doubted(leaflet: PlateFacts, damage: Damage) -> None:
    assert art_of(damage.damaged(), leaflet, CODES, ()) is None


@pytest.mark.parametrize(
    ("codes", "words"),
    [(CODES[:1], ()), ((*CODES, WantedCode("https://other.example")), ()), (CODES, ("01632 000 000",))],
)
def test_other_codes_and_missing_words_are_doubted(
    leaflet: PlateFacts, codes: tuple[WantedCode, ...], words: tuple[str, ...]
) -> None:
    assert art_of(good_leaflet(), leaflet, codes, words) is None


def test_a_file_that_cannot_be_read_is_doubted(leaflet: PlateFacts) -> None:
    assert art_of(good_leaflet()[:2000], leaflet, CODES, ()) is None


def test_what_was_learnt_is_kept_as_it_was(leaflet: PlateFacts) -> None:
    assert leaflet.pairings
    assert PlateFacts.from_bytes(leaflet.to_bytes()) == leaflet
    for art in (None, frozenset({BLUE, WHITE})):
        assert art_from_bytes(art_to_bytes(art)) == art


@pytest.mark.parametrize(
    ("ink", "ground", "changed", "right"),
    [
        ("primary_text", WHITE, {}, True),
        ("primary_text", WHITE, {"primary": PALE}, True),
        ("primary_text", WHITE, {"primary_text": PALE}, False),
        ("on_primary", "primary", {"primary": PALE}, False),
        ("on_primary", "primary", {"primary": PALE, "on_primary": "#000000"}, True),
        (NEAR_BLACK, "tint", {"tint": "#eeeeee"}, True),
        (NEAR_BLACK, "tint", {"tint": "#444444"}, False),
        (NEAR_BLACK, MIXED, {}, False),
        ("heading", WHITE, {"heading": ""}, False),
    ],
)
def test_a_brand_stands_out_where_its_roles_do(
    ink: RoleOrColour, ground: RoleOrColour, changed: Mapping[str, str], *, right: bool
) -> None:
    facts = PlateFacts((), (ColourPairing(ink, 1.0, ground, 4.5),), ())
    assert facts.brand_stands_out({**BRAND, **changed}, frozenset()) is right


def test_the_art_of_a_brand_stands_out_on_the_grounds_of_its_slots() -> None:
    facts = PlateFacts((), (), (WHITE, "tint"))
    assert facts.brand_stands_out(BRAND, frozenset({BLUE}))
    assert not facts.brand_stands_out(BRAND, frozenset({BLUE, (159, 208, 255)}))
    assert not facts.brand_stands_out({**BRAND, "tint": "#444444"}, frozenset({BLUE}))


@pytest.mark.parametrize(
    ("content", "inks"),
    [
        (b"q 1 0 0 rg BT (a) Tj ET Q BT (b) Tj ET", {(255, 0, 0), (0, 0, 0)}),
        (b"1 0 0 rg 0 0 1 1 re f", set()),  # a logo: no words
        (b"1 0 0 rg 0 0 1 1 re f 0 g BT (a) Tj ET", None),  # words on a ground of their own
        (b"/Spot cs 1 sc BT (a) Tj ET", None),
        (b"/Half gs BT (a) Tj ET", None),
        (b"/Whole gs /Inner Do", {(0, 255, 0)}),
        (b"Q BT (a) Tj ET", None),
    ],
)
def test_what_words_in_a_slot_are_painted_in(content: bytes, inks: set[tuple[int, int, int]] | None) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        form, inner = pdf.make_stream(content), pdf.make_stream(b"0 1 0 rg BT (a) Tj ET")
        for drawn in (form, inner):
            drawn.Subtype, drawn.BBox = pikepdf.Name.Form, [0, 0, 1, 1]
        states = pikepdf.Dictionary(Half=pikepdf.Dictionary(ca=0.5), Whole=pikepdf.Dictionary(ca=1))
        form.Resources = pikepdf.Dictionary(ExtGState=states, XObject=pikepdf.Dictionary(Inner=inner))
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Slot=form))
        assert slot_inks(pdf) == inks


def _chain(root: Path, colours: Mapping[str, str]) -> Path:
    """The small project for several clinics, each with a colour of its own."""
    hill = root / press_room.BRAND
    for name, colour in colours.items():
        shutil.copytree(hill.parent, root / "brands" / name)
        press_room.change(
            root / "brands" / name / "_brand.yml",
            lambda brand, name=name, colour=colour: brand.update(  # type: ignore[misc]
                meta={**brand["meta"], "name": f"Clinic {name}"}, color={"primary": colour}
            ),
        )
    return root


def _proving(root: Path) -> tuple[ProvingPress, list[Edition]]:
    catalog = press_room.catalog_of(root)
    cache = Cache(root / "cache")
    press = ProvingPress(HandoutPress(catalog, cache), catalog, cache, ProofSettings("plates"))
    return press, [e for e in catalog.editions() if (e.handout_slug, e.format_slug) == ("warm-tea", "a4-leaflet")]


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are proved in full, or in part."""
    prove_data, paths = proving.prove_data, list[str]()

    def prove(path: Path, *rest: object, **more: object) -> proving.Proof:
        paths.append(path.as_posix())
        return prove_data(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(proving, "prove_data", prove)
    return paths


def test_a_chain_is_proved_once_a_plate_and_then_in_milliseconds(tmp_path: Path, proved: list[str]) -> None:
    colours = {"one": "#204060", "two": "#602040", "pale": PALE}
    press, editions = _proving(_chain(press_room.printable(tmp_path / "clinic"), colours))
    plate = press.open_plate(editions[0])
    for edition in editions:
        plate.print(edition)
    assert len(editions) == 4
    assert len(proved) == 1


@pytest.mark.parametrize("role", ["primary_text", "heading"])
def test_a_brand_whose_text_is_too_pale_fails(tmp_path: Path, role: str) -> None:
    """Its colours are not as the reader of brands would have corrected them."""
    press, editions = _proving(_chain(press_room.printable(tmp_path / "clinic"), {"pale": PALE}))
    first, second = editions
    pale = replace(second.brand.colours, **{role: PALE})
    plate = press.open_plate(first)
    plate.print(first)
    with pytest.raises(HandoutError, match=r"legibility\.contrast"):
        plate.print(replace(second, brand=replace(second.brand, colours=pale)))


def test_a_doubtful_brand_is_proved_in_full(tmp_path: Path) -> None:
    press, (first, second) = _proving(_chain(press_room.printable(tmp_path / "clinic"), {"one": "#204060"}))
    facts = press.prove_plate(first, press.open_plate(first).print(first))
    with pytest.raises(HandoutError, match=r"codes\.unread"):
        press.prove_brand(second, PrintedPdf(good_leaflet(), 1, (), ""), facts)
