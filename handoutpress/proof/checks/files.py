"""The file itself: its size, its title and language, and nothing in it that does not belong (ISO 32000-1, 7 and 12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.links import annotations_on

ACTIONS = {
    "/JavaScript": "a script",
    "/Launch": "an action that starts a program",
    "/SubmitForm": "an action that sends data",
    "/ImportData": "an action that reads a file",
    "/GoToE": "an action that opens an attached file",
    "/Rendition": "a film or sound",
    "/Movie": "a film",
    "/Sound": "a sound",
}
"""Kinds of action that no handout needs (ISO 32000-1, table 198)."""
A_PAGE, MANY_PAGES = 8000, 8
"""Bytes that each page beyond so many may add: about what its words and their tags take."""
MAX_DEPTH = 6
"""Dictionaries inside dictionaries that are followed."""


def check_file(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check size, encryption, damage, actions, attachments, scaling, title and language."""
    return [
        *_size(pdf, expectation),
        *_wholeness(pdf),
        *_actions(pdf),
        *_attachments(pdf, expectation),
        *_scaling(pdf, expectation),
        *_title(pdf, expectation),
        *_language(pdf, expectation),
    ]


def _size(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    if expectation.max_bytes is None:
        return
    most = expectation.max_bytes + A_PAGE * max(0, len(pdf.pages) - MANY_PAGES)
    if len(pdf.data) > most:
        size, limit = f"{len(pdf.data) / 1000:.0f} kB", f"at most {most / 1000:.0f} kB"
        yield breach(pdf, "file.size", "The file is too large.", measured=size, wanted=limit)


def _wholeness(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    if pdf.pdf.is_encrypted:
        yield breach(pdf, "file.encrypted", "The file is encrypted, though it opens without a password.")
    if pdf.warnings:
        yield breach(pdf, "file.damaged", f"The file had to be repaired before it could be read: {pdf.warnings[0]}.")
    for page in pdf.pages:
        if not pdf.marks(page).complete:
            yield breach(pdf, "file.broken-content", "Part of the page cannot be read.", page)


def _actions(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    counts: dict[str, int] = {}
    for value in pdf.pdf.objects:
        for holder in _dictionaries(value, 0):
            kind = str(holder.get("/S", ""))
            if kind in ACTIONS and ("/Type" not in holder or holder["/Type"] == "/Action"):
                counts[kind] = counts.get(kind, 0) + 1
    # Scripts of the document stand in its name tree, to be run when it opens (ISO 32000-1, 12.6.4.16).
    names = pdf.pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        counts.setdefault("/JavaScript", 1)
    for kind, count in counts.items():
        sentence = f"The file holds {ACTIONS[kind]}."
        yield breach(pdf, "file.action", sentence, measured=f"{count} of {kind}", wanted="none")


def _dictionaries(value: Any, depth: int) -> Iterator[Any]:
    """Yield an object's dictionary and those written directly inside it."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        yield value
        parts = [part for _, part in value.items()]
    else:
        parts = list(value) if isinstance(value, pikepdf.Array) else []
    for part in parts:
        if isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect:
            yield from _dictionaries(part, depth + 1)


def _attachments(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    names = set(pdf.pdf.attachments.keys())
    for page in pdf.pages:
        for annotation in annotations_on(pdf, page):
            if annotation.get("/Subtype") == "/FileAttachment":
                names.add(str(annotation.get("/Contents", "a file on the page")))
    for name in sorted(names - set(expectation.attachments)):
        yield breach(pdf, "file.attachment", f"A file is attached: {name!r}.", measured=name, wanted="none")


def _scaling(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    preferences = pdf.pdf.Root.get("/ViewerPreferences")
    scaling = preferences.get("/PrintScaling") if isinstance(preferences, pikepdf.Dictionary) else None
    if expectation.paper is not None and scaling != "/None":
        sentence, measured = "Printers may scale the page.", str(scaling or "/AppDefault")
        yield breach(pdf, "file.scaling", sentence, measured=measured, wanted="/None")


def _title(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    title = pdf.title.strip()
    if not title:
        yield breach(pdf, "file.title", "The file has no title.", wanted=expectation.title)
    elif expectation.title and title != expectation.title:
        yield breach(pdf, "file.title", "The file has another title.", measured=title, wanted=expectation.title)


def _language(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    language = str(pdf.pdf.Root.get("/Lang", "")).strip()
    if not language:
        yield breach(pdf, "file.language", "The file does not name its language.", wanted=expectation.language)
    elif expectation.language and language.lower() != expectation.language.lower():
        sentence = "The file names another language."
        yield breach(pdf, "file.language", sentence, measured=language, wanted=expectation.language)
