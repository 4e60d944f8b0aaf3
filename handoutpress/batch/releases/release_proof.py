"""The proof before a release: every PDF, as it lies in the output folder, by all checks and as strictly as there is.

A PDF that was found right is remembered by its bytes and by what was expected of it, so that the next release proves
only what has changed. One in which something was found is taken out of the output folder, so that no site shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handoutpress.batch.log.build_log import OutputRecord
from handoutpress.batch.plan import PlannedOutput
from handoutpress.batch.proof_extent import verdict_key
from handoutpress.content.catalog import Catalog
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.proving import ProofSubject, prove_all
from handoutpress.store.cache import Cache

TOGETHER = 100
"""Editions whose expectations are in memory at a time, some 30 kB each."""

ProgressReporter = Callable[[int, int], None]
"""Is called now and then with how many PDFs are done, of how many."""
PrintedOutput = tuple[PlannedOutput, OutputRecord]
"""An output of the plan, and what the log says of its file."""


@dataclass(frozen=True)
class ReleaseProof:
    """Proves what lies in ``out``, by so many processes at most; ``cache`` remembers what was found right."""

    catalog: Catalog
    out: Path
    cache: Cache
    report_progress: ProgressReporter
    processes: int

    def findings(self, printed: Sequence[PrintedOutput]) -> Iterator[ProofFinding]:
        """Yield what is wrong with the PDFs among some outputs."""
        pdfs = [(output, record) for output, record in printed if output.kind == "pdf"]
        for start in range(0, len(pdfs), TOGETHER):
            self.report_progress(start, len(pdfs))
            yield from self._prove(pdfs[start : start + TOGETHER])

    def _prove(self, pdfs: Sequence[PrintedOutput]) -> Iterator[ProofFinding]:
        keyed = (self._keyed_subject(output, record) for output, record in pdfs)
        subjects = {key: subject for key, subject in keyed if self.cache.read("proofs", key) is None}
        for key, proof in zip(subjects, prove_all(list(subjects.values()), processes=self.processes), strict=True):
            if proof.findings:
                proof.path.unlink(missing_ok=True)
            else:
                self.cache.write("proofs", key, b"right")
            yield from proof.findings

    def _keyed_subject(self, output: PlannedOutput, record: OutputRecord) -> tuple[str, ProofSubject]:
        expected = tuple(
            replace(expectation, release=True) for expectation in expectations(output.edition, self.catalog)
        )
        return verdict_key(record.sha256, expected, CHECKS), ProofSubject(self.out / output.path, expected)
