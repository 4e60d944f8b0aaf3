"""What goes into a letter: the handouts that it brings, the person, and what all letters of a brand share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handoutpress.content.brand.brand import Brand, Contact
from handoutpress.content.models.countries import Country
from handoutpress.content.models.languages import Language
from handoutpress.content.models.mailboxes import Mailbox, MailError

Render = Callable[[str, Mapping[str, Any]], str]
"""Fills a template: its name under ``templates/`` and the values for it.

Raises a ``HandoutError`` for a template that is missing, broken, or asks for a value that is not there.
"""

MAX_BYTES = 5_000_000
MAX_NOTE = 5_000


@dataclass(frozen=True)
class Enclosure:
    """A proofed edition that a letter brings, and what is said of it.

    ``main_message``, ``urgent_help`` and ``body``, its blocks, are safe markup. Addresses are empty without codes.
    """

    slug: str
    language: str
    version: str
    title: str
    main_message: str
    urgent_help: str
    article_url: str
    references_url: str
    pdf: bytes
    page: bytes | None = None
    """The page for phones, as HTML that needs no other file."""
    content_hash: str = ""
    urgent_heading: str = ""
    """Its own heading of urgent help; empty for the language's."""
    call_us: str = ""
    """When to call the clinic, as safe markup; empty where it does not say so."""
    call_heading: str = ""
    body: str = ""
    crisis_line: bool = False
    """Whether a sign of urgent help asks for the country's crisis line."""


@dataclass(frozen=True)
class Recipient:
    """One person, and what this person is to be mailed. ``handouts`` are slugs, each once.

    ``line`` is where a file of recipients names this person, from 1.
    """

    to: Mailbox
    language: str
    handouts: tuple[str, ...]
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class RecallNotice:
    """Why a second mail comes: every version of ``title`` below ``version`` is withdrawn."""

    title: str
    version: str


@dataclass(frozen=True)
class LetterContext:
    """What all mails of one brand in one language share.

    ``contact`` is the place that the patient went to; ``code`` is the language's BCP 47 tag; ``max_bytes`` is the
    size of a whole mail, encoded. With a ``password`` every PDF is encrypted; it is never written into a mail.
    """

    sender: Mailbox
    brand: Brand
    contact: Contact
    country: Country
    code: str
    language: Language
    render: Render
    max_bytes: int = MAX_BYTES
    password: str = ""
    automatic: bool = False


def choose_contact(brand: Brand, site: str = "") -> Contact:
    """Return the place of ``brand`` named ``site``, or its first; raises ``MailError`` naming the places there are."""
    places = brand.contacts or (Contact(name=brand.name),)
    if not site:
        return places[0]
    for contact in places:
        if contact.name.casefold() == site.casefold():
            return contact
    names = ", ".join(f'"{contact.name}"' for contact in places if contact.name) or "none with a name"
    raise MailError(f'The brand "{brand.slug}" has no place named "{site}". Its places: {names}.')
