"""A build prints nothing on which a check finds an error, and runs the checks once for each day and wording."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from press_room import TREATMENTS

from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, find_project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.store.cache import Cache

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 22)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The shipped English handouts in two brands; dry needling claims to cure."""
    (tmp_path / "handouts").mkdir()
    for slug in TREATMENTS:
        shutil.copy(ROOT / f"handouts/{slug}.en.yaml", tmp_path / "handouts")
    shutil.copy(ROOT / "references.yaml", tmp_path)
    shutil.copytree(ROOT / "brands" / "north-moor", tmp_path / "brands" / "north-moor")
    path = tmp_path / "handouts" / "dry-needling.en.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("what_it_is:\n  text: |\n", "what_it_is:\n  text: |\n    It cures cancer.\n\n", 1), "utf-8"
    )
    assert "cures cancer" in path.read_text("utf-8")
    return find_project(tmp_path)


def test_a_handout_with_an_error_is_refused_and_the_others_pass(project: Project, tmp_path: Path) -> None:
    catalog = load_catalog(project, EditionFilter(formats=("a4-leaflet",)))
    check = BuildCheck(catalog, Cache(tmp_path / "cache"), DAY, strict=False)
    passed, sentences = check.passing(catalog.editions())
    assert {edition.handout_slug for edition in passed} == {"acupuncture", "acupuncture-or-dry-needling"}
    assert sentences
    assert all(sentence.startswith("handouts/dry-needling.en.yaml:") for sentence in sentences)


def test_what_stops_a_handout_is_cached_until_a_word_changes(project: Project, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    for _ in range(2):
        catalog = load_catalog(project)
        BuildCheck(catalog, cache, DAY, strict=False).passing(catalog.editions())
        assert len(list((tmp_path / "cache" / "checks").glob("*/*"))) == 1
    path = project.root / "handouts" / "dry-needling.en.yaml"
    path.write_text(path.read_text("utf-8").replace("It cures cancer.\n", ""), "utf-8")
    catalog = load_catalog(project)
    assert BuildCheck(catalog, cache, DAY, strict=False).passing(catalog.editions())[1] == []


def test_warnings_that_stop_no_build_are_counted(project: Project, tmp_path: Path) -> None:
    path = project.root / "handouts" / "acupuncture.en.yaml"
    words = path.read_text("utf-8")
    path.write_text(words.replace("You can stop treatment at any time.", "Keep " + "and on " * 20 + "going."), "utf-8")
    catalog = load_catalog(project, EditionFilter(formats=("a4-leaflet",)))
    check = BuildCheck(catalog, Cache(tmp_path / "cache"), DAY, strict=False)
    assert check.warnings(catalog.editions()) == {("acupuncture", "en"): 1}
