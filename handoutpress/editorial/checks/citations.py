"""Citations: each leads to a reference that was found to be true, and what is stated has one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handoutpress.content.library import NOT_FOUND_YET, TO_FIND, broken_words, uncitable_hint
from handoutpress.content.models.citations import citations, cited_keys, unreadable_citation
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.patterns import denied
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.subject import CheckSubject, TextSubject
from handoutpress.yamlfile.nearest import nearest
from handoutpress.yamlfile.source import Location

_FIGURE = re.compile(
    r"(?<![\w.,])\d[\d.,]*\s+(?:in|of|out of)\s+(?:every\s+)?\d[\d,]*\b"
    r"|(?<![\w.,])\d[\d.,]*\s?(?:%|per ?cent\b)",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research(?:ers)?|reviews?|scans?|surveys?|scientists|f?MRI)\b"
    r"[^.;]{0,60}?"
    r"\b(?:f[io]und|shows?|showed|shown|suggests?|suggested|confirms?|confirmed|proves?|proved|saw)\b"
    r"|\b(?:been|is|are) (?:shown|known|proven) to\b",
    re.IGNORECASE,
)
_OBJECT = r"(?!\s+(?:once|when|as|off|over|within|by itself|on its own)\b|\s*[.,;])"
"""Something is eased: "it eases once you move" says how a trouble goes by itself, and tells no benefit."""
_BENEFIT = re.compile(
    rf"\b(?:(?:eas(?:es?|ing)|improv(?:es?|ing)){_OBJECT}|reliev(?:es?|ing)|reduc(?:es?|ing)|relief (?:of|from)"
    r"|dampens?|calm(?:s|ing)?|boosts?|regulat(?:es?|ing)|stimulates?|triggers?(?!\s+points?)|activates?)\b",
    re.IGNORECASE,
)
_RISK = re.compile(
    r"\b(?:is|are)\s+(?:very\s+|most(?:ly)?\s+|quite\s+)?(?:common|uncommon|rare|mild|frequent|unusual)\b"
    r"|\bhappens?\s+(?:often|seldom|rarely)\b",
    re.IGNORECASE,
)
_STATUS = {
    "misquoted": "has been found to say something else than it is cited for",
    "not-found": "matches no paper that anyone could find",
    "not-verified": "has not been looked up yet",
    "retracted": "has been retracted by its journal",
}
_ADVISING_SECTIONS = frozenset(
    {"title", "subtitle", "for_whom", "summary", "questions", "main_message"}
    | {"tell_us_first", "after_care", "urgent_help", "alternatives"}
)
"""Sections that advise or sum up, and state nothing new."""


CitedKey = tuple[str, Location, int]
"""A cited key, the location of its text, and how many characters into it the key stands."""


def cited(subject: CheckSubject) -> Iterator[CitedKey]:
    """Yield each key that a handout cites, in its texts and its lists."""
    yield from cited_in(subject.texts)
    yield from ((key, location, 0) for key, location in _listed(subject))


def cited_in(texts: Iterable[Prose]) -> Iterator[CitedKey]:
    """Yield each key that ``texts`` cite."""
    for text in texts:
        for key, offset in cited_keys(text.text):
            yield key, text.location, offset


def _listed(subject: CheckSubject) -> Iterator[tuple[str, Location]]:
    benefits = subject.handout.benefits.items if subject.handout.benefits else ()
    listed = [("benefits", number, entry.references) for number, entry in enumerate(benefits)]
    listed += [("risks", number, entry.references) for number, entry in enumerate(subject.handout.harms)]
    for section, number, keys in listed:
        for place, key in enumerate(keys):
            yield key, (section, "items", number, "references", place)


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Compare every citation with the library, and look whether every statement has one."""
    yield from citation_remarks(subject, cited(subject))
    for text in subject.texts:
        if not _has_own_references(text.location):
            yield from statement_remarks(text)


def citation_remarks(subject: TextSubject, cited_there: Iterable[CitedKey]) -> Iterator[Remark]:
    """Yield each citation that cannot be read, and each key that may not be cited, or not for long."""
    # One place in a text is enough of one key.
    places = {(key, location): at for key, location, at in reversed(list(cited_there))}
    for (key, location), at in places.items():
        yield from _key_remarks(subject, key, location, at)
    for text in subject.texts:
        yield from _unreadable(text)


def _unreadable(text: Prose) -> Iterator[Remark]:
    for citation in citations(text.text):
        if fault := unreadable_citation(citation):
            yield Remark(
                "citation-unknown", "error", text.location, fault.sentence, fault.hint, citation.start, citation.written
            )


def _key_remarks(subject: TextSubject, key: str, location: Location, at: int) -> Iterator[Remark]:
    reference = subject.library.get(key)
    if reference is None and key in subject.broken_references:
        words = broken_words(key, subject.broken_references[key])
        yield Remark("citation-unknown", "error", location, words.sentence, words.hint, at, key)
    elif reference is None and key == TO_FIND:
        yield Remark("citation-unknown", "error", location, NOT_FOUND_YET.sentence, NOT_FOUND_YET.hint, at, key)
    elif reference is None:
        sentence = f'"{key}" is not in the reference library.'
        near = nearest(key, subject.library)
        meant = f'did you mean "{near}"? Else ' if near else ""
        hint = f"{meant}add the paper to references.yaml, or take out the citation."
        yield Remark("citation-unknown", "error", location, sentence, hint, at, key)
    # Only confirmed and corrected entries may be cited; of retractions the ICMJE Recommendations say so.
    elif not reference.citable:
        sentence = f'"{key}" {_STATUS[reference.custom.status]}.'
        yield Remark("citation-unconfirmed", "error", location, sentence, uncitable_hint(reference), at, key)
    elif (year := reference.year) and subject.today.year - year > subject.rules.regulator.reference_years:
        sentence = f'"{key}" is from {year}, more than {subject.rules.regulator.reference_years} years ago.'
        yield Remark(
            "reference-old", "warning", location, sentence, "cite newer work in its place, or beside it.", at, key
        )


def statement_remarks(text: Prose) -> Iterator[Remark]:
    """Yield the sentences of a text that state something and have no citation in their paragraph."""
    if text.section in _ADVISING_SECTIONS or (any(cited_keys(text.text)) and not _FIGURE.search(text.plain)):
        return
    for sentence in text.sentences:
        figure, finding = _FIGURE.search(sentence.text), _FINDING.search(sentence.text)
        risk, benefit = _RISK.search(sentence.text), _BENEFIT.search(sentence.text)
        match = figure or finding or risk or benefit
        if not match or _cited_nearby(text, sentence.start) or denied(sentence.text, *match.span()):
            continue
        statement = {figure: "A figure", finding: "What studies found", risk: "How common something is"}.get(
            match, "A benefit"
        )
        message = f"{statement} stands without a reference."
        hint = "add the citation, [@key], behind it."
        at = sentence.start + match.start()
        yield Remark("statement-without-reference", "warning", text.location, message, hint, at, match.group())


def _has_own_references(location: Location) -> bool:
    return location[:2] in {("benefits", "items"), ("risks", "items")}


def _cited_nearby(text: Prose, start: int) -> bool:
    """Return whether the paragraph or bullet around ``start`` cites anything."""
    start_of_block = max(text.text.rfind("\n\n", 0, start), text.text.rfind("\n- ", 0, start), 0)
    end_of_block = min(
        (place for separator in ("\n\n", "\n- ") if (place := text.text.find(separator, start)) > 0),
        default=len(text.text),
    )
    return any(start_of_block <= offset < end_of_block for _, offset in cited_keys(text.text))
