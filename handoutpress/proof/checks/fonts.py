"""Fonts inside the file: embedded, of the project, and with a glyph for every letter (ISO 14289-1, 7.21)."""

from __future__ import annotations

import re

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.embedded_fonts import EmbeddedFont
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import TextMark
from handoutpress.yamlfile.counts import counted


def check_fonts(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check each font that the pages use, and each glyph that they show."""
    first_pages = {key: page for page in reversed(pdf.pages) for key in pdf.marks(page).fonts}
    findings = []
    for key in sorted(first_pages, key=lambda key: (first_pages[key], key)):
        findings += _font(pdf, pdf.fonts[key], first_pages[key], expectation)
    for page in pdf.pages:
        findings += _glyphs(pdf, page)
    return findings


def _font(pdf: FinishedPdf, font: EmbeddedFont, page: int, expectation: Expectation) -> list[ProofFinding]:
    if font.is_type3:
        return _foreign(pdf, font, page) if expectation.fonts else []
    if font.embedded is None:
        return [breach(pdf, "text.font-embedded", f"The font {font.family} is not inside the file.", page)]
    if not font.embedded_is_readable:
        return [breach(pdf, "text.font-embedded", f"The font {font.family} inside the file cannot be read.", page)]
    if expectation.fonts and not (font.is_subset and is_allowed(font.family, expectation.fonts)):
        return _foreign(pdf, font, page)
    return []


def _foreign(pdf: FinishedPdf, font: EmbeddedFont, page: int) -> list[ProofFinding]:
    fault = "is embedded whole" if not font.is_subset else "is none of the project's"
    return [breach(pdf, "text.font-foreign", f"The font {font.family} {fault}.", page, measured=font.name)]


def is_allowed(font: str, families: tuple[str, ...]) -> bool:
    """Return whether a PostScript name ("Source-Sans-3-Bold") belongs to one of the families ("Source Sans 3")."""
    name = _letters_and_digits(font)
    return any(name.startswith(_letters_and_digits(family)) for family in families)


def _letters_and_digits(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _glyphs(pdf: FinishedPdf, page: int) -> list[ProofFinding]:
    """Check the glyphs of a page: one finding for each font and kind of fault, at the first place."""
    faults: dict[tuple[str, str], list[TextMark]] = {}
    for mark in pdf.marks(page).texts:
        if mark.visible and (rule := _broken_rule(pdf.fonts[mark.font], mark)):
            faults.setdefault((rule, mark.font), []).append(mark)
    findings = []
    for (rule, font), marks in faults.items():
        letter = "A letter has no glyph and shows as a box" if rule == "text.notdef" else "A glyph names no letter"
        sentence = f"{letter}, in {marks[0].text[:60]!r} ({pdf.fonts[font].family})."
        findings.append(
            breach(pdf, rule, sentence, page, marks[0].box, measured=counted(len(marks), "place"), wanted="none")
        )
    return findings


def _broken_rule(font: EmbeddedFont, mark: TextMark) -> str:
    # Glyph 0 is .notdef, which no text may show (ISO 14289-1, 7.21.8).
    if font.two_bytes and any(glyph.number == 0 for glyph in mark.glyphs):
        return "text.notdef"
    return "text.unmapped" if any(not (glyph.text or "").strip("\0\ufffd") for glyph in mark.glyphs) else ""
