"""Reports for people and machines, and the page that explains every rule."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from proof_damages import DAMAGES
from proof_leaflet import good_leaflet

from handoutpress.proof.checks import copies
from handoutpress.proof.checks.copies import read_shares
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.checks.rules import RULES
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.code_readers import CodeReaderName
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Rectangle
from handoutpress.proof.pdf.page_codes import find_codes
from handoutpress.proof.report import Report, as_json, as_sarif, as_text

ROOT = Path(__file__).parents[2]
GOOD, BAD = Path("out/good.pdf"), Path("out/bad.pdf")
PLACE = Rectangle(10.0, 20.0, 25.0, 25.0)
FINDING = ProofFinding("codes.contrast", BAD, 2, PLACE, "4.1:1", "10:1", "The code is too pale.", "Print it black.")
REPORT = Report((GOOD, BAD), (FINDING,), copies=0.975)


def test_the_text_has_a_line_for_each_finding_and_sums_up() -> None:
    line, summary = as_text(REPORT).splitlines()
    assert line.startswith("out/bad.pdf, page 2, at 10.0,20.0 25.0x25.0 mm: The code is too pale. Measured: 4.1:1;")
    assert line.endswith(" wanted: 10:1. Hint: Print it black. [codes.contrast]")
    assert summary == "2 proved: 1 right, 1 wrong; findings: 1. 97.5% of the simulated bad copies of codes read."


def test_the_share_of_bad_copies_that_read_is_known() -> None:
    with FinishedPdf(GOOD, good_leaflet()) as pdf:
        shares = read_shares(pdf)
    assert len(shares) == 4
    assert min(shares) >= 0.95


@pytest.mark.parametrize(("misses", "shares"), [(0, [1.0, 1.0]), (2, [0.98, 1.0])])
def test_one_copy_in_twenty_is_no_matter_of_chance(
    misses: int, shares: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of twenty copies that a reader misses are two of a hundred if it reads all others."""
    counts: Counter[CodeReaderName] = Counter()

    def read_all_but_some(reader: CodeReaderName, _picture: Image.Image, _wanted: str) -> bool:
        counts[reader] += 1
        return reader != "zxing-cpp" or counts[reader] > misses

    monkeypatch.setattr(copies, "reads", read_all_but_some)
    with FinishedPdf(GOOD, good_leaflet()) as pdf:
        code = replace(find_codes(pdf)[0], address=f"https://clinic.example/{misses}")
        assert list(copies.copy_shares(pdf, code).values()) == shares


def test_the_json_holds_all_that_is_known() -> None:
    [finding] = json.loads(as_json(REPORT))["findings"]
    assert finding["file"] == "out/bad.pdf"
    assert finding["rectangle"] == {"left": 10.0, "top": 20.0, "width": 25.0, "height": 25.0}


def test_the_sarif_log_names_its_rules_and_places() -> None:
    [run] = json.loads(as_sarif(REPORT))["runs"]
    [result] = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "codes.contrast"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "out/bad.pdf"


def test_the_docs_explain_every_rule_in_its_own_words() -> None:
    rows = re.findall(r"^\| `([a-z0-9.-]+)` \| (.*?) \| (.*?) \| (.*?) \|$", (ROOT / "docs/proof.md").read_text(), re.M)
    assert len(rows) > 40
    assert {name: (title, standard, remedy) for name, title, standard, remedy in rows} == {
        name: (rule.title, rule.standard, rule.remedy) for name, rule in RULES.items()
    }


def test_the_docs_name_every_check() -> None:
    [line] = re.findall(r"^The checks that `--check` names: (.*)\.$", (ROOT / "docs/proof.md").read_text(), re.M)
    assert re.findall(r"`([a-z-]+)`", line) == list(CHECKS)


def test_every_rule_is_used_by_a_check_and_broken_by_a_test() -> None:
    families = "|".join({name.split(".")[0] for name in RULES})
    used = set()
    for module in {*(ROOT / "handoutpress/proof").rglob("*.py")} - {ROOT / "handoutpress/proof/checks/rules.py"}:
        used |= set(re.findall(rf'"((?:{families})\.[a-z0-9-]+)"', module.read_text()))
    assert used == set(RULES)
    broken = {rule for damage in DAMAGES for rule, _ in damage.findings}
    assert set(RULES) - broken == {"file.unreadable", "file.encrypted", "file.damaged", "file.older"}
    assert len(DAMAGES) >= 40
    assert len(CHECKS) == len(set(CHECKS.values()))


def test_a_proof_says_the_same_twice() -> None:
    assert DAMAGES[0].damaged() == DAMAGES[0].damaged()
    assert good_leaflet() == good_leaflet()
