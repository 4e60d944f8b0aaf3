"""Handouts of other practices than needling, and numbers and dates that cannot be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from editor_room import HANDOUT, checked, one, rules, spoilt

RISK = "    - {{name: {name}, severity: {severity}, references: [witt-2009]}}\n"


def of_practice(practice: str, *risks: str, intro: str = "Tell us how you feel.") -> str:
    """Return the handout as one of ``practice``, without benefits, and with these risks alone."""
    start, end = HANDOUT.index("risks:"), HANDOUT.index("tell_us_first:")
    benefits = HANDOUT.index("benefits:")
    text = HANDOUT[:benefits] + f"risks:\n  intro: {intro}\n  items:\n" + "".join(risks) + "\n" + HANDOUT[end:]
    assert start > benefits
    return re.sub(r"practices: .*", f"practices: [{practice}]", text)


def test_an_exercise_sheet_needs_no_serious_harm_and_no_figure(tmp_path: Path) -> None:
    sheet = of_practice("stretching", RISK.format(name="sore muscles", severity="mild"))
    found = {finding.rule: finding.level for finding in checked(tmp_path, sheet).findings}
    assert (found["risk-serious"], found["risk-common"], found["claim-no-list"]) == ("note", "note", "note")


@pytest.mark.parametrize(
    ("practice", "intro", "level"),
    [
        ("cupping", "Tell us how you feel.", "note"),
        ("cupping", "Nobody has counted how often this happens.", None),
        ("hypnotherapy", "Tell us how you feel.", "warning"),
        ("hypnotherapy", "No study has figures for this.", None),
        ("acupuncture", "Nobody has counted how often this happens.", "error"),
    ],
)
def test_a_figure_is_asked_for_where_there_is_one(tmp_path: Path, practice: str, intro: str, level: str | None) -> None:
    sheet = of_practice(practice, RISK.format(name="a burn", severity="serious"), intro=intro)
    found = {finding.rule: finding.level for finding in checked(tmp_path, sheet).findings}
    assert found.get("risk-common") == level


def test_a_benefit_of_a_practice_without_a_list_is_no_error(tmp_path: Path) -> None:
    cupping = HANDOUT.replace("practices: [acupuncture]", "practices: [cupping]")
    cupping = cupping.replace("practice: acupuncture", "practice: cupping")
    found = {finding.rule: finding for finding in checked(tmp_path, cupping).findings}
    assert "claim-condition" not in found
    assert "no list of what may be claimed for cupping" in found["claim-no-list"].sentence


@pytest.mark.parametrize(
    ("name", "severity", "wanted"),
    [
        ("a collapsed lung", "mild", "serious"),
        ("a lung that collapses", "significant", "serious"),
        ("pneumothorax", "significant", "serious"),
        ("damage to a nerve", "mild", "significant"),
        ("an infection of the skin", "mild", "significant"),
        ("a bruise", "mild", None),
        ("tired muscles", "mild", None),
        ("a c\u00adollapsed lung", "mild", "serious"),
    ],
)
def test_known_harms_have_a_least_severity(tmp_path: Path, name: str, severity: str, wanted: str | None) -> None:
    sheet = of_practice("cupping", RISK.format(name=name, severity=severity))
    found = [finding for finding in checked(tmp_path, sheet).findings if finding.rule == "risk-severity"]
    assert [finding.hint for finding in found] == ([f"write severity: {wanted}."] if wanted else [])


def test_a_risk_that_is_told_twice_is_found(tmp_path: Path) -> None:
    twice = [RISK.format(name=name, severity="mild") for name in ("a bruise", "Bruise", "soreness")]
    assert one(checked(tmp_path, of_practice("cupping", *twice)), "risk-twice").sentence == "“Bruise” is told twice."


DAYS = 'version: "1.0"\nreviewed: {{by: Dr Alder, on: {on}, next: {next}}}'


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("date: 2026-11-22", "date: 2026-11-25", "date-future"),
        ("date: 2026-11-22", "date: 9999-12-31", "date-future"),
        ("date: 2026-11-22", "date: 2024-01-01", "date-early"),
        ("date: 2026-11-22", "date: 0001-01-01", "date-early"),
        ("date: 2025-04-01", "date: 0001-01-01", "date-early"),
        ("date: 2025-04-01", "date: 9999-12-31", "date-future"),
        ("date: 2025-04-01", "date: 2026-11-23", "date-early"),
        ("date: 2026-11-22", "date: 2026-11-24", None),
        ('version: "1.0"', DAYS.format(on="2026-11-25", next="2027-12-01"), "review-future"),
        ('version: "1.0"', DAYS.format(on="2026-01-25", next="2099-12-01"), "review-too-far"),
        ('version: "1.0"', DAYS.format(on="2026-11-24", next="2027-12-01"), None),
    ],
)
def test_days_that_cannot_be_are_errors(tmp_path: Path, old: str, new: str, rule: str | None) -> None:
    result = checked(tmp_path, spoilt(old, new))
    assert rules(result) == ({rule} if rule else set())
    if rule:
        assert one(result, rule).level == "error"


@pytest.mark.parametrize(("version", "right"), [("00.00", False), ("0.0.0", False), ("0.1", True), ("1.0.0", True)])
def test_a_version_counts_from_something(tmp_path: Path, version: str, right: bool) -> None:
    result = checked(tmp_path, spoilt('version: "1.0"', f'version: "{version}"'))
    assert [problem.sentence for problem in result.problems] == ([] if right else [f'"{version}" is no version.'])


def test_a_grade_needs_both_formulas_and_medicines_do_not_count(tmp_path: Path) -> None:
    names = "Tell us of atorvastatin. Tell us of ramipril. Tell us of amlodipine. " * 12
    assert "plain-grade" not in rules(checked(tmp_path, spoilt("Keep taking your prescribed medicines.", names)))
