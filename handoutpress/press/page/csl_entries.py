"""References as citeproc takes them: only what it knows, every text with signs for its tags, every date in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handoutpress.content.models.csl_dates import date_words
from handoutpress.content.models.csl_text import with_signs
from handoutpress.content.models.references import Reference

_TEXTS = frozenset(
    [
        *("archive", "archive-place", "archive_location", "collection-number", "collection-title", "container-title"),
        *("container-title-short", "edition", "event", "event-place", "genre", "issue", "medium", "number"),
        *("number-of-pages", "page", "publisher", "publisher-place", "references", "section", "title", "volume"),
    ]
)
"""What the style prints as text. An entry may have more, such as an abstract."""
_IDENTIFIERS = frozenset(["DOI", "PMCID", "PMID", "URL"])
_OTHER_NAMES = {"journalAbbreviation": "container-title-short", "event-title": "event"}
"""Keys of Zotero's exports and of CSL 1.0.2 by the ones that citeproc knows."""
_NAMES = ("author", "editor", "collection-editor")
_NAME_PARTS = ("given", "dropping-particle", "suffix")
_INITIALS = re.compile(r"(?<![^\s.-])[^\W\d_]{2,3}(?![^\s.-])")
_SHORT_RANGE = re.compile(r"(?<![\w-])(\d+)(\s*[-–—]\s*)(\d+)(?![\w-])")
_VOLUMES = frozenset(["article-journal", "article-magazine", "periodical", "post-weblog", "review", "review-book"])
"""Types that the style prints with volume and issue behind the date."""
_DAYS = _VOLUMES | {"article-newspaper", "bill", "legislation", "speech"}
"""Types that the style prints with the day; a report has its month, anything else its year."""


def citeproc_entry(reference: Reference, name: str, named_authors: int) -> dict[str, Any]:
    """Return ``reference`` for citeproc under ``name``, with at most ``named_authors`` before "et al"."""
    data = reference.csl()
    entry: dict[str, Any] = {"id": name, "type": reference.type, **dict(_texts(data))}
    for role in _NAMES:
        names = [read for part in _listed(data.get(role)) if (read := _name(part))]
        if names:
            entry[role] = names
    _name_few_authors(entry, named_authors)
    if reference.type in _VOLUMES and "volume" in entry and "collection-title" in entry:
        # The style sets no space between the two.
        entry["collection-title"] += " "
    finest = "day" if reference.type in _DAYS else "month" if reference.type == "report" else "year"
    for key, words in (("issued", date_words(reference.issued, finest)), ("accessed", date_words(reference.accessed))):
        if words:
            entry[key] = {"literal": words}
    return entry


def _name_few_authors(entry: dict[str, Any], named_authors: int) -> None:
    """Cut the list of authors; editors stand in for none, and then not a second time behind the title."""
    roles = []
    if "author" not in entry and (editors := entry.pop("editor", None)):
        entry["author"] = editors
        roles = [{"literal": "editor" if len(editors) == 1 else "editors"}]
    authors = entry.get("author", [])
    shown = [*authors[:named_authors], {"literal": "et al"}] if len(authors) > named_authors else authors
    if shown:
        entry["author"] = [*shown, *roles]


def _texts(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    renamed = {_OTHER_NAMES[key]: value for key, value in data.items() if key in _OTHER_NAMES}
    for key, value in {**renamed, **data}.items():
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            continue
        words = with_signs(str(value)) if key in _TEXTS else str(value).strip() if key in _IDENTIFIERS else ""
        words = words.rstrip(".") if key == "title" else words
        words = _SHORT_RANGE.sub(_whole_range, words) if key == "page" else words
        if words:
            yield key, words


def _whole_range(pages: re.Match[str]) -> str:
    """Return "434-40" as "434-440": citeproc takes the last page for a number of its own, and prints "434–0"."""
    first, between, last = pages.groups()
    if first == last:
        return first
    return f"{first}{between}{first[: len(first) - len(last)]}{last}" if len(last) < len(first) else pages[0]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _name(part: Any) -> dict[str, str] | None:
    """Return one name with the parts that citeproc knows; a given name alone, or a body, as ``literal``."""
    if isinstance(part, str):
        part = {"literal": part}
    if not isinstance(part, dict):
        return None
    words = {key: with_signs(value) for key, value in part.items() if isinstance(value, str) and value.strip()}
    particle = words.get("non-dropping-particle", "")
    family = words.get("family", "")
    if not family:
        literal = words.get("literal") or words.get("given")
        return {"literal": literal} if literal else None
    # The apostrophe of d'Alembert stands without a space.
    words["suffix"] = words.get("suffix", "").rstrip(".")
    if not family.isupper():
        words["given"] = _INITIALS.sub(_apart, words.get("given", ""))
    joined = f"{particle}{'' if particle.endswith(('’', chr(39))) else ' '}{family}" if particle else family
    return {"family": joined, **{key: words[key] for key in _NAME_PARTS if words.get(key)}}


def _apart(letters: re.Match[str]) -> str:
    """Return capitals that stand together, as in "Choi TY", with a space between: each is an initial."""
    return " ".join(letters[0]) if letters[0].isupper() else letters[0]
