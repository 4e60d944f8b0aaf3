"""The file itself: its size, its title and language, and nothing in it that does not belong (ISO 32000-1, 7 and 12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf

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


def check_file(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Size, encryption, damage, actions, attachments, title and language."""
    return [
        *_size(pdf, expectation),
        *_wholeness(pdf),
        *_actions(pdf),
        *_attachments(pdf, expectation),
        *_title(pdf, expectation),
        *_language(pdf, expectation),
    ]


def _size(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    limit = expectation.max_bytes
    if limit is not None and len(pdf.data) > limit:
        measured, wanted = f"{len(pdf.data) / 1000:.0f} kB", f"at most {limit / 1000:.0f} kB"
        yield pdf.finding("file.size", "The file is too large.", measured=measured, wanted=wanted)


def _wholeness(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    if pdf.pdf.is_encrypted:
        yield pdf.finding("file.encrypted", "The file is encrypted, though it opens without a password.")
    if pdf.warnings:
        yield pdf.finding("file.damaged", f"The file had to be repaired before it could be read: {pdf.warnings[0]}.")
    for page in pdf.pages:
        if not pdf.marks(page).complete:
            yield pdf.finding("file.broken-content", "Part of the page cannot be read.", (page, None))


def _actions(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    found: dict[str, int] = {}
    for one in pdf.pdf.objects:
        for holder in _dictionaries(one, 0):
            kind = str(holder.get("/S", ""))
            if kind in ACTIONS and ("/Type" not in holder or holder["/Type"] == "/Action"):
                found[kind] = found.get(kind, 0) + 1
    names = pdf.pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        found.setdefault("/JavaScript", 1)
    for kind, count in found.items():
        yield pdf.finding(
            "file.action", f"The file holds {ACTIONS[kind]}.", measured=f"{count} of {kind}", wanted="none"
        )


def _dictionaries(one: Any, depth: int) -> Iterator[Any]:
    """An object's own dictionary and those written directly inside it."""
    if depth > 6:
        return
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        values = [value for _, value in one.items()]
    else:
        values = list(one) if isinstance(one, pikepdf.Array) else []
    for value in values:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


def _attachments(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    names = set(pdf.pdf.attachments.keys())
    for page in pdf.pages:
        annotations = pdf.pdf.pages[page - 1].obj.get("/Annots")
        for annotation in annotations if isinstance(annotations, pikepdf.Array) else []:
            if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/FileAttachment":
                names.add(str(annotation.get("/Contents", "a file on the page")))
    for name in sorted(names - set(expectation.attachments)):
        yield pdf.finding("file.attachment", f"A file is attached: {name!r}.", measured=name, wanted="none")


def _title(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    title = pdf.title.strip()
    if not title:
        yield pdf.finding("file.title", "The file has no title.", wanted=expectation.title)
    elif expectation.title and title != expectation.title:
        yield pdf.finding("file.title", "The file has another title.", measured=title, wanted=expectation.title)


def _language(pdf: FinishedPdf, expectation: Expectation) -> Iterator[ProofFinding]:
    language = str(pdf.pdf.Root.get("/Lang", "")).strip()
    if not language:
        yield pdf.finding("file.language", "The file does not name its language.", wanted=expectation.language)
    elif expectation.language and language.lower() != expectation.language.lower():
        wanted = expectation.language
        yield pdf.finding("file.language", "The file names another language.", measured=language, wanted=wanted)
