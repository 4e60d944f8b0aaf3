"""The words of a PDF: page by page as copy and paste gives them, and through the tags as a screen reader says them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from handoutpress.content.text_direction import reads_from_right
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import MarkedContent, TextMark
from handoutpress.proof.pdf.text_order import as_read
from handoutpress.proof.pdf.tree import StructureElement, block_of

_PIECE = re.compile(r"[⺀-鿿]|[^\W\d_⺀-鿿]+|\d+|[^\w\s]|_")
"""Chinese sets no spaces between words: there each letter is a piece of its own."""


def page_texts(pdf: FinishedPdf) -> tuple[str, ...]:
    """Return the words of each page as pdfium extracts them: what search, copy and paste give."""
    return tuple(pdf.text(page) for page in pdf.pages)


def text_in_reading_order(pdf: FinishedPdf) -> str:
    """Return the text of all pages through the structure tree: what a screen reader says. Artifacts are left out."""
    return "".join(gap + spoken_text(mark) for gap, _, mark in marks_in_reading_order(pdf)).strip()


def marks_in_reading_order(pdf: FinishedPdf) -> Iterator[tuple[str, int, TextMark]]:
    """Yield each tagged mark with its page, and the gap before it: none within a word, a space, or a block's end."""
    marks = _marks_by_owner(pdf)
    before: TextMark | None = None
    block: StructureElement | None = None
    for element, content in pdf.tree.reading_order():
        if (next_block := block_of(element)) is not block:
            before, block = None, next_block
        for page, on_page in groupby(marks.get(content, []), itemgetter(0)):
            for mark in in_lines(mark for _, mark in on_page):
                yield "\n" if before is None else "" if _joins(before, mark) else " ", page, mark
                before = mark


def _marks_by_owner(pdf: FinishedPdf) -> dict[MarkedContent, list[tuple[int, TextMark]]]:
    marks: dict[MarkedContent, list[tuple[int, TextMark]]] = {}
    for page in pdf.pages:
        for mark in pdf.marks(page).texts:
            if mark.owner and not mark.is_artifact:
                marks.setdefault(mark.owner, []).append((page, mark))
    return marks


def _joins(before: TextMark, mark: TextMark) -> bool:
    """Return whether a mark goes on with the word before it: on its line and without a gap."""
    size = max(before.size, mark.size)
    if abs(before.baseline - mark.baseline) > 0.6 * size or _is_raised(before, mark):
        return False
    gap = max(mark.box.left - before.box.right, before.box.left - mark.box.right)
    return -0.4 * size < gap < 0.15 * size


def _is_raised(before: TextMark, mark: TextMark) -> bool:
    """Return whether one of two marks is a small raised figure: "100³" is 100 and a citation, no number."""
    small, large = sorted((before, mark), key=lambda mark: mark.size)
    return small.size < 0.8 * large.size and abs(before.baseline - mark.baseline) > 0.2 * large.size


def in_lines(marks: Iterable[TextMark]) -> list[TextMark]:
    """Return marks as they are read: those of one line from the right as one.

    Each is painted from the left, but where they are elements of their own, the first to be read stands at the right.
    """
    lines: list[list[TextMark]] = []
    for mark in marks:
        if lines and _is_one_line(lines[-1], mark):
            lines[-1].append(mark)
        else:
            lines.append([mark])
    return [_joined(line) if len(line) > 1 else line[0] for line in lines]


def _joined(line: Sequence[TextMark]) -> TextMark:
    """Return the marks of a line as one, from the left."""
    first, *others = sorted(line, key=lambda mark: mark.box.left)
    box = first.box
    for mark in others:
        box = box.around(mark.box)
    return replace(first, box=box, glyphs=tuple(glyph for mark in (first, *others) for glyph in mark.glyphs))


def _is_one_line(line: Sequence[TextMark], mark: TextMark) -> bool:
    last = line[-1]
    if last.sequence != mark.sequence or (last.size, last.baseline) != (mark.size, mark.baseline):
        return False
    has_actual_text = mark.sequence is not None and mark.sequence.actual_text is not None
    return not has_actual_text and any(
        reads_from_right(glyph.text or "") for part in (*line, mark) for glyph in part.glyphs
    )


def spoken_text(mark: TextMark) -> str:
    """Return the text of a mark as it is read, or what its tag says instead (ISO 32000-1, 14.9.4)."""
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
    """Return the words of a text, free of ligatures, soft hyphens and invisible marks, so that two copies compare.

    A soft hyphen that was used comes out as a hyphen (U+2010) at its line's end: the word goes on after it.
    """
    if text.isascii():
        return text.split()
    joined = re.sub("\u2010\\s*", "", unicodedata.normalize("NFKC", text))
    joined = "".join([letter for letter in joined if letter.isascii() or unicodedata.category(letter) != "Cf"])
    return re.findall(r"\S+", joined)


def pieces(text: str) -> list[str]:
    """Cut a text finely: runs of letters, numbers, and single marks.

    Two copies then compare though one ends a line inside a long address, or sets a citation close to its word.
    """
    return [piece for word in words(text) for piece in _PIECE.findall(word)]


def unbroken(text: str) -> str:
    """Return a text in small letters, without spaces, line ends and invisible break points.

    Long addresses are set over two lines.
    """
    return "".join(filter(str.isprintable, "".join(text.split()))).lower()


class Blocks:
    """The blocks of a tagged PDF: its paragraphs, headings, cells and list items. In an untagged one, every mark stands
    alone."""

    def __init__(self, pdf: FinishedPdf) -> None:
        self._blocks: dict[MarkedContent, StructureElement] = {
            content: block_of(element) for element, content in pdf.tree.reading_order()
        }
        self._words: dict[int, str] = {}
        for page in pdf.pages:
            for mark in in_lines(pdf.marks(page).texts):
                block = self.of(mark)
                self._words[block] = self._words.get(block, "") + "".join(words(mark.text))

    def of(self, mark: TextMark) -> int:
        """Return a number that marks of one block share."""
        return id(self._blocks.get(mark.owner, mark) if mark.owner else mark)

    def may_join(self, before: TextMark, mark: TextMark) -> bool:
        """Return whether two marks can belong to one line: to one block, or to none where the file has no tags."""
        return not self._blocks or self.of(before) == self.of(mark)

    def words(self, mark: TextMark) -> str:
        """Return all that stands in the mark's block, without spaces."""
        return self._words.get(self.of(mark), "".join(words(mark.text)))
