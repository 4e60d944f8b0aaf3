"""The words as they come out of the PDF: all there, in order, in their own alphabet (ISO 14289-1, 7.2 and 7.21.7)."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from handoutpress.content.text_direction import reads_from_right
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import TextMark
from handoutpress.proof.pdf.text_order import as_read
from handoutpress.proof.pdf.tree import StructureElement, block_of

_ENOUGH = 12
"""Words named in one finding."""
_LONG = 20
"""Letters of a word that a narrow line may break without a hyphen: it is then looked for without gaps."""
_PIECE = re.compile(r"[⺀-鿿]|[^\W\d_⺀-鿿]+|\d+|[^\w\s]|_")
"""Chinese sets no spaces between words: there each letter is a piece of its own."""
_LINE_END_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What pdfium gives for a hyphen at the end of a line."""


def page_texts(pdf: FinishedPdf) -> tuple[str, ...]:
    """The words of each page as pdfium extracts them: what search, copy and paste give."""
    return tuple(pdf.text(page) for page in pdf.pages)


def text_in_reading_order(pdf: FinishedPdf) -> str:
    """The whole text through the structure tree: what a screen reader says. Artifacts are left out."""
    return "".join(gap + shown(mark) for gap, _, mark in marks_in_reading_order(pdf)).strip()


def marks_in_reading_order(pdf: FinishedPdf) -> Iterator[tuple[str, int, TextMark]]:
    """Each tagged mark with its page, and the gap before it: none within a word, a space, or the end of a block."""
    marks = _marks_by_owner(pdf)
    before: TextMark | None = None
    block: StructureElement | None = None
    for element, content in pdf.tree.reading_order():
        if (now := block_of(element)) is not block:
            before, block = None, now
        for page, owned in groupby(marks.get((content.stream, content.mcid), []), itemgetter(0)):
            for mark in in_lines(mark for _, mark in owned):
                yield "\n" if before is None else "" if _joins(before, mark) else " ", page, mark
                before = mark


def _marks_by_owner(pdf: FinishedPdf) -> dict[tuple[tuple[int, int], int], list[tuple[int, TextMark]]]:
    owned: dict[tuple[tuple[int, int], int], list[tuple[int, TextMark]]] = {}
    for page in pdf.pages:
        for mark in pdf.marks(page).texts:
            if mark.sequence and mark.sequence.owner and not mark.sequence.is_artifact:
                owned.setdefault(mark.sequence.owner, []).append((page, mark))
    return owned


def _joins(before: TextMark, mark: TextMark) -> bool:
    """Whether a mark goes on with the word before it: on its line and without a gap."""
    size = max(before.size, mark.size)
    if abs(before.baseline - mark.baseline) > 0.6 * size or _is_raised(before, mark):
        return False
    gap = max(mark.box.left - before.box.right, before.box.left - mark.box.right)
    return -0.4 * size < gap < 0.15 * size


def _is_raised(before: TextMark, mark: TextMark) -> bool:
    """Whether one of two marks is a small raised figure: "100³" is 100 and a citation, no number."""
    small, large = sorted((before, mark), key=lambda one: one.size)
    return small.size < 0.8 * large.size and abs(before.baseline - mark.baseline) > 0.2 * large.size


def in_lines(marks: Iterable[TextMark]) -> list[TextMark]:
    """Marks as they are read: those of one line from the right as one mark, since they are painted from the left."""
    found: list[TextMark] = []
    for mark in marks:
        if found and _is_one_line(found[-1], mark):
            last = found[-1]
            found[-1] = replace(last, box=last.box.around(mark.box), glyphs=(*last.glyphs, *mark.glyphs))
        else:
            found.append(mark)
    return found


def _is_one_line(last: TextMark, mark: TextMark) -> bool:
    if last.sequence != mark.sequence or (last.size, last.baseline) != (mark.size, mark.baseline):
        return False
    spoken = mark.sequence is not None and mark.sequence.actual_text is not None
    return not spoken and any(reads_from_right(glyph.text or "") for glyph in (*last.glyphs, *mark.glyphs))


def shown(mark: TextMark) -> str:
    """The text of a mark in the order in which it is read."""
    actual = mark.sequence.actual_text if mark.sequence else None
    return as_read(_with_gaps(mark)) if actual is None else actual


def _with_gaps(mark: TextMark) -> list[str]:
    texts: list[str] = []
    for before, glyph in zip((None, *mark.glyphs), mark.glyphs, strict=False):
        if before and glyph.left - before.right > 0.2 * mark.size and not (before.text or "").isspace():
            texts.append(" ")
        texts.append(glyph.text if glyph.text is not None else "\ufffd")
    return texts


def words(text: str) -> list[str]:
    """The words of a text, free of ligatures, soft hyphens and invisible marks, so that two copies compare.

    A soft hyphen that was used comes out as a hyphen (U+2010) at its line's end: the word goes on after it.
    """
    if text.isascii():
        return text.split()
    plain = re.sub("\u2010\\s*", "", unicodedata.normalize("NFKC", text))
    plain = "".join([letter for letter in plain if letter.isascii() or unicodedata.category(letter) != "Cf"])
    return re.findall(r"\S+", plain)


def pieces(text: str) -> list[str]:
    """A text cut finely: runs of letters, numbers, and single marks.

    Two copies then compare though one ends a line inside a long address, or sets a citation close to its word.
    """
    return [piece for word in words(text) for piece in _PIECE.findall(word)]


def check_text(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """The expected words, by copy and paste from each page, and in order through the tags."""
    if not expectation.text:
        return []
    wanted = [word for part in expectation.text for word in words(part)]
    printed = [*wanted, *(word for part in expectation.anywhere for word in words(part))]
    missing = _missing(pdf, printed)
    findings = [_not_extracted(pdf, missing, printed)] if missing else []
    if pdf.tree.root is not None and len(missing) < len(set(wanted)) / 2:
        findings += _ordered(pdf, wanted, set(missing))
    return findings


def _missing(pdf: FinishedPdf, wanted: list[str]) -> list[str]:
    """Words that copy and paste does not give; looked for without spaces, which extraction guesses from gaps.

    Where lines stand side by side, it may interleave them: then the pieces of a word must be there.
    """
    everything = "".join(words("".join(page_texts(pdf)).translate(_LINE_END_HYPHENS)))

    def there(word: str) -> bool:
        return word in everything or word[::-1] in everything

    return [word for word in dict.fromkeys(wanted) if not (there(word) or all(map(there, pieces(word))))]


def _not_extracted(pdf: FinishedPdf, missing: list[str], wanted: list[str]) -> ProofFinding:
    foreign = _alphabets("".join(page_texts(pdf))) - _alphabets("".join(wanted))
    rule = "text.foreign" if foreign and len(missing) > len(set(wanted)) / 4 else "text.missing"
    sentence = f"Words of the handout do not come out of the PDF: {_listed(missing)}."
    return pdf.finding(rule, sentence, measured=f"{len(missing)} words missing", wanted="none")


def _ordered(pdf: FinishedPdf, wanted: list[str], told: set[str]) -> Iterator[ProofFinding]:
    """The expected words, one after the other through the tags; ``told`` are words already known to be missing."""
    cut = [(piece, place) for place, word in enumerate(wanted) for piece in pieces(word)]
    read = pieces(text_in_reading_order(pdf))
    matcher = difflib.SequenceMatcher(None, [piece for piece, _ in cut], read, autojunk=False)
    changes = [(start, end) for tag, start, end, _, _ in matcher.get_opcodes() if tag in ("delete", "replace")]
    unbroken = "".join(read)
    told |= {word for word in wanted if len(word) >= _LONG and word in unbroken}
    lost = [part for start, end in changes for part in cut[start:end] if wanted[part[1]] not in told]
    there = Counter(read) - (Counter(piece for piece, _ in cut) - Counter(piece for piece, _ in lost))
    moved: dict[int, str] = {}
    gone: dict[int, str] = {}
    for piece, place in lost:
        (moved if there[piece] > 0 else gone)[place] = wanted[place]
        there[piece] -= 1
    if gone:
        sentence = f"Words of the handout are not read aloud in its tags: {_listed(gone.values())}."
        yield pdf.finding("text.missing", sentence, measured=f"{len(gone)} words missing", wanted="none")
    if moved:
        sentence = f"Words of the handout are read aloud out of order: {_listed(moved.values())}."
        yield pdf.finding("tags.order", sentence, measured=f"{len(moved)} words out of order", wanted="none")


def _listed(found: Iterable[str]) -> str:
    listed = list(found)
    return " ".join(listed[:_ENOUGH]) + (" …" if len(listed) > _ENOUGH else "")


def _alphabets(text: str) -> set[str]:
    """The scripts of a text's letters, by the first word of their Unicode names."""
    return {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}
