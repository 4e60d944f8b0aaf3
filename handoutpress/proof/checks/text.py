"""The words as they come out of the PDF: all there, in order, in their own alphabet (ISO 14289-1, 7.2 and 7.21.7).

And none in a brand's slots that the brand does not say.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from handoutpress.proof.checks.brandmark import BrandmarkPlace, brandmark_places
from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import TextMark
from handoutpress.proof.pdf.text import page_texts, pieces, text_in_reading_order, unbroken, words
from handoutpress.yamlfile.counts import counted

_ENOUGH = 12
"""Words named in one finding."""
_LONG = 20
"""Letters of a word that a narrow line may break without a hyphen: it is then looked for without gaps."""
_LINE_END_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium gives for a hyphen at the end of a line."""
_MARKUP = re.compile(
    r"\*\*|\]\(|\{\{|\}\}|\{%|&(?:amp|lt|gt|nbsp|quot|#\d+);|</?(?:b|i|p|br|em|sub|sup|strong|span|div)\b[^<>]{0,80}>"
)
"""What no reader should see: marks of Markdown, HTML and templates that were not understood."""
_SIGNS = ",;:·.،、；()"
"""What the press sets between the parts of an address."""


def check_text(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check for the expected words, by copy and paste from each page, and in order through the tags."""
    if not expectation.text:
        return []
    expected = [word for part in expectation.text for word in words(part)]
    printed = [*expected, *(word for part in expectation.anywhere for word in words(part))]
    missing = _missing(pdf, printed)
    findings = [_not_extracted(pdf, missing, printed)] if missing else []
    findings += _raw_markup(pdf)
    if pdf.tree.root is not None and len(missing) < len(set(expected)) / 2:
        findings += _ordered(pdf, expected, set(missing))
    return findings


def _missing(pdf: FinishedPdf, expected: list[str]) -> list[str]:
    """Return words that copy and paste does not give; looked for without spaces, which extraction guesses from gaps.

    Where lines stand side by side, it may interleave them: then the pieces of a word must be there.
    """
    everything = "".join(words("".join(page_texts(pdf)).translate(_LINE_END_HYPHENS)))

    def is_there(word: str) -> bool:
        return word in everything or word[::-1] in everything

    return [word for word in dict.fromkeys(expected) if not (is_there(word) or all(map(is_there, pieces(word))))]


def _raw_markup(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    """Check each page for markup that is printed as it was written."""
    for page, text in enumerate(page_texts(pdf), 1):
        if marks := sorted(set(_MARKUP.findall(text))):
            sentence = f"Markup is printed as it was written: {_listed(marks)}."
            yield breach(pdf, "text.markup", sentence, page, measured=_listed(marks), wanted="none")


def _not_extracted(pdf: FinishedPdf, missing: list[str], expected: list[str]) -> ProofFinding:
    foreign = _alphabets("".join(page_texts(pdf))) - _alphabets("".join(expected))
    rule = "text.foreign" if foreign and len(missing) > len(set(expected)) / 4 else "text.missing"
    sentence = f"Words of the handout do not come out of the PDF: {_listed(missing)}."
    return breach(pdf, rule, sentence, measured=f"{counted(len(missing), 'word')} missing", wanted="none")


def _ordered(pdf: FinishedPdf, expected: list[str], reported: set[str]) -> Iterator[ProofFinding]:
    """Check for the expected words, one after the other through the tags, but for those ``reported`` as missing."""
    expected_pieces = [(piece, place) for place, word in enumerate(expected) for piece in pieces(word)]
    read_aloud = pieces(text_in_reading_order(pdf))
    matcher = difflib.SequenceMatcher(None, [piece for piece, _ in expected_pieces], read_aloud, autojunk=False)
    changes = [(start, end) for tag, start, end, _, _ in matcher.get_opcodes() if tag in ("delete", "replace")]
    joined = "".join(read_aloud)
    passed_over = reported | {word for word in expected if len(word) >= _LONG and word in joined}
    lost = [
        part for start, end in changes for part in expected_pieces[start:end] if expected[part[1]] not in passed_over
    ]
    # Pieces that are read aloud more often than in their places: a lost one among them has only moved.
    spare = Counter(read_aloud) - (Counter(piece for piece, _ in expected_pieces) - Counter(piece for piece, _ in lost))
    moved: dict[int, str] = {}
    unread: dict[int, str] = {}
    for piece, place in lost:
        (moved if spare[piece] > 0 else unread)[place] = expected[place]
        spare[piece] -= 1
    if unread:
        sentence = f"Words of the handout are not read aloud in its tags: {_listed(unread.values())}."
        yield breach(pdf, "text.missing", sentence, measured=f"{counted(len(unread), 'word')} missing", wanted="none")
    if moved:
        sentence = f"Words of the handout are read aloud out of order: {_listed(moved.values())}."
        yield breach(pdf, "tags.order", sentence, measured=f"{counted(len(moved), 'word')} out of order", wanted="none")


def _listed(missing: Iterable[str]) -> str:
    listed = list(missing)
    return " ".join(listed[:_ENOUGH]) + (" …" if len(listed) > _ENOUGH else "")


def _alphabets(text: str) -> set[str]:
    """Return the scripts of a text's letters, by the first word of their Unicode names."""
    return {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}


def check_slot_words(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check that no slot says what the brand does not. Words in a logo are the logo's own."""
    if not expectation.in_slots:
        return []
    logos = list(brandmark_places(pdf, expectation.brandmark)) if expectation.brandmark else []
    return [
        breach(
            pdf, "text.surplus", f"A brand's slot says what the brand does not: {word}.", page, mark.box, measured=word
        )
        for page, mark, word in surplus_words(pdf, expectation.in_slots, logos)
    ]


def surplus_words(
    pdf: FinishedPdf, said: Iterable[str], logos: Sequence[BrandmarkPlace]
) -> Iterator[tuple[int, TextMark, str]]:
    """Yield each word in a slot, outside the ``logos``, that is no part of what is ``said``, with its page and mark."""
    parts = [unbroken("".join(words(part))) for part in said]
    for page in pdf.pages:
        boxes = [box for on_page, box in logos if on_page == page]
        for mark in pdf.marks(page).texts:
            if mark.in_slot and not any(box.meets(mark.box) for box in boxes):
                yield from ((page, mark, word) for word in words(mark.text) if not _is_said(word, parts))


def _is_said(word: str, parts: Iterable[str]) -> bool:
    shown = unbroken(word).strip(_SIGNS)
    return any(shown in part or shown[::-1] in part for part in parts)
