"""What a check found: where on which page, what was measured, what is wanted, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.proof.pdf.geometry import Rectangle


@dataclass(frozen=True)
class ProofFinding:
    """One thing that is wrong with a finished PDF.

    ``page`` counts from 1; 0 means the file as a whole. ``rectangle`` is None where no place can be named.
    ``rule`` is a key of ``handoutpress.proof.checks.rules.RULES``.
    """

    rule: str
    file: Path
    page: int
    rectangle: Rectangle | None
    measured: str
    wanted: str
    sentence: str
    hint: str

    def __str__(self) -> str:
        place = self.file.as_posix()
        if self.page:
            place += f", page {self.page}"
        if self.rectangle:
            place += f", at {self.rectangle}"
        measured = f" Measured: {self.measured}; wanted: {self.wanted}." if self.measured else ""
        return f"{place}: {self.sentence}{measured} Hint: {self.hint} [{self.rule}]"
