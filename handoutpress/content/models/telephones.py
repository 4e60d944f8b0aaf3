"""Telephone numbers: what of a clinic's own words can be dialled, and how a link says it. The only place that imports
phonenumbers.

Whether a number exists never matters, since numbers of samples do not: only whether it could be dialled as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from phonenumbers import (
    CountryCodeSource,
    Leniency,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    ValidationResult,
    convert_alpha_characters_in_number,
    format_number,
    is_emergency_number,
    is_possible_number_with_reason,
    is_valid_number,
    is_valid_short_number_for_region,
    parse,
)

# Private, and so the library is pinned below its next major version: without it, the local half of a number in
# countries of numbers of any length would be taken for a whole one.
from phonenumbers.phonenumbermatcher import _is_national_prefix_present_if_required as _has_prefix

MAX_SHORT = 5
"""Digits of the longest numbers that no country sets an area code before: 999, 3114 (FR), short codes."""
MAX_SERVICE = 6
"""Digits of the longest numbers that are dialled within a country alone: 116 123, 13 11 14 (AU)."""
_DIGITS_ALONE = re.compile(r"[\d\s-]+")
_IN_BRACKETS = re.compile(r"\([^()]*[^\W\d_][^()]*\)")
"""Brackets with a letter in them: words, though a telephone's keys would make digits of them."""
_VANITY = re.compile(r"\+?[\d(][\d().\s-]{2,}[A-Z]{3,}[A-Z\d-]*(?![\w])")
"""A number that ends in capital letters, as on a telephone's keys: 0800 FLOWERS."""
_PLAIN = re.compile(r"[+0]\d*(?: \d+)*")
"""A number without signs or words, which needs no search for where it begins and ends."""
_BEFORE_NUMBER, _BEHIND_NUMBER = re.compile(r"(?:[\w/@=-]|\d[.:])$"), re.compile(r"^(?:[\w/@%]|[.:,-]\w)")
"""Beside a run of digits: signs of an address, a DOI or a figure, which are no telephone's."""
_LEFT_OVER = re.compile(r"\d(?:[\s.-]?\d){2,}")


@dataclass(frozen=True)
class PhonePart:
    """Some of the words of a telephone line, and the ``tel:`` address that they lead to; words alone lead nowhere."""

    text: str
    link: str = ""


@lru_cache(maxsize=4096)
def phone_parts(phone: str, country: str) -> tuple[PhonePart, ...]:
    """Return the parts of ``phone`` in order; together they are its text.

    A number leads to its global form (RFC 3966, 5.1.4) as it is dialled in ``country``, ISO 3166-1 alpha-2 in any
    case; one that is dialled within that country alone, such as 999, stays as it is.
    """
    parts, at = [], 0
    for start, end, link in _numbers(phone, country.upper()):
        parts += [PhonePart(phone[at:start]), PhonePart(phone[start:end], link)]
        at = end
    return tuple(part for part in (*parts, PhonePart(phone[at:])) if part.text)


def service_link(number: str) -> str:
    """Return the link of a country's own number, such as 112: all its digits, and nothing else."""
    return "tel:" + "".join(letter for letter in number if letter.isdigit() or letter == "+")


def not_dialled(parts: Iterable[PhonePart]) -> tuple[str, ...]:
    """Return the runs of three digits and more in ``parts`` that lead nowhere."""
    words = (_IN_BRACKETS.sub("", part.text) for part in parts if not part.link)
    return tuple(match[0] for text in words for match in _LEFT_OVER.finditer(text))


def typed_numbers(text: str, country: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each telephone number in a running text begins and ends, and its link as dialled in ``country``.

    A text has many figures: a number begins with + or 0, or is one that exists and is written in groups.
    """
    if sum(map(str.isdigit, text)) <= MAX_SERVICE:
        return
    for start, end, link in _whole_numbers(text, country.upper()):
        raw = text[start:end]
        is_one = raw[:1] in ("+", "(", "0") or (not raw.isdigit() and _exists(raw, country.upper()))
        before, behind = text[max(0, start - 2) : start], text[end : end + 2]
        if is_one and not _BEFORE_NUMBER.search(before) and not _BEHIND_NUMBER.search(behind):
            yield start, end, link


def _exists(raw: str, region: str) -> bool:
    number = _parsed(raw, region)
    return number is not None and is_valid_number(number)


def reaches_emergency(number: str, country: str) -> bool:
    """Return whether ``number`` reaches an emergency service in ``country``, its own or one that is passed on."""
    return bool(is_emergency_number(number, country.upper()))


def _numbers(phone: str, region: str) -> list[tuple[int, int, str]]:
    """Return where each number begins and ends, and its link."""
    if service := _service_number(phone, region):
        return [(0, len(phone), service)]
    if _PLAIN.fullmatch(phone) and (number := _parsed(phone, region)) and _is_whole(number):
        return [(0, len(phone), format_number(number, PhoneNumberFormat.RFC3966))]
    whole = list(_whole_numbers(phone, region))
    for match in _VANITY.finditer(phone):
        link = _vanity_link(match[0], region)
        if link and not any(start < match.end() and match.start() < end for start, end, _ in whole):
            whole.append((match.start(), match.end(), link))
    return sorted(whole)


def _service_number(phone: str, region: str) -> str:
    """Return the link of a number of few digits that is dialled as it stands, else an empty text."""
    digits = [letter for letter in phone if letter.isdigit()]
    if not digits or len(digits) > MAX_SERVICE or not _DIGITS_ALONE.fullmatch(phone):
        return ""
    number = _parsed(phone, region)
    is_known = number is not None and (
        is_valid_short_number_for_region(number, region)
        or is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    )
    return _digits_link(digits) if is_known or len(digits) <= MAX_SHORT else ""


def _digits_link(digits: Iterable[str]) -> str:
    return "tel:" + "".join(str(int(digit)) for digit in digits)


def _whole_numbers(phone: str, region: str) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers that can be dialled from everywhere: those with an area code where there are any."""
    for match in PhoneNumberMatcher(phone, region, leniency=Leniency.POSSIBLE):
        number = _parsed(match.raw_string, region)
        if number is not None and _is_whole(number):
            yield match.start, match.end, format_number(number, PhoneNumberFormat.RFC3966)


def _vanity_link(words: str, region: str) -> str:
    number = _parsed(convert_alpha_characters_in_number(words), region)
    return format_number(number, PhoneNumberFormat.RFC3966) if number is not None and _is_whole(number) else ""


def _parsed(text: str, region: str) -> PhoneNumber | None:
    try:
        return parse(text, region, keep_raw_input=True)
    except NumberParseException:
        return None


def _is_whole(number: PhoneNumber) -> bool:
    if is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return False
    return number.country_code_source != CountryCodeSource.FROM_DEFAULT_COUNTRY or bool(_has_prefix(number))
