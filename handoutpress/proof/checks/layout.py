"""Pages as sheets of paper: how many, how large, how full, and where paragraphs break."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.marks import Mark, TextMark
from handoutpress.proof.pdf.tree import StructureElement

PAPER_SLACK = 0.5
"""Millimetres by which a page may differ from its paper."""
FULL_ENOUGH = 0.15
"""The share of its height that a page but the last must use."""
_PARAGRAPHS = {"P", "LBody", "BlockQuote"}
PANEL_FULL_ENOUGH = 0.08
"""The same for one panel of a folded sheet: a flap that holds a code alone is no mistake."""
_HEADINGS = {"H", "H1", "H2", "H3", "H4", "H5", "H6"}


def check_layout(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Page count, boxes, headings at a page's foot, nearly empty pages, widows and orphans."""
    findings = [*_count(pdf, expectation)]
    for page in pdf.pages:
        findings += _boxes(pdf, page, expectation)
        findings += _fill(pdf, page, expectation)
    if pdf.tree.root is not None:
        flow = list(_flow(pdf))
        findings += _heading_last(pdf, flow)
        findings += _widows(pdf, flow)
    return findings


def _count(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    count = f"{pdf.page_count} pages"
    if expectation.max_pages is not None and pdf.page_count > expectation.max_pages:
        wanted = f"at most {expectation.max_pages}"
        yield pdf.finding(
            "layout.page-count", "The handout has too many pages for its format.", (0, None), count, wanted
        )
    if pdf.page_count % expectation.page_multiple:
        wanted = f"a multiple of {expectation.page_multiple}"
        yield pdf.finding("layout.page-count", "The pages do not fill their sheets.", (0, None), count, wanted)


def _boxes(pdf: FinishedPdf, page: int, expectation: Expectation) -> Iterator[ProofFinding]:
    trim, bleed = pdf.box(page, "trim"), pdf.box(page, "bleed")
    if expectation.paper is not None:
        wanted, measured = expectation.paper, (trim.width * POINT, trim.height * POINT)
        widths = (wanted[0], *expectation.widths)
        fits = any(abs(measured[0] - width) <= PAPER_SLACK for width in widths)
        if not fits or abs(measured[1] - wanted[1]) > PAPER_SLACK:
            sizes = [f"{width:.1f} x {height:.1f} mm" for width, height in (measured, wanted)]
            yield pdf.finding(
                "layout.boxes", "The page is not of its format's paper.", (page, trim), sizes[0], sizes[1]
            )
    if expectation.bleed is not None:
        around = min(trim.left - bleed.left, trim.bottom - bleed.bottom, bleed.right - trim.right, bleed.top - trim.top)
        if around * POINT < expectation.bleed - 0.1:
            measures = f"{around * POINT:.1f} mm", f"{expectation.bleed:g} mm"
            yield pdf.finding("layout.boxes", "The page has no room for its bleed.", (page, trim), *measures)
    if not pdf.box(page, "media").holds(bleed, slack=0.1):
        yield pdf.finding("layout.boxes", "The bleed box reaches out of the page.", (page, trim))


def _fill(pdf: FinishedPdf, page: int, expectation: Expectation) -> Iterator[ProofFinding]:
    """How much of a page's height its content uses. A booklet's blank pages are meant to be blank."""
    marks = [mark for mark in pdf.marks(page).marks if not (mark.sequence and mark.sequence.is_artifact)]
    if page == pdf.page_count or (not marks and expectation.page_multiple > 1):
        return
    share = _used(marks) / pdf.box(page, "trim").height
    enough = PANEL_FULL_ENOUGH if expectation.widths else FULL_ENOUGH
    if share < enough:
        measured, wanted = f"{share:.0%} full", f"{enough:.0%}"
        yield pdf.finding(
            "layout.empty-page", "The page is nearly empty.", (page, pdf.box(page, "trim")), measured, wanted
        )


def _used(marks: list[Mark]) -> float:
    """The height that marks cover, in points; leading and small gaps count as used."""
    used, reached = 0.0, float("-inf")
    for mark in sorted(marks, key=lambda mark: mark.box.bottom):
        low, high = max(mark.box.bottom - 4, reached), mark.box.top + 4
        used, reached = used + max(0.0, high - low), max(reached, high)
    return used


def _flow(pdf: FinishedPdf) -> Iterator[tuple[int, StructureElement, TextMark]]:
    """Every tagged text in reading order, with its page and element."""
    owned: dict[object, list[tuple[int, TextMark]]] = {}
    for page in pdf.pages:
        for mark in pdf.marks(page).texts:
            if mark.sequence and mark.sequence.owner and mark.text.strip():
                owned.setdefault(mark.sequence.owner, []).append((page, mark))
    for element, content in pdf.tree.reading_order():
        for page, mark in owned.get((content.stream, content.mcid), []):
            yield page, element, mark


def _within(element: StructureElement, kinds: set[str]) -> StructureElement | None:
    return next((one for one in (element, *element.ancestors()) if one.kind in kinds), None)


def _heading_last(pdf: FinishedPdf, flow: list[tuple[int, StructureElement, TextMark]]) -> Iterator[ProofFinding]:
    for page in pdf.pages:
        here = [(element, mark) for at, element, mark in flow if at == page]
        if here and _within(here[-1][0], _HEADINGS):
            mark = here[-1][1]
            sentence = f"A heading is the last line of its page: {mark.text.strip()[:50]!r}."
            yield pdf.finding("layout.heading-last", sentence, (page, mark.box))


def _widows(pdf: FinishedPdf, flow: list[tuple[int, StructureElement, TextMark]]) -> Iterator[ProofFinding]:
    """A paragraph that goes over a page's end with a single line on either side."""
    paragraphs: dict[int, dict[int, dict[int, Box]]] = {}
    for page, element, mark in flow:
        if paragraph := _within(element, _PARAGRAPHS):
            lines = paragraphs.setdefault(id(paragraph), {}).setdefault(page, {})
            lines[round(mark.baseline / 4)] = mark.box
    for pages in paragraphs.values():
        if len(pages) > 1:
            for page, lines in pages.items():
                if len(lines) == 1:
                    box = next(iter(lines.values()))
                    sentence = "A single line of a paragraph stands alone on its page."
                    yield pdf.finding("layout.widow", sentence, (page, box), "1 line", "2 lines")
