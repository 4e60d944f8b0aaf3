"""Addresses of the web and of mail: one value behind a link and in a code, and the words for it on paper.

The value is ASCII (RFC 3986): hosts in their IDNA form, other letters as the octets of UTF-8 in percent.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated
from urllib.parse import SplitResult, quote, unquote, urldefrag, urlsplit

from pydantic import AfterValidator

from handoutpress.content.models.hosts import ascii_host, is_readable, readable_host, shown
from handoutpress.yamlfile.record import NOT_PRINTED

MAX_CODE_LENGTH = 120
"""The longest address, in characters, that a code may hold where its format has room (STANDARDS, QR codes)."""
MAX_MAIL_LENGTH = 254
"""Octets of the longest e-mail address (RFC 5321, 4.5.3.1.3, less the angle brackets)."""
_KEPT_IN_MAIL = "!$'*+-._~"
_KEPT = "%!#$&'()*+,/:;=?@[]~"
"""ASCII characters of an address that stay as they are, beside letters, digits and ``-._``."""
_ESCAPES = re.compile(r"(?:%[89a-f][0-9a-f])+", re.IGNORECASE)
_HOST = re.compile(r"https?://([^/?#:]*)")


def web_address(address: str) -> str:
    """Return a whole https or http address as links and codes have it, else raise ``ValueError``.

    ASCII stays as it is. No user stands before the host, which is what it looks like.
    """
    parts = _parts(address)
    before = f"{parts.scheme}://{_netloc(parts)}"
    rest = address.split("://", 1)[1].removeprefix(parts.netloc)
    return before + quote(unicodedata.normalize("NFC", rest), safe=_KEPT)


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port_can_be = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_can_be = urlsplit(""), False
    if parts.scheme not in ("https", "http") or not parts.hostname or not port_can_be or not _can_be_seen(address):
        raise ValueError(f'"{shown(address)}" is not a web address. Hint: it needs https:// and a host, and no spaces.')
    if "@" in parts.netloc or "\\" in address:
        raise ValueError(
            f'"{address}" hides where it leads behind a user\'s name or a backslash. '
            "Hint: begin it with https:// and the name of the site."
        )
    return parts


def _can_be_seen(text: str) -> bool:
    return text.isprintable() and text.split() == [text]


def _netloc(parts: SplitResult) -> str:
    host = ascii_host(parts.hostname or "")
    if parts.netloc.isascii():
        return parts.netloc
    return host if parts.port is None else f"{host}:{parts.port}"


def references_address(article: str) -> str:
    """Return where the references of an article are, unless they have a page of their own."""
    return f"{urldefrag(article).url}#references"


def plain_case(address: str) -> str:
    """Return an address that a code says in capitals as it is written; such a page answers to both."""
    return address.lower() if address.isupper() else address


def readable_address(address: str) -> str:
    """Return a web address with its letters as they are read; whoever types it comes to the same page."""
    scheme, host, rest = address[: address.index("://") + 3], *_host_and_rest(address)
    return scheme + readable_host(host) + _ESCAPES.sub(_letters, rest)


def typed_address(address: str) -> str:
    """Return what a person must type of a web address: without https://, letters as they are read.

    A www. stays: many a site answers to its whole name alone."""
    host, rest = _host_and_rest(readable_address(plain_case(address)))
    return (host + rest).rstrip("/")


def _host_and_rest(address: str) -> tuple[str, str]:
    match = _HOST.match(address)
    return (match[1], address[match.end() :]) if match else ("", address)


def _letters(escapes: re.Match[str]) -> str:
    """Return the letters that some octets stand for, if typing them gives these octets again."""
    try:
        letters = unquote(escapes[0], errors="strict")
    except UnicodeDecodeError:
        return escapes[0]
    same = unicodedata.is_normalized("NFC", letters) and is_readable(letters)
    return letters if same else escapes[0]


def mail_address(address: str) -> str:
    """Return an e-mail address as it is printed, else raise ``ValueError``."""
    local, at, domain = unicodedata.normalize("NFC", address).rpartition("@")
    if not at or not re.fullmatch(r"[^\s@<>,;:\"\\]+", local) or not _can_be_seen(address) or "." not in domain:
        raise ValueError(f'"{shown(address)}" is not an e-mail address. Hint: write it like hello@clinic.example.')
    host = ascii_host(domain)
    if len(local.encode()) + 1 + len(host) > MAX_MAIL_LENGTH:
        raise ValueError(f'"{address}" is longer than an e-mail address may be. Hint: give a shorter one.')
    return f"{local}@{domain if domain.isascii() else readable_host(host)}"


def mail_link(address: str) -> str:
    """Return the ``mailto:`` link of an e-mail address (RFC 6068, 2)."""
    local, _, domain = address.rpartition("@")
    return f"mailto:{quote(local, safe=_KEPT_IN_MAIL)}@{ascii_host(domain)}"


WebAddress = Annotated[str, AfterValidator(web_address), NOT_PRINTED]
