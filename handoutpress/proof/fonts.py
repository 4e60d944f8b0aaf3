"""Fonts inside the file: embedded, of the project, and with a glyph for every letter (ISO 14289-1, 7.21)."""

from __future__ import annotations

import re

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.faces import Face
from handoutpress.proof.findings import Finding
from handoutpress.proof.finished import FinishedPdf


def check_fonts(pdf: FinishedPdf, expectation: Expectation) -> list[Finding]:
    """Each font that the pages use, and each glyph that they show."""
    used = {key: page for page in reversed(pdf.pages) for key in pdf.marks(page).fonts}
    findings = []
    for key in sorted(used, key=lambda key: (used[key], key)):
        findings += _font(pdf, pdf.faces[key], used[key], expectation)
    for page in pdf.pages:
        findings += _glyphs(pdf, page)
    return findings


def _font(pdf: FinishedPdf, face: Face, page: int, expectation: Expectation) -> list[Finding]:
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


def _foreign(pdf: FinishedPdf, face: Face, page: int) -> list[Finding]:
    kind = "is embedded whole" if not face.is_subset else "is none of the project's"
    return [pdf.finding("text.font-foreign", f"The font {face.family} {kind}.", (page, None), face.name)]


def is_allowed(font: str, families: tuple[str, ...]) -> bool:
    """Whether a PostScript name ("Source-Sans-3-Bold") belongs to one of the families ("Source Sans 3")."""
    name = _plain(font)
    return any(name.startswith(_plain(family)) for family in families)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _glyphs(pdf: FinishedPdf, page: int) -> list[Finding]:
    findings = []
    for mark in pdf.marks(page).texts:
        if not mark.visible:
            continue
        numbers = {glyph.number for glyph in mark.glyphs}
        face = pdf.faces[mark.font]
        words = mark.text.replace("\ufffd", "?")
        if 0 in numbers and face.two_bytes:
            findings.append(pdf.finding("text.notdef", f"A letter has no glyph and shows as a box, in {words!r}.", (page, mark.box)))
        elif any(not (glyph.text or "").strip("\0\ufffd") for glyph in mark.glyphs):
            findings.append(
                pdf.finding("text.unmapped", f"A glyph of {face.family} does not say which letter it is, in {words!r}.", (page, mark.box))
            )
    return findings
