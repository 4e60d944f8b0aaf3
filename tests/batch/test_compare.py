"""``handouts compare``: a rebrand is let pass, and a single word of a handout that changed with it is called out."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import press_room
import pytest

from handoutpress.batch.diff import comparison, report
from handoutpress.batch.diff.comparison import ChangeKind, ComparedEdition, compare_all
from handoutpress.batch.diff.pairs import pairs_of
from handoutpress.batch.diff.report import as_lines, as_page
from handoutpress.batch.plan import make_plan
from handoutpress.batch.press import SharedPressMaker
from handoutpress.batch.run import run
from handoutpress.cli import main
from handoutpress.cli.console import say_gravely
from handoutpress.press.press import HandoutPress
from handoutpress.proof.diff.prints import FinishedPrint, PrintDifference, compare_prints
from handoutpress.store.cache import Cache

Run = Callable[..., tuple[int, str]]
TEA, HONEY = "hill/en/a4-leaflet/warm-tea.pdf", "hill/en/a4-leaflet/honey.pdf"
HILL: dict[str, Any] = {
    "meta": {"name": "Hill Clinic", "contacts": [{"name": "Hill Clinic", "phone": "01632 960 001"}]},
    "color": {"primary": "#14508c"},
    "defaults": {"handout": {"country": "gb"}},
}


def build(root: Path, out: str) -> None:
    """Print the leaflets of a project into one of its folders; plates are shared by all builds of this module."""
    catalog = press_room.catalog_of(root)
    press = HandoutPress(catalog, Cache(root.parent / "cache"))
    editions = [edition for edition in catalog.editions() if edition.format_slug == "a4-leaflet"]
    assert not run(make_plan(editions, press, html=True), root / out, SharedPressMaker(lambda: press, press)).failed


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with its leaflets in ``before/``."""
    root = press_room.clinic(tmp_path_factory.mktemp("compare") / "clinic")
    press_room.write_brand(root, HILL)
    build(root, "before")
    return root


@pytest.fixture
def project(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy to change, which shares the plates of the module."""
    root = tmp_path / "clinic"
    shutil.copytree(first, root)
    (tmp_path / "cache").symlink_to(first.parent / "cache")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def compare(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def typed(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["handouts", "compare", *(words or ("before", "after"))])
        code = main()
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return typed


def rebrand(root: Path) -> None:
    """Give the brand a new phone number."""
    meta = {"name": "Hill Clinic", "contacts": [{"name": "Hill Clinic", "phone": "01632 960 777"}]}
    press_room.write_brand(root, {**HILL, "meta": meta})


def test_the_same_build_twice_has_not_changed(compare: Run, project: Path) -> None:
    assert compare("before", "before") == (0, "2 editions: unchanged 2.\n")


def test_a_rebrand_changes_what_the_brand_says(compare: Run, project: Path) -> None:
    settings = {"country": "gb", "article_url": "https://valley.example/{slug}"}
    press_room.write_brand(project, {**HILL, "meta": {"name": "Valley Clinic"}, "defaults": {"handout": settings}})
    build(project, "after")
    code, printed = compare("before", "after", "--json")
    assert code == 0, printed
    result = json.loads(printed)
    assert result["counts"] == {"brand's words": 2}
    tea = next(edition for edition in result["editions"] if edition["names"]["handout"] == "warm-tea")
    assert (tea["handout"], tea["links"], tea["versions"]) == ([], [[], []], ["1.0", "1.0"])
    assert {"before", "old", "new", "after", "page"} == set(tea["brand"][0])
    assert ("Hill", "Valley") in {(change["old"], change["new"]) for change in tea["brand"]}
    assert tea["addresses"][1] == ["https://valley.example/warm-tea", "https://valley.example/warm-tea#references"]
    assert tea["made_from"] == ["brands/hill/_brand.yml changed"]


def test_another_colour_is_a_look(compare: Run, project: Path) -> None:
    press_room.write_brand(project, {**HILL, "color": {"primary": "#7a1f3d"}})
    build(project, "after")
    code, printed = compare()
    assert code == 0
    assert "LOOK ONLY: warm-tea, en, a4-leaflet in hill\n  No word changed, only the look or the file.\n" in printed
    assert printed.endswith("2 editions: look only 2.\n")


def test_one_word_changed_with_a_brand_is_called_out(compare: Run, project: Path) -> None:
    rebrand(project)
    press_room.write_handout(project, what_to_expect="You sip it quickly.")
    build(project, "after")
    code, printed = compare()
    assert code == 1
    assert (
        "CALLED OUT: warm-tea, en, a4-leaflet in hill\n  The brand changed, and the handout along with it.\n" in printed
    )
    assert "expect You sip it [-slowly.-] {+quickly.+}" in printed
    assert "brand, page 2: " in printed or "brand, page 1: " in printed
    assert "[-001-] {+777+}" in printed
    assert printed.endswith("2 editions: called out 1, brand's words 1.\n")


def test_a_word_changed_under_the_same_version_is_called_out(compare: Run, project: Path) -> None:
    press_room.write_handout(project, what_to_expect="You sip it quickly.")
    build(project, "after")
    code, printed = compare()
    assert code == 1
    assert "  The handout changed, though its version is still 1.0.\n" in printed
    assert "because: handouts/warm-tea.en.yaml changed" in printed


def test_a_new_version_may_change_words(compare: Run, project: Path) -> None:
    press_room.write_handout(project, what_to_expect="You sip it quickly.", version="1.1")
    build(project, "after")
    code, printed = compare()
    assert code == 0
    assert "NEW VERSION: warm-tea, en, a4-leaflet in hill\n  A new version of the handout: 1.1 after 1.0.\n" in printed
    assert "[-1.0,-] {+1.1,+}" in printed
    assert "content hash: " in printed


def test_a_code_that_the_handout_sends_elsewhere_is_called_out(compare: Run, project: Path) -> None:
    moved = {"url": "https://example.test/hot-tea", "title": "Tea", "author": "A. Leaf", "date": "2025-12-01"}
    press_room.write_handout(project, article=moved)
    build(project, "after")
    code, printed = compare()
    assert code == 1
    assert "The handout sends its codes elsewhere, though its version is still 1.0." in printed
    assert "code: [-https://example.test/tea-]\n  code: [-https://example.test/tea#references-]\n" in printed
    assert "code: {+https://example.test/hot-tea+}" in printed


def test_a_brand_that_hides_a_section_is_called_out(compare: Run, project: Path) -> None:
    settings = {"country": "gb", "hide": {"warm-tea": ["what_to_expect"]}}
    press_room.write_brand(project, {**HILL, "defaults": {"handout": settings}})
    build(project, "after")
    code, printed = compare()
    assert code == 1
    assert "[-What to expect You sip it slowly.-]" in printed


def test_what_came_and_went_is_told(compare: Run, project: Path) -> None:
    (project / "handouts/honey.en.yaml").rename(project / "handouts/syrup.en.yaml")
    build(project, "after")
    code, printed = compare()
    assert code == 0
    assert "ADDED: syrup, en, a4-leaflet in hill\n  It was not there before.\n" in printed
    assert "GONE: honey, en, a4-leaflet in hill\n  It is no longer there.\n" in printed


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda file: file.unlink(), f"before/{TEA} cannot be read: No such file or directory."),
        (lambda file: file.write_bytes(b"%PDF-1.7"), f"before/{TEA} is no longer the file that its manifest names."),
    ],
    ids=["gone", "overwritten"],
)
def test_a_file_that_cannot_be_compared_ends_with_1(
    compare: Run, project: Path, harm: Callable[[Path], object], sentence: str
) -> None:
    rebrand(project)
    build(project, "after")
    harm(project / "before" / TEA)
    code, printed = compare()
    assert code == 1
    assert f"NOT COMPARED: warm-tea, en, a4-leaflet in hill\n  It cannot be compared: {sentence}\n" in printed


def test_a_manifest_stands_for_its_folder(compare: Run, project: Path) -> None:
    rebrand(project)
    build(project, "after")
    assert compare("before/manifest.json", "after") == compare("before", "after/manifest.json")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere", "before"), "There is no nowhere"),
        (("before", "handouts"), "There is no handouts/manifest.json."),
        (("before", "before", "--brand", "hil"), 'No brand is called "hil".'),
    ],
)
def test_mistakes_are_told_in_a_sentence(compare: Run, project: Path, words: tuple[str, ...], sentence: str) -> None:
    code, printed = compare(*words)
    assert code == 1
    assert sentence in printed


def test_the_same_change_in_many_brands_is_told_once(project: Path) -> None:
    press_room.write_handout(project, what_to_expect="You sip it quickly.")
    build(project, "after")
    [edition] = [
        edition
        for edition in compare_all(pairs_of(Path("before"), Path("after")))
        if edition.kind is ChangeKind.called_out
    ]
    in_brands = [_in_brand(edition, f"brand-{number}") for number in range(9)]
    lines = [line.text for line in as_lines(in_brands)]
    assert lines[0].endswith(" in brand-0, brand-1, brand-2, brand-3, brand-4, brand-5 and 3 more")
    assert len([line for line in lines if "quickly" in line]) == 1
    assert lines[-1] == "9 editions: called out 9."


def test_a_page_says_that_not_all_is_drawn(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press_room.write_handout(project, what_to_expect="You sip it quickly.")
    build(project, "after")
    pairs = pairs_of(Path("before"), Path("after"))
    for module in (comparison, report):
        monkeypatch.setattr(module, "MOST_DRAWN", 1)
    drawn = compare_all(pairs * 3, drawn=True)
    assert sum(bool(edition.difference and edition.difference.regions) for edition in drawn) == 1
    assert "Only the gravest 1 editions have pictures" in as_page(drawn).decode()


def test_what_is_drawn_is_compared_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press_room.write_handout(project, what_to_expect="You sip it quickly.")
    build(project, "after")
    pairs = pairs_of(Path("before"), Path("after"))
    calls: list[bool] = []

    def counted(before: FinishedPrint, now: FinishedPrint, drawn: bool) -> PrintDifference:
        calls.append(drawn)
        return compare_prints(before, now, drawn)

    monkeypatch.setattr(comparison, "compare_prints", counted)
    compared = compare_all(pairs, drawn=True)
    assert calls == [True] * sum(pair.is_changed for pair in pairs) != []
    assert any(edition.difference and edition.difference.regions for edition in compared)


@pytest.mark.parametrize(
    ("terminal", "no_colour", "printed"),
    [(True, "", "\x1b[31mLook!\x1b[0m\n"), (True, "1", "Look!\n"), (False, "", "Look!\n")],
)
def test_what_is_grave_is_red_on_a_terminal(
    terminal: bool, no_colour: str, printed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    say_gravely("Look!")
    assert capsys.readouterr().out == printed


def _in_brand(edition: ComparedEdition, brand: str) -> ComparedEdition:
    return replace(edition, label=edition.label._replace(brand=brand))
