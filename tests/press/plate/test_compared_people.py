"""People who show a benefit on paper: where a format has room, in the tags behind their words, on one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from press_room import catalog_of, clinic, edition_of, write_handout

from handoutpress.app.build import assemble_press
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.proving import prove_data

CHECKED = tuple(check for check in CHECKS if check != "copies")
BENEFIT = {
    "condition": "Sore throat",
    "wording": "may soothe it for a while. 52 in 100 people slept better, 43 with water.",
    "duration": "short-term",
    "evidence": "low",
    "count": 52,
    "of": 100,
    "who": "with warm tea",
    "compared_with": {"count": 43, "of": 100, "who": "with water, which is as warm as the tea and has no taste at all"},
    "references": ["leaf-2020"],
}


@pytest.mark.parametrize("format_", ["a4-trifold", "a4-large-print"])
def test_people_who_show_a_benefit_are_read_behind_its_words(format_: str, tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_handout(root, benefits={"items": [BENEFIT]})
    catalog = catalog_of(root)
    edition = edition_of(catalog, printed=format_)
    data = assemble_press(catalog).open_plate(edition).print(edition).pdf
    wanted = expectations(edition, catalog)
    assert [str(each) for each in prove_data(Path("it.pdf"), data, wanted, CHECKED).findings] == []
    assert wanted[0].people is not None
    one_more = [
        replace(each, people=tuple(replace(who, count=who.count + 1) for who in each.people or ())) for each in wanted
    ]
    findings = prove_data(Path("it.pdf"), data, one_more, ("meaning", "text")).findings
    assert [finding.rule for finding in findings] == ["figures.people"] * len(wanted[0].people), (
        "each person is counted"
    )
    with FinishedPdf(Path("it.pdf"), data) as pdf:
        bodies = [element for element in pdf.tree.elements if element.kind == "LBody"]
        told = [[each for each in body.walk() if each.kind in ("P", "Figure")] for body in bodies]
        kinds = [[element.kind for element in body] for body in told]
        spoken = [each.alt for body in told if len(body) == 4 for each in body if each.kind == "Figure"]
    assert kinds.count(["P", "Figure", "P", "Figure"]) == 1
    assert spoken == ["52 of 100 figures are filled.", "43 of 100 figures are filled."]
