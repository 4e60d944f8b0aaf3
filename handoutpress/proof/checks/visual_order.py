"""The order in which telephone numbers and addresses are seen: as they are dialled and typed (Unicode, UAX #9).

And that in which a clinic's places are read: each whole, before the next begins.
"""

from __future__ import annotations

from collections.abc import Iterator

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
        *_torn(pdf, expectation),
        *(
            breach(pdf, "text.order", f"Nowhere is {words} seen in its order.", wanted=words)
            for words in unseen
            if unbroken(words) in extracted
        ),
    ]


def _torn(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    """Check that each place is read whole; where words of it are missing altogether, ``text`` tells."""
    if not expectation.together or pdf.tree.root is None:
        return
    read = _letters(text_in_reading_order(pdf))
    for words in expectation.together:
        if _letters(words) not in read and all(_letters(word) in read for word in words.split()):
            yield breach(
                pdf, "text.order", f"Other words are read within what belongs together: {words}.", wanted=words
            )


def _letters(text: str) -> str:
    """Return letters and digits alone: what stands between the parts of a place is for each format to say."""
    return "".join(filter(str.isalnum, text))
