"""Telephone numbers that stand typed in a text: of another country's services, or of nobody that the page knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from handoutpress.content.models.blocks.links import LinksContent
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.telephones import phone_parts, typed_numbers
from handoutpress.content.text.help_steps import numbers_called
from handoutpress.editorial.checks.calls.call_rules import CallRules, digits
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.subject import CheckSubject, TextSubject

_LINK = re.compile(r"\]\(tel:([^)\s]+)\)")


class TypedPhone(NamedTuple):
    """A number in a text: where, as it is typed, and what it leads to."""

    at: int
    words: str
    link: str


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Yield each number in a handout that is no service's of the country, nor the clinics', nor of its links."""
    yield from phone_remarks(subject, _declared(subject.handout, subject.rules.calls))


def phone_remarks(subject: TextSubject, declared: frozenset[str] = frozenset()) -> Iterator[Remark]:
    """Yield each number in the texts whose owner nothing names; links that are ``declared`` have one."""
    calls = subject.rules.calls
    for text in (*subject.texts, *subject.names):
        of_services = list(_services(text, calls))
        for phone in of_services:
            if country := calls.is_of_another_country(digits(phone.words)):
                sentence = f"“{phone.words}” reaches no help where a clinic prints this: {country}."
                hint = "take it out: the page prints the number of each clinic's country below urgent help."
                yield Remark("phone-country", "error", text.location, sentence, hint, phone.at, phone.words)
        known = declared | calls.clinic_links | calls.service_links
        for phone in (*of_services, *_whole(text, calls)):
            if phone.link not in known and not calls.is_of_service(digits(phone.words)):
                sentence = f"“{phone.words}” is a telephone number, and nothing says that it is the clinic's."
                hint = (
                    "where it is the clinic's, write {phone} at the end of the paragraph; where it is another's, such "
                    'as a charity\'s, name it in a "links" block with "label" and "phone".'
                )
                yield Remark("phone-typed", "warning", text.location, sentence, hint, phone.at, phone.words)


def _declared(handout: Handout, calls: CallRules) -> frozenset[str]:
    """Return the links of the numbers whose owners a handout names in its blocks of links."""
    blocks = (block.content for block in handout.body if isinstance(block.content, LinksContent))
    numbers = [entry.phone for content in blocks for entry in content.items if entry.phone]
    return frozenset(
        part.link for number in numbers for code in calls.clinics.countries for part in phone_parts(number, code)
    ) | frozenset(f"tel:{digits(number)}" for number in numbers)


def _services(text: Prose, calls: CallRules) -> Iterator[TypedPhone]:
    """Yield the short numbers that a text says to call."""
    if calls.words is not None:
        for match in numbers_called(text.plain, calls.words):
            yield TypedPhone(match.start("number"), match["number"], f"tel:{digits(match['number'])}")


def _whole(text: Prose, calls: CallRules) -> Iterator[TypedPhone]:
    """Yield the numbers that can be dialled from everywhere, each once: in the words, then behind their links."""
    found = sorted(
        (start, order, end, link)
        for order, country in enumerate(calls.clinics.countries)
        for start, end, link in typed_numbers(text.plain, country)
    )
    ends, links = 0, set[str]()
    for start, _, end, link in found:
        if start >= ends:
            yield TypedPhone(start, text.plain[start:end], link)
            ends = end
            links.add(link)
    for match in _LINK.finditer(text.text):
        parts = (part for code in calls.clinics.countries[:1] for part in phone_parts(match[1], code))
        yield from (TypedPhone(match.start(1), part.text, part.link) for part in parts if part.link not in {"", *links})
