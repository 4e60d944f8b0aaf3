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
    r"^(?P<authors>[^.]{2,300})\.\s*(?P<title>[^.?!]{3,300}[.?!])\s*(?P<journal>[^.;]{2,120})\.?\s*"
    r"(?P<year>(?:19|20)\d\d)(?:[^;]{0,12})?(?:;\s*(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?(?::\s*(?P<page>[\w-]+(?:[-–]\w+)?))?)?"
)
_MLA = re.compile(
    r"^(?P<authors>[^“\"]{2,300}?)[.,]?\s*[“\"](?P<title>[^”\"]{4,400}?)[.,?!]?[”\"][.,]?\s*(?P<journal>[^,\d]{2,150}?),\s*"
    r"(?:vol\.\s*(?P<volume>\d{1,4}))?(?:,?\s*no\.\s*(?P<issue>[\w-]{1,10}))?,?\s*(?:\w{3,9}\.?\s+)?"
    r"(?P<year>(?:19|20)\d\d)(?:,?\s*pp?\.\s*(?P<page>\w+(?:[-–]\w+)?))?"
)
_JOURNAL = re.compile(
    r"^(?P<journal>.+?)(?:[,.]\s*(?P<volume>\d+)\s*(?:\((?P<issue>[^)]+)\))?(?:\s*[,:]\s*(?P<page>\w+(?:[-–]\w+)?))?)?\s*\.?$"
)


@dataclass(frozen=True)
class BibliographyEntry:
    """One line of a reference list. ``csl`` is what could be read of it, and ``complete`` whether that is all of it."""

    number: int
    cited_as: str
    place: int
    key: str = ""
    csl: dict[str, Any] = field(default_factory=dict)
    complete: bool = True


def parse(line: str, number: int, place: int) -> BibliographyEntry:
    """Take one line apart. Where its parts cannot be told, all is ``title``, and ``complete`` is False."""
    cited_as = _NUMBER.sub("", line).strip()
    text = _PMID.sub("", cited_as).replace("--", "–")
    csl: dict[str, Any] = {"type": "article-journal", **_numbers(cited_as)}
    if apa := _AUTHOR_YEAR.match(text):
        title, journal = _title_and_journal(apa["rest"])
        csl |= {"title": title, "author": _authors(apa["authors"]), "year": int(apa["year"]), **_journal(journal)}
        return BibliographyEntry(number, cited_as, place, csl=csl, complete=bool(journal))
    if taken := _VANCOUVER.match(text) or _MLA.match(text):
        details = {name: taken[name] for name in ("volume", "issue", "page") if taken[name]}
        csl |= {"title": taken["title"].rstrip("."), "author": _authors(taken["authors"]), **details}
        csl |= {"container-title": taken["journal"].strip(), "year": int(taken["year"])}
        return BibliographyEntry(number, cited_as, place, csl=csl)
    return BibliographyEntry(number, cited_as, place, csl={**csl, "title": cited_as[:1000]}, complete=False)


def number_of(line: str) -> int | None:
    """Return the number that a line of the reference list begins with."""
    match = _NUMBER.match(line)
    return int(match[1]) if match else None


def _numbers(line: str) -> dict[str, str]:
    doi, pmid = _DOI.search(line), _PMID.search(line)
    return ({"DOI": doi[1]} if doi else {}) | ({"PMID": pmid[1]} if pmid else {})


def _title_and_journal(text: str) -> tuple[str, str]:
    title, *journal = re.split(r"(?<=[.?!])\s+(?=[A-ZÀ-Þ])", text, maxsplit=1)
    return title.strip(' ."“”'), journal[0] if journal else ""


def _journal(text: str) -> dict[str, str]:
    text = re.sub(r"\s*(?:https?://\S+|doi:\s*\S+)\.?\s*$", "", text, flags=re.IGNORECASE).strip()
    match = _JOURNAL.match(text) if text else None
    if match is None:
        return {}
    details = {name: match[name] for name in ("volume", "issue", "page") if match[name]}
    return {"container-title": match["journal"].strip().rstrip("."), **details}


def _authors(text: str) -> list[dict[str, str]]:
    """Read "Kavoussi, B., & Ross, B. E." or "Vickers AJ, Vertosick EA"; "et al." is left out."""
    text = re.sub(r",?\s*\bet al\.?", "", text).replace("&", ",").replace(" and ", ", ")
    if inverted := re.fullmatch(
        r"((?![^,]*\s[A-Z]{1,3},)[^\W\d_][^,]{1,40}),\s*([^\W\d_][\w'-]+(?:\s+[A-Z]\.?)?)[\s,]*", text
    ):
        return [{"family": inverted[1], "given": inverted[2]}]
    pairs = re.findall(r"([^\W\d_][^,;]*?),\s*((?:[^\W\d_]\.[\s-]*)+)(?:,|$|;)", text + ",")
    if pairs:
        return [{"family": family.strip(), "given": initials.strip()} for family, initials in pairs]
    return [_spaced(name.strip(" .")) for name in text.split(",") if name.strip(" .")]


def _spaced(name: str) -> dict[str, str]:
    family, _, initials = name.rpartition(" ")
    return {"family": family, "given": initials} if family and initials.isupper() else {"family": name}


def slug(words: str, limit: int = 60) -> str:
    """Return ``words`` as a name for files: lower-case ASCII letters, digits, single hyphens; "x" if none is left."""
    ascii_words = unicodedata.normalize("NFKD", re.sub("['’]", "", words)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_words)[:limit].strip("-") or "x"


class UnusedNames:
    """Gives out names, each once: the first as it is, further ones of the same with a number from 2 on."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._last: dict[str, int] = {}

    def next(self, base: str) -> str:
        name = base
        while name in self._names:
            self._last[base] = self._last.get(base, 1) + 1
            name = f"{base}-{self._last[base]}"
        self._names.add(name)
        return name
