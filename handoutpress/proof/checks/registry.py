"""The registry of checks, and the one way to prove a PDF: every check on every file, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from handoutpress.proof.checks.addresses import check_addresses
from handoutpress.proof.checks.brandmark import check_brandmark
from handoutpress.proof.checks.breach import breach, breach_of_file
from handoutpress.proof.checks.codes import check_codes
from handoutpress.proof.checks.conformance import check_conformance
from handoutpress.proof.checks.contrast import check_contrast
from handoutpress.proof.checks.copies import check_copies
from handoutpress.proof.checks.files import check_file
from handoutpress.proof.checks.fonts import check_fonts
from handoutpress.proof.checks.layout import check_layout
from handoutpress.proof.checks.legibility import check_legibility
from handoutpress.proof.checks.links import check_links, check_running_heads
from handoutpress.proof.checks.meaning import check_meaning
from handoutpress.proof.checks.printing import check_printing
from handoutpress.proof.checks.structure import check_structure
from handoutpress.proof.checks.symbols import check_symbols
from handoutpress.proof.checks.text import check_slot_words, check_text
from handoutpress.proof.checks.visual_order import check_visual_order
from handoutpress.proof.expectation import NOTHING_EXPECTED, Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf, UnreadablePdfError

PdfCheck = Callable[[FinishedPdf, Expectation], list[ProofFinding]]

CHECKS: dict[str, PdfCheck] = {
    "structure": check_structure,
    "links": check_links,
    "running-heads": check_running_heads,
    "meaning": check_meaning,
    "conformance": check_conformance,
    "fonts": check_fonts,
    "text": check_text,
    "slots": check_slot_words,
    "codes": check_codes,
    "symbols": check_symbols,
    "copies": check_copies,
    "addresses": check_addresses,
    "legibility": check_legibility,
    "contrast": check_contrast,
    "brandmark": check_brandmark,
    "visual-order": check_visual_order,
    "layout": check_layout,
    "printing": check_printing,
    "file": check_file,
}
"""Every check by name, in the order of the report."""

RASTERISED = frozenset({"text", "codes", "symbols", "copies", "addresses", "contrast", "brandmark"})
"""Checks that let a page be drawn. They are left out where a page's content is endless: drawing it would be, too."""


def prove_file(
    path: Path, expectation: Expectation = NOTHING_EXPECTED, checks: Iterable[str] = CHECKS
) -> list[ProofFinding]:
    """Run ``checks`` on the file at ``path``; an unreadable file is a finding, like all else."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [breach_of_file(path, "file.unreadable", f"The file cannot be read: {reason}.")]
    return prove(path, data, expectation, checks)


def prove(
    path: Path, data: bytes, expectation: Expectation = NOTHING_EXPECTED, checks: Iterable[str] = CHECKS
) -> list[ProofFinding]:
    """Run ``checks`` on a PDF's bytes; ``path`` is only its name in the findings."""
    try:
        pdf = FinishedPdf(path, data)
    except UnreadablePdfError as error:
        return [breach_of_file(path, "file.encrypted" if error.encrypted else "file.unreadable", str(error))]
    with pdf:
        return prove_open(pdf, expectation, checks)


def prove_open(
    pdf: FinishedPdf, expectation: Expectation = NOTHING_EXPECTED, checks: Iterable[str] = CHECKS
) -> list[ProofFinding]:
    """Run ``checks`` on a PDF that is open."""
    names = [name for name in checks if not (pdf.is_endless and name in RASTERISED)]
    return [finding for name in names for finding in _run(name, pdf, expectation)]


def _run(name: str, pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Run one check. A file that is broken in a way that it does not foresee is a finding of one sentence."""
    try:
        return CHECKS[name](pdf, expectation)
    except Exception as error:  # a foreign PDF can break any assumption; the other checks still run
        sentence = f"The check {name!r} gives up on this file ({type(error).__name__})."
        return [breach(pdf, "file.broken-content", sentence)]
