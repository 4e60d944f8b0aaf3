"""The content hash that a page prints: eight characters by which a person at the counter can tell what it says.

It is taken from what the handout says and cites, in its language, and from nothing else: every brand and format of it
prints the same eight characters, and a comment or a line break in the YAML does not change them. Addresses are left
out: an address may hold the hash. They once were part of it, and what was released then is known by that hash.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.references import Reference
from handoutpress.store.digests import bytes_digest

LENGTH = 8
"""Characters, each 0-9 or a-f. Among a thousand texts, the chance that any two are alike is 1 in 8,600."""
UNPRINTED: dict[str, Any] = {
    "answers": True,
    "claims_read": True,
    "accepted": True,
    "formats": True,
    "translation": {"seen": True},
}
"""What of a handout is for its editor, and reaches no page."""

ADDRESSES: dict[str, Any] = {"article": {"url": True, "references_url": True}}
"""Where its article is, which is no part of what it says."""


def content_hash(handout: Handout, language: str, cited: Iterable[Reference], drawn: Sequence[str] = ()) -> str:
    """Return the content hash of a handout in the language of this code, with the references cited, in their order.

    ``drawn`` stands for what it shows besides: a text or a digest for each picture, and the harms of a treatment.
    """
    return _hash(handout, language, cited, drawn, UNPRINTED | ADDRESSES)


def earlier_hash(handout: Handout, language: str, cited: Iterable[Reference], drawn: Sequence[str] = ()) -> str:
    """Return the content hash that the same text had while its addresses were part of it."""
    return _hash(handout, language, cited, drawn, UNPRINTED)


def printed_content(file: HandoutFile) -> tuple[object, ...]:
    """Return what of a handout reaches a page, without its addresses, with its language and the harms of others."""
    return file.language, _printed(file.handout, UNPRINTED | ADDRESSES), *(about.printed for about in file.about)


def _printed(handout: Handout, left_out: dict[str, Any]) -> dict[str, Any]:
    # A default is left out: a key that a later version adds changes no hash of the handouts that do without it.
    return handout.model_dump(mode="json", exclude=left_out, exclude_defaults=True)


def _hash(
    handout: Handout, language: str, cited: Iterable[Reference], drawn: Sequence[str], left_out: dict[str, Any]
) -> str:
    # What is drawn stands behind all else, so that a text without it keeps the hash that it always had.
    parts = [language, _printed(handout, left_out), [entry.csl() for entry in cited], *drawn]
    content = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return bytes_digest(content.encode())[:LENGTH]
