"""References to web pages, as articles print them: who says it, the page's title, its address and when it was read."""

from __future__ import annotations

import re
from typing import Any

from handoutpress.editorial.importing.dates import find_date

_ADDRESS = re.compile(r"<?(?P<address>https?://(?!(?:dx\.)?doi\.org/)[^\s<>]+[^\s<>.,;:)\]])>?[.,;]?")
_READ_ON = re.compile(
    r"[\[(]?\b(?:(?:last|date)\s+)?(?:accessed|retrieved|cited|viewed|visited)(?:\s+on)?:?\s+(?P<day>[\w ,./-]{6,24}?)"
    r"(?:[\])]\.?|,?\s+from:?(?=\s|$)|[.;](?=\s|$)|\s*$)",
    re.IGNORECASE,
)
_LEADS_THERE = re.compile(
    r"\b(?:available|retrieved)\s+(?:at|from|online)(?:\s+at)?:?|[\[(](?:internet|online|web ?page)[\])]", re.IGNORECASE
)
_YEAR = re.compile(r"\(((?:19|20)\d\d)(?:,\s+([^\W\d_]{3,9}\s+\d{1,2}))?\)|[,;.\s]\s*((?:19|20)\d\d)(?=[\s.,]|$)")
"""The year of a page; APA has its month and day behind it."""
_PARTS = re.compile(r"(?<=[.?!])\s+(?=[A-ZÀ-Þ])")
_LIKE_A_JOURNAL = re.compile(r"\d\s*[(:;]\s*\d|\bvol\b|\bpp\b|\bet al\b|[“”\"‘«„]", re.IGNORECASE)
_PERSON = re.compile(r"([^\W\d_][\w'’-]+) ([A-Z]{1,3})")
MOST_AUTHOR = 80
"""Characters of who says it: a longer first sentence is none."""


def web_page(reference: str) -> dict[str, Any]:
    """Return CSL data of a reference that is wholly a web page's, or nothing.

    A body that says it stands as a family name alone, since it has no other. A day on which it was read that might be
    two days is not understood.
    """
    address = _ADDRESS.search(reference)
    if address is None:
        return {}
    read_on = _READ_ON.search(_ADDRESS.sub(" ", reference))
    words = _LEADS_THERE.sub(" ", _READ_ON.sub(" ", _ADDRESS.sub(" ", reference)))
    found: dict[str, Any] = {"type": "webpage", "URL": address["address"]}
    if read_on:
        day = find_date(read_on["day"])
        if day is None or day.other_day or day.is_month or day.remaining:
            return {}
        found["accessed"] = day.day.isoformat()
    elif "Available" not in reference and not re.search(r"\.\s*https?://", reference):
        return {}
    parts = _names(words)
    return {**found, **parts} if parts else {}


def _names(words: str) -> dict[str, Any]:
    """Return who says it, the title, and where there are, its publisher and year; nothing where more is said."""
    if _LIKE_A_JOURNAL.search(words):
        return {}
    years = list(_YEAR.finditer(words))
    if len(years) > 1:
        return {}
    parts = [part.strip(" .,;:") for part in _PARTS.split(_YEAR.sub(". ", words).strip())]
    parts = [part for part in parts if part]
    if not 2 <= len(parts) <= 3 or len(parts[0]) > MOST_AUTHOR or "," in parts[0]:
        return {}
    person = _PERSON.fullmatch(parts[0])
    author = {"family": person[1], "given": " ".join(person[2])} if person else {"family": parts[0]}
    names: dict[str, Any] = {"author": [author], "title": parts[1]}
    names |= {"publisher": parts[2]} if len(parts) > 2 else {}
    if years:
        names["year"] = int(years[0][1] or years[0][3])
        if years[0][2] and (day := find_date(f"{years[0][2]} {years[0][1]}")):
            names["issued"] = day.day.isoformat()
    return names
