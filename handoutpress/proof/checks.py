"""The registry of checks, and the one way to prove a PDF: every check on every file, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from handoutpress.proof.codes import check_codes
from handoutpress.proof.conformance import check_conformance
from handoutpress.proof.expectation import NOTHING_EXPECTED, Expectation
from handoutpress.proof.findings import Finding
from handoutpress.proof.finished import FinishedPdf, UnreadablePdfError
from handoutpress.proof.fonts import check_fonts
from handoutpress.proof.links import check_links, check_running_heads
from handoutpress.proof.meaning import check_meaning
from handoutpress.proof.rules import RULES
from handoutpress.proof.structure import check_structure
from handoutpress.proof.text import check_text

Check = Callable[[FinishedPdf, Expectation], list[Finding]]

CHECKS: dict[str, Check] = {
    "structure": check_structure,
    "links": check_links,
    "running-heads": check_running_heads,
    "meaning": check_meaning,
    "conformance": check_conformance,
    "fonts": check_fonts,
    "text": check_text,
    "codes": check_codes,
}
"""Every check by name, in the order of the report."""


def prove_file(
    path: Path, expectation: Expectation = NOTHING_EXPECTED, checks: Iterable[str] = CHECKS
) -> list[Finding]:
    """Run ``checks`` on the file at ``path``; an unreadable file is a finding, like all else."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        mend = RULES["file.unreadable"].mend
        return [Finding("file.unreadable", path, 0, None, "", "", f"The file cannot be read: {reason}.", mend)]
    return prove(path, data, expectation, checks)


def prove(
    path: Path, data: bytes, expectation: Expectation = NOTHING_EXPECTED, checks: Iterable[str] = CHECKS
) -> list[Finding]:
    """Run ``checks`` on a PDF's bytes; ``path`` is only its name in the findings."""
    try:
        pdf = FinishedPdf(path, data)
    except UnreadablePdfError as error:
        return [Finding(error.rule, path, 0, None, "", "", str(error), RULES[error.rule].mend)]
    with pdf:
        return [finding for name in checks for finding in _run(name, pdf, expectation)]


def _run(name: str, pdf: FinishedPdf, expectation: Expectation) -> list[Finding]:
    """One check. A file that is broken in a way that a check does not foresee is told in one sentence."""
    try:
        return CHECKS[name](pdf, expectation)
    except Exception as error:  # a foreign PDF can break any assumption; the other checks still run
        return [
            pdf.finding("file.broken-content", f"The check {name!r} gives up on this file ({type(error).__name__}).")
        ]
