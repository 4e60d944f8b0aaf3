"""A translation is compared with its source: version, parts, figures, citations."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from handoutpress.content.project import builtin_root, find_project
from handoutpress.editorial.check_project import check_project

ROOT = builtin_root()
TODAY = date(2026, 11, 22)


def told(folder: Path, old: str, new: str, spoilt: str = "es") -> list[str]:
    """What the rules for translations say of the Spanish handout, one of the two files changed."""
    (folder / "handouts").mkdir()
    shutil.copy(ROOT / "references.yaml", folder)
    for code in ("en", "es"):
        text = (ROOT / f"handouts/acupuncture.{code}.yaml").read_text("utf-8")
        if code == spoilt:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / f"handouts/acupuncture.{code}.yaml").write_text(text, encoding="utf-8")
    checked = check_project(find_project(folder), TODAY)
    assert len(checked.handouts) == 2
    return [
        str(finding)
        for finding in checked.findings
        if finding.rule.startswith("translation-") and "es.yaml" in str(finding.path)
    ]


def test_a_faithful_translation_is_left_alone(tmp_path: Path) -> None:
    assert told(tmp_path, "title", "title") == []


CASES = [
    ("of: en", "of: de", 'error translation-source: There is no handout in "de" that this could translate.'),
    ('version: "1.0"\n  by', 'version: "1.1"\n  by', "error translation-version: This translates version 1.1, and"),
    ("52 de cada 100", "25 de cada 100", "error translation-figure: Figures of the source are not in this text: 52."),
    (
        "229.230 personas",
        "229.320 personas",
        "error translation-figure: Figures of the source are not in this text: 229,230.",
    ),
    (
        "count: 4963",
        "count: 4936",
        'error translation-figure: "count" of this risk is 4936.0, and in the source 4963.0.',
    ),
    ("severity: significant", "severity: mild", 'error translation-figure: "severity" of this risk is mild'),
    (
        " [@baumler-2021]",
        "",
        "error translation-citation: References of the source are not cited in this text: baumler-2021.",
    ),
    (
        "id: how-it-may-work",
        "id: another",
        'error translation-part: "sections.how-it-may-work" of the source is missing',
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "said"), CASES, ids=[f"{case[2].split()[1]}{n}" for n, case in enumerate(CASES)]
)
def test_what_a_translation_gets_wrong_is_told_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    findings = told(tmp_path, old, new)
    assert any(said in finding for finding in findings), findings
    assert all(finding.split(":")[1].isdigit() for finding in findings)


def test_a_translation_that_its_source_has_left_behind_is_told(tmp_path: Path) -> None:
    (finding,) = [
        each for each in told(tmp_path, 'version: "1.0"', 'version: "1.1"', spoilt="en") if "translation-behind" in each
    ]
    assert "warning translation-behind: This translates version 1.0, and the source is at 1.1." in finding


@pytest.mark.parametrize("version", ["1.0.0", "1.0"])
def test_a_translation_of_the_same_version_is_not_behind_however_that_is_written(tmp_path: Path, version: str) -> None:
    assert told(tmp_path, 'version: "1.0"', f'version: "{version}"', spoilt="en") == []


def test_a_source_of_the_same_version_is_not_older_however_that_is_written(tmp_path: Path) -> None:
    told(tmp_path, 'version: "1.0"', 'version: "1.0.0"')
    rules = {finding.rule for finding in check_project(find_project(tmp_path), TODAY).findings}
    assert rules.isdisjoint({"translation-older", "translation-version", "translation-behind"})


def test_a_translation_that_loses_the_clinics_number_is_told(tmp_path: Path) -> None:
    findings = told(tmp_path, "until you feel well.", "until you feel well. Call us on {phone}", "en")
    sentence = "The source has the clinic's telephone number in this text, {phone}, and the translation has not."
    assert any(f"error translation-part: {sentence}" in finding for finding in findings), findings


def test_a_translation_that_loses_the_clinics_name_is_told(tmp_path: Path) -> None:
    findings = told(tmp_path, "until you feel well.", "until you feel well. Ask {clinic}.", "en")
    sentence = "The source has the clinic's name in this text, {clinic}, and the translation has not."
    assert any(f"error translation-part: {sentence}" in finding for finding in findings), findings
