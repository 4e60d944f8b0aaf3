"""Links and running heads: what a screen reader meets on the way (ISO 14289-1, 7.8 and 7.18.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.links import link_address, link_box, links_on
from handoutpress.proof.pdf.marks import TextMark
from handoutpress.proof.pdf.tree import ObjectKey, StructureElement

RUNNING_BAND = 30.0 / POINT
"""How far from the paper's edge, in points, a repeated line counts as a running head."""
_ADDRESS = re.compile(r"^\s*(https?://|www\.|mailto:|tel:)\S*\s*$|^\s*\S+\.\S+/\S*\s*$", re.IGNORECASE)


def check_links(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Check that each link is words, held by a Link element, and lies on tagged text."""
    holders = pdf.tree.objects()
    if pdf.tree.root is None:
        return []
    findings: list[ProofFinding] = []
    for page in pdf.pages:
        for link in links_on(pdf, page):
            findings += _link(pdf, page, link, holders)
    return findings


def _link(pdf: FinishedPdf, page: int, link: Any, holders: dict[ObjectKey, StructureElement]) -> Iterator[ProofFinding]:
    box, holder = link_box(link), holders.get(link.objgen)
    words = str(link.get("/Contents", ""))
    name = words or "without words"
    if holder is None or holder.kind != "Link":
        yield breach(pdf, "tags.link-orphan", f"The link {name!r} is held by no Link element.", page, box)
    # An annotation's entry in the parent tree is its element alone, not an array (ISO 32000-1, 14.7.4.4).
    elif pdf.tree.parents.get(int(link.get("/StructParent", -1))) != holder.key:
        sentence = f"The link {name!r} and the parent tree name different elements."
        yield breach(pdf, "tags.link-orphan", sentence, page, box)
    if not words.strip() or _ADDRESS.match(words) or words == link_address(link):
        sentence = "A link is described by nothing but its address."
        yield breach(pdf, "tags.link-words", sentence, page, box, measured=repr(words), wanted="words")
    if _lies_on_artifact(pdf, page, box):
        yield breach(pdf, "tags.link-artifact", f"The link {name!r} lies on an artifact.", page, box)


def _lies_on_artifact(pdf: FinishedPdf, page: int, box: Box | None) -> bool:
    if box is None or not box.area:
        return False
    near = [mark for mark in pdf.marks(page).texts if mark.box.meets(box)]
    under = [mark for mark in near if mark.box.overlap(box).area > 0.3 * min(box.area, mark.box.area)]
    return bool(under) and all(mark.is_artifact for mark in under)


def check_running_heads(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check that lines which every page repeats at its edge, or the expectation names, are artifacts."""
    if pdf.tree.root is None:
        return []
    on_first = {_identity(mark): mark for mark in _edge_texts(pdf, 1)}
    repeated = set(on_first)
    for page in list(pdf.pages)[1:]:
        repeated &= {_identity(mark) for mark in _edge_texts(pdf, page)}
    tagged = [on_first[key] for key in repeated if pdf.page_count > 1 and not on_first[key].is_artifact]
    named = {word for line in expectation.running for word in (line, *line.split(" · "))}
    findings = []
    for page in pdf.pages:
        for mark in pdf.marks(page).texts:
            wrong = (page == 1 and mark in tagged) or (mark.text.strip() in named and not mark.is_artifact)
            if wrong and mark.text.strip():
                sentence = f"A running line is read as part of the handout: {mark.text.strip()!r}."
                findings.append(breach(pdf, "tags.running-head", sentence, page, mark.box))
    return findings


def _edge_texts(pdf: FinishedPdf, page: int) -> Iterator[TextMark]:
    trim = pdf.box(page, "trim")
    for mark in pdf.marks(page).texts:
        near = mark.box.bottom < trim.bottom + RUNNING_BAND or mark.box.top > trim.top - RUNNING_BAND
        if near and mark.text.strip():
            yield mark


def _identity(mark: TextMark) -> tuple[str, int, int]:
    """Return what makes two lines the same one on two pages: words without their figures, and place."""
    return re.sub(r"\d+", "0", mark.text.strip()), round(mark.box.left / 4), round(mark.baseline / 2)
