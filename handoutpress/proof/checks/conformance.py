"""Conformance to PDF/UA-1 (ISO 14289-1), by page-validation. The only place that imports it."""

from __future__ import annotations

import page

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.yamlfile.counts import counted


def check_conformance(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Check the file with the validator: one finding for each clause of PDF/UA-1 that it breaks, with how often."""
    try:
        report = page.validate_pdf_bytes(pdf.data, profile=page.ValidationProfile.PDF_UA_1)
    except page.PageError as error:
        reason = _sentence(str(error).splitlines()[0])
        return [breach(pdf, "tags.ua1", f"The validator gives up on the file: {reason}.")]
    broken: dict[str, list[str]] = {}
    for failure in report.failures:
        broken.setdefault(failure.rule_id, []).append(failure.message)
    findings = []
    for clause, messages in broken.items():
        sentence = f"{_sentence(messages[0])} ({clause})."
        findings.append(breach(pdf, "tags.ua1", sentence, measured=counted(len(messages), "time"), wanted="never"))
    return findings


def _sentence(message: str) -> str:
    """Return the validator's words, as the start of a sentence."""
    return message[:1].upper() + message[1:].rstrip(". ")
