"""A clinic's own line taken apart: what in it can be dialled, written to or visited, and the words around that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutpress.content.models.telephones import PhonePart, phone_parts
from handoutpress.content.models.web_addresses import mail_address, mail_link, web_address

_ADDRESS = re.compile(r"https?://[^\s<>\"]+|[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\"]+")


def line_parts(line: str, country: str) -> tuple[PhonePart, ...]:
    """Return the parts of ``line`` in order, which together are its text, each with where it leads.

    Numbers are read as they are dialled in ``country``, ISO 3166-1 alpha-2.
    """
    return tuple(_parts(line, country))


def _parts(line: str, country: str) -> Iterator[PhonePart]:
    at = 0
    for match in _ADDRESS.finditer(line):
        written = match[0].rstrip(".,;:!?)")
        if link := _link(written):
            yield from phone_parts(line[at : match.start()], country)
            yield PhonePart(written, link)
            at = match.start() + len(written)
    yield from phone_parts(line[at:], country)


def _link(written: str) -> str:
    try:
        return web_address(written) if "://" in written else mail_link(mail_address(written))
    except ValueError:
        return ""
