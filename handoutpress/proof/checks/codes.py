"""QR codes on the final page: do they scan, and to the wanted address (STANDARDS, QR codes; ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.code_readers import READERS
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.page_codes import PageCode, find_codes


def check_codes(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check that both readers read each wanted code, and that no code says anything else."""
    codes = find_codes(pdf)
    findings = [*_read_by_one(pdf, codes)]
    if expectation.codes is None:
        return findings
    expected = [code.address for code in expectation.codes]
    unread = [address for address in expected if all(code.address != address for code in codes)]
    findings += [
        breach(pdf, "codes.unread", f"No reader finds the code to {address}.", wanted="both readers")
        for address in unread
    ]
    for code in codes:
        if code.address not in expected:
            sentence, either = f"A code leads to {code.address}, which nobody asked for.", " or ".join(expected)
            findings.append(
                breach(pdf, "codes.unwanted", sentence, code.page, code.box, measured=code.address, wanted=either)
            )
    return findings


def _read_by_one(pdf: FinishedPdf, codes: list[PageCode]) -> Iterator[ProofFinding]:
    for code in codes:
        missing = [reader for reader in READERS if reader not in code.readers]
        if missing:
            sentence = f"{missing[0]} does not read the code to {code.address}."
            measured = f"read by {' and '.join(sorted(code.readers))}"
            yield breach(pdf, "codes.unread", sentence, code.page, code.box, measured=measured, wanted="both readers")
