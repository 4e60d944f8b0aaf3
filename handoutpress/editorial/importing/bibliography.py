"""Reference lines as articles print them, taken apart into CSL data that nobody has verified yet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from handoutpress.editorial.importing.web_references import web_page

_NUMBER = re.compile(r"^\s*[\[(]?(\d{1,3})[.)\]]\s*")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]])")
_PMID = re.compile(r"\bPMID:?\s*(\d{1,8})\b", re.IGNORECASE)
_AUTHOR_YEAR = re.compile(r"^(?P<authors>.{2,300}?)\s*\((?P<year>(?:19|20)\d\d)[a-z]?\)[.,:]?\s*(?P<rest>.+)$")
_VANCOUVER = re.compile(
    r"^(?P<authors>[^.]{2,300})\.\s*(?P<title>[^.?!]{3,300}(?:[?!]\s[^.?!]{3,200})?[.?!])\s*(?P<journal>[^.;?!]{2,120})\.?\s*"
    r"(?P<year>(?:19|20)\d\d)(?:[^;]{0,12})?(?:;\s*(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?(?::\s*(?P<page>[\w-]+(?:[-–]\w+)?))?)?"
)
_QUOTED = re.compile(
    r"^(?P<before>[^“\"‘„«]{0,300}?)[\s.,:]*(?:“(?P<one>[^”]{4,400}?)[.,]?”|\"(?P<two>[^\"]{4,400}?)[.,]?\""
    r"|‘(?P<three>.{4,400}?)(?:[.,]’|’(?=[.,]))|(?<!\w)'(?P<six>.{4,400}?)(?:[.,]'|'(?=[.,]))|„(?P<four>[^“”]{4,400}?)[“”]|«\s?(?P<five>[^»]{4,400}?)\s?»)"
    r"[\s.,:]*(?:in:?\s+)?(?P<rest>.*)$",
    re.IGNORECASE,
)
"""A title in quotation marks, as MLA, Chicago and Harvard set it."""
_JOURNAL = re.compile(
    r"^(?P<journal>.{2,200}?)(?:[,.]\s*(?:vol(?:ume)?\.?\s*)?|\s+vol(?:ume)?\.?\s*|\s+(?=\d+(?:\.\d+)?\s*(?:\(|:)))"
    r"(?P<volume>\d{1,4})(?:\s*\((?P<issue>(?!(?:19|20)\d\d\))[^)]{1,20})\)|\.(?P<part>\d{1,3})"
    r"|,?\s*(?:no|nr|issue)\.?\s*(?P<number>[\w-]{1,10}))?"
    r"(?:,?\s*\(?(?:[^\W\d_]{3,9}\.?\s+)?(?P<year>(?:19|20)\d\d)\)?)?"
    r"(?:\s*[,:;.]\s*(?:p(?:p|ages?)?\.?\s*)?(?P<page>\w+(?:[-–]\w+)?))?\s*\.?$",
    re.IGNORECASE,
)
_INITIALS_BEHIND = r"[^\W\d_][^,.;:()\d]{0,40},\s(?:[^\W\d_]\.[\s-]?)+"
_NATURE = re.compile(
    rf"^(?P<authors>{_INITIALS_BEHIND}(?:(?:,\s|\s?&\s|\s?and\s){_INITIALS_BEHIND}){{0,60}}(?:\s?et al\.)?)\s?"
    r"(?P<title>[^\s“\"‘„«(][^.?!]{3,300}[.?!])\s(?P<journal>[^\W\d_][^\d;:]{1,90}?),?\s(?P<volume>\d{1,4})"
    r"(?:\s?\((?P<issue>[^)]{1,12})\))?,\s(?P<page>\w+(?:[-–]\w+)?)\s\((?P<year>(?:19|20)\d\d)\)\.?$"
)
"""Authors with their initials behind, title, journal, volume, pages and the year at the end."""
_JOURNAL_AND_YEAR = re.compile(r"^(?P<journal>[^,\d]{2,200}),\s*(?:[^\W\d_]{3,9}\.?\s+)?(?P<year>(?:19|20)\d\d)\s*\.?$")
_AT_AN_ADDRESS = re.compile(r"[\s,]*(?:https?://\S+|doi:\s*\S+)\.?\s*$", re.IGNORECASE)
_ET_AL = re.compile(r"\bet\s+al\b", re.IGNORECASE)
_SMALL_WORDS = re.compile(
    r"\bet\s+al\b|\b(?:and|und|y|et|in|vol|volume|no|nr|issue|pp?|pages?|doi|https?|dx|org|www|pmid|pmcid|pmc\d*|epub"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+\d{1,2})?)\b",
    re.IGNORECASE,
)
"""What stands in a reference beside its parts."""
_NOT_A_TITLE = re.compile(r"^\W*[,;:]|\bvol\.|\bpp?\.\s*\d|\bet al\b|https?:|\bdoi\b|^[‘“\"]|[,;:‘“]$", re.IGNORECASE)
_NOT_A_JOURNAL = re.compile(r"[\d“”\"‘«»:]|https?|\bvol\b|[,;]$|^\W", re.IGNORECASE)


@dataclass(frozen=True)
class BibliographyEntry:
    """One line of a reference list. ``csl`` is what could be read of it, and ``complete`` whether that is all of it."""

    number: int
    cited_as: str
    place: int
    key: str = ""
    csl: dict[str, Any] = field(default_factory=dict)
    complete: bool = True

    @property
    def names_all(self) -> bool:
        """Whether it names all authors of the paper, and leaves none to "et al."."""
        return not _ET_AL.search(self.cited_as)


def parse(line: str, number: int, place: int) -> BibliographyEntry:
    """Take one line apart. Where its parts cannot be told, all is ``title``; ``complete`` tells of no doubt."""
    cited_as = _NUMBER.sub("", line).strip()
    text = _AT_AN_ADDRESS.sub("", _PMID.sub("", cited_as).strip()).replace("--", "–")
    csl: dict[str, Any] = {"type": "article-journal", **_numbers(cited_as)}
    readings = [csl | parts for read in _READERS if (parts := read(text))]
    understood = next((reading for reading in readings if _is_understood(reading, cited_as)), None)
    if understood:
        return BibliographyEntry(number, cited_as, place, csl=understood)
    if page := web_page(cited_as):
        return BibliographyEntry(number, cited_as, place, csl=page)
    # A part that is wrong is worse than none: what is kept of the first reading looks like what it is taken for.
    likely = next((reading for reading in readings if _is_likely(reading)), {**csl, "title": cited_as[:1000]})
    return BibliographyEntry(number, cited_as, place, csl=likely, complete=False)


def _by_year(text: str) -> dict[str, Any]:
    """Read "Lee MS, Shin BC (2010) Title. Stroke 41(4): 817-820." and its like."""
    taken = _AUTHOR_YEAR.match(text)
    if taken is None or re.search('[“"‘„«]', taken["authors"]):
        return {}
    title, journal = _title_and_journal(taken["rest"])
    return {"title": title, "author": _authors(taken["authors"]), "year": int(taken["year"]), **_journal(journal)}


def _by_year_at_the_end(text: str) -> dict[str, Any]:
    """Read "Lee, M. S. et al. Title. Stroke 41, 817–820 (2010)." as Nature has it."""
    taken = _NATURE.match(text)
    if taken is None:
        return {}
    where = {name: taken[name] for name in ("volume", "issue", "page") if taken[name]}
    names = {"title": taken["title"].rstrip("."), "author": _authors(taken["authors"])}
    return {**names, "container-title": taken["journal"].rstrip(".,"), **where, "year": int(taken["year"])}


def _by_full_stops(text: str) -> dict[str, Any]:
    """Read "Lee MS, Shin BC. Title. Stroke. 2010;41(4):817-20." as Vancouver has it."""
    taken = _VANCOUVER.match(text)
    if taken is None or _QUOTED.match(text):
        return {}
    details = {name: taken[name] for name in ("volume", "issue", "page") if taken[name]}
    journal = taken["journal"].strip()
    names = {"title": taken["title"].rstrip("."), "author": _authors(taken["authors"]), "container-title": journal}
    return {**names, **details, "year": int(taken["year"])}


def _by_volume(text: str) -> dict[str, Any]:
    """Read "Kim TH, Lee MS. Title. Journal, 6 (2014), pp. 434-440", as Elsevier's journals have it."""
    authors, *title_and_journal = text.split(". ", 1)
    title, journal = _title_and_journal(*title_and_journal) if title_and_journal else ("", "")
    where = _journal(journal)
    if "volume" not in where or "year" not in where:
        return {}
    return {"title": title, "author": _authors(authors), **where}


def _by_quotes(text: str) -> dict[str, Any]:
    """Read "Saha FJ et al., ‘Title’, Journal, vol. 34, 2019, pp. 64-69", as MLA and Harvard have it."""
    quoted = _QUOTED.match(text)
    where = _journal(quoted["rest"]) if quoted else {}
    if quoted is None or "year" not in where or not quoted["before"].strip():
        return {}
    return {"title": _quoted_title(quoted), "author": _authors(quoted["before"]), **where}


_READERS = (_by_year_at_the_end, _by_year, _by_full_stops, _by_volume, _by_quotes)


def _is_likely(csl: dict[str, Any]) -> bool:
    """Return whether title and authors look like what they are taken for."""
    title, authors = csl["title"], csl["author"]
    if _NOT_A_TITLE.search(title) or title.count("“") != title.count("”"):
        return False
    # A body such as the World Health Organization has no given name; a person without one was read badly.
    return bool(authors) and all("given" in author or len(author["family"].split()) >= 3 for author in authors)


def _is_understood(csl: dict[str, Any], cited_as: str) -> bool:
    """Return whether every word of the line is in a part, and each part looks like what it is taken for."""
    journal = csl.get("container-title", "")
    if not journal or _NOT_A_JOURNAL.search(journal) or not _is_likely(csl):
        return False
    authors = csl["author"]
    words = {word for value in csl.values() if isinstance(value, str | int) for word in _words(str(value))}
    for name in (author.values() for author in authors):
        parts = _words(" ".join(name))
        words |= {*parts, "".join(_words(" ".join(list(name)[1:])))}
    others = _SMALL_WORDS.sub(" ", re.sub(r"(?<=\d{4})[a-z]\b", "", cited_as))
    return words.issuperset(_words(others))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def number_of(line: str) -> int | None:
    """Return the number that a line of the reference list begins with."""
    match = _NUMBER.match(line)
    return int(match[1]) if match else None


def _numbers(line: str) -> dict[str, str]:
    doi, pmid = _DOI.search(line), _PMID.search(line)
    return ({"DOI": doi[1]} if doi else {}) | ({"PMID": pmid[1]} if pmid else {})


def _title_and_journal(text: str) -> tuple[str, str]:
    if (quoted := _QUOTED.match(text)) and not quoted["before"].strip():
        return _quoted_title(quoted), quoted["rest"]
    title, *journal = re.split(r"(?<=[.?!])\s+(?=[A-ZÀ-Þ])", text, maxsplit=1)
    return title.strip(" ."), journal[0] if journal else ""


def _quoted_title(quoted: re.Match[str]) -> str:
    names = ("one", "two", "three", "four", "five", "six")
    return "".join(quoted[name] or "" for name in names).strip(" .,")


def _journal(text: str) -> dict[str, Any]:
    """Return journal, volume, issue, pages and year, as far as they stand behind a title."""
    text = text.strip()
    match = _JOURNAL.match(text) or _JOURNAL_AND_YEAR.match(text)
    if match is None:
        return {"container-title": text.rstrip(".")} if text else {}
    found = {name: words for name, words in match.groupdict().items() if words}
    where: dict[str, Any] = {"container-title": found["journal"].strip(" .,")}
    where |= {name: found[name] for name in ("volume", "page") if name in found}
    if issue := next((found[name] for name in ("issue", "part", "number") if name in found), ""):
        where["issue"] = issue
    if "year" in found:
        where["year"] = int(found["year"])
    return where


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
    if not family or not initials.isupper():
        return {"family": name}
    # Two capitals are two initials; without a space between them, "TY" would be one.
    return {"family": family, "given": re.sub(r"(?<=[^\W\d_])(?=[^\W\d_])", " ", initials)}


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
