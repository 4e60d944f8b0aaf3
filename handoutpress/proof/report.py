"""What the proof found: as text for people, as JSON, and as SARIF 2.1.0 for code hosts. Nothing is written here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from handoutpress.proof.checks.rules import RULES
from handoutpress.proof.findings import ProofFinding

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True)
class Report:
    """The findings of a proof, and which files were proved, in order.

    ``copies`` is the share of simulated bad copies that both readers read, over all codes; None where none was made.
    """

    files: tuple[Path, ...]
    findings: tuple[ProofFinding, ...]
    copies: float | None = None

    @property
    def failed(self) -> tuple[Path, ...]:
        """The files with at least one finding."""
        wrong = {finding.file for finding in self.findings}
        return tuple(file for file in self.files if file in wrong)


def as_text(report: Report) -> str:
    """Return one line a finding, and a last line that sums up."""
    passed = len(report.files) - len(report.failed)
    summary = (
        f"{len(report.files)} proved: {passed} right, {len(report.failed)} wrong; findings: {len(report.findings)}."
    )
    if report.copies is not None:
        summary += f" {report.copies:.1%} of the simulated bad copies of codes read."
    return "\n".join([*(str(finding) for finding in report.findings), summary])


def as_json(report: Report) -> str:
    """Return all fields of all findings; lengths in mm from the top left of the trimmed page."""
    return _dumped(
        {
            "files": [file.as_posix() for file in report.files],
            "copies_read": report.copies,
            "findings": [_fields(finding) for finding in report.findings],
        }
    )


def _fields(finding: ProofFinding) -> dict[str, Any]:
    return {**asdict(finding), "file": finding.file.as_posix()}


def as_sarif(report: Report) -> str:
    """Return a SARIF log with one result a finding; the place on the page stands in the result's properties."""
    broken = sorted({finding.rule for finding in report.findings})
    driver = {"name": "handouts proof", "rules": [_rule(name) for name in broken]}
    run = {"tool": {"driver": driver}, "results": [_result(finding, broken) for finding in report.findings]}
    return _dumped({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    return {"id": name, "shortDescription": {"text": rule.title}, "help": {"text": f"{rule.remedy} ({rule.standard})"}}


def _result(finding: ProofFinding, rules: Sequence[str]) -> dict[str, Any]:
    measured = f" Measured: {finding.measured}; wanted: {finding.wanted}." if finding.measured else ""
    place = asdict(finding.rectangle) if finding.rectangle else None
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": "error",
        "message": {"text": f"{finding.sentence}{measured} {finding.hint}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": finding.file.as_posix()}}}],
        "properties": {"page": finding.page, "rectangle_mm": place},
    }


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
