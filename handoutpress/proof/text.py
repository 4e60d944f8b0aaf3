"""The words as they come out of the PDF: all there, in order, in their own alphabet (ISO 14289-1, 7.2 and 7.21.7)."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import Finding
from handoutpress.proof.finished import FinishedPdf
from handoutpress.proof.marks import TextMark
from handoutpress.proof.tree import Element

_INLINE = {"Span", "Link", "Reference", "Note", "NonStruct", "Quote", "Code", "Annot", "Em", "Strong", "Private", "Lbl"}
_ENOUGH = 12
"""Words named in one finding."""
_RIGHT_TO_LEFT = ("R", "AL")


def page_texts(pdf: FinishedPdf) -> tuple[str, ...]:
    """The words of each page as pdfium extracts them: what search, copy and paste give."""
    return tuple(pdf.text(page) for page in pdf.pages)


def text_in_reading_order(pdf: FinishedPdf) -> str:
    """The whole text through the structure tree: what a screen reader says. Artifacts are left out."""
    marks = _marks_by_owner(pdf)
    pieces: list[str] = []
    before: TextMark | None = None
    block: Element | None = None
    for element, content in pdf.tree.reading_order():
        if (now := _block(element)) is not block:
            pieces.append("\n")
            before, block = None, now
        for mark in marks.get((content.stream, content.mcid), []):
            pieces.append(("" if before is None or _joins(before, mark) else " ") + _shown(mark))
            before = mark
    return "".join(pieces).strip()


def _marks_by_owner(pdf: FinishedPdf) -> dict[tuple[tuple[int, int], int], list[TextMark]]:
    owned: dict[tuple[tuple[int, int], int], list[TextMark]] = {}
    for page in pdf.pages:
        for mark in pdf.marks(page).texts:
            if mark.sequence and mark.sequence.owner and not mark.sequence.is_artifact:
                owned.setdefault(mark.sequence.owner, []).append(mark)
    return owned


def _block(element: Element) -> Element:
    """The nearest element that begins a new line."""
    for one in (element, *element.ancestors()):
        if one.kind not in _INLINE:
            return one
    return element


def _joins(before: TextMark, mark: TextMark) -> bool:
    """Whether a mark goes on with the word before it: on its line and without a gap."""
    size = max(before.size, mark.size)
    if abs(before.baseline - mark.baseline) > 0.6 * size:
        return False
    gap = max(mark.box.left - before.box.right, before.box.left - mark.box.right)
    return -0.4 * size < gap < 0.15 * size


def _shown(mark: TextMark) -> str:
    """The text of a mark; right-to-left letters are painted from left to right and turned back here."""
    actual = mark.sequence.actual_text if mark.sequence else None
    if actual is not None:
        return actual
    texts = _with_gaps(mark)
    strong = Counter(unicodedata.bidirectional(letter) for text in texts for letter in text)
    if sum(strong[kind] for kind in _RIGHT_TO_LEFT) > strong["L"]:
        texts.reverse()
    return "".join(texts)


def _with_gaps(mark: TextMark) -> list[str]:
    texts: list[str] = []
    for before, glyph in zip((None, *mark.glyphs), mark.glyphs, strict=False):
        if before and glyph.left - before.right > 0.2 * mark.size and not (before.text or "").isspace():
            texts.append(" ")
        texts.append(glyph.text if glyph.text is not None else "\ufffd")
    return texts


def words(text: str) -> list[str]:
    """The words of a text, free of ligatures, soft hyphens and invisible marks, so that two copies compare."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return re.findall(r"\S+", plain)


def check_text(pdf: FinishedPdf, expectation: Expectation) -> list[Finding]:
    """The expected words, by copy and paste from each page, and in order through the tags."""
    if not expectation.text:
        return []
    wanted = [word for part in expectation.text for word in words(part)]
    missing = _missing(pdf, wanted)
    findings = [_not_extracted(pdf, missing, wanted)] if missing else []
    if pdf.tree.root is not None and len(missing) < len(set(wanted)) / 2:
        findings += _ordered(pdf, wanted, set(missing))
    return findings


def _missing(pdf: FinishedPdf, wanted: list[str]) -> list[str]:
    """Words that copy and paste does not give; looked for without spaces, which extraction guesses from gaps."""
    everything = "".join(words("".join(page_texts(pdf))))
    return [word for word in dict.fromkeys(wanted) if word not in everything and word[::-1] not in everything]


def _not_extracted(pdf: FinishedPdf, missing: list[str], wanted: list[str]) -> Finding:
    foreign = _alphabets("".join(page_texts(pdf))) - _alphabets("".join(wanted))
    rule = "text.foreign" if foreign and len(missing) > len(set(wanted)) / 4 else "text.missing"
    sentence = f"Words of the handout do not come out of the PDF: {_listed(missing)}."
    return pdf.finding(rule, sentence, measured=f"{len(missing)} words missing", wanted="none")


def _ordered(pdf: FinishedPdf, wanted: list[str], told: set[str]) -> Iterator[Finding]:
    """The expected words, one after the other through the tags; ``told`` are words already known to be missing."""
    read = words(text_in_reading_order(pdf))
    matcher = difflib.SequenceMatcher(None, wanted, read, autojunk=False)
    changes = [(start, end) for tag, start, end, _, _ in matcher.get_opcodes() if tag in ("delete", "replace")]
    lost = [word for start, end in changes for word in wanted[start:end] if word not in told]
    there = Counter(read) - (Counter(wanted) - Counter(lost))
    moved, gone = Counter(lost) & there, Counter(lost) - there
    if gone:
        sentence = f"Words of the handout are not read aloud in its tags: {_listed(gone.elements())}."
        yield pdf.finding("text.missing", sentence, measured=f"{gone.total()} words missing", wanted="none")
    if moved:
        sentence = f"Words of the handout are read aloud out of order: {_listed(moved.elements())}."
        yield pdf.finding("tags.order", sentence, measured=f"{moved.total()} words out of order", wanted="none")


def _listed(found: Iterable[str]) -> str:
    listed = list(found)
    return " ".join(listed[:_ENOUGH]) + (" …" if len(listed) > _ENOUGH else "")


def _alphabets(text: str) -> set[str]:
    """The scripts of a text's letters, by the first word of their Unicode names."""
    return {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}
