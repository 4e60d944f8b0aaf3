"""What a finished PDF says, word by word: the handout's words, and apart from them those of its brand.

A plate carries the handout, and a brand fills the plate's slots; so what lies in a slot is the brand's: its name and
contacts, and the addresses of its codes. All other words are the handout's, a clinic's own note among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.links import link_address, link_box, links_on
from handoutpress.proof.pdf.marks import TextMark
from handoutpress.proof.pdf.text import marks_in_reading_order, spoken_text, words

_SEPARATORS = frozenset("·|–—")


class PlacedWord(NamedTuple):
    """A word as it is printed; ``box`` is in points on its page."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True)
class ExtractedText:
    """The words of a PDF in reading order, running heads and feet last, and where the handout's own links lead."""

    handout: tuple[PlacedWord, ...]
    brand: tuple[PlacedWord, ...]
    handout_links: tuple[str, ...]


class _PlacedLetter(NamedTuple):
    text: str
    page: int
    box: Box | None


def extract_text(pdf: FinishedPdf, left_out: str = "") -> ExtractedText:
    """Read a PDF. ``left_out`` is a word to pass over: the content hash, which changes with every other word."""
    everything = [*_read_aloud(pdf), *_running(pdf)]
    placed = [(in_slot, word) for in_slot, word in everything if word.text not in {left_out, *_SEPARATORS}]
    return ExtractedText(
        handout=tuple(word for in_slot, word in placed if not in_slot),
        brand=tuple(word for in_slot, word in placed if in_slot),
        handout_links=tuple(sorted({address for in_slot, address in _links(pdf) if not in_slot})),
    )


def _read_aloud(pdf: FinishedPdf) -> Iterator[tuple[bool, PlacedWord]]:
    """Yield the tagged words; in a file without tags, all words as they are painted."""
    marks: Iterable[tuple[str, int, TextMark]] = marks_in_reading_order(pdf)
    if pdf.tree.root is None:
        marks = ((" ", page, mark) for page in pdf.pages for mark in pdf.marks(page).texts)
    for in_slot, group in groupby(marks, key=lambda entry: entry[2].in_slot):
        letters = [letter for gap, page, mark in group for letter in _letters(gap, page, mark)]
        yield from ((in_slot, word) for word in _words(letters))


def _running(pdf: FinishedPdf) -> Iterator[tuple[bool, PlacedWord]]:
    """Yield the words of each different running line, without the numbers that count the pages."""
    lines: set[tuple[str, ...]] = set()
    for page in pdf.pages if pdf.tree.root is not None else ():
        for mark in pdf.marks(page).texts:
            if mark.is_artifact:
                line = _without_page_numbers(list(_words(list(_letters(" ", page, mark)))), page, pdf.page_count)
                texts = tuple(word.text for word in line)
                yield from ((mark.in_slot, word) for word in line if texts not in lines)
                lines.add(texts)


def _without_page_numbers(line: list[PlacedWord], page: int, pages: int) -> list[PlacedWord]:
    """Return a line without "1" and "2" of "page 1 of 2" at its end: how many pages a text takes is no word of it."""
    numbers = [word for word in line if word.text.isdecimal()]
    for counting in ([page, pages], [page]):
        last = numbers[-len(counting) :]
        if [int(word.text) for word in last] == counting:
            return [word for word in line if word not in last]
    return line


def _letters(gap: str, page: int, mark: TextMark) -> Iterator[_PlacedLetter]:
    """Yield a mark's letters with their boxes; where they do not come as painted, each has the box of the mark."""
    text = spoken_text(mark)
    painted = "".join(glyph.text or "" for glyph in mark.glyphs)
    if gap:
        yield _PlacedLetter(gap, page, None)
    if text != painted:
        yield from (_PlacedLetter(letter, page, mark.box) for letter in text)
        return
    for glyph in mark.glyphs:
        yield _PlacedLetter(glyph.text or "", page, Box(glyph.left, mark.box.bottom, glyph.right, mark.box.top))


def _words(letters: list[_PlacedLetter]) -> Iterator[PlacedWord]:
    for is_space, group in groupby(letters, key=lambda letter: letter.text.isspace()):
        if not is_space:
            yield from _word(list(group))


def _word(letters: list[_PlacedLetter]) -> Iterator[PlacedWord]:
    boxes = [letter.box for letter in letters if letter.box]
    box = boxes[0]
    for letter_box in boxes[1:]:
        if abs(letter_box.bottom - box.bottom) < 1:
            box = box.around(letter_box)
    for text in words("".join(letter.text for letter in letters)):
        yield PlacedWord(text, letters[0].page, box)


def _links(pdf: FinishedPdf) -> Iterator[tuple[bool, str]]:
    """Yield each link's address, and whether it lies in a slot. Links within the file have none."""
    for page in pdf.pages:
        for link in links_on(pdf, page):
            if address := link_address(link):
                yield _is_in(link_box(link), pdf.marks(page).slots), address


def _is_in(box: Box | None, slots: tuple[Box, ...]) -> bool:
    return box is not None and any(slot.overlap(box).area > 0.5 * box.area for slot in slots)
