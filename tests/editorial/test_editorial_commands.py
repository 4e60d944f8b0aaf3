"""The commands check, import and references, as a person calls them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from registry_server import REAL, Registry, serving

from handoutpress.cli import main

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases/check"
ARTICLE = ROOT / "tests/cases/import/acupuncture-vs-dry-needling.txt"
ENTRY = """- id: alder-2018
  type: article-journal
  title: "Needling for long-lasting neck pain: a trial"
  author: [{family: Alder, given: A.}]
  issued: {date-parts: [[2018]]}
  DOI: 10.1000/real
  custom: {status: confirmed}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts/acupuncture.en.yaml").write_bytes((CASES / "acupuncture.en.yaml").read_bytes())
    (tmp_path / "references.yaml").write_bytes((CASES / "references.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def handouts(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["handouts", *words])
    return main()


def test_check_tells_findings_and_their_sum(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handouts(monkeypatch, "check", "--strict", "--on", "2026-11-23") == 0
    output = capsys.readouterr().out
    assert "handouts/acupuncture.en.yaml:2:8: note review-missing: " in output
    assert "1 handout checked: 0 errors, 0 warnings" in output


def test_check_fails_on_an_error(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "handouts/acupuncture.en.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Acupuncture\n", "title: Acupuncture cures\n"), "utf-8")
    assert handouts(monkeypatch, "check", "acupuncture") == 1
    assert "error claim-cure" in capsys.readouterr().out


def test_check_prints_data_and_sarif(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handouts(monkeypatch, "check", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert {"path", "line", "column", "level", "rule", "sentence", "hint", "accepted"} == set(data[0])
    assert handouts(monkeypatch, "check", "--sarif") == 0
    sarif = json.loads(capsys.readouterr().out)
    assert sarif["version"] == "2.1.0"
    results = sarif["runs"][0]["results"]
    assert len(results) == len(data)
    assert {result["ruleId"] for result in results} == {
        rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]
    }
    assert {result["level"] for result in results} <= {"error", "warning", "note"}


def test_data_and_sarif_tell_mistakes_in_files_and_what_was_accepted_as_the_plain_check_does(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "brands/hill").mkdir(parents=True)
    (project / "brands/hill/_brand.yml").write_text("meta: {name: Hill}\ncolour: {}\n", "utf-8")
    (project / "handouts/tea.en.yaml").write_text("title: [Tea\n", "utf-8")
    handout = project / "handouts/acupuncture.en.yaml"
    text = handout.read_text("utf-8").replace("title: Acupuncture\n", "title: Acupuncture cures\n")
    accepted = "accepted: [{rule: claim-cure, text: Acupuncture cures, because: A test, until: 2027-06-30}]\n"
    handout.write_text(text + accepted, "utf-8")
    on = ("--on", "2026-11-23")
    assert handouts(monkeypatch, "check", *on) == 1
    plain = "".join(capsys.readouterr())
    assert handouts(monkeypatch, "check", "--json", *on) == 1
    said = capsys.readouterr()
    assert said.err == ""
    data = json.loads(said.out)
    files = {finding["path"] for finding in data if finding["rule"] == "mistake-in-file"}
    assert {"brands/hill/_brand.yml", "handouts/tea.en.yaml"} <= files
    assert [finding["sentence"] for finding in data if finding["sentence"] not in plain] == []
    assert sum(finding["accepted"] for finding in data) == plain.count("(accepted)") == 1
    assert len(data) == sum(line.startswith(("brands/", "handouts/", "references")) for line in plain.splitlines())
    assert handouts(monkeypatch, "check", "--sarif", *on) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert len(results) == len(data)


def test_check_writes_the_score_cards(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handouts(monkeypatch, "check", "--card") == 0
    assert "judged by the program: 100 of 100" in capsys.readouterr().out
    assert (project / "out/score-cards.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    "expected",
    [
        (("--for", "mars"), 1, 'There are no rules for "mars"'),
        (("--on", "tomorrow"), 2, "is no day"),
        (("nothing",), 1, 'No handout is called "nothing"'),
        (("nothing.en.yaml",), 1, "There is no file"),
    ],
)
def test_check_says_what_it_cannot_do(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    expected: tuple[tuple[str, ...], int, str],
) -> None:
    words, code, says = expected
    assert handouts(monkeypatch, "check", *words) == code
    assert says in capsys.readouterr().err


def test_import_drafts_and_never_overwrites(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handouts(monkeypatch, "import", str(ARTICLE)) == 0
    assert "80: Reference 4 is never cited" in capsys.readouterr().out
    draft = "drafts/acupuncture-vs-dry-needling.en.yaml"
    assert handouts(monkeypatch, "import", str(ARTICLE)) == 1
    assert "is there already" in capsys.readouterr().err
    assert handouts(monkeypatch, "check", draft) == 1
    output = capsys.readouterr().out
    assert "error part-missing" in output
    assert 'Nothing cites "nagasaki-2024"' in output


def test_import_makes_an_article_where_it_is_asked_for(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handouts(monkeypatch, "import", str(ARTICLE), "--article") == 0
    article = "drafts/acupuncture-vs-dry-needling.en.md"
    assert f"The whole text is {article}." in capsys.readouterr().out
    assert handouts(monkeypatch, "check", article) == 1
    output = capsys.readouterr().out
    assert f"{article}:41:87: error citation-unconfirmed" in output
    assert "error claim-lasting" in output
    assert "1 article checked" in output
    (project / "drafts/acupuncture-vs-dry-needling.en.yaml").unlink()
    (project / "drafts/acupuncture-vs-dry-needling.references.yaml").unlink()
    assert handouts(monkeypatch, "import", str(ARTICLE), "--article") == 1
    assert f"{article} is there already" in capsys.readouterr().err


def test_references_are_verified_and_remembered(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "references.yaml").write_text(ENTRY, "utf-8")
    with serving(Registry(works={REAL["DOI"]: REAL})) as registry:
        monkeypatch.setenv("HANDOUTS_CROSSREF", registry.address)
        assert handouts(monkeypatch, "references", "verify") == 0
        assert handouts(monkeypatch, "references", "verify", "alder-*") == 0
        assert len(registry.asked) == 1
        assert "alder-2018: confirmed." in capsys.readouterr().out
        assert handouts(monkeypatch, "references", "find", "Alder A. Needling for neck pain. J Pain. 2018") == 0
        assert "doi:10.1000/real" in capsys.readouterr().out
        assert handouts(monkeypatch, "references", "find", "Harmony of rivers") == 1
    assert (project / "references.cache.json").is_file()
    assert (project / "references.yaml").read_text("utf-8") == ENTRY


def test_a_reference_that_went_bad_fails(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "references.yaml").write_text(ENTRY, "utf-8")
    pulled = REAL | {"updated-by": [{"type": "retraction", "DOI": "10.1000/notice"}]}
    with serving(Registry(works={REAL["DOI"]: pulled})) as registry:
        assert handouts(monkeypatch, "references", "verify", "--crossref", registry.address) == 1
    assert "retracted (the library says confirmed)" in capsys.readouterr().out
