"""A mail server's replies, said in sentences. The server's own words are never repeated: they may name the patient."""

from __future__ import annotations

import re

from handoutpress.deliver.transports import Verdict

_ENHANCED = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")
_CODES = {
    421: "The server is closing the connection",
    450: "The mailbox is busy or the server wants to be asked again later",
    451: "The server had a fault of its own",
    452: "The server has no room at the moment",
    454: "The server cannot check the password at the moment",
    530: "The server wants a user name and password first",
    535: "The server did not accept the user name or password",
    550: "There is no such mailbox, or the server refuses mail for it",
    551: "The mailbox is elsewhere",
    552: "The mail is too large for the mailbox or the mailbox is full",
    553: "The server does not accept the address",
    554: "The server refused the mail",
}
_ENHANCED_CODES = {
    "5.1.1": "There is no such mailbox",
    "5.1.2": "There is no such domain",
    "5.1.10": "The domain takes no mail",
    "5.2.1": "The mailbox is switched off",
    "4.2.2": "The mailbox is full",
    "5.2.2": "The mailbox is full",
    "5.2.3": "The mail is too large for the mailbox",
    "5.3.4": "The mail is too large for the server",
    "5.7.1": "The server does not allow this mail",
    "5.7.8": "The server did not accept the user name or password",
}
"""RFC 3463 and the IANA registry of enhanced status codes, those a practitioner can do something about."""


def sentence_of(code: int, answer: bytes | str) -> str:
    """What the reply ``code`` with the text ``answer`` means, without any of that text but its status code."""
    raw = answer if isinstance(answer, bytes) else answer.encode("utf-8", "replace")
    match = _ENHANCED.match(raw.strip())
    enhanced = match.group(1).decode() if match else ""
    general = "The server cannot take it now" if 400 <= code < 500 else "The server refused the mail"
    meaning = _ENHANCED_CODES.get(enhanced) or _CODES.get(code, general)
    return f"{meaning} ({' '.join(filter(None, (str(code), enhanced)))})."


def verdict_of(code: int, answer: bytes | str) -> Verdict:
    """What a reply means for the letter: 2xx sent, 4xx try again later, anything else refused (RFC 5321, 4.2.1)."""
    if 200 <= code < 300:
        return Verdict("sent")
    return Verdict("deferred" if 400 <= code < 500 else "refused", sentence_of(code, answer))
