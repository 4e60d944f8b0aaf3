"""The keys of an article's references: family name and year, and never the key of another paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handoutpress.editorial.importing.bibliography import BibliographyEntry, slug
from handoutpress.editorial.registries.papers import KnownPapers
from handoutpress.editorial.registries.works import Work


def keyed(entries: Iterable[BibliographyEntry], papers: KnownPapers) -> tuple[BibliographyEntry, ...]:
    """Give each entry a key of its own: the one that its paper has in ``papers``, else a new one, kept there."""
    given: set[str] = set()
    keyed_entries = []
    for entry in entries:
        work = _work(entry)
        key = papers.key_of(work)
        if key is None or key in given:
            key = papers.unused(_base(entry))
            papers.keep(key, work)
        given.add(key)
        keyed_entries.append(replace(entry, key=key))
    return tuple(keyed_entries)


def _base(entry: BibliographyEntry) -> str:
    authors = entry.csl.get("author") or [{"family": "reference"}]
    return f"{slug(authors[0]['family'], 30)}-{entry.csl.get('year', entry.number)}"


def _work(entry: BibliographyEntry) -> Work:
    csl = entry.csl
    journal = csl.get("container-title", "")
    return Work(
        title=csl["title"],
        authors=tuple(author["family"] for author in csl.get("author", ())),
        year=csl.get("year"),
        journal=journal,
        volume=csl.get("volume", ""),
        pages=csl.get("page", ""),
        doi=csl.get("DOI", ""),
        pmid=csl.get("PMID", ""),
        journals=(journal,) if journal else (),
    )
