"""A dose that is limited, a harm that stays and a name are no claims; what promises the same of a treatment is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from claim_shares import found
from editor_room import checked, rules, spoilt

FINE = [
    ("Take no more than 8 tablets of 500mg in 24 hours.", "after_care", "physiotherapy"),
    ("You may take two, but no more than eight tablets in 24 hours.", "after_care", "physiotherapy"),
    ("This can be permanent.", "risks", "physiotherapy"),
    ("This can be permanent.", "urgent_help", "physiotherapy"),
    ("The tingling may be permanent.", "body", "physiotherapy"),
    ("This is plantar fasciitis.", "what_it_is", "physiotherapy"),
]
MISLEADING = [
    ("With needling you need no more than one tablet a day.", "what_it_is", "acupuncture"),
    ("Most of our patients take no more than half their tablets.", "what_it_is", "acupuncture"),
    ("This can be permanent.", "what_it_is", "acupuncture"),
    ("The relief can be permanent.", "risks", "acupuncture"),
    ("It is completely risk-free.", "what_it_is", "acupuncture"),
]


def _found(text: str, section: str, practice: str) -> set[str]:
    return found({"text": text, "in": section, "practice": practice, "label": ""})


@pytest.mark.parametrize(("text", "section", "practice"), FINE)
def test_a_limit_a_harm_and_a_name_claim_nothing(text: str, section: str, practice: str) -> None:
    assert _found(text, section, practice) == set()


@pytest.mark.parametrize(("text", "section", "practice"), MISLEADING)
def test_what_promises_the_same_of_a_treatment_is_questioned(text: str, section: str, practice: str) -> None:
    assert _found(text, section, practice)


@pytest.mark.parametrize(("text", "is_told"), [("Come at 8.30am.", False), ("It is 8.30 cm long.", True)])
def test_a_time_of_day_is_no_decimal(text: str, is_told: bool, tmp_path: Path) -> None:
    handout = spoilt("Keep taking your prescribed medicines.", text)
    assert ("plain-number" in rules(checked(tmp_path, handout))) is is_told
