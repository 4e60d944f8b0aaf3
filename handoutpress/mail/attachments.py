"""What is attached: files with plain names in the patient's language, and PDFs that open only with a password."""

from __future__ import annotations

import io
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import pikepdf

from handoutpress.content.models.mailboxes import MailError
from handoutpress.mail.letter_context import Enclosure
from handoutpress.mail.letters import Attachment

MIN_PASSWORD = 8
MAX_PASSWORD = 127
"""AES-256 in PDF takes a password of at most 127 octets of UTF-8 (ISO 32000-2, 7.6.4.3.3)."""
MAX_FILE_NAME = 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|%]+')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def attachments_of(enclosures: Sequence[Enclosure], password: str = "") -> tuple[Attachment, ...]:
    """Return the files of ``enclosures``, no two with one name; each PDF encrypted where there is a ``password``."""
    files: list[Attachment] = []
    for enclosure in enclosures:
        pdf = lock_pdf(enclosure.pdf, password) if password else enclosure.pdf
        files.append(Attachment(plain_file_name(enclosure.title, enclosure.slug, "pdf"), "application/pdf", pdf))
        if enclosure.page is not None:
            page_name = plain_file_name(enclosure.title, enclosure.slug, "html")
            files.append(Attachment(page_name, "text/html", enclosure.page))
    names = distinct([file.name for file in files])
    return tuple(replace(file, name=name) for name, file in zip(names, files, strict=True))


def plain_file_name(title: str, fallback: str, extension: str) -> str:
    """Return a name that every system can save, from ``title`` in any script; ``fallback`` where nothing is left."""
    normal = unicodedata.normalize("NFC", title)
    visible = "".join(" " if c.isspace() else c for c in normal if c.isspace() or unicodedata.category(c)[0] != "C")
    words = " ".join(_FORBIDDEN.sub(" ", visible).split())
    stem = words[:MAX_FILE_NAME].strip(" .")
    return f"{fallback if not stem or _RESERVED.match(stem) else stem}.{extension}"


def distinct(names: Sequence[str]) -> list[str]:
    """Return ``names`` with a number put to each one that was there before, as in ``Cupping (2).pdf``."""
    counts: dict[str, int] = {}
    numbered = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        stem, dot, extension = name.rpartition(".")
        numbered.append(name if counts[name] == 1 else f"{stem} ({counts[name]}){dot}{extension}")
    return numbered


def lock_pdf(pdf: bytes, password: str) -> bytes:
    """Return ``pdf`` encrypted with AES-256 (ISO 32000-2, 7.6.4): reading, printing and screen readers stay allowed.

    The owner's password is random and stored nowhere. Raises ``MailError`` for a password that is too short or long.
    """
    if len(password) < MIN_PASSWORD:
        raise MailError(f"The password for the PDF needs at least {MIN_PASSWORD} characters.")
    if len(password.encode()) > MAX_PASSWORD:
        raise MailError(f"The password for the PDF is longer than {MAX_PASSWORD} octets.")
    allowed = pikepdf.Permissions(modify_other=False, modify_assembly=False, accessibility=True)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            locked,
            encryption=pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(32), R=6, allow=allowed),
        )
    return locked.getvalue()
