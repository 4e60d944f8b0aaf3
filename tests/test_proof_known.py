"""What a plate's proof tells of other brands: what is right is known in milliseconds, what is in doubt is proved."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import press_room
import pytest
from proof_damages import DAMAGES, Damage
from proof_leaflet import EXPECTED, good_leaflet

from handoutpress.batch.proving import ProvingPress, Rules
from handoutpress.content.editions import Edition
from handoutpress.content.problems import HandoutError
from handoutpress.press.cache import Cache
from handoutpress.press.press import HandoutPress
from handoutpress.press.printed import Printed
from handoutpress.proof import proving
from handoutpress.proof.expectation import WantedCode
from handoutpress.proof.finished import FinishedPdf
from handoutpress.proof.known import Known, Pairing, brand_is_right, colours_stand_out, learn

CODES = EXPECTED.codes or ()
OF_CODES = [damage for damage in DAMAGES if any(rule.startswith("codes.") for rule, _ in damage.findings)]
WHITE, BLUE = (255, 255, 255), (29, 79, 132)
BRAND = {"primary": "#1d4f84", "primary_text": "#1d4f84", "on_primary": "#ffffff", "link": "#1d4f84", "tint": "#f6f1e7"}


@pytest.fixture(scope="module")
def leaflet() -> Known:
    with FinishedPdf(Path("needling.pdf"), good_leaflet()) as pdf:
        return learn(pdf, BRAND)


def test_an_undamaged_brand_is_right(leaflet: Known) -> None:
    assert len(leaflet.codes) == len(CODES) == 2
    assert brand_is_right(good_leaflet(), leaflet, CODES, ())


@pytest.mark.parametrize("damage", OF_CODES, ids=lambda damage: damage.name)
def test_every_damage_to_a_code_is_doubted(leaflet: Known, damage: Damage) -> None:
    assert not brand_is_right(damage.damaged(), leaflet, CODES, ())


@pytest.mark.parametrize(
    ("codes", "words"),
    [(CODES[:1], ()), ((*CODES, WantedCode("https://other.example")), ()), (CODES, ("01632 000 000",))],
)
def test_other_codes_and_missing_words_are_doubted(
    leaflet: Known, codes: tuple[WantedCode, ...], words: tuple[str, ...]
) -> None:
    assert not brand_is_right(good_leaflet(), leaflet, codes, words)


def test_a_file_that_cannot_be_read_is_doubted(leaflet: Known) -> None:
    assert not brand_is_right(good_leaflet()[:2000], leaflet, CODES, ())


def test_what_was_learnt_is_kept_as_it_was(leaflet: Known) -> None:
    assert leaflet.pairings
    assert Known.from_bytes(leaflet.to_bytes()) == leaflet


@pytest.mark.parametrize(
    ("ink", "ground", "other", "right"),
    [
        (BLUE, WHITE, {}, True),
        (BLUE, WHITE, {"primary": "#222222", "primary_text": "#222222", "link": "#333333"}, True),
        (BLUE, WHITE, {"primary": "#9fd0ff"}, False),  # it may be the primary that is the text
        (WHITE, BLUE, {"primary": "#9fd0ff", "on_primary": "#000000"}, False),
        ((26, 26, 26), (246, 241, 231), {"tint": "#eeeeee"}, True),
        ((26, 26, 26), (246, 241, 231), {"tint": "#444444"}, False),
        ((26, 26, 26), (120, 200, 90), {"tint": "#eeeeee"}, False),  # a mixture, of what?
        ((26, 26, 26), WHITE, {"link": "#ffee00"}, False),  # the contacts' links lie on white
    ],
)
def test_colours_are_right_where_no_role_can_make_them_wrong(
    ink: tuple[int, int, int], ground: tuple[int, int, int], other: Mapping[str, str], right: bool
) -> None:
    known = Known((), (Pairing(ink, 1.0, ground, 4.5),), BRAND)
    assert colours_stand_out(known, {**BRAND, **other}) is right


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
    press = ProvingPress(HandoutPress(catalog, cache), catalog, cache, Rules("plates"))
    return press, [e for e in catalog.editions() if (e.slug, e.format) == ("warm-tea", "a4-leaflet")]


def test_a_chain_is_proved_once_a_plate_and_then_in_milliseconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    colours = {"one": "#204060", "two": "#602040", "three": "#206040"}
    press, editions = _proving(_chain(press_room.printable(tmp_path / "clinic"), colours))
    whole = proving.prove_data
    proved: list[str] = []

    def prove(path: Path, *rest: object) -> proving.Proof:
        proved.append(path.as_posix())
        return whole(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(proving, "prove_data", prove)
    plate = press.open_plate(editions[0])
    for edition in editions:
        plate.print(edition)
    assert len(editions) == 4
    assert len(proved) == 1


def test_a_doubtful_brand_is_proved_in_full(tmp_path: Path) -> None:
    press, (first, second) = _proving(_chain(press_room.printable(tmp_path / "clinic"), {"one": "#204060"}))
    press.open_plate(first).print(first)
    with pytest.raises(HandoutError, match=r"codes\.unread"):
        press.prove(second, Printed(good_leaflet(), 1, (), ""))
