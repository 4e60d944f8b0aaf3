"""Printing one edition to bytes: what is given back, and what is left on the disk."""

from __future__ import annotations

from pathlib import Path

import press_room
import pytest

from handoutpress.app.printing import print_handout
from handoutpress.app.project import open_project
from handoutpress.content.project import Project
from handoutpress.yamlfile.problems import HandoutError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(press_room.printable(tmp_path / "clinic"))


def test_a_handout_comes_as_bytes_and_only_the_cache_is_written(project: Project) -> None:
    before = {path for path in project.root.rglob("*") if path.is_file()}
    printed = print_handout(project, "warm-tea", brand="hill", format="a4-leaflet")
    assert printed.problems == ()
    assert printed.pdf is not None
    assert printed.pdf.startswith(b"%PDF-")
    assert (printed.pages, len(printed.addresses)) == (1, 2)
    written = {path for path in project.root.rglob("*") if path.is_file()} - before
    assert {path.relative_to(project.root).parts[0] for path in written} == {".handoutpress"}
    assert print_handout(project, "warm-tea", brand="hill", format="a4-leaflet").pdf == printed.pdf


def test_a_mistake_in_the_file_is_told_with_its_place(project: Project) -> None:
    press_room.write_handout(project.root, colour="red")
    printed = print_handout(project, "warm-tea", brand="hill", format="a4-leaflet")
    assert printed.pdf is None
    assert any('"colour" is not a known key here.' in problem for problem in printed.problems)


def test_what_the_check_finds_keeps_it_from_being_printed(project: Project) -> None:
    press_room.write_handout(project.root, main_message="Warm tea cures a cold [@leaf-2020]. Ask us if it suits you.")
    printed = print_handout(project, "warm-tea", brand="hill", format="a4-leaflet")
    assert printed.pdf is None
    assert printed.problems


def test_names_that_are_not_there_raise_an_error_that_names_the_nearest(project: Project) -> None:
    with pytest.raises(HandoutError, match='No handout is called "warm-te"'):
        print_handout(project, "warm-te", brand="hill", format="a4-leaflet")
