"""Two readings of one edition, word against word: what was there before and what is there now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from handoutpress.proof.diff.extracted_text import PlacedWord
from handoutpress.proof.pdf.text import pieces

CONTEXT = 4
"""Words shown on each side of a change, to find it by."""


@dataclass(frozen=True)
class WordChange:
    """Words that were replaced, removed (``new`` is empty) or added (``old`` is empty), between words that stayed."""

    before: str
    old: tuple[PlacedWord, ...]
    new: tuple[PlacedWord, ...]
    after: str

    def __str__(self) -> str:
        old, new = ("[-{}-]", self.old), ("{{+{}+}}", self.new)
        marked = [form.format(text_of(words)) for form, words in (old, new) if words]
        return " ".join(filter(None, (self.before, *marked, self.after)))

    @property
    def texts(self) -> tuple[str, str]:
        """The words before and now, without their places: equal for the same change in another brand."""
        return text_of(self.old), text_of(self.new)


def text_of(words: Sequence[PlacedWord]) -> str:
    """Return words as a text."""
    return " ".join(word.text for word in words)


class _WordPiece(NamedTuple):
    """A part of a word; ``begins`` says whether the word begins with it."""

    text: str
    word: int
    begins: bool


def changes(old: Sequence[PlacedWord], new: Sequence[PlacedWord]) -> tuple[WordChange, ...]:
    """Return what changed from ``old`` to ``new``. Where a line breaks within a word is no change."""
    old_text, new_text = _CutText(old), _CutText(new)
    if "".join(old_text.texts) == "".join(new_text.texts):
        return ()
    spans = [span for span in _spans(old_text.texts, new_text.texts) if span.differs(old_text.texts, new_text.texts)]
    spans = _joined([_to_full_words(span, old_text.pieces, new_text.pieces) for span in spans])
    return tuple(_change(span, old_text, new_text) for span in spans)


class _CutText:
    """Some words, and the pieces that they are cut into."""

    def __init__(self, words: Sequence[PlacedWord]) -> None:
        self.words = words
        self.pieces = [
            _WordPiece(text, number, place == 0)
            for number, word in enumerate(words)
            for place, text in enumerate(pieces(word.text))
        ]
        self.texts = [piece.text for piece in self.pieces]

    def words_of(self, start: int, end: int) -> range:
        """Return the numbers of the words that pieces make up; an empty range, but in its place, for no pieces."""
        number = self.pieces[start].word if start < len(self.pieces) else len(self.words)
        return range(number, self.pieces[end - 1].word + 1 if end > start else number)


@dataclass(frozen=True)
class _ChangedSpan:
    """Pieces from ``start`` up to ``end`` of the old text that stand against some of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int

    def differs(self, old: Sequence[str], new: Sequence[str]) -> bool:
        return "".join(old[self.start : self.end]) != "".join(new[self.new_start : self.new_end])


def _spans(old: Sequence[str], new: Sequence[str]) -> Iterator[_ChangedSpan]:
    """Yield the pieces that differ. What both texts begin and end with alike is left out first: it is most of them."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    for kind, start, end, new_start, new_end in middle.get_opcodes():
        if kind != "equal":
            yield _ChangedSpan(start + head, end + head, new_start + head, new_end + head)


def _to_full_words(span: _ChangedSpan, old: Sequence[_WordPiece], new: Sequence[_WordPiece]) -> _ChangedSpan:
    """Return the span with the pieces around it, the same in both texts, that belong to its words."""
    start, end, new_start, new_end = span.start, span.end, span.new_start, span.new_end
    while start and new_start and not (_begins(old, start) and _begins(new, new_start)):
        start, new_start = start - 1, new_start - 1
    while end < len(old) and new_end < len(new) and not (_begins(old, end) and _begins(new, new_end)):
        end, new_end = end + 1, new_end + 1
    return _ChangedSpan(start, end, new_start, new_end)


def _begins(cut: Sequence[_WordPiece], at: int) -> bool:
    return at >= len(cut) or cut[at].begins


def _joined(spans: Sequence[_ChangedSpan]) -> list[_ChangedSpan]:
    """Join spans that touch or overlap after they grew."""
    joined: list[_ChangedSpan] = []
    for span in spans:
        if joined and (span.start <= joined[-1].end and span.new_start <= joined[-1].new_end):
            last = joined.pop()
            span = _ChangedSpan(last.start, max(last.end, span.end), last.new_start, max(last.new_end, span.new_end))  # noqa: PLW2901
        joined.append(span)
    return joined


def _change(span: _ChangedSpan, old: _CutText, new: _CutText) -> WordChange:
    removed, added = old.words_of(span.start, span.end), new.words_of(span.new_start, span.new_end)
    return WordChange(
        before=text_of(new.words[max(0, added.start - CONTEXT) : added.start]),
        old=tuple(old.words[removed.start : removed.stop]),
        new=tuple(new.words[added.start : added.stop]),
        after=text_of(new.words[added.stop : added.stop + CONTEXT]),
    )
