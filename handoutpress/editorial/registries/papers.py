"""Papers that have keys already, so that a key means one paper, and a paper keeps its key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from handoutpress.content.library import Library
from handoutpress.editorial.registries.likeness import first_page, normalised_words, same_journal
from handoutpress.editorial.registries.works import Work, from_reference

_PaperId = tuple[str, ...]


class KnownPapers:
    """The papers of some libraries by what they are. Gives each further one a key that no other paper has."""

    def __init__(self, libraries: Iterable[Library] = ()) -> None:
        self._taken: dict[str, Work | None] = {}
        self._by_id: dict[_PaperId, list[str]] = defaultdict(list)
        for library in libraries:
            # What cannot be read may be any paper: its key is taken as well.
            for broken in library.broken:
                self._taken.setdefault(broken, None)
            for key, reference in library.references.items():
                if key not in self._taken:
                    self.keep(key, from_reference(reference))

    def key_of(self, work: Work) -> str | None:
        """Return the key that this paper has already, if it has one."""
        keys = [key for paper_id in _paper_ids(work) for key in self._by_id.get(paper_id, ())]
        return next((key for key in keys if (kept := self._taken[key]) and _may_be_one(kept, work)), None)

    def is_taken(self, key: str) -> bool:
        """Return whether a paper has ``key``."""
        return key in self._taken

    def unused(self, base: str) -> str:
        """Return ``base``, or where it is taken ``base`` with the first number from 2 on that is not."""
        number, key = 1, base
        while key in self._taken:
            number += 1
            key = f"{base}-{number}"
        return key

    def keep(self, key: str, work: Work) -> None:
        """Remember that ``work`` has ``key``."""
        self._taken[key] = work
        for paper_id in _paper_ids(work):
            self._by_id[paper_id].append(key)


def _paper_ids(work: Work) -> list[_PaperId]:
    """Return what a paper is found by, the surest first: its numbers, then first author, year and title.

    A title alone, such as "Editorial", is that of many papers.
    """
    numbers: list[_PaperId] = [
        (name, number.lower()) for name, number in (("doi", work.doi), ("pmid", work.pmid)) if number
    ]
    if not work.authors or not work.year:
        return numbers
    author, title = (" ".join(normalised_words(words)) for words in (work.authors[0], work.title))
    return [*numbers, ("title", author, str(work.year), title)]


def _may_be_one(kept: Work, work: Work) -> bool:
    """Return whether nothing that both works say tells them apart; a number of both decides alone."""
    for one, other in ((kept.doi, work.doi), (kept.pmid, work.pmid)):
        if one and other:
            return one.lower() == other.lower()
    if kept.volume and work.volume and kept.volume != work.volume:
        return False
    if kept.journals and work.journals and not same_journal(kept, work):
        return False
    pages = [first_page(re.sub("[–—]", "-", pages)) for pages in (kept.pages, work.pages) if pages]
    return len(pages) < 2 or pages[0] == pages[1]
