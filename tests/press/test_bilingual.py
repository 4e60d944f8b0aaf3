"""Two languages side by side: what is made and under which name, in which order it is read, and what cannot be made."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from press_room import CASES, Call, caller, catalog_of, change, clinic, write_brand

from handoutpress.app.build import assemble_press
from handoutpress.content.bilingual import LanguagePair, bilingual_editions, side_by_side
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import builtin_root, find_project
from handoutpress.press.plate.tags import elements
from handoutpress.press.press import HandoutPress
from handoutpress.proof.checks.registry import CHECKS, prove
from handoutpress.proof.expectation import expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf

ROOT = builtin_root()
TRANSLATE = CASES / "translate"
PAIR = "out/hill/en+fr/a4-leaflet/warm-tea.pdf"
MESSAGES = {"en": "Tea is warm [@leaf-2020]. Ask us.", "fr": "Le thé est chaud [@leaf-2020]. Demandez-nous."}
"""To which the editor has nothing to say."""
QUICK = tuple(name for name in CHECKS if name != "copies")
"""All checks but the simulated copies, which take a second a code."""


def bilingual_clinic(folder: Path) -> Path:
    """The small clinic with its warm tea in English and French, and a brand that gives both."""
    root = clinic(folder)
    for code, name in (("en", "source"), ("fr", "finished")):
        path = root / f"handouts/warm-tea.{code}.yaml"
        shutil.copy(TRANSLATE / f"{name}.{code}.yaml", path)
        change(path, lambda keys: keys.pop("benefits"))
        change(path, lambda keys, m=MESSAGES[code]: keys.update(main_message=m))  # type: ignore[misc]
    says = {"country": "gb", "languages": ["en", "fr"], "notes": {"warm-tea": "Bring your own cup."}}
    write_brand(root, {"meta": {"name": "Hill"}, "defaults": {"handout": says}})
    return root


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small clinic, whose cache knows its bilingual leaflet and the one in English."""
    root = bilingual_clinic(tmp_path_factory.mktemp("bilingual") / "clinic")
    catalog = catalog_of(root)
    press = assemble_press(catalog)
    for edition in (single(catalog, "en"), pair(catalog, "en", "fr")):
        press.open_plate(edition)
    return root


@pytest.fixture
def root(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "clinic")


@pytest.fixture
def handouts(root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(root, monkeypatch, capfd)


def single(catalog: Catalog, language: str, printed: str = "a4-leaflet") -> Edition:
    """One edition of the small clinic in one language."""
    (found,) = [
        each
        for each in catalog.editions()
        if (each.handout_slug, each.language_slug, each.format_slug) == ("warm-tea", language, printed)
    ]
    return found


def pair(catalog: Catalog, first: str, second: str, printed: str = "a4-leaflet") -> Edition:
    """One bilingual edition of the small clinic."""
    found = side_by_side(single(catalog, first, printed), catalog.handouts["warm-tea", second])
    assert found
    return found


def test_a_bilingual_edition_has_a_place_a_label_and_a_record_of_its_own(root: Path, handouts: Call) -> None:
    build = ("build", "warm-tea", "--language", "en", "--format", "a4-leaflet", "--no-html")
    assert handouts(*build)[0] == 0
    code, _, told = handouts(*build[:-1], "--bilingual", "fr")
    assert code == 0, told
    assert told.startswith("1 made, 0 unchanged in ")
    made = sorted(path.relative_to(root).as_posix() for path in (root / "out/hill").rglob("*.*"))
    assert made == [PAIR, "out/hill/en/a4-leaflet/warm-tea.pdf"]
    files = json.loads((root / "out/manifest.json").read_bytes())["files"]
    assert {entry["language"]: entry["path"] for entry in files} == {
        "en": "hill/en/a4-leaflet/warm-tea.pdf",
        "en+fr": "hill/en+fr/a4-leaflet/warm-tea.pdf",
    }
    assert handouts(*build[:-1], "--bilingual", "fr")[2].startswith("0 made, 1 unchanged in ")
    assert handouts(*build, "--prune")[2].startswith("0 made, 1 unchanged in ")
    proved = handouts("proof", "--check", "text")
    assert proved[0] == 0, proved[1]
    assert "2 proved: 2 right" in proved[1]


def test_watching_makes_it_too_and_anew_when_it_is_saved(
    root: Path, handouts: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = root / "handouts/warm-tea.fr.yaml"

    def saves(*_: object) -> Iterator[tuple[Path, ...]]:
        change(saved, lambda keys: keys.update(subtitle="Encore"))
        yield (saved,)

    monkeypatch.setattr("handoutpress.app.build.saves", saves)
    watch = ("watch", "warm-tea", "--language", "en", "--format", "a4-leaflet", "--bilingual", "fr")
    code, said, told = handouts(*watch)
    assert code == 0, told
    assert "Saved: handouts/warm-tea.fr.yaml" in said
    assert [line[:6] for line in told.splitlines() if " made" in line] == ["1 made", "1 made"]
    assert [path.relative_to(root).as_posix() for path in (root / "out/hill").rglob("*.*")] == [PAIR]


def test_either_text_makes_it_anew(root: Path, handouts: Call) -> None:
    build = ("build", "warm-tea", "--language", "en", "--format", "a4-leaflet", "--bilingual", "fr")
    assert handouts(*build)[0] == 0
    for code in ("en", "fr"):
        change(root / f"handouts/warm-tea.{code}.yaml", lambda keys: keys.update(subtitle="Encore"))
        said = handouts(*build, "--explain")[1:]
        assert f"en+fr/a4-leaflet/warm-tea.pdf: handouts/warm-tea.{code}.yaml changed" in "".join(said)


def test_a_language_that_vanishes_takes_its_bilingual_editions_along(root: Path, handouts: Call) -> None:
    build = ("build", "warm-tea", "--language", "en", "--format", "a4-leaflet")
    assert handouts(*build, "--bilingual", "fr")[0] == 0
    (root / "handouts/warm-tea.fr.yaml").unlink()
    assert "Removed hill/en+fr/a4-leaflet/warm-tea.pdf." in "".join(handouts(*build, "--no-html", "--prune")[1:])
    assert not (root / PAIR).exists()


REFUSED = [
    (("--bilingual", "frr"), 'There is no language "frr". Hint: did you mean "fr"?'),
    (
        ("--bilingual", "es"),
        '"warm-tea" is not written in "es", so that nothing can stand beside it. Hint: begin the translation with: ',
    ),
    (("--bilingual", "fr", "--language", "fr"), 'A bilingual edition has two languages, and "fr" is one. Hint: name'),
    (("--bilingual", "fr", "--html"), "HTML files are in one language each. Hint: leave --html out, or --bilingual."),
    (
        ("--bilingual", "fr", "--format", "a4-trifold"),
        'The format "a4-trifold" has no room for two languages side by side. Hint: use a leaflet, such as a4-leaflet.',
    ),
]


@pytest.mark.parametrize(("words", "says"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_made_is_said(root: Path, handouts: Call, words: tuple[str, ...], says: str) -> None:
    code, _, complained = handouts("build", "warm-tea", *words)
    assert code == 1
    assert complained.startswith(says)
    assert not list((root / "out").rglob("*.pdf"))


def test_a_handout_without_translation_leaves_the_others(root: Path, handouts: Call) -> None:
    code, _, complained = handouts("build", "--language", "en", "--format", "a4-leaflet", "--bilingual", "fr")
    assert code == 1
    assert '"honey" is not written in "fr"' in complained
    assert "1 made" in complained
    assert (root / PAIR).exists()


def test_a_brand_that_gives_one_language_only_is_told_how_to_give_both(root: Path, handouts: Call) -> None:
    write_brand(root, {"meta": {"name": "Hill"}, "defaults": {"handout": {"country": "gb", "languages": ["en"]}}})
    code, _, complained = handouts("build", "warm-tea", "--format", "a4-leaflet", "--bilingual", "fr")
    assert code == 1
    assert complained.startswith('No brand here gives these handouts in "fr" and in another language. Hint: name both')


def test_what_stops_either_language_stops_both(root: Path, handouts: Call) -> None:
    change(root / "handouts/warm-tea.fr.yaml", lambda keys: keys.update(urgent_help="TO TRANSLATE"))
    code, _, complained = handouts("build", "warm-tea", "--language", "en", "--bilingual", "fr")
    assert code == 1
    assert "translation-left: 1 of " in complained
    assert not list((root / "out").rglob("*.pdf"))


def test_sheets_for_a_print_shop_are_listed_on_the_job_sheet(root: Path, handouts: Call) -> None:
    code, _, told = handouts(
        "build", "warm-tea", "--language", "en", "--format", "a4-leaflet", "--bilingual", "fr", "--for", "print"
    )
    assert code == 0, told
    (record,) = [
        each for each in json.loads((root / "out/manifest.json").read_bytes())["files"] if each["way"] == "print"
    ]
    assert record["path"] == "hill/en+fr/a4-leaflet/warm-tea.print.pdf"
    (sheet,) = [path for path in (root / "out/hill").glob("*") if path.suffix == ".html"]
    assert record["path"].split("/", 1)[1] in sheet.read_text("utf-8")


@pytest.fixture
def press(root: Path) -> tuple[HandoutPress, Catalog]:
    catalog = catalog_of(root)
    found = assemble_press(catalog)
    assert isinstance(found, HandoutPress)
    return found, catalog


def pdf_of(press: HandoutPress, edition: Edition) -> bytes:
    return press.open_plate(edition).print(edition).pdf


def test_the_order_of_the_languages_makes_another_plate(press: tuple[HandoutPress, Catalog]) -> None:
    maker, catalog = press
    one, other = pair(catalog, "en", "fr"), pair(catalog, "fr", "en")
    assert maker.plate_group(one) != maker.plate_group(other)
    for edition, title, language in ((one, "Warm tea", "en"), (other, "Thé chaud", "fr")):
        with pikepdf.open(io.BytesIO(pdf_of(maker, edition))) as pdf:
            assert (str(pdf.docinfo.Title), str(pdf.Root.Lang)) == (title, language)


def test_each_section_is_read_in_one_language_and_then_in_the_other(press: tuple[HandoutPress, Catalog]) -> None:
    maker, catalog = press
    data = pdf_of(maker, pair(catalog, "en", "fr"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = [str(each.Lang) for each in elements(pdf) if each.S == "/Sect" and "/Lang" in each]
    assert len(told) > 18
    assert told == ["en", "fr"] * (len(told) // 2)


@pytest.mark.parametrize("printed", ["a4-leaflet", "letter-leaflet"])
def test_the_proof_passes_and_knows_the_order_from_another(press: tuple[HandoutPress, Catalog], printed: str) -> None:
    maker, catalog = press
    one, other = pair(catalog, "en", "fr", printed), pair(catalog, "fr", "en", printed)
    data = pdf_of(maker, one)
    (wanted,) = {expected.text: expected for expected in expectations(one, catalog)[:1]}.values()
    assert [str(each) for each in prove(Path("both.pdf"), data, wanted, QUICK)] == []
    rules = {each.rule for each in prove(Path("both.pdf"), data, expectations(other, catalog)[0], ("text",))}
    assert rules == {"tags.order"}


def test_what_belongs_to_both_is_printed_once(press: tuple[HandoutPress, Catalog]) -> None:
    maker, catalog = press
    pages = pypdfium2.PdfDocument(pdf_of(maker, pair(catalog, "en", "fr")))
    text = " ".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())
    for once in ("Bring your own cup.", "example.test/tea#references"):
        assert text.replace(" ", "").count(once.replace(" ", "")) == 1, once
    for twice in ("999", "01632 960 187"):
        assert text.count(twice) >= 2
    for both in ("From your clinic", "Un mot de votre cabinet", "References", "Références"):
        assert both in text


@cache
def shipped(first: str, second: str) -> tuple[Catalog, bytes, Edition]:
    """The shipped acupuncture handout in two languages, for the brand that gives both."""
    pairing = LanguagePair(EditionFilter(("acupuncture",), ("lantern-street",), (first,), ("a4-leaflet",)), second)
    catalog = load_catalog(find_project(ROOT), pairing.loaded)
    brands = {name: replace(each, languages=(first, second)) for name, each in catalog.brands.items()}
    catalog = replace(catalog, brands=brands)
    (edition,), refused = bilingual_editions(catalog, pairing)
    assert refused == []
    return catalog, assemble_press(catalog).open_plate(edition).print(edition).pdf, edition


def left_edges(data: bytes, wanted: str) -> list[float]:
    """Where ``wanted`` begins on the pages, pt from the left edge."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        searcher = text.search(wanted)
        while place := searcher.get_next():
            found.append(text.get_charbox(place[0])[0])
    return found


MIDDLE = 595 / 2
"""Of an A4 page, pt."""
BOTH_WAYS = [("en", "ar"), ("ar", "en")]


@pytest.mark.parametrize(("first", "second"), BOTH_WAYS)
def test_arabic_stands_at_the_right_whichever_comes_first(first: str, second: str) -> None:
    data = shipped(first, second)[1]
    assert max(left_edges(data, "Risks")) < MIDDLE < min(left_edges(data, "الصداع"))
    page_number = left_edges(data, "Page 1" if first == "en" else "صفحة")
    assert page_number
    assert (min(page_number) > MIDDLE) == (first == "en")


@pytest.mark.parametrize(("first", "second"), [("en", "es"), *BOTH_WAYS])
def test_shipped_handouts_in_two_languages_pass_their_proof(first: str, second: str) -> None:
    catalog, data, edition = shipped(first, second)
    found = prove(Path(f"{first}+{second}.pdf"), data, expectations(edition, catalog)[0], QUICK)
    assert [str(each) for each in found] == []


@pytest.mark.parametrize(("first", "second"), BOTH_WAYS)
def test_citations_stand_on_the_line_in_arabic_and_are_raised_in_english(first: str, second: str) -> None:
    with FinishedPdf(Path("both.pdf"), shipped(first, second)[1]) as pdf:
        page = " ".join(mark.text for mark in pdf.marks(1).texts)
        cited = [mark for mark in pdf.marks(1).texts if re.fullmatch(r"\[?\d{1,2}\]?", mark.text.strip())]
        left = {mark.text.strip() for mark in cited if mark.box.right < MIDDLE}
        right = "".join(mark.text for mark in pdf.marks(1).texts if mark.box.left > MIDDLE)
    assert "1" in left, page
    assert "[1]" in right
