"""What the tags say: figures in words, tables with headers, headings in steps (ISO 14289-1, 7.3 to 7.5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.drawn_people import WantedPeople
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.marks import MarkedContent, PathMark
from handoutpress.proof.pdf.tree import StructureElement

_FILE_NAME = re.compile(
    r"\.(png|jpe?g|svg|gif|webp|pdf|tiff?|bmp)\s*$|^\s*(img|image|figure|picture|logo|dsc)?[\s_-]*\d*\s*$",
    re.IGNORECASE,
)


def check_meaning(pdf: FinishedPdf, wanted: Expectation) -> list[ProofFinding]:
    """Check the figures, tables and headings of a tagged file, and that as many people are drawn as is wanted."""
    pages = {key: page for page in pdf.pages for key in _contents_of(pdf, page)}

    def place(element: StructureElement) -> tuple[int, Box | None]:
        for inner in element.walk():
            for kid in inner.kids:
                if isinstance(kid, MarkedContent) and kid in pages:
                    return pages[kid], pdf.content_boxes.get(kid)
        return 0, None

    findings = []
    for element, rule, sentence in [*_figures(pdf), *_tables(pdf), *_headings(pdf)]:
        page, box = place(element)
        findings.append(breach(pdf, rule, sentence, page, box))
    for spoken, sentence in _people(pdf, wanted.people) if wanted.people is not None and pdf.tree.root else ():
        page, box = place(spoken) if spoken else (0, None)
        findings.append(breach(pdf, "figures.people", sentence, page, box))
    return findings


def _people(pdf: FinishedPdf, wanted: tuple[WantedPeople, ...]) -> Iterator[tuple[StructureElement | None, str]]:
    """Yield the hundreds that are not drawn as the data say: too many or too few filled, or not there."""
    by_words = {people.spoken: people for people in wanted}
    found = Counter[str]()
    for element in pdf.tree.elements:
        people = by_words.get(element.alt or "") if element.kind == "Figure" else None
        if people is None:
            continue
        found[people.spoken] += 1
        filled, drawn = _counted(pdf, element)
        if filled * people.of != people.count * drawn or not drawn:
            yield element, f"Of {people.of} people {people.count} should be filled, and {_share(filled, drawn)} are."
    for spoken in Counter(people.spoken for people in wanted) - found:
        yield None, f"A picture of people is missing: {spoken}"


def _counted(pdf: FinishedPdf, figure: StructureElement) -> tuple[int, int]:
    """Return how many shapes of a figure are solid, and how many there are: an outline is filled and has a stroke."""
    owned = {kid for inner in figure.walk() for kid in inner.kids if isinstance(kid, MarkedContent)}
    paths = [
        mark
        for page in pdf.pages
        for mark in pdf.marks(page).marks
        if isinstance(mark, PathMark) and mark.sequence and mark.sequence.owner in owned
    ]
    drawn = sum(path.shapes for path in paths if path.line_width is None)
    return drawn - sum(path.shapes for path in paths if path.line_width is not None), drawn


def _share(filled: int, drawn: int) -> str:
    return f"{filled} of {drawn} shapes" if drawn else "none"


def _contents_of(pdf: FinishedPdf, page: int) -> Iterator[MarkedContent]:
    for sequence in pdf.marks(page).sequences:
        if sequence.owner:
            yield sequence.owner


def _figures(pdf: FinishedPdf) -> Iterator[tuple[StructureElement, str, str]]:
    for element in pdf.tree.elements:
        if element.kind in ("Figure", "Formula"):
            # Alternate or replacement text, the one or the other (ISO 14289-1, 7.3).
            words = element.alt if element.alt is not None else element.actual_text
            if words is None or not words.strip():
                yield element, "tags.figure-alt", "A figure has no description."
            elif _FILE_NAME.search(words):
                yield element, "tags.figure-alt", f"A figure is described by a file name: {words!r}."


def _tables(pdf: FinishedPdf) -> Iterator[tuple[StructureElement, str, str]]:
    for table in pdf.tree.elements:
        if table.kind != "Table":
            continue
        headers = [element for element in table.walk() if element.kind == "TH"]
        if not headers:
            yield table, "tags.table-headers", "A table has no header cells."
        # Headers without IDs must say by Scope what they head (ISO 14289-1, 7.5).
        elif any(header.attributes.get("Scope") not in ("Row", "Column", "Both") for header in headers):
            sentence = "A table has header cells that do not say whether they head a row or a column."
            yield table, "tags.table-headers", sentence


def _headings(pdf: FinishedPdf) -> Iterator[tuple[StructureElement, str, str]]:
    before = 0
    for element in pdf.tree.elements:
        if number := re.fullmatch(r"H([1-6])", element.kind):
            level = int(number[1])
            # Steps downwards may not skip a level; back upwards any may follow (ISO 14289-1, 7.4.2).
            if level > before + 1:
                sentence = (
                    f"A heading of level {level} follows level {before}."
                    if before
                    else f"The first heading is of level {level}."
                )
                yield element, "tags.headings", sentence
            before = level
