"""Verifying the reference library: each entry is confirmed, corrected, misquoted, not found or retracted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from handoutpress.content.models.references import Reference
from handoutpress.editorial.importing.bibliography import parse
from handoutpress.editorial.registries.client import NoAnswerError, RegistryAwayError
from handoutpress.editorial.registries.likeness import (
    NEAR_TITLE,
    SAME_TITLE,
    FieldDifference,
    differences,
    likeness,
    title_likeness,
)
from handoutpress.editorial.registries.lookup import Lookup
from handoutpress.editorial.registries.works import Work, from_reference
from handoutpress.yamlfile.counts import counted

ReferenceOutcome = Literal["confirmed", "corrected", "misquoted", "not-found", "retracted", "no-answer"]


@dataclass(frozen=True)
class ReferenceVerdict:
    """The outcome for one entry, the paper that was found, and where it differs. ``remark`` says why, if need be."""

    key: str
    outcome: ReferenceOutcome
    work: Work | None = None
    differences: tuple[FieldDifference, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class WorkMatch:
    """A paper that may be the one cited, and how alike they are, from 0 to 1."""

    score: float
    work: Work


def verify(references: Iterable[Reference], lookup: Lookup) -> Iterator[ReferenceVerdict]:
    """Look each entry up, one after the other; what a server cannot answer costs one verdict, not the run.

    Once a server is away, only what the cache knows is judged still. Raises ``RegistryAwayError`` at the end, with how
    many entries were left.
    """
    left: list[RegistryAwayError] = []
    for reference in references:
        try:
            yield _verdict(reference, lookup)
        except RegistryAwayError as error:
            left.append(error)
        except NoAnswerError as error:
            yield ReferenceVerdict(reference.id, "no-answer", remark=str(error))
    if left:
        were = counted(len(left), "entry was", "entries were")
        raise RegistryAwayError(f"{were} not looked up. {left[0]}")


def _verdict(reference: Reference, lookup: Lookup) -> ReferenceVerdict:
    """Look an entry up by its numbers; where they lead nowhere, by its words."""
    cited = from_reference(reference)
    numbered = [work for work in _by_number(reference, lookup) if work]
    if numbered:
        likest = max(numbered, key=lambda work: likeness(cited, work))
        retracted = any(work.retracted for work in numbered)
        return _judge(reference.id, cited, likest, retracted=retracted)
    words = " ".join([*cited.authors[:1], cited.title, cited.journal, str(cited.year or "")])
    matches = _matches(cited, words, lookup)
    if matches and title_likeness(cited.title, matches[0].work.title) >= NEAR_TITLE:
        return _judge(reference.id, cited, matches[0].work, retracted=matches[0].work.retracted, searched=True)
    number = reference.DOI or reference.PMID
    remark = f"{number} leads nowhere, and no paper has such a title." if number else "No paper has such a title."
    return ReferenceVerdict(reference.id, "not-found", remark=remark)


def _by_number(reference: Reference, lookup: Lookup) -> Iterator[Work | None]:
    if reference.DOI:
        yield lookup.by_doi(reference.DOI)
    if reference.PMID:
        yield lookup.by_pmid(reference.PMID)


def _judge(key: str, cited: Work, registered: Work, *, retracted: bool, searched: bool = False) -> ReferenceVerdict:
    """Compare a reference as cited with the work that was found, by its number or ``searched`` by its words.

    The same title is confirmed, or corrected where details differ. Another title is misquoted. A retraction outranks
    both of the first.
    """
    fields = differences(cited, registered)
    alike = title_likeness(cited.title, registered.title)
    if alike < SAME_TITLE or (searched and likeness(cited, registered) < NEAR_TITLE):
        source = "The nearest paper" if searched else "The number leads to a paper that"
        remark = (
            f"{source} has another title."
            if alike < SAME_TITLE
            else "The title is known, from other authors and another journal."
        )
        return ReferenceVerdict(key, "misquoted", registered, fields, remark)
    if retracted:
        return ReferenceVerdict(key, "retracted", registered, fields, "The journal has retracted it.")
    return ReferenceVerdict(key, "corrected" if fields else "confirmed", registered, fields)


def find(cited_as: str, lookup: Lookup) -> tuple[WorkMatch, ...]:
    """Return candidates for a reference as an article prints it, the likest first. Raises ``NoAnswerError``."""
    csl = parse(cited_as, 1, 0).csl
    authors = tuple(author["family"] for author in csl.get("author", ()))
    journal = csl.get("container-title", "")
    cited = Work(csl["title"], authors, csl.get("year"), journal, journals=(journal,) if journal else ())
    return _matches(cited, cited_as, lookup)


def _matches(cited: Work, words: str, lookup: Lookup) -> tuple[WorkMatch, ...]:
    """Return what the registry has for ``words``, the likest to ``cited`` first."""
    matches = [WorkMatch(likeness(cited, work), work) for work in lookup.by_words(words)]
    return tuple(sorted(matches, key=lambda match: -match.score))
