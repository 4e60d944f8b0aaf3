"""Which paragraph, heading, cell or list item each piece of text belongs to."""

from __future__ import annotations

from handoutpress.proof.checks.text import in_lines, words
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import StreamKey, TextMark
from handoutpress.proof.pdf.tree import StructureElement, block_of


class Blocks:
    """The blocks of a tagged PDF. In an untagged one, every mark stands alone."""

    def __init__(self, pdf: FinishedPdf) -> None:
        self._blocks: dict[tuple[StreamKey, int], StructureElement] = {
            (content.stream, content.mcid): block_of(element) for element, content in pdf.tree.reading_order()
        }
        self._words: dict[int, str] = {}
        for page in pdf.pages:
            for mark in in_lines(pdf.marks(page).texts):
                block = self.of(mark)
                self._words[block] = self._words.get(block, "") + "".join(words(mark.text))

    def of(self, mark: TextMark) -> int:
        """A number that marks of one block share."""
        owner = mark.sequence.owner if mark.sequence else None
        return id(self._blocks.get(owner, mark) if owner else mark)

    def may_join(self, one: TextMark, other: TextMark) -> bool:
        """Whether two marks can belong to one line: to one block, or to none that is known."""
        return not self._blocks or self.of(one) == self.of(other)

    def words(self, mark: TextMark) -> str:
        """All that stands in the mark's block, without spaces."""
        return self._words.get(self.of(mark), "".join(words(mark.text)))
