"""Mail addresses: read strictly, sent as the standards say, and masked wherever people might read them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address

from handoutpress.content.models.hosts import HostError, ascii_host
from handoutpress.yamlfile.problems import HandoutError

MAX_LOCAL = 64
"""Longest part before the @, in octets (RFC 5321, 4.5.3.1.1)."""
MAX_ADDRESS = 254
"""Longest address, in octets (RFC 5321, 4.5.3.1.3, less the angle brackets)."""
MAX_NAME = 200
_ENCODED_WORD = re.compile(r"=\?[^\s?]+\?[bq]\?", re.IGNORECASE)
_ATOM = set("!#$%&'*+-/=?^_`{|}~")


class MailError(HandoutError, ValueError):
    """A mail cannot be made or sent. The sentence never holds a patient's address, name or note."""


@dataclass(frozen=True)
class Mailbox:
    """An address with the name of who reads it. ``domain`` is ASCII: an internationalised one as its A-labels."""

    local: str
    domain: str
    name: str = ""

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """Whether only a server with SMTPUTF8 (RFC 6531) can take the address."""
        return not self.local.isascii()

    @property
    def same_person(self) -> str:
        """What is equal for two spellings of an address that no real server tells apart."""
        return unicodedata.normalize("NFC", self.address).casefold()

    @property
    def masked(self) -> str:
        return f"{self.local[:1]}…@{self.domain[:1]}…"

    def header(self) -> Address:
        """Return the form that ``email.message`` quotes and encodes; a name with quotes or emoji is safe in it."""
        return Address(display_name=self.name, username=self.local, domain=self.domain)


def header_text(text: str, noun: str) -> str:
    """Return ``text`` fit for a header, else raise ``MailError`` naming only what it was, ``noun``.

    A line break would let the text write headers of its own (RFC 5322, 2.2), so no control character passes.
    """
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in text):
        raise MailError(f"The {noun} has a line break or another control character in it.")
    if _ENCODED_WORD.search(text):
        raise MailError(f"The {noun} looks like an encoded word (=?…?=), which mail programs would show as another.")
    return text.strip()


def parse_mailbox(text: str, name: str = "", noun: str = "address") -> Mailbox:
    """Read one plain address, such as ``mia@example.org``; raise ``MailError`` where it is none."""
    address = unicodedata.normalize("NFC", header_text(text, noun))
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        raise MailError(f"The {noun} needs a name, an @ and a domain, as in mia@example.org.")
    if not all(map(_is_atom, local.split("."))):
        raise MailError(f"The {noun} has a character before the @ that an address cannot have, or two dots in a row.")
    mailbox = Mailbox(local, _ascii_domain(domain, noun), _person(name))
    if len(local.encode()) > MAX_LOCAL or len(mailbox.address.encode()) > MAX_ADDRESS:
        raise MailError(f"The {noun} is longer than a mail address may be.")
    return mailbox


def _person(name: str) -> str:
    cleaned = header_text(name, "name")
    if len(cleaned) > MAX_NAME:
        raise MailError(f"The name is longer than {MAX_NAME} characters.")
    return cleaned


def _is_atom(part: str) -> bool:
    """Return whether ``part`` is one part of a dot-atom (RFC 5322, 3.2.3), with the letters of RFC 6532."""
    return bool(part) and all(c in _ATOM or (c.isalnum() if c.isascii() else c.isprintable()) for c in part)


def _ascii_domain(domain: str, noun: str) -> str:
    try:
        encoded = ascii_host(domain).lower()
    except HostError:
        raise MailError(f"The domain of the {noun}, after the @, is not one that can exist.") from None
    if "." not in encoded and encoded != "localhost":
        raise MailError(f"The domain of the {noun}, after the @, has no dot, as in example.org.")
    return encoded
