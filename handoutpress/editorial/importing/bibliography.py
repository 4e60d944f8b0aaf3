"""Reference lines as articles print them, taken apart into CSL data that nobody has verified yet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

_NUMBER = re.compile(r"^\s*\[?(\d{1,3})[.)\]]\s*")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]])")
_PMID = re.compile(r"\bPMID:?\s*(\d{1,8})\b", re.IGNORECASE)
_AUTHOR_YEAR = re.compile(r"^(?P<authors>.{2,300}?)\s*\((?P<year>(?:19|20)\d\d)[a-z]?\)[.,:]?\s*(?P<rest>.+)$")
_VANCOUVER = re.compile(
    r"^(?P<authors>[^.]{2,300})\.\s*(?P<title>[^.?!]{8,300}[.?!])\s*(?P<journal>[^.;]{2,120})\.?\s*"
    r"(?P<year>(?:19|20)\d\d)(?:[^;]{0,12})?(?:;\s*(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?(?::\s*(?P<page>[\w-]+(?:[-–]\w+)?))?)?"
)
_JOURNAL = re.compile(
    r"^(?P<journal>.+?)(?:,\s*(?P<volume>\d+)\s*(?:\((?P<issue>[^)]+)\))?(?:\s*[,:]\s*(?P<page>\w+(?:[-–]\w+)?))?)?\s*\.?$"
)


@dataclass(frozen=True)
class BibliographyEntry:
    """One line of a reference list. ``csl`` is what could be read of it; ``whole`` says whether that is all of it."""

    number: int
    cited_as: str
    place: int
    key: str = ""
    csl: dict[str, Any] = field(default_factory=dict)
    whole: bool = True


def parse(line: str, number: int, place: int) -> BibliographyEntry:
    """Take one line apart. What cannot be told stays in ``title``, and ``whole`` is False."""
    cited_as = _NUMBER.sub("", line).strip()
    bare = _PMID.sub("", cited_as)
    csl: dict[str, Any] = {"type": "article-journal", **_numbers(cited_as)}
    if apa := _AUTHOR_YEAR.match(bare):
        title, _, journal = _title_and_rest(apa["rest"])
        csl |= {"title": title, "author": _authors(apa["authors"]), "year": int(apa["year"]), **_journal(journal)}
        return BibliographyEntry(number, cited_as, place, csl=csl, whole=bool(journal))
    if vancouver := _VANCOUVER.match(bare):
        given = {name: vancouver[name] for name in ("volume", "issue", "page") if vancouver[name]}
        csl |= {"title": vancouver["title"].rstrip("."), "author": _authors(vancouver["authors"]), **given}
        csl |= {"container-title": vancouver["journal"].strip(), "year": int(vancouver["year"])}
        return BibliographyEntry(number, cited_as, place, csl=csl)
    return BibliographyEntry(number, cited_as, place, csl={**csl, "title": cited_as[:1000]}, whole=False)


def number_of(line: str) -> int | None:
    """The number that a line of the reference list begins with."""
    mark = _NUMBER.match(line)
    return int(mark[1]) if mark else None


def _numbers(line: str) -> dict[str, str]:
    doi, pmid = _DOI.search(line), _PMID.search(line)
    return ({"DOI": doi[1]} if doi else {}) | ({"PMID": pmid[1]} if pmid else {})


def _title_and_rest(rest: str) -> tuple[str, str, str]:
    parts = re.split(r"(?<=[.?!])\s+(?=[A-ZÀ-Þ])", rest, maxsplit=1)
    title = parts[0].rstrip(".") if len(parts) > 1 else rest.rstrip(".")
    return title, " ", parts[1] if len(parts) > 1 else ""


def _journal(text: str) -> dict[str, str]:
    text = re.sub(r"\s*(?:https?://\S+|doi:\s*\S+)\.?\s*$", "", text, flags=re.IGNORECASE).strip()
    mark = _JOURNAL.match(text) if text else None
    if mark is None:
        return {}
    given = {name: mark[name] for name in ("volume", "issue", "page") if mark[name]}
    return {"container-title": mark["journal"].strip().rstrip("."), **given}


def _authors(text: str) -> list[dict[str, str]]:
    """Read "Kavoussi, B., & Ross, B. E." or "Vickers AJ, Vertosick EA"; "et al." is left out."""
    text = re.sub(r",?\s*\bet al\.?", "", text).replace("&", ",").replace(" and ", ", ")
    pairs = re.findall(r"([^\W\d_][^,;]*?),\s*((?:[^\W\d_]\.[\s-]*)+)(?:,|$|;)", text + ",")
    if pairs:
        return [{"family": family.strip(), "given": given.strip()} for family, given in pairs]
    return [_spaced(name.strip(" .")) for name in text.split(",") if name.strip(" .")]


def _spaced(name: str) -> dict[str, str]:
    family, _, given = name.rpartition(" ")
    return {"family": family, "given": given} if family and given.isupper() else {"family": name}


def slug(words: str, limit: int = 60) -> str:
    """Return ``words`` as a name for files: lower-case ASCII letters, digits, single hyphens; "x" if none is left."""
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", words)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:limit].strip("-") or "x"


def keyed(entries: list[BibliographyEntry]) -> tuple[BibliographyEntry, ...]:
    """Give each entry a key of its own: family name and year, with a letter where two would be the same."""
    taken: set[str] = set()
    result = []
    for entry in entries:
        authors, year = entry.csl.get("author") or [{"family": "reference"}], entry.csl.get("year", entry.number)
        base = f"{slug(authors[0]['family'], 30)}-{year}"
        key = next(name for name in (base, *(f"{base}-{n}" for n in range(2, 1000))) if name not in taken)
        taken.add(key)
        result.append(BibliographyEntry(entry.number, entry.cited_as, entry.place, key, entry.csl, entry.whole))
    return tuple(result)
