"""A published work as Crossref and PubMed describe it, read from their JSON without trust in its shape."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from handoutpress.content.models.references import Reference

_TAG = re.compile(r"<[^<>]{1,60}>")
_RETRACTED_TITLE = re.compile(r"^\W*(?:retracted|withdrawn)\b(?:\s+article)?\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Work:
    """What can be compared of a paper. ``authors`` are family names in order."""

    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    retracted: bool = False
    journals: tuple[str, ...] = ()
    """Every name of the journal, short ones as well."""

    def __str__(self) -> str:
        names = ", ".join(self.authors[:3]) + (" and others" if len(self.authors) > 3 else "")
        where = " ".join(
            part for part in (self.journal, self.volume and f"{self.volume}:{self.pages}".rstrip(":")) if part
        )
        number = f"doi:{self.doi}" if self.doi else f"PMID {self.pmid}" if self.pmid else ""
        return ". ".join(part for part in (names, self.title, where, str(self.year or ""), number) if part)

    def data(self) -> dict[str, Any]:
        """Return the work as plain data, for the cache."""
        return asdict(self)


def from_data(data: Mapping[str, Any]) -> Work:
    """Read what ``Work.data`` wrote. Raises ``ValueError`` for anything else."""
    try:
        lists = {name: tuple(map(str, data.get(name, ()))) for name in ("authors", "journals")}
        return Work(**{**data, **lists})
    except (TypeError, AttributeError) as error:
        raise ValueError("this is no work") from error


def from_crossref(message: Any) -> Work | None:
    """Read a work of Crossref's REST API (``message`` of /works/{doi}, or one of its ``items``)."""
    if not isinstance(message, dict) or not (title := _text(message.get("title"))):
        return None
    journals = (*_texts(message.get("container-title")), *_texts(message.get("short-container-title")))
    updates = [update for update in _list(message.get("updated-by")) if isinstance(update, dict)]
    return Work(
        title=_RETRACTED_TITLE.sub("", title),
        authors=tuple(
            _text(name.get("family") or name.get("name"))
            for name in _list(message.get("author"))
            if isinstance(name, dict)
        ),
        year=_year(message.get("issued")) or _year(message.get("published-print")),
        journal=journals[0] if journals else "",
        volume=_text(message.get("volume")),
        pages=_text(message.get("page")) or _text(message.get("article-number")),
        doi=_text(message.get("DOI")).lower(),
        # The notice is linked, or the title itself begins with "RETRACTED".
        retracted=bool(_RETRACTED_TITLE.match(title))
        or any(update.get("type") in ("retraction", "withdrawal") for update in updates),
        journals=journals,
    )


def from_pubmed(answer: Any, pmid: str) -> Work | None:
    """Read the summary of ``pmid`` from an answer of E-utilities (esummary, JSON)."""
    result = answer.get("result") if isinstance(answer, dict) else None
    entry = result.get(pmid) if isinstance(result, dict) else None
    if not isinstance(entry, dict) or entry.get("error") or not (title := _text(entry.get("title"))):
        return None
    journals = tuple(name for name in (_text(entry.get("fulljournalname")), _text(entry.get("source"))) if name)
    numbers = {
        part.get("idtype"): _text(part.get("value"))
        for part in _list(entry.get("articleids"))
        if isinstance(part, dict)
    }
    year = re.search(r"\d{4}", _text(entry.get("pubdate")))
    return Work(
        title=_RETRACTED_TITLE.sub("", title).rstrip("."),
        authors=tuple(
            _family(_text(name.get("name"))) for name in _list(entry.get("authors")) if isinstance(name, dict)
        ),
        year=int(year[0]) if year else None,
        journal=journals[0] if journals else "",
        volume=_text(entry.get("volume")),
        pages=_text(entry.get("pages")) or _text(entry.get("elocationid")).removeprefix("pii: "),
        doi=numbers.get("doi", "").lower(),
        pmid=pmid,
        retracted="Retracted Publication" in _list(entry.get("pubtype")),
        journals=journals,
    )


def from_reference(reference: Reference) -> Work:
    """Read an entry of our library."""
    data = reference.csl()
    names = tuple(
        _text(name.get("family") or name.get("literal")) for name in _list(data.get("author")) if isinstance(name, dict)
    )
    journals = tuple(name for key in ("container-title", "container-title-short") if (name := _text(data.get(key))))
    return Work(
        title=reference.plain_title,
        authors=names,
        year=reference.year,
        journal=journals[0] if journals else "",
        volume=_text(data.get("volume")),
        pages=_text(data.get("page")),
        doi=(reference.DOI or "").lower(),
        pmid=reference.PMID or "",
        journals=journals,
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else list(value) if isinstance(value, tuple) else []


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(words for part in _list(value) if (words := _text(part)))


def _text(value: Any) -> str:
    """Return the first text in ``value``, without markup and on one line."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, (str, int)):
        return ""
    return " ".join(html.unescape(_TAG.sub("", html.unescape(str(value)))).split())[:2000]


def _year(value: Any) -> int | None:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    try:
        return int(parts[0][0]) if parts else None
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def _family(name: str) -> str:
    family, _, initials = name.rpartition(" ")
    return family if family and initials.isupper() else name
