"""The order in which telephone numbers and addresses are seen: as they are dialled and typed (Unicode, UAX #9)."""

from __future__ import annotations

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.seen_lines import is_seen, seen_lines
from handoutpress.proof.pdf.text import page_texts, text_in_reading_order, unbroken


def check_visual_order(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check that what must be read from left to right is seen so; what does not come out at all, ``text`` tells."""
    unseen = [
        words for words in expectation.in_order if not any(is_seen(words, seen_lines(pdf, page)) for page in pdf.pages)
    ]
    extracted = unbroken("".join((*page_texts(pdf), text_in_reading_order(pdf)))) if unseen else ""
    return [
        breach(pdf, "text.order", f"Nowhere is {words} seen in its order.", wanted=words)
        for words in unseen
        if unbroken(words) in extracted
    ]
