"""When to get help, as leaflets say it: each list becomes the step that it names, and what names several is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from editor_room import CASES, ROOT, TODAY
from press_room import clinic

from handoutpress.app.importing import ImportSettings, import_draft
from handoutpress.content.project import Project
from handoutpress.editorial.check_project import check_project

IMPORT = CASES.parent / "import"
URGENT = """- your face or throat swells
- you find it hard to breathe

Non-urgent advice: See your GP if:

- your wrist is still sore after two weeks

Urgent advice: call 111 if:

- your wrist gets hot and red
- you feel shivery
"""


def _drafted(folder: Path, article: Path, kind: str = "procedure") -> tuple[dict[str, Any], str]:
    files = import_draft(article, to=folder / "drafts", settings=ImportSettings(kind=kind, force=True))
    return yaml.safe_load(files.handout.read_text("utf-8")), "\n".join(d.sentence for d in files.draft.doubts)


def test_each_list_of_a_leaflet_becomes_the_step_that_it_names(tmp_path: Path) -> None:
    draft, said = _drafted(tmp_path, IMPORT / "wrist-injection.md")
    assert draft["urgent_help"] == {"heading": "Immediate action required: Go to A&E or call 999 if", "text": URGENT}
    assert draft["call_us"]["text"].startswith("Call the hand team on 01632 960 112 if:\n\n- you cannot come")
    assert draft["tell_us_first"]["heading"] == "Before your injection: tell us if"
    assert draft["date"].isoformat() == "2025-03-14"
    (mixed,) = (each for each in draft["sections"] if each["heading"] == "Any worries")
    assert "See your GP if your sugar stays high\n\nGo to A&E if you cannot keep water down\n" in mixed["text"]
    assert "“Any worries” sends to an emergency department and to a doctor or an advice line and to the clinic" in said
    assert "“Possible side effects” is a heading of risks: move" in said
    assert "No heading" not in said


def test_signs_that_send_to_two_places_or_to_nobody_are_told_where_they_stand(tmp_path: Path) -> None:
    draft, said = _drafted(tmp_path, IMPORT / "plaster-cast.txt", "condition")
    assert [each["id"] for each in draft["sections"]] == [
        "introduction",
        "blood-clots",
        "when-to-contact-us",
        "at-work",
    ]
    assert draft["urgent_help"].startswith("TO WRITE")
    assert "“Blood clots” sends to help and does not say whose" in said
    assert "“When to contact us” sends to an emergency department and to another place at once" in said
    assert "What stands above the first heading sends to an emergency" in said
    assert "“At work” forbids something, and no card prints it" in said
    assert "No heading" not in said, "a condition needs neither risks nor what to tell us first"


@pytest.mark.parametrize("heading", ["Avoid", "Things to avoid for a day", "What you must not do", "Don’t"])
def test_a_heading_that_forbids_is_told(heading: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(_about(f"## {heading}\n\n- alcohol\n- saunas\n"), "utf-8")
    _, said = _drafted(tmp_path, tmp_path / "a.md")
    told = "forbids something, and no card prints it. If a patient must not do it, move it into after_care."
    assert f"“{heading}” {told}" in said


def test_a_heading_that_forbids_nothing_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(_about("## Food and drink\n\n- water\n- soup\n"), "utf-8")
    _, said = _drafted(tmp_path, tmp_path / "a.md")
    assert "forbids something" not in said


def _about(section: str) -> str:
    return f"# Moxa\n\n## What is moxa?\n\nIt is a herb.\n\n{section}"


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("## Urgent advice: Call 111 if\n\n- a fever\n", "TO WRITE: the signs that need help at once"),
        ("## Contact us, 111 or 999 if\n\n- a fever\n", "TO WRITE: which signs need help at once"),
        ("## Worries\n\nRest.\n", "TO WRITE: which signs need help at once"),
    ],
)
def test_without_an_emergency_the_first_list_is_to_be_written(section: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(_about(section), "utf-8")
    draft, _ = _drafted(tmp_path, tmp_path / "a.md")
    urgent = draft["urgent_help"]
    assert told in (urgent if isinstance(urgent, str) else urgent["text"].split("\n\n")[0])


def test_two_lists_of_emergencies_stand_before_what_can_wait(tmp_path: Path) -> None:
    lists = "## Call 999 if\n\n- one\n\n## See your GP if\n\n- two\n\n## Go to A&E if\n\n- three\n"
    (tmp_path / "a.md").write_text(_about(lists), "utf-8")
    draft, _ = _drafted(tmp_path, tmp_path / "a.md")
    text = "- one\n\nGo to A&E if:\n\n- three\n\nSee your GP if:\n\n- two\n"
    assert draft["urgent_help"] == {"heading": "Call 999 if", "text": text}


def test_signs_that_name_nobody_do_not_join_an_emergency(tmp_path: Path) -> None:
    lists = "## When should I contact someone?\n\n- one\n\n## Call 999 if\n\n- two\n"
    (tmp_path / "a.md").write_text(_about(lists), "utf-8")
    draft, said = _drafted(tmp_path, tmp_path / "a.md")
    assert draft["urgent_help"]["text"] == "- two\n"
    assert "“When should I contact someone?” does not always say whom to call" in said


def test_a_line_elsewhere_that_sends_to_an_emergency_is_told(tmp_path: Path) -> None:
    words = "## Red\n\n- blue lips\n\nGo to the nearest emergency department.\n\n## Green\n\nRest.\n"
    (tmp_path / "a.md").write_text(_about(words), "utf-8")
    _, said = _drafted(tmp_path, tmp_path / "a.md")
    assert "“Red” sends to an emergency. If it is a sign to get help for, move it into urgent_help: Go to" in said
    assert "“Green”" not in said


def test_to_talk_to_a_doctor_is_no_step_without_a_list_of_signs(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(_about("## Talk to your doctor\n\nMoxa may suit you.\n"), "utf-8")
    draft, _ = _drafted(tmp_path, tmp_path / "a.md")
    assert [each["heading"] for each in draft["sections"]] == ["Talk to your doctor"]


def test_a_label_before_a_day_is_no_author(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Moxa\n\nLast Updated\nAugust 29, 2024\n\nWhat is it?\n\nIt is warm.\n", "utf-8")
    draft, _ = _drafted(tmp_path, tmp_path / "a.txt")
    assert draft["author"].startswith("TO WRITE")
    assert draft["date"].isoformat() == "2024-08-29"


def test_lines_without_signs_are_a_list_and_are_told(tmp_path: Path) -> None:
    draft, said = _drafted(tmp_path, IMPORT / "ankle-without-signs.txt", "aftercare")
    assert draft["tell_us_first"]["text"].startswith("- take blood thinners\n- have diabetes\n- have had a blood clot")
    assert said.count("has no sign of a list and was taken for an entry of one") == 3
    assert (draft["subtitle"], draft["date"].isoformat()) == ("Hand and Foot Team", "2026-05-12")
    assert "No heading is one of risks or side effects" in said


def test_a_treatment_that_is_still_to_be_named_is_told_as_that(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    import_draft(IMPORT / "ankle-without-signs.txt", to=root / "drafts", settings=ImportSettings(kind="aftercare"))
    (draft,) = (root / "drafts").glob("*.en.yaml")
    checked = check_project(Project(root, ROOT), TODAY, handouts=[str(draft)])
    (problem,) = checked.problems
    assert "part-missing" in {finding.rule for finding in checked.findings}, "its other mistakes are told at once"
    assert "Nobody has written yet which treatment's risks are printed here." in str(problem)
    assert 'add "risks"' in str(problem)
