"""What the tags say: figures in words, tables with headers, headings in steps (ISO 14289-1, 7.3 to 7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.marks import MarkedContent
from handoutpress.proof.pdf.tree import StructureElement

_FILE_NAME = re.compile(
    r"\.(png|jpe?g|svg|gif|webp|pdf|tiff?|bmp)\s*$|^\s*(img|image|figure|picture|logo|dsc)?[\s_-]*\d*\s*$",
    re.IGNORECASE,
)


def check_meaning(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Check the figures, tables and headings of a tagged file."""
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
    return findings


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
