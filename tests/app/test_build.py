"""Building by the application layer: what is reported, what is given back, and what a dry run leaves alone."""

from __future__ import annotations

from pathlib import Path

import press_room
import pytest

from handoutpress.app.build import build
from handoutpress.app.build_settings import BuildSettings, Refused
from handoutpress.app.project import open_project
from handoutpress.batch.events import Ended, Made
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.project import Project

LEAFLETS = EditionFilter(brands=("hill",), formats=("a4-leaflet",))
QUICK = BuildSettings(html=False, jobs=1, proof="none")
TEA, HONEY = "hill/en/a4-leaflet/warm-tea.pdf", "hill/en/a4-leaflet/honey.pdf"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(press_room.printable(tmp_path / "clinic"))


def test_a_build_reports_what_it_makes_and_gives_the_sum(project: Project, tmp_path: Path) -> None:
    events: list[object] = []
    result = build(project, selection=LEAFLETS, out=tmp_path / "there", settings=QUICK, reporter=events.append)
    assert [event.path for event in events if isinstance(event, Made)] == [HONEY, TEA]
    assert events[-1] is result.ended
    assert (result.exit_code, result.refused, result.verdicts) == (0, (), ())
    assert (tmp_path / "there" / TEA).is_file()
    assert not (project.root / "out").exists()


def test_a_mistake_is_reported_and_given_back_and_stops_only_its_file(project: Project) -> None:
    press_room.write_handout(project.root, colour="red")
    events: list[object] = []
    result = build(project, selection=LEAFLETS, settings=QUICK, reporter=events.append)
    (sentence,) = result.refused
    assert '"colour" is not a known key here.' in sentence
    assert events[0] == Refused(sentence)
    assert [event.path for event in events if isinstance(event, Made)] == [HONEY]
    assert result.exit_code == 1


def test_where_it_is_strict_a_mistake_stops_everything(project: Project) -> None:
    press_room.write_handout(project.root, colour="red")
    events: list[object] = []
    settings = BuildSettings(strict=True, jobs=1)
    result = build(project, selection=LEAFLETS, settings=settings, reporter=events.append)
    assert result.ended is None
    assert [type(event) for event in events] == [Refused]
    assert not (project.root / "out").exists()


def test_a_dry_run_gives_verdicts_and_makes_nothing(project: Project) -> None:
    events: list[object] = []
    result = build(
        project, selection=LEAFLETS, settings=BuildSettings(dry_run=True, html=False), reporter=events.append
    )
    assert [(verdict.output.path, verdict.stale) for verdict in result.verdicts] == [(HONEY, True), (TEA, True)]
    assert events == []
    assert not (project.root / "out").exists()
    assert result.exit_code == 0


def test_what_stands_is_not_made_again(project: Project) -> None:
    assert build(project, selection=LEAFLETS, settings=QUICK).exit_code == 0
    ended = build(project, selection=LEAFLETS, settings=QUICK).ended
    assert isinstance(ended, Ended)
    assert (ended.made, ended.unchanged) == (0, 2)
