"""What Crossref and PubMed have of a paper, as an entry of the library: read without trust in the JSON's shape."""

from __future__ import annotations

import re
from typing import Any

from handoutpress.content.models.csl_text import plain_text
from handoutpress.editorial.registries.works import from_crossref, from_pubmed

_TYPES = {
    "journal-article": "article-journal",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "chapter",
    "proceedings-article": "paper-conference",
    "dissertation": "thesis",
    "report": "report",
    "posted-content": "article",
    "dataset": "dataset",
}
_PUBMED_DAY = re.compile(r"(\d{4})(?:\s+([A-Z][a-z]{2}))?(?:\s+(\d{1,2}))?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def entry_of_crossref(record: Any) -> dict[str, Any] | None:
    """Return an entry without its key; None for a record without a title."""
    work = from_crossref(record)
    if work is None:
        return None
    entry: dict[str, Any] = {"type": _TYPES.get(str(record.get("type")), "document"), "title": _first(record, "title")}
    names = [name for part in _listed(record.get("author")) if (name := _name(part))]
    texts = {
        "container-title": _first(record, "container-title"),
        "container-title-short": _first(record, "short-container-title"),
        "publisher": _first(record, "publisher") if entry["type"] != "article-journal" else "",
        "volume": _first(record, "volume"),
        "issue": _first(record, "issue"),
        "page": _first(record, "page") or _first(record, "article-number"),
        "DOI": work.doi,
    }
    entry |= {"author": names} if names else {}
    entry |= {"issued": {"date-parts": [[work.year]]}} if work.year else {}
    status = "retracted" if work.retracted else "confirmed"
    return {**entry, **{key: words for key, words in texts.items() if words}, "custom": {"status": status}}


def entry_of_pubmed(record: Any, pmid: str) -> dict[str, Any] | None:
    """Return an entry without its key; None for a record without a title."""
    work = from_pubmed({"result": {pmid: record}}, pmid)
    if work is None:
        return None
    names = [
        _short_name(str(part.get("name", ""))) for part in _listed(record.get("authors")) if isinstance(part, dict)
    ]
    day = _PUBMED_DAY.match(str(record.get("pubdate", "")))
    entry: dict[str, Any] = {"type": "article-journal", "title": work.title}
    entry |= {"author": names} if names else {}
    if day:
        parts = [int(day[1]), *([_MONTHS.index(day[2]) + 1] if day[2] in _MONTHS else [])]
        entry["issued"] = {"date-parts": [[*parts, int(day[3])] if day[3] and len(parts) == 2 else parts]}
    texts = {
        "container-title": str(record.get("fulljournalname") or ""),
        "container-title-short": str(record.get("source") or ""),
        "volume": work.volume,
        "issue": str(record.get("issue") or ""),
        "page": work.pages,
        "DOI": work.doi,
        "PMID": pmid,
    }
    status = "retracted" if work.retracted else "confirmed"
    return {**entry, **{key: words for key, words in texts.items() if words}, "custom": {"status": status}}


def _first(record: Any, key: str) -> str:
    value = record.get(key)
    value = value[0] if isinstance(value, list) and value else value
    # Its tags stay: the page prints them as they are meant.
    return " ".join(str(value).split())[:2000] if isinstance(value, str | int) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(part: Any) -> dict[str, str] | None:
    if not isinstance(part, dict):
        return None
    parts = {key: plain_text(str(part[key])) for key in ("family", "given", "suffix") if part.get(key)}
    return parts if "family" in parts else {"literal": plain_text(str(part["name"]))} if part.get("name") else None


def _short_name(name: str) -> dict[str, str]:
    family, _, initials = name.rpartition(" ")
    return {"family": family, "given": initials} if family and initials.isupper() else {"literal": name}
