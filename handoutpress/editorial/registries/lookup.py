"""Looking works up at Crossref and PubMed, with each answer cached in a file beside the library."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from handoutpress.editorial.registries.client import NoAnswerError, RegistryClient
from handoutpress.editorial.registries.works import Work, from_crossref, from_data, from_pubmed
from handoutpress.store.files import replace_shared_file
from handoutpress.yamlfile.problems import ContentError, Problem

CROSSREF = "https://api.crossref.org"
PUBMED = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
CACHE = "references.cache.json"
"""The file beside ``references.yaml``; it is meant to be committed."""
CANDIDATES = 5


@dataclass
class RegistryCache:
    """The answers by question, in the file ``path`` (None: in memory only). An empty answer is cached as well."""

    path: Path | None = None
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def get(self, question: str) -> tuple[Work, ...] | None:
        """Return the works that answered ``question``, or None if it was never answered."""
        if question not in self.answers:
            return None
        with suppress(ValueError, TypeError):
            return tuple(from_data(data) for data in self.answers[question])
        return None

    def put(self, question: str, works: tuple[Work, ...]) -> None:
        """Cache an answer, on disk at once, so that a run that is cut short goes on where it stopped."""
        self.answers[question] = [work.data() for work in works]
        if self.path is None:
            return
        words = json.dumps(self.answers, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        replace_shared_file(self.path, words.encode(), 0o644)


def open_cache(path: Path) -> RegistryCache:
    """Read the cache at ``path``; without the file it is empty. Raises ``ContentError`` if it is no cache."""
    if not path.exists():
        return RegistryCache(path)
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
        if not all(isinstance(works, list) for works in answers.values()):
            raise TypeError
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        problem = Problem(path, 0, 0, "The cache of look-ups cannot be read.", "delete it; it is made anew.")
        raise ContentError([problem]) from None
    return RegistryCache(path, answers)


@dataclass
class Lookup:
    """The two registries by one client and one cache. ``ask_again`` asks for what is cached, too."""

    client: RegistryClient
    cache: RegistryCache
    crossref: str = CROSSREF
    pubmed: str = PUBMED
    ask_again: bool = False

    def by_doi(self, doi: str) -> Work | None:
        """Return the work with this DOI; None if Crossref has none. Raises ``NoAnswerError``."""
        address = f"{self.crossref}/works/{quote(doi, safe='')}{self._query({})}"
        return _first(self._ask(f"doi:{doi.lower()}", address, lambda answer: _works(from_crossref(_message(answer)))))

    def by_pmid(self, pmid: str) -> Work | None:
        """Return the work with this PMID; None if PubMed has none. Raises ``NoAnswerError``."""
        query = {"db": "pubmed", "id": pmid, "retmode": "json", "tool": "handoutpress"}
        address = f"{self.pubmed}/esummary.fcgi{self._query(query, 'email')}"
        return _first(self._ask(f"pmid:{pmid}", address, lambda answer: _works(from_pubmed(answer, pmid))))

    def crossref_record(self, doi: str) -> Any:
        """Return Crossref's whole record of a DOI, not cached; None if it has none. Raises ``NoAnswerError``."""
        answer = self.client.json(f"{self.crossref}/works/{quote(doi, safe='')}{self._query({})}")
        return None if answer is None else _message(answer)

    def pubmed_record(self, pmid: str) -> Any:
        """Return PubMed's whole summary of a PMID, not cached; None if it has none. Raises ``NoAnswerError``."""
        query = {"db": "pubmed", "id": pmid, "retmode": "json", "tool": "handoutpress"}
        answer = self.client.json(f"{self.pubmed}/esummary.fcgi{self._query(query, 'email')}")
        result = answer.get("result") if isinstance(answer, dict) else None
        record = result.get(pmid) if isinstance(result, dict) else None
        return record if isinstance(record, dict) and not record.get("error") else None

    def by_words(self, words: str) -> tuple[Work, ...]:
        """Return the candidates for a reference as cited, as Crossref ranks them. Raises ``NoAnswerError``."""
        words = " ".join(words.split())[:400]
        address = f"{self.crossref}/works{self._query({'query.bibliographic': words, 'rows': str(CANDIDATES)})}"
        return self._ask(f"words:{words}", address, _candidates)

    def _query(self, query: dict[str, str], contact: str = "mailto") -> str:
        mailto = self.client.policy.mailto
        full = query | ({contact: mailto} if mailto else {})
        return f"?{urlencode(full)}" if full else ""

    def _ask(self, question: str, address: str, read_works: Callable[[Any], tuple[Work, ...]]) -> tuple[Work, ...]:
        cached = None if self.ask_again else self.cache.get(question)
        if cached is not None:
            return cached
        answer = self.client.json(address)
        works = () if answer is None else read_works(answer)
        self.cache.put(question, works)
        return works


def _message(answer: Any) -> Any:
    if not isinstance(answer, dict) or "message" not in answer:
        raise NoAnswerError("The server's answer has not the shape that it documents. Hint: see its address.")
    return answer["message"]


def _candidates(answer: Any) -> tuple[Work, ...]:
    message = _message(answer)
    items = message.get("items") if isinstance(message, dict) else None
    if not isinstance(items, list):
        raise NoAnswerError("The server's answer lists no works. Hint: see its address.")
    return tuple(work for item in items[:CANDIDATES] if (work := from_crossref(item)))


def _works(work: Work | None) -> tuple[Work, ...]:
    return (work,) if work else ()


def _first(works: tuple[Work, ...]) -> Work | None:
    return works[0] if works else None
