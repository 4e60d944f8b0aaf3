"""Telephone lines as clinics write them: what of each leads to a dialler, and to which number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from phonenumbers import (
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
    example_number_for_type,
    format_number,
    is_possible_number,
    is_possible_number_with_reason,
    parse,
)

from handoutpress.content.models.telephones import not_dialled, phone_parts, service_link

LINES = [
    ("gb", "+44 (0)20 7946 0000", ["tel:+44-20-7946-0000"]),
    ("gb", "01632 960 123 ext. 4", ["tel:+44-1632-960123;ext=4"]),
    ("gb", "020 7946 0000 x22", ["tel:+44-20-7946-0000;ext=22"]),
    ("gb", "01632 960 123 / 960 124", ["tel:+44-1632-960123"]),
    ("gb", "01632 960123 or 01632 960124", ["tel:+44-1632-960123", "tel:+44-1632-960124"]),
    ("gb", "01632 960 123 (option 2)", ["tel:+44-1632-960123"]),
    ("gb", "020 7946 0000 (9 am to 5 pm)", ["tel:+44-20-7946-0000"]),
    ("gb", "0044 20 7946 0000", ["tel:+44-20-7946-0000"]),
    ("gb", "01632.960-123", ["tel:+44-1632-960123"]),
    ("gb", "0800 FLOWERS", ["tel:+44-800-356-9377"]),
    ("gb", "0800 1111", ["tel:+44-800-1111"]),
    ("gb", "999", ["tel:999"]),
    ("gb", "111", ["tel:111"]),
    ("gb", "116 123", ["tel:116123"]),
    ("gb", "٠١٦٣٢ ٩٦٠ ١٢٣", ["tel:+44-1632-960123"]),
    ("gb", "１１１", ["tel:111"]),
    ("gb", "01632\u00a0960\u00a0123", ["tel:+44-1632-960123"]),
    ("GB", "+1 503 555 0142", ["tel:+1-503-555-0142"]),
    ("us", "(503) 555-0142", ["tel:+1-503-555-0142"]),
    ("us", "1-800-FLOWERS", ["tel:+1-800-356-9377"]),
    ("us", "(503) 555-0142 x12 / (503) 555-0143", ["tel:+1-503-555-0142;ext=12", "tel:+1-503-555-0143"]),
    ("us", "911", ["tel:911"]),
    ("fr", "+33 (0)1 99 00 12 34", ["tel:+33-1-99-00-12-34"]),
    ("fr", "3114", ["tel:3114"]),
    ("de", "030/23125-000", ["tel:+49-30-23125000"]),
    ("de", "116117", ["tel:116117"]),
    ("au", "1800 022 222", ["tel:+61-1800-022-222"]),
    ("au", "13 11 14", ["tel:131114"]),
    ("in", "98765 43210", ["tel:+91-98765-43210"]),
    ("ua", "+38 (044) 123-45-67", ["tel:+380-44-123-4567"]),
    ("it", "06 1234 5678", ["tel:+39-06-1234-5678"]),
]


@pytest.mark.parametrize(("country", "phone", "links"), LINES)
def test_a_number_leads_to_what_a_person_would_dial(country: str, phone: str, links: list[str]) -> None:
    parts = phone_parts(phone, country)
    assert "".join(part.text for part in parts) == phone
    assert [part.link for part in parts if part.link] == links


@pytest.mark.parametrize(
    ("country", "phone", "rest"),
    [
        ("gb", "960 124", "960 124"),
        ("gb", "1632 960123", "1632 960123"),
        ("us", "555-0142", "555-0142"),
        ("de", "23125000", "23125000"),
        ("us", "1-800-MY-CLINIC", "1-800"),
        ("gb", "01632 960 123 / 960 124", "960 124"),
        ("nowhere", "01632 960123", "01632 960123"),
    ],
)
def test_what_cannot_be_dialled_from_everywhere_has_no_link_and_is_told(country: str, phone: str, rest: str) -> None:
    assert not_dialled(phone_parts(phone, country)) == (rest,)


def test_words_beside_a_number_are_words() -> None:
    texts = [
        (part.text, bool(part.link)) for part in phone_parts("Tel. 020 7946 0000, out of hours 020 7946 0001", "gb")
    ]
    assert texts == [("Tel. ", False), ("020 7946 0000", True), (", out of hours ", False), ("020 7946 0001", True)]
    assert not_dialled(phone_parts("020 7946 0000 (option 2, code 1234)", "gb")) == ()


def test_a_country_s_own_number_stays_as_it_is() -> None:
    numbers = ("999", "1800 022 222", "116-117", "+380 103")
    assert [service_link(number) for number in numbers] == ["tel:999", "tel:1800022222", "tel:116117", "tel:+380103"]


def examples(region: str) -> Iterator[PhoneNumber]:
    """One number of each type that the region has, but for those that are dialled within a part of it alone."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    assert metadata is not None
    for kind in sorted(PhoneNumberType.values()):
        number = example_number_for_type(region, kind)
        if number is not None and is_possible_number(number) and not _is_local(number):
            yield number


def _is_local(number: PhoneNumber) -> bool:
    return is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE_LOCAL_ONLY


def wrong_links(region: str) -> list[tuple[str, list[str]]]:
    """The lines of a region's example numbers, in each form, with and without extension, that dial another number."""
    wrong = []
    forms = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164)
    for number in examples(region):
        e164 = format_number(number, PhoneNumberFormat.E164)
        for form in forms:
            for said, extension in (("", ""), (" ext. 42", ";ext=42"), (" x7", ";ext=7")):
                line = format_number(number, form) + said
                links = [part.link for part in phone_parts(line, region) if part.link]
                dials = [link.replace("-", "") for link in links]
                as_it_is = [f"tel:{''.join(filter(str.isdigit, line))}"] if len(e164) < 10 and not said else None
                if dials not in ([f"tel:{e164}{extension}"], as_it_is):
                    wrong.append((line, links))
    return wrong


REGIONS = ["GB", "IE", "US", "CA", "AU", "NZ", "DE", "FR", "ES", "IN", "UA", "IT", "PL", "NL", "SE", "BR", "ZA", "JP"]


@pytest.mark.parametrize("region", REGIONS)
def test_example_numbers_lead_to_themselves(region: str) -> None:
    assert wrong_links(region) == []


def test_the_link_is_one_that_the_library_reads_back() -> None:
    (part,) = phone_parts("01632 960 123 ext. 4", "gb")
    assert parse(part.link, None).extension == "4"
