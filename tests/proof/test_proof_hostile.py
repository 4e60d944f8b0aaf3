"""PDFs made to hurt: what is wrong with them is told in sentences, and within bounds of memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_mutations import BOMBS, bomb, mutated
from proof_leaflet import EXPECTED, good_leaflet

from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.diff.prints import FinishedPrint, compare_prints
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.proving import prove_data
from handoutpress.yamlfile.problems import HandoutError

PRECISE = [name for name in CHECKS if name != "copies"]
MEGABYTES = 1000
UNREAD = {
    "content": "unfolds to more than can be checked",
    "content twice": "may unfold to more than can be checked",
    "page": "a size that no paper has",
    "no page": "a size that no paper has",
    "picture": "3,600,000,000 pixels is too large",
    "tiles": "tiles too small to be seen",
}
"""What is counted before a file is read, so that reading it ends."""
FEW, MANY = range(5), range(5, 205)


def findings(data: bytes) -> tuple[ProofFinding, ...]:
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the most memory is told anew from here on: proc(5)
    proof = prove_data(Path("foreign.pdf"), data, (EXPECTED,), PRECISE, drawn=True)
    assert _memory("VmHWM") - before <= MEGABYTES * 1024
    return proof.findings


def _memory(name: str) -> int:
    """Return a figure of this process's memory, kB: what it has (``VmRSS``) or the most that it had (``VmHWM``)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def compare(data: bytes, folder: Path) -> None:
    (folder / "good.pdf").write_bytes(good_leaflet())
    (folder / "bad.pdf").write_bytes(data)
    try:
        compare_prints(FinishedPrint(folder / "good.pdf"), FinishedPrint(folder / "bad.pdf"), drawn=True)
    except HandoutError as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_unfolds_to_far_more_is_not_read(name: str, tmp_path: Path) -> None:
    data = bomb(good_leaflet(), name)
    [finding] = findings(data)
    assert (finding.rule, UNREAD[name] in finding.sentence) == ("file.unreadable", True), finding.sentence
    compare(data, tmp_path)


@pytest.mark.parametrize("seed", [*FEW, *(pytest.param(seed, marks=pytest.mark.soak) for seed in MANY)])
def test_a_file_with_something_changed_is_told_in_sentences(seed: int, tmp_path: Path) -> None:
    data = mutated(good_leaflet(), seed)
    assert all(finding.sentence.endswith(".") for finding in findings(data))
    compare(data, tmp_path)
