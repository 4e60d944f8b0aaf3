"""Pages as sheets of paper: how many, how large, how full, and where paragraphs break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.marks import Mark, MarkedContent, TextMark
from handoutpress.proof.pdf.text import Blocks, words
from handoutpress.proof.pdf.tree import StructureElement
from handoutpress.yamlfile.counts import counted

PAPER_SLACK = 0.5
"""Millimetres by which a page may differ from its paper."""
BLEED_SLACK = 0.1
"""Millimetres by which the room for the bleed may fall short."""
FULL_ENOUGH = 0.15
"""The share of its height that a page but the last must use."""
PANEL_FULL_ENOUGH = 0.08
"""The same for a panel of a folded sheet, where a flap may hold a code alone, and for the cover of a booklet."""
_PARAGRAPHS = {"P", "LBody", "BlockQuote"}
_HEADINGS = {"H", "H1", "H2", "H3", "H4", "H5", "H6"}


def check_layout(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check page count, boxes, headings at a page's foot, nearly empty pages, widows and orphans, pointers."""
    findings = [*_count(pdf, expectation)]
    for page in pdf.pages:
        findings += _boxes(pdf, page, expectation)
        findings += _fill(pdf, page, expectation)
    if pdf.tree.root is not None:
        texts = list(_tagged_texts(pdf))
        findings += _heading_last(pdf, texts)
        findings += _widows(pdf, texts)
        findings += _pointers(pdf, expectation)
    return findings


def _count(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    count = counted(pdf.page_count, "page")
    if expectation.max_pages is not None and pdf.page_count > expectation.max_pages:
        sentence, limit = "The handout has too many pages for its format.", f"at most {expectation.max_pages}"
        yield breach(pdf, "layout.page-count", sentence, measured=count, wanted=limit)
    if pdf.page_count % expectation.page_multiple:
        multiple = f"a multiple of {expectation.page_multiple}"
        yield breach(pdf, "layout.page-count", "The pages do not fill their sheets.", measured=count, wanted=multiple)


def _boxes(pdf: FinishedPdf, page: int, expectation: Expectation) -> Iterator[ProofFinding]:
    trim, bleed = pdf.box(page, "trim"), pdf.box(page, "bleed")
    if expectation.paper is not None and not _fits_paper(trim, expectation.paper, expectation.widths):
        sentence, measured = "The page is not of its format's paper.", _size(trim.width * POINT, trim.height * POINT)
        yield breach(pdf, "layout.boxes", sentence, page, trim, measured=measured, wanted=_size(*expectation.paper))
    if expectation.bleed is not None:
        room = POINT * min(
            trim.left - bleed.left, trim.bottom - bleed.bottom, bleed.right - trim.right, bleed.top - trim.top
        )
        if room < expectation.bleed - BLEED_SLACK:
            sentence, needed = "The page has no room for its bleed.", f"{expectation.bleed:g} mm"
            yield breach(pdf, "layout.boxes", sentence, page, trim, measured=f"{room:.1f} mm", wanted=needed)
    if not pdf.box(page, "media").holds(bleed, slack=0.1):
        yield breach(pdf, "layout.boxes", "The bleed box reaches out of the page.", page, trim)


def _fits_paper(trim: Box, paper: tuple[float, float], widths: tuple[float, ...]) -> bool:
    """Return whether a page is as large as its paper in mm, or as wide as one of its panels."""
    width, height = trim.width * POINT, trim.height * POINT
    fits = any(abs(width - allowed) <= PAPER_SLACK for allowed in (paper[0], *widths))
    return fits and abs(height - paper[1]) <= PAPER_SLACK


def _size(width: float, height: float) -> str:
    return f"{width:.1f} x {height:.1f} mm"


def _fill(pdf: FinishedPdf, page: int, expectation: Expectation) -> Iterator[ProofFinding]:
    """Check how much of a page's height its content uses. A booklet's blank pages are meant to be blank."""
    marks = [mark for mark in pdf.marks(page).marks if not (mark.sequence and mark.sequence.is_artifact)]
    if page == pdf.page_count or (not marks and expectation.page_multiple > 1):
        return
    trim = pdf.box(page, "trim")
    share = _used(marks) / trim.height
    is_cover = page == 1 and expectation.page_multiple > 1
    enough = PANEL_FULL_ENOUGH if expectation.widths or is_cover else FULL_ENOUGH
    if share < enough:
        sentence, measured = "The page is nearly empty.", f"{share:.0%} full"
        yield breach(pdf, "layout.empty-page", sentence, page, trim, measured=measured, wanted=f"{enough:.0%}")


def _used(marks: list[Mark]) -> float:
    """Return the height that marks cover, in points; leading and small gaps count as used."""
    used, reached = 0.0, float("-inf")
    for mark in sorted(marks, key=lambda mark: mark.box.bottom):
        low, high = max(mark.box.bottom - 4, reached), mark.box.top + 4
        used, reached = used + max(0.0, high - low), max(reached, high)
    return used


class _TaggedText(NamedTuple):
    """A text with its page and the element that holds it."""

    page: int
    element: StructureElement
    mark: TextMark


def _tagged_texts(pdf: FinishedPdf) -> Iterator[_TaggedText]:
    """Yield every tagged text in reading order."""
    marks: dict[MarkedContent, list[tuple[int, TextMark]]] = {}
    for page in pdf.pages:
        for mark in pdf.marks(page).texts:
            if mark.owner and mark.text.strip():
                marks.setdefault(mark.owner, []).append((page, mark))
    for element, content in pdf.tree.reading_order():
        for page, mark in marks.get(content, []):
            yield _TaggedText(page, element, mark)


def _within(element: StructureElement, kinds: set[str]) -> StructureElement | None:
    return next((outer for outer in (element, *element.ancestors()) if outer.kind in kinds), None)


def _figure_follows(pdf: FinishedPdf, mark: TextMark) -> bool:
    """Return whether a figure is read after a text, on its page: a picture, or a line to write on."""
    order = pdf.tree.reading_order()
    at = next(number for number, (_, content) in enumerate(order) if content == mark.owner)
    return any(
        element.kind == "Figure" and mark.owner is not None and content.stream == mark.owner.stream
        for element, content in order[at + 1 :]
    )


def _heading_last(pdf: FinishedPdf, texts: list[_TaggedText]) -> Iterator[ProofFinding]:
    for page in pdf.pages:
        on_page = [text for text in texts if text.page == page]
        if on_page and _within(on_page[-1].element, _HEADINGS) and not _figure_follows(pdf, on_page[-1].mark):
            mark = on_page[-1].mark
            sentence = f"A heading is the last line of its page: {mark.text.strip()[:50]!r}."
            yield breach(pdf, "layout.heading-last", sentence, page, mark.box)


def _widows(pdf: FinishedPdf, texts: list[_TaggedText]) -> Iterator[ProofFinding]:
    """Check for paragraphs that go over a page's end with a single line on either side."""
    paragraphs: dict[int, dict[int, dict[int, Box]]] = {}
    for text in texts:
        if paragraph := _within(text.element, _PARAGRAPHS):
            lines = paragraphs.setdefault(id(paragraph), {}).setdefault(text.page, {})
            lines[round(text.mark.baseline / 4)] = text.mark.box
    for pages in paragraphs.values():
        if len(pages) > 1:
            for page, lines in pages.items():
                if len(lines) == 1:
                    box, sentence = next(iter(lines.values())), "A single line of a paragraph stands alone on its page."
                    yield breach(pdf, "layout.widow", sentence, page, box, measured="1 line", wanted="2 lines")


def _pointers(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    """Check that the first page says on which page a section is that begins overleaf, and names no other page."""
    if not expectation.pointers:
        return
    blocks = Blocks(pdf)
    texts = {page: {blocks.words(mark) for mark in pdf.marks(page).texts if mark.owner} for page in pdf.pages}
    for pointer in expectation.pointers:
        heading = "".join(words(pointer.heading))
        begins = next((page for page in pdf.pages if heading in texts[page]), 1)
        said = {page: "".join(words(pointer.phrase.format(page=page))) for page in pdf.pages}
        told = [page for page in pdf.pages if any(block.endswith(said[page]) for block in texts[1])]
        wanted = [begins] if begins > 1 else []
        if told != wanted:
            sentence = (
                f"The first page does not say where {pointer.heading!r} is." if wanted else "A pointer leads astray."
            )
            measured, expected = (", ".join(map(str, pages)) or "none" for pages in (told, wanted))
            yield breach(pdf, "layout.pointer", sentence, 1, measured=f"page {measured}", wanted=f"page {expected}")
