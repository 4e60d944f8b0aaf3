"""``handouts proof``: what the real press prints is right, and a damage to it is named as its edition's."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import press_room
import pytest

from handoutpress.batch.plan import make_plan
from handoutpress.batch.press import SharedPressMaker
from handoutpress.batch.proof_extent import OF_BRANDS
from handoutpress.batch.proof_subjects import OF_PLATES, each_plate_once
from handoutpress.batch.run import run
from handoutpress.cli import main
from handoutpress.press.press import HandoutPress
from handoutpress.proof.proving import EditionNames, ProofSubject
from handoutpress.store.cache import Cache

Run = Callable[..., tuple[int, str]]
TEA = "out/hill/en/a4-leaflet/warm-tea.pdf"
HONEY = "out/hill/en/a4-leaflet/honey.pdf"
LAYOUT = ("--check", "layout")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with its leaflets in ``out/``."""
    root = press_room.clinic(tmp_path_factory.mktemp("printed") / "clinic")
    print_leaflets(root)
    return root


def print_leaflets(root: Path) -> None:
    catalog = press_room.catalog_of(root)
    press = HandoutPress(catalog, Cache(root / "cache"))
    editions = [edition for edition in catalog.editions() if edition.format_slug == "a4-leaflet"]
    ended = run(make_plan(editions, press, html=True), root / "out", SharedPressMaker(lambda: press, press))
    assert not ended.failed


@pytest.fixture
def project(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "clinic"
    shutil.copytree(printed, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def proof(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def typed(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["handouts", "proof", *words])
        code = main()
        output = capsys.readouterr()
        return code, output.out + output.err

    return typed


def test_what_the_press_prints_is_right(proof: Run) -> None:
    code, output = proof()
    assert code == 0, output
    assert "2 proved: 2 right, 0 wrong; findings: 0. " in output
    assert "of the simulated bad copies of codes read." in output


def test_a_handout_that_a_build_refuses_is_named(project: Path, proof: Run) -> None:
    press_room.write_handout(project, urgent_help="Call us or 999 if:\n\n- it swells\n")
    _, output = proof("--check", "structure")
    assert "A build refuses sheets of warm-tea.en, which are not proved. Hint: handouts check says why." in output
    assert "honey" not in output.split("A build refuses")[1].splitlines()[0]
    assert "The check has 1 warning, which stop no build. Hint: see it with: handouts check honey" in output


def test_each_plate_and_each_brand_may_be_proved_once_without_copies(proof: Run) -> None:
    code, output = proof("--proof", "plates")
    assert code == 0
    assert output.startswith("2 proved: 2 right, 0 wrong; findings: 0.\n")


def test_of_many_brands_on_a_plate_one_is_proved_whole_and_the_others_for_what_they_change() -> None:
    tea, other = (EditionNames("tea", brand, "en", "a4-leaflet", "1.0") for brand in ("hill", "river"))
    honey, there = replace(tea, handout="honey"), replace(other, handout="honey")
    french, french_other = (replace(names, language="fr") for names in (tea, other))
    files = (tea, other, honey, there, EditionNames(), french, french_other)
    subjects = [ProofSubject(Path("x.pdf"), names=names) for names in files]
    chosen = [(subject.names, subject.only) for subject in each_plate_once(subjects)]
    assert chosen == [
        (tea, OF_PLATES),
        (other, OF_BRANDS),
        (honey, OF_PLATES),
        (EditionNames(), OF_PLATES),
        (french, OF_PLATES),
        (french_other, OF_BRANDS),
    ]


def forget_what_was_said(project: Path) -> None:
    """Let the manifest tell no more which text a PDF was made from, as that of an early version does."""
    manifest = project / "out/manifest.json"
    manifest.write_text(re.sub(r'"content_hash": "[0-9a-f]+"', '"content_hash": ""', manifest.read_text()))


def test_words_that_the_handout_has_and_the_page_has_not_are_named(project: Path, proof: Run) -> None:
    press_room.write_handout(project, after_care="Rest on a velvet sofa.")
    forget_what_was_said(project)
    code, output = proof(TEA, HONEY, "--check", "text")
    assert code == 1
    assert f"{TEA}: Words of the handout do not come out of the PDF: velvet sofa." in output
    assert HONEY not in output


def test_shorter_texts_are_as_good_where_the_format_allows_them(project: Path, proof: Run) -> None:
    long = {"text": "You sip it slowly by the window of a villa. " * 150, "short": "You sip it slowly."}
    press_room.write_handout(project, what_to_expect=long)
    print_leaflets(project)
    assert proof(TEA, "--check", "text") == (0, "1 proved: 1 right, 0 wrong; findings: 0.\n")


def test_a_code_that_leads_elsewhere_is_named(project: Path, proof: Run) -> None:
    shutil.copy(project / HONEY, project / TEA)
    code, output = proof(TEA, "--check", "codes", "--check", "file")
    assert code == 1
    assert "No reader finds the code to https://example.test/tea. " in output
    assert "A code leads to https://example.test/honey, which nobody asked for." in output
    assert "The file has another title." in output


def test_what_is_asked_of_a_page_follows_its_format(project: Path, proof: Run) -> None:
    with pikepdf.open(project / TEA, allow_overwriting_input=True) as pdf:
        for _ in range(4):
            pdf.add_blank_page(page_size=(400, 400))
        pdf.save(project / TEA)
    code, output = proof(TEA, *LAYOUT)
    assert code == 1
    assert "has too many pages for its format. Measured: 5 pages; wanted: at most 4." in output
    assert "141.1 x 141.1 mm; wanted: 210.0 x 297.0 mm" in output


def test_a_pdf_from_elsewhere_is_proved_without_a_project(
    project: Path, proof: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "empty.pdf").write_bytes(b"")
    monkeypatch.chdir(elsewhere)
    code, output = proof("empty.pdf")
    assert (code, "empty.pdf: The file is empty." in output) == (1, True)
    assert proof()[0] == 1


def test_a_folder_means_all_pdfs_in_it(proof: Run) -> None:
    report = json.loads(proof("out/hill", "--json", *LAYOUT)[1])
    assert report["files"] == [HONEY, TEA]
    assert report["copies_read"] is None


def test_findings_come_as_sarif(project: Path, proof: Run) -> None:
    (project / TEA).write_bytes(b"%PDF-1.7")
    code, output = proof(TEA, "--sarif")
    log = json.loads(output)
    assert (code, log["version"]) == (1, "2.1.0")
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["file.unreadable"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--check", "kodes"), 'No check is called "kodes".'),
        (("--out", "nowhere"), "There is no nowhere"),
        (("handouts",), "There is no PDF in handouts."),
        (("missing.pdf",), "missing.pdf: The file cannot be read: No such file or directory."),
    ],
)
def test_what_cannot_be_proved_is_told_in_a_sentence(proof: Run, words: tuple[str, ...], sentence: str) -> None:
    code, output = proof(*words)
    assert code == 1
    assert sentence in output


def test_another_programs_manifest_is_no_hindrance(project: Path, proof: Run) -> None:
    (project / "out" / "manifest.json").write_text('{"name": "a web app"}')
    assert proof(TEA, *LAYOUT)[0] == 0
    code, output = proof(*LAYOUT)
    assert code == 1
    assert "is no manifest of ours" in output
