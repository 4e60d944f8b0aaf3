"""Addresses: what may stand behind a link or in a QR code."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

MAX_CODE_LENGTH = 80
"""The longest address, in characters, for which every format sizes its code slot (STANDARDS, QR codes)."""


def web_address(address: str) -> str:
    """Return ``address`` unchanged if it is a whole https or http address, else raise ``ValueError``."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
        parts = urlsplit("")
    if parts.scheme not in ("https", "http") or not host or address.split() != [address]:
        raise ValueError(f'"{address}" is not a web address. Hint: it needs https:// and a host, and no spaces.')
    return address


WebAddress = Annotated[str, AfterValidator(web_address)]
