"""What is attached: plain file names, and PDFs that open only with a password."""

from __future__ import annotations

import io
import re
import secrets
import unicodedata

import pikepdf

from handoutpress.content.models.mailboxes import MailError

MIN_PASSWORD = 8
MAX_PASSWORD = 127
"""AES-256 in PDF takes a password of at most 127 octets of UTF-8 (ISO 32000-2, 7.6.4.3.3)."""
MAX_FILE_NAME = 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|%]+')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def plain_file_name(title: str, fallback: str, extension: str) -> str:
    """A file name that every system can save, from ``title`` in any script; ``fallback`` where nothing is left."""
    normal = unicodedata.normalize("NFC", title)
    visible = "".join(" " if c.isspace() else c for c in normal if c.isspace() or unicodedata.category(c)[0] != "C")
    words = " ".join(_FORBIDDEN.sub(" ", visible).split())
    stem = words[:MAX_FILE_NAME].strip(" .")
    return f"{fallback if not stem or _RESERVED.match(stem) else stem}.{extension}"


def distinct(names: list[str]) -> list[str]:
    """``names`` with a number put to each one that was there before, as in ``Cupping (2).pdf``."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        stem, dot, extension = name.rpartition(".")
        made.append(name if seen[name] == 1 else f"{stem} ({seen[name]}){dot}{extension}")
    return made


def lock_pdf(pdf: bytes, password: str) -> bytes:
    """``pdf`` encrypted with AES-256 (ISO 32000-2, 7.6.4): reading, printing and screen readers stay allowed.

    The owner's password is random and kept nowhere. Raises ``MailError`` for a password that is too short or long.
    """
    if len(password) < MIN_PASSWORD:
        raise MailError(f"The password for the PDF needs at least {MIN_PASSWORD} characters.")
    if len(password.encode()) > MAX_PASSWORD:
        raise MailError(f"The password for the PDF is longer than {MAX_PASSWORD} octets.")
    allowed = pikepdf.Permissions(modify_other=False, modify_assembly=False, accessibility=True)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            locked,
            encryption=pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(32), R=6, allow=allowed),
        )
    return locked.getvalue()
