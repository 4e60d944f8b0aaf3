"""A letter: one finished message to one person, as a value, and as the bytes that travel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage

from handoutpress.content.models.mailboxes import Mailbox
from handoutpress.store.digests import bytes_digest

STRICT = policy.SMTP.clone(raise_on_defect=True)
"""CRLF, headers in ASCII, lines of at most 78 characters (RFC 5322, 2.1.1)."""
STRICT_UTF8 = policy.SMTPUTF8.clone(raise_on_defect=True)
"""The same with headers in UTF-8 (RFC 6532), for an address that cannot be said in ASCII."""


@dataclass(frozen=True)
class Attachment:
    """A file beside the message. ``name`` may hold any language: it is encoded as RFC 2231 says."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class MessageStamp:
    """When a letter was written and what makes its id unlike any other: the only clock and chance in a letter."""

    date: datetime
    token: str


@dataclass(frozen=True)
class Letter:
    """A finished message. ``language`` is a BCP 47 tag; ``text`` and ``html`` say the same."""

    sender: Mailbox
    to: Mailbox
    subject: str
    language: str
    message_id: str
    date: datetime
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: Mailbox | None = None
    automatic: bool = False
    """One of a batch: says so to machines that answer mail by themselves (RFC 3834)."""
    logo: Attachment | None = None
    """The clinic's logo, which ``html`` shows: a part of it, not a file beside it."""

    @property
    def logo_address(self) -> str:
        """The address of the logo in ``html``: unlike that of any other mail (RFC 2392)."""
        return f"cid:logo.{self.message_id.strip('<>')}"


def to_message(letter: Letter, draft: bool = False) -> EmailMessage:
    """Return ``letter`` as a MIME message; a ``draft`` opens for editing in Outlook (``X-Unsent``)."""
    message = EmailMessage(STRICT_UTF8 if letter.to.needs_utf8 else STRICT)
    _set_headers(message, letter, draft)
    message.set_content(letter.text, cte="quoted-printable")
    message.make_alternative(boundary=_boundary(letter, "alternative"))
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for part in message.iter_parts():
        part["Content-Language"] = letter.language
    if letter.logo:
        _add_logo(message, letter, letter.logo)
    if letter.attachments:
        message.make_mixed(boundary=_boundary(letter, "mixed"))
    for attachment in letter.attachments:
        main, _, sub = attachment.media_type.partition("/")
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    # Last, since making it multipart moves every Content- header into the first part.
    message["Content-Language"] = letter.language
    return message


def to_bytes(letter: Letter, draft: bool = False) -> bytes:
    """Return the bytes of ``letter``: the same letter always gives the same bytes, lines ending in CRLF."""
    return to_message(letter, draft).as_bytes()


def _set_headers(message: EmailMessage, letter: Letter, draft: bool) -> None:
    if draft:
        message["X-Unsent"] = "1"
    message["From"] = letter.sender.header()
    message["To"] = letter.to.header()
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to.header()
    message["Subject"] = letter.subject
    message["Date"] = letter.date
    message["Message-ID"] = letter.message_id
    if letter.automatic:
        message["Auto-Submitted"] = "auto-generated"


def _add_logo(message: EmailMessage, letter: Letter, logo: Attachment) -> None:
    """Put the logo beside the HTML that shows it, as one part of two (RFC 2387)."""
    *_, shown = message.iter_parts()
    shown.make_related(boundary=_boundary(letter, "related"))
    shown.set_param("type", "text/html")
    main, _, sub = logo.media_type.partition("/")
    cid = f"<{letter.logo_address.removeprefix('cid:')}>"
    shown.add_related(logo.content, maintype=main, subtype=sub, cid=cid, disposition="inline", filename=logo.name)


def _boundary(letter: Letter, part: str) -> str:
    """Return what stands between the parts, the same each time for one letter."""
    # It cannot occur in a part: neither base64 nor quoted-printable ever writes ``=_`` (RFC 2045, 6.7).
    return "=_" + bytes_digest(f"{part}:{letter.message_id}".encode())[:32]
