"""Fonts inside the file: embedded, of the project, and with a glyph for every letter (ISO 14289-1, 7.21)."""

from __future__ import annotations

import re

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.faces import EmbeddedFont
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import TextMark


def check_fonts(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Each font that the pages use, and each glyph that they show."""
    used = {key: page for page in reversed(pdf.pages) for key in pdf.marks(page).fonts}
    findings = []
    for key in sorted(used, key=lambda key: (used[key], key)):
        findings += _font(pdf, pdf.faces[key], used[key], expectation)
    for page in pdf.pages:
        findings += _glyphs(pdf, page)
    return findings


def _font(pdf: FinishedPdf, face: EmbeddedFont, page: int, expectation: Expectation) -> list[ProofFinding]:
    where = (page, None)
    if face.is_type3:
        return _foreign(pdf, face, page) if expectation.fonts else []
    if face.embedded is None:
        return [pdf.finding("text.font-embedded", f"The font {face.family} is not inside the file.", where)]
    if not face.embedded_is_readable:
        return [pdf.finding("text.font-embedded", f"The font {face.family} inside the file cannot be read.", where)]
    if expectation.fonts and not (face.is_subset and is_allowed(face.family, expectation.fonts)):
        return _foreign(pdf, face, page)
    return []


def _foreign(pdf: FinishedPdf, face: EmbeddedFont, page: int) -> list[ProofFinding]:
    kind = "is embedded whole" if not face.is_subset else "is none of the project's"
    return [pdf.finding("text.font-foreign", f"The font {face.family} {kind}.", (page, None), face.name)]


def is_allowed(font: str, families: tuple[str, ...]) -> bool:
    """Whether a PostScript name ("Source-Sans-3-Bold") belongs to one of the families ("Source Sans 3")."""
    name = _plain(font)
    return any(name.startswith(_plain(family)) for family in families)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _glyphs(pdf: FinishedPdf, page: int) -> list[ProofFinding]:
    """One finding for each font and kind of fault on a page, at the first place."""
    faults: dict[tuple[str, str], list[TextMark]] = {}
    for mark in pdf.marks(page).texts:
        if mark.visible and (rule := _fault(pdf.faces[mark.font], mark)):
            faults.setdefault((rule, mark.font), []).append(mark)
    findings = []
    for (rule, font), marks in faults.items():
        letter = "A letter has no glyph and shows as a box" if rule == "text.notdef" else "A glyph names no letter"
        sentence = f"{letter}, in {marks[0].text[:60]!r} ({pdf.faces[font].family})."
        findings.append(pdf.finding(rule, sentence, (page, marks[0].box), f"{len(marks)} places", "none"))
    return findings


def _fault(face: EmbeddedFont, mark: TextMark) -> str:
    if face.two_bytes and any(glyph.number == 0 for glyph in mark.glyphs):
        return "text.notdef"
    return "text.unmapped" if any(not (glyph.text or "").strip("\0\ufffd") for glyph in mark.glyphs) else ""
