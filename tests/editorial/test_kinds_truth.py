"""No kind of handout is a way around the risks: who tells a benefit tells them, wherever the benefit stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from claim_shares import RULES
from editor_room import HANDOUT, LIBRARY, ROOT, TODAY

from handoutpress.content.project import Project
from handoutpress.editorial.check_project import check_project
from handoutpress.editorial.checks.benefits import own_benefit

KINDS = sorted(path.stem for path in (ROOT / "kinds").glob("*.yaml"))
NEEDED: dict[str, Any] = {
    "title": "Cups and backs",
    "main_message": "Do a little, often. Rest if you are tired.",
    "what_it_is": "Cups are put on the skin.",
    "what_to_expect": "It takes ten minutes.",
    "tell_us_first": ["any medicine that you take"],
    "after_care": ["Drink as usual."],
    "call_us": ["a blister"],
    "urgent_help": ["new breathlessness or chest pain"],
    "alternatives": "You can choose no treatment.",
    "body": [{"text": {"heading": "At home", "text": "Keep the skin clean."}}],
    "version": "1.0",
    "date": TODAY,
    "author": "The team",
}
ABOUT = {"aftercare": {"about": "acupuncture"}}
CLAIMS = ("Cupping eases back pain.", "Cupping may ease back pain for a short time.", "It may help with migraine.")


def block(**content: object) -> Callable[[str], dict[str, Any]]:
    """A way that puts a claim in place of ``CLAIM`` in a block."""

    def way(claim: str) -> dict[str, Any]:
        written = yaml.safe_dump(content).replace("CLAIM", claim)
        return {"body": [*NEEDED["body"], yaml.safe_load(written)]}

    return way


WAYS: dict[str, Callable[[str], dict[str, Any]]] = {
    "title": lambda claim: {"title": claim},
    "subtitle": lambda claim: {"subtitle": claim},
    "for_whom": lambda claim: {"for_whom": claim},
    "main message": lambda claim: {"main_message": claim},
    "short": lambda claim: {"what_it_is": {"text": "Cups are put on the skin.", "short": claim}},
    "heading": lambda claim: {"what_to_expect": {"heading": claim, "text": "It takes ten minutes."}},
    "after care": lambda claim: {"after_care": [claim]},
    "normal": lambda claim: {"normal": [claim]},
    "section": lambda claim: {"sections": [{"id": "more", "heading": "More", "text": claim}]},
    "block": block(text={"heading": "More", "text": "CLAIM"}),
    "block's heading": block(text={"heading": "CLAIM", "text": "Keep the skin clean."}),
    "steps": block(steps={"heading": "More", "items": ["CLAIM", "Rest."]}),
    "pairs": block(pairs={"as": "myth-fact", "heading": "More", "items": [["Cups hurt.", "CLAIM"]]}),
    "table": block(table={"heading": "More", "columns": ["A", "B"], "rows": [["One", "CLAIM"]]}),
    "note": block(note={"kind": "tip", "text": "CLAIM"}),
}


def checked(folder: Path, handouts: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    """The words of the errors of each handout by name, those of its file among them."""
    (folder / "handouts").mkdir(exist_ok=True)
    (folder / "handouts" / "acupuncture.en.yaml").write_text(HANDOUT, "utf-8")
    (folder / "references.yaml").write_text(LIBRARY, "utf-8")
    for name, handout in handouts.items():
        (folder / "handouts" / f"{name}.en.yaml").write_text(yaml.safe_dump(handout), "utf-8")
    result = check_project(Project(folder, ROOT), TODAY, "uk")
    told: dict[str, set[str]] = {name: set() for name in handouts}
    for finding in result.findings:
        if finding.level == "error" and finding.path.name.partition(".")[0] in told:
            told[finding.path.name.partition(".")[0]].add(finding.rule)
    for problem in result.problems:
        told[problem.path.name.partition(".")[0]].add(problem.sentence)
    return told


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_tells_a_benefit_without_the_risks(kind: str, tmp_path: Path) -> None:
    handouts = {
        f"way-{number}": {"kind": kind, **NEEDED, **ABOUT.get(kind, {}), **way(CLAIMS[number % len(CLAIMS)])}
        for number, way in enumerate(WAYS.values())
    }
    told = checked(tmp_path, handouts)
    names = list(WAYS)
    passed = {names[int(name.split("-")[1])] for name, errors in told.items() if not _about_risks(errors)}
    assert not passed


def _about_risks(errors: set[str]) -> bool:
    return "risk-missing" in errors or any('"risks" is missing' in error for error in errors)


@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_no_benefit_needs_no_risks_where_its_kind_does_not(kind: str, tmp_path: Path) -> None:
    told = checked(tmp_path, {"plain": {"kind": kind, "practices": ["cupping"], **NEEDED}})["plain"]
    missing = {error for error in told if "is missing" in error}
    needs = {"treatment": "risks", "procedure": "risks", "aftercare": "about"}
    assert {error.split('"')[1] for error in missing} == ({needs[kind]} if kind in needs else set())
    assert "risk-missing" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_a_benefit_as_data_needs_the_risks_and_a_practice(kind: str, tmp_path: Path) -> None:
    benefit = {"condition": "Migraine", "wording": "may help.", "duration": "short-term", "evidence": "low"}
    benefits = {"items": [{**benefit, "references": ["a"]}]}
    told = checked(tmp_path, {"plain": {"kind": kind, "benefits": benefits, **NEEDED}})["plain"]
    assert any('"risks" is missing' in error for error in told)
    assert any('"practices"' in error for error in told)


FINE = (
    "Acupuncture might make your neck sore for a day.",
    "The marks fade in 1 to 10 days.",
    "Stop if pain goes down your leg.",
    "It helps to bend your knees when you lift.",
    "Put a cold pack on it if it aches.",
    "Take a painkiller that your pharmacist recommends.",
    "You may feel sore for a day or two.",
    "Do these exercises once a day, even if you feel stiff.",
    "Move little and often: rest in bed makes a back stiff.",
    "Does cupping help with migraine?",
    "Start walking and increase time on your feet as pain allows.",
    "Move your arm more each day, and increase your exercise as your pain permits.",
    "There is not enough good evidence that it helps with infertility.",
)


@pytest.mark.parametrize("sentence", FINE)
def test_what_tells_no_benefit_is_left_alone(sentence: str) -> None:
    assert all(own_benefit(sentence, (words,), RULES["uk"]) is None for words in ("exercise", "hands-on", "general"))
