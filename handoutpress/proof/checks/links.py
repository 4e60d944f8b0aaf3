"""Links and running heads: what a screen reader meets on the way (ISO 14289-1, 7.8 and 7.18.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import POINT, Box
from handoutpress.proof.pdf.marks import TextMark
from handoutpress.proof.pdf.tree import ObjectKey, StructureElement

RUNNING_BAND = 30.0 / POINT
"""How far from the paper's edge, in points, a repeated line counts as a running head."""
_ADDRESS = re.compile(r"^\s*(https?://|www\.|mailto:|tel:)\S*\s*$|^\s*\S+\.\S+/\S*\s*$", re.IGNORECASE)


def check_links(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Each link is words, held by a Link element, and lies on tagged text."""
    holders = pdf.tree.objects()
    if pdf.tree.root is None:
        return []
    findings: list[ProofFinding] = []
    for page in pdf.pages:
        for link in links_on(pdf, page):
            findings += _link(pdf, page, link, holders)
    return findings


def links_on(pdf: FinishedPdf, page: int) -> Iterator[Any]:
    """The link annotations of a page."""
    annotations = pdf.pdf.pages[page - 1].obj.get("/Annots")
    for annotation in annotations if isinstance(annotations, pikepdf.Array) else []:
        if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/Link":
            yield annotation


def _link(pdf: FinishedPdf, page: int, link: Any, holders: dict[ObjectKey, StructureElement]) -> Iterator[ProofFinding]:
    where = (page, link_box(link))
    holder = holders.get(link.objgen)
    words = str(link.get("/Contents", ""))
    name = words or "without words"
    if holder is None or holder.kind != "Link":
        yield pdf.finding("tags.link-orphan", f"The link {name!r} is held by no Link element.", where)
    elif pdf.tree.parents.get(int(link.get("/StructParent", -1))) != holder.key:
        yield pdf.finding("tags.link-orphan", f"The link {name!r} and the parent tree name different elements.", where)
    if not words.strip() or _ADDRESS.match(words) or words == link_address(link):
        yield pdf.finding(
            "tags.link-words", "A link is described by nothing but its address.", where, repr(words), "words"
        )
    if _lies_on_artifact(pdf, page, where[1]):
        yield pdf.finding("tags.link-artifact", f"The link {name!r} lies on an artifact.", where)


def link_address(link: Any) -> str:
    """Where a link leads; empty within the file."""
    action = link.get("/A")
    return str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) else ""


def link_box(link: Any) -> Box | None:
    """Where a link lies on its page; None where it does not say."""
    try:
        x0, y0, x1, y1 = (float(number) for number in link["/Rect"])
    except (KeyError, ValueError, TypeError):
        return None
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _lies_on_artifact(pdf: FinishedPdf, page: int, box: Box | None) -> bool:
    if box is None or not box.area:
        return False
    near = [mark for mark in pdf.marks(page).texts if mark.box.meets(box)]
    under = [m for m in near if m.box.overlap(box).area > 0.3 * min(box.area, m.box.area)]
    return bool(under) and all(mark.sequence is not None and mark.sequence.is_artifact for mark in under)


def check_running_heads(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Lines that every page repeats at its edge, and those that the expectation names, are artifacts."""
    if pdf.tree.root is None:
        return []
    first = {_repeat(mark): mark for mark in _edge_texts(pdf, 1)}
    repeated = set(first)
    for page in list(pdf.pages)[1:]:
        repeated &= {_repeat(mark) for mark in _edge_texts(pdf, page)}
    tagged = [first[key] for key in repeated if pdf.page_count > 1 and not _is_artifact(first[key])]
    named = {word for line in expectation.running for word in (line, *line.split(" · "))}
    findings = []
    for page in pdf.pages:
        for mark in pdf.marks(page).texts:
            wrong = (page == 1 and mark in tagged) or (mark.text.strip() in named and not _is_artifact(mark))
            if wrong and mark.text.strip():
                sentence = f"A running line is read as part of the handout: {mark.text.strip()!r}."
                findings.append(pdf.finding("tags.running-head", sentence, (page, mark.box)))
    return findings


def _edge_texts(pdf: FinishedPdf, page: int) -> Iterator[TextMark]:
    trim = pdf.box(page, "trim")
    for mark in pdf.marks(page).texts:
        near = mark.box.bottom < trim.bottom + RUNNING_BAND or mark.box.top > trim.top - RUNNING_BAND
        if near and mark.text.strip():
            yield mark


def _repeat(mark: TextMark) -> tuple[str, int, int]:
    """What makes two lines the same one on two pages: words without their figures, and place."""
    return re.sub(r"\d+", "0", mark.text.strip()), round(mark.box.left / 4), round(mark.baseline / 2)


def _is_artifact(mark: TextMark) -> bool:
    return mark.sequence is not None and mark.sequence.is_artifact
