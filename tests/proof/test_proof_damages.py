"""Every damage in the table is found, and nothing else is; an undamaged leaflet gives no finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from proof_damages import DAMAGES, Damage
from proof_leaflet import EXPECTED, good_leaflet

from handoutpress.proof.checks.registry import prove

FILE = Path("needling.pdf")


def test_an_undamaged_leaflet_gives_no_finding() -> None:
    assert prove(FILE, good_leaflet(), EXPECTED) == []


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_damage_is_named(damage: Damage) -> None:
    findings = prove(FILE, damage.damaged(), damage.expectation)
    assert {(finding.rule, finding.page) for finding in findings} == damage.findings, "\n".join(map(str, findings))
    assert all(finding.sentence.endswith(".") and finding.hint for finding in findings)
