"""A broken rule as a finding: what every check hands back."""

from __future__ import annotations

from pathlib import Path

from handoutpress.proof.checks.rules import RULES
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box


def breach(
    pdf: FinishedPdf,
    rule: str,
    sentence: str,
    page: int = 0,
    box: Box | None = None,
    *,
    measured: str = "",
    wanted: str = "",
) -> ProofFinding:
    """Return the finding that a file breaks ``rule``: on a page (from 1; 0 is the file as a whole), in a box in points.

    Its hint is the rule's.
    """
    return ProofFinding(
        rule=rule,
        file=pdf.path,
        page=page,
        rectangle=pdf.place(page, box) if page else None,
        measured=measured,
        wanted=wanted,
        sentence=sentence,
        hint=RULES[rule].remedy,
    )


def breach_of_file(path: Path, rule: str, sentence: str) -> ProofFinding:
    """Return the finding that a file, which need not be open, breaks ``rule`` as a whole."""
    return ProofFinding(
        rule=rule,
        file=path,
        page=0,
        rectangle=None,
        measured="",
        wanted="",
        sentence=sentence,
        hint=RULES[rule].remedy,
    )
