"""PDFs that no one here element, and broken ones: sentences, never a traceback, in bounded time."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from proof_leaflet import EXPECTED, good_leaflet, saved

from handoutpress.proof.checks.registry import CHECKS, prove, prove_file
from handoutpress.proof.findings import ProofFinding

FILE = Path("foreign.pdf")
TRUNCATIONS = 100
PRECISE = [name for name in CHECKS if name != "copies"]
"""All checks but the slowest, which only looks at codes that were read."""


def rules(findings: list[ProofFinding]) -> set[str]:
    for finding in findings:
        assert finding.sentence[0].isupper() or finding.sentence[0] in "'\""
        assert finding.sentence.endswith(".")
        assert "Traceback" not in str(finding)
        assert "gives up" not in finding.sentence or finding.rule == "tags.ua1", str(finding)
    return {finding.rule for finding in findings}


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    [finding] = prove_file(tmp_path / "gone.pdf")
    assert finding.sentence == "The file cannot be read: No such file or directory."


@pytest.mark.parametrize("data", [b"", b"Hello", b"%PDF-1.7\n", b"\0" * 5000], ids=["empty", "text", "head", "zeros"])
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    assert rules(prove(FILE, data)) == {"file.unreadable"}


def test_a_file_with_a_password_is_encrypted() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good_leaflet())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    assert rules(prove(FILE, out.getvalue())) == {"file.encrypted"}


def test_a_file_that_is_encrypted_for_its_owner_only_is_told_too() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good_leaflet())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="", owner="b"))
    assert "file.encrypted" in rules(prove(FILE, out.getvalue()))


def test_a_scanned_picture_has_no_tags_and_no_title() -> None:
    out = io.BytesIO()
    Image.new("RGB", (200, 280), "white").save(out, "PDF", resolution=24)
    broken = rules(prove(FILE, out.getvalue()))
    assert {"tags.missing", "tags.ua1", "file.language", "print.resolution"} <= broken


@pytest.mark.parametrize("part", range(TRUNCATIONS))
def test_a_cut_off_file_is_told_in_sentences(part: int) -> None:
    leaflet = good_leaflet()
    assert rules(prove(FILE, leaflet[: len(leaflet) * part // TRUNCATIONS], EXPECTED, PRECISE))


def test_a_form_that_draws_itself_ends() -> None:
    pdf = pikepdf.open(io.BytesIO(good_leaflet()))
    form = pdf.pages[0].Resources.XObject["/Code0"]
    form.Resources = Dictionary(XObject=Dictionary(Again=form))
    form.write(b"/Again Do /Again Do")
    assert "file.broken-content" in rules(prove(FILE, saved(pdf)))


def test_a_structure_tree_that_bites_its_tail_ends() -> None:
    pdf = pikepdf.open(io.BytesIO(good_leaflet()))
    body = pdf.Root.StructTreeRoot.K[0]
    body.K.append(body)
    assert "tags.broken-tree" in rules(prove(FILE, saved(pdf)))


def test_a_deep_structure_tree_ends() -> None:
    pdf = pikepdf.open(io.BytesIO(good_leaflet()))
    inner = pdf.Root.StructTreeRoot.K[0]
    for _ in range(400):
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=inner, K=Array()))
        inner.K.append(element)
        inner = element
    assert rules(prove(FILE, saved(pdf)))


def test_a_page_of_endless_operators_is_not_read_to_its_end() -> None:
    pdf = pikepdf.open(io.BytesIO(good_leaflet()))
    pdf.pages[0].Contents.write(b"q Q " * 210_000)
    assert "file.broken-content" in rules(prove(FILE, saved(pdf)))


def test_a_huge_page_is_rasterised_small() -> None:
    pdf = pikepdf.open(io.BytesIO(good_leaflet()))
    pdf.pages[0].obj.MediaBox = Array([0, 0, 14_400, 14_400])
    assert "layout.boxes" in rules(prove(FILE, saved(pdf), EXPECTED))


def test_wrong_kinds_of_values_are_survived() -> None:
    pdf = pikepdf.open(io.BytesIO(good_leaflet()))
    pdf.pages[0].obj.Annots = Dictionary()
    pdf.pages[1].obj.Resources = Array()
    pdf.Root.ViewerPreferences = Array()
    pdf.Root.MarkInfo = Name.Yes
    assert rules(prove(FILE, saved(pdf), EXPECTED))
