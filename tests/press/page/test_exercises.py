"""Exercises as a page has them: the dose in each language's own forms, drawings beside each other, words in order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from press_room import catalog_of, clinic, press_of, write_handout

from handoutpress.content.loading import load_catalog
from handoutpress.content.models.languages import Language
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.layout.choices import TypeSetting
from handoutpress.press.page.blocks.exercises import ExercisesView
from handoutpress.press.page.blocks.writer import ViewChoice
from handoutpress.press.page.flow import FlowFieldsReader, flow_of
from handoutpress.press.page.imprint import say_count
from handoutpress.press.page.view import page_view
from handoutpress.press.plate.plate_maker import PlateContent
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.source import read_yaml

ARCH = {"name": "Arch", "steps": ["Arch back."], "pose": "seated-arch"}
CURL = {
    "name": "Curl up",
    "steps": ["Lie down.", "Lift your head."],
    "pose": {"start": "curl-up-1"},
    "sets": 1,
    "repeats": "8 to 12",
    "hold": "5 seconds",
    "sides": "each",
    "often": "twice a day",
    "progress": "Build up to 3 sets.",
}
LYING = {**ARCH, "pose": "bridge"}
"""Drawn wider than a third of a page."""
LEAFLET = ViewChoice(measure=42.0, width=180.0)


def view_of(folder: Path, items: list[Any], choice: ViewChoice = LEAFLET) -> ExercisesView:
    """The exercises of the small project's handout."""
    root = clinic(folder)
    write_handout(root, body=[{"exercises": items}])
    press, edition = press_of(root)
    catalog = press._catalog
    country = catalog.countries[edition.brand.country]
    flow = FlowFieldsReader(flow_of(edition.brand, country, edition.handout_file))
    page = page_view(edition.handout_file, edition.language, catalog.references, flow, choice)
    (section,) = [section for section in page.sections if section.kind == "exercises"]
    assert isinstance(section.block, ExercisesView)
    return section.block


def markup_of(folder: Path, items: list[Any]) -> str:
    """The leaflet's page as HTML, before it is laid out."""
    root = clinic(folder)
    write_handout(root, body=[{"exercises": items}])
    press, edition = press_of(root)
    country = press._catalog.countries[edition.brand.country]
    flow = flow_of(edition.brand, country, edition.handout_file)
    content = PlateContent(edition.handout_file, edition.language, edition.format, flow)
    return press._renderer._plates.html(content, TypeSetting(size=12, leading=1.3))[0]


def language(code: str) -> Language:
    root = builtin_root()
    return load_record(read_yaml(root / "languages" / f"{code}.yaml"), Language)


def test_an_exercise_is_read_from_its_name_to_how_it_goes_on(tmp_path: Path) -> None:
    words = [word.replace("\xa0", " ") for word in view_of(tmp_path, [CURL]).words()]

    dose = "1 set 8–12 times hold 5 seconds each side twice a day"
    assert words == ["Curl up", dose, "Lie down.", "Lift your head.", "Build up to 3 sets."]


def test_two_stand_beside_each_other_where_the_page_is_wide(tmp_path: Path) -> None:
    wide, narrow, screen = (
        view_of(tmp_path / name, [ARCH, CURL, LYING], choice)
        for name, choice in (
            ("wide", LEAFLET),
            ("narrow", ViewChoice(measure=18.0, width=84.0)),
            ("screen", ViewChoice()),
        )
    )
    assert [len(row) for row in wide.rows] == [2, 1]
    assert [len(row) for row in narrow.rows] == [len(row) for row in screen.rows] == [1, 1, 1]


def test_the_last_three_of_an_odd_number_share_a_row_that_has_room_for_each(tmp_path: Path) -> None:
    long_word = {**ARCH, "steps": ["Brustwirbelsäulenstreckung."]}
    five, three, long = (
        view_of(tmp_path / name, items)
        for name, items in (
            ("five", [CURL, CURL, ARCH, ARCH, ARCH]),
            ("3", [ARCH] * 3),
            ("long", [ARCH, ARCH, long_word]),
        )
    )

    assert [len(row) for row in five.rows] == [2, 3]
    assert [len(row) for row in three.rows] == [3]
    assert [len(row) for row in long.rows] == [2, 1]
    assert markup_of(tmp_path / "printed", [ARCH] * 3).count('class="abreast three"') == 1


def test_words_beside_each_other_begin_on_one_line_below_drawings_of_two_heights(tmp_path: Path) -> None:
    squeeze = {**ARCH, "pose": "blade-squeeze"}

    ((first, second),) = view_of(tmp_path, [ARCH, squeeze]).rows

    heights = [item.above + item.drawings[0].height for item in (first, second)]
    assert heights[0] == pytest.approx(heights[1])
    assert sorted(item.above > 0 for item in (first, second)) == [False, True]


def test_one_that_has_a_row_to_itself_keeps_the_width_of_a_column(tmp_path: Path) -> None:
    """Else its lines are too long to follow: its words stand beside its drawing."""
    alone = view_of(tmp_path, [ARCH])
    assert (alone.columns, [len(row) for row in alone.rows]) == (2, [1])
    html = markup_of(tmp_path / "odd", [CURL, LYING, CURL])
    assert html.count('class="abreast"') == html.count('class="exercise wide"') == html.count('class="beside"') == 1


def test_one_step_alone_has_no_number(tmp_path: Path) -> None:
    html = markup_of(tmp_path, [ARCH, CURL]).replace("\N{NO-BREAK SPACE}", " ")
    assert '<p class="only-step">Arch back.</p>' in html
    assert html.count('<ol class="steps">') == 1


def test_a_drawing_fits_its_column_and_has_words_and_roles(tmp_path: Path) -> None:
    ((first, second),) = view_of(tmp_path / "two", [ARCH, CURL], replace(LEAFLET, width=60.0)).rows
    assert all(drawing.width <= 26.5 for item in (first, second) for drawing in item.drawings)
    html = first.drawings[0].html
    assert "<title>Arch, sitting: the start and the end, with an arrow for the movement</title>" in html
    assert 'fill="#fb03' in html, "in the sentinel of a role"
    assert "<title>Curl up, lying on the back</title>" in second.drawings[0].html

    ((alone,),) = view_of(tmp_path / "screen", [ARCH], ViewChoice()).rows
    assert "var(--primary)" in alone.drawings[0].html
    assert "style=" not in alone.drawings[0].html, "a site allows none within a page"


def test_of_two_languages_one_has_the_drawings(tmp_path: Path) -> None:
    ((alone,),) = view_of(tmp_path, [ARCH], replace(LEAFLET, beside=True, with_pictures=False)).rows

    assert alone.drawings == ()


@pytest.mark.parametrize(
    ("code", "count", "sets", "times"),
    [
        ("en", "1", "1 set", "once"),
        ("en", "8-12", "8–12 sets", "8–12 times"),
        ("fr", "2", "2 séries", "2 fois"),
        ("es", "1", "1 serie", "1 vez"),
        ("uk", "1", "1 підхід", "1 раз"),
        ("uk", "3", "3 підходи", "3 рази"),
        ("uk", "5", "5 підходів", "5 разів"),
        ("uk", "21", "21 підхід", "21 раз"),
        ("ar", "2", "مجموعتان", "مرتان"),
        ("ar", "3", "3 مجموعات", "3 مرات"),
        ("ar", "11", "11 مجموعة", "11 مرة"),
        ("zh-Hans", "3", "3 组", "3 次"),
    ],
)
def test_numbers_take_the_form_of_their_language(code: str, count: str, sets: str, times: str) -> None:
    phrases = language(code).phrases.exercises

    said = [say_count(language(code), count, phrase) for phrase in (phrases.sets, phrases.times)]

    assert said == [sets, times]


def test_the_poses_that_a_handout_draws_are_part_of_its_hash(tmp_path: Path) -> None:
    root = clinic(tmp_path / "project")
    write_handout(root, body=[{"exercises": [ARCH]}])
    before = catalog_of(root).handouts["warm-tea", "en"]
    (root / "poses").mkdir()
    (root / "poses" / "own.yaml").write_text("poses:\n  seated-arch-1: {joints: {hip: 80}}\n", encoding="utf-8")
    after = load_catalog(Project(root.resolve(), builtin_root())).handouts["warm-tea", "en"]

    assert set(before.poses) == {"seated-arch-1", "seated-arch-2"}
    assert before.content_hash != after.content_hash
