"""Addresses: one value for link and code, the words for it, and the many that are not what they seem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoutpress.content.models.hosts import HostError, ascii_host, is_public
from handoutpress.content.models.web_addresses import (
    mail_address,
    mail_link,
    readable_address,
    references_address,
    typed_address,
    web_address,
)

RIGHT = [
    ("https://clinic.example/a?b=c#d", "https://clinic.example/a?b=c#d", "clinic.example/a?b=c#d"),
    ("https://Clinic.Example:8443/A", "https://Clinic.Example:8443/A", "Clinic.Example:8443/A"),
    ("https://müller.example", "https://xn--mller-kva.example", "müller.example"),
    ("https://xn--mller-kva.example/a", "https://xn--mller-kva.example/a", "müller.example/a"),
    ("https://www.müller.example:8443/", "https://www.xn--mller-kva.example:8443/", "www.müller.example:8443"),
    ("https://m.example/статті", "https://m.example/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%96", "m.example/статті"),
    ("https://m.example/caf\u0065\u0301", "https://m.example/caf%C3%A9", "m.example/café"),
    ("https://хор.укр", "https://xn--n1aen.xn--j1amh", "хор.укр"),
    ("https://例え.jp/ページ", "https://xn--r8jz45g.jp/%E3%83%9A%E3%83%BC%E3%82%B8", None),
    ("https://m.example/😀", "https://m.example/%F0%9F%98%80", None),
    ("https://m.example/%ff%d1", "https://m.example/%ff%d1", "m.example/%ff%d1"),
    ("https://www.www.org", "https://www.www.org", "www.www.org"),
    ("https://www.org/a", "https://www.org/a", "www.org/a"),
    ("https://[2001:db8::1]:80/a", "https://[2001:db8::1]:80/a", "[2001:db8::1]:80/a"),
]


@pytest.mark.parametrize(("written", "value", "typed"), RIGHT)
def test_an_address_has_one_value_and_its_words_lead_to_it(written: str, value: str, typed: str | None) -> None:
    assert web_address(written) == value
    assert web_address(value) == value
    assert typed_address(value) == (typed or value.removeprefix("https://"))
    assert web_address(readable_address(value)) == value


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://my-clinic.org@evil.example", "hides where it leads"),
        ("https://a:b@clinic.example/", "hides where it leads"),
        ("https://clinic.example\\evil.example/", "hides where it leads"),
        ("https://good.org\u2044evil.com", "is not the name of a host"),
        ("https://good.org\uff0fevil.com", "is not a web address"),
        ("https://clinic.example/\u202egro", "U\\+202Egro"),
        ("https://clinic.example/a\x07b", "U\\+0007b"),
        ("https://clinic.example/a\u00adb", "U\\+00AD"),
        ("https://a..b/", "is not the name of a host"),
        ("https://.clinic.example/", "is not the name of a host"),
        ("https://clinic.example./", "is not the name of a host"),
        ("https://-clinic.example/", "is not the name of a host"),
        ("https://my_clinic.example/", "is not the name of a host"),
        ("https://xn--zzzzzz99.example/", "is not the name of a host"),
        ("https://" + "a" * 64 + ".example/", "is not the name of a host"),
        ("https://" + "a." * 127 + "example/", "is not the name of a host"),
        ("https://сlinic.example/", "cyrillic small letter es"),
        ("https://xn--linic-0ye.example/", "cyrillic small letter es"),
        ("https://clinic.example.сom/", "cyrillic small letter es"),
        ("https://сосо.com/", "cyrillic small letter es"),
        ("https://μclinic.example/", "greek small letter mu"),
        ("https://clinic.example:99999/", "is not a web address"),
        ("https://clinic.example:port/", "is not a web address"),
        ("https:///path", "is not a web address"),
        ("https://", "is not a web address"),
        ("//clinic.example", "is not a web address"),
        ("ftp://clinic.example", "is not a web address"),
        ("javascript:alert(1)", "is not a web address"),
        ("https://clinic.example/a b", "is not a web address"),
    ],
)
def test_what_is_not_what_it_looks_like_is_refused_in_a_sentence(address: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as caught:
        web_address(address)
    assert ". Hint: " in str(caught.value)
    assert str(caught.value).isprintable()


@given(st.text(max_size=30).map("https://".__add__))
def test_any_text_is_an_address_or_refused(address: str) -> None:
    try:
        value = web_address(address)
    except ValueError as error:
        assert ". Hint: " in str(error)
        return
    assert value.isascii()
    assert web_address(value) == value
    assert web_address(readable_address(value)) == value


def test_references_take_the_place_of_a_fragment() -> None:
    assert references_address("https://clinic.example/?p=tea#top") == "https://clinic.example/?p=tea#references"
    assert references_address("https://clinic.example/tea") == "https://clinic.example/tea#references"


@pytest.mark.parametrize(
    ("written", "printed", "link"),
    [
        ("hello@clinic.example", "hello@clinic.example", "mailto:hello@clinic.example"),
        ("hallo@Praxis-Köln.example", "hallo@praxis-köln.example", "mailto:hallo@xn--praxis-kln-lcb.example"),
        ("ö'neil+a@clinic.example", "ö'neil+a@clinic.example", "mailto:%C3%B6'neil+a@clinic.example"),
        ("you&me?@clinic.example", "you&me?@clinic.example", "mailto:you%26me%3F@clinic.example"),
    ],
)
def test_a_mail_address_is_printed_as_read_and_linked_as_sent(written: str, printed: str, link: str) -> None:
    assert mail_address(written) == printed
    assert mail_link(printed) == link


@pytest.mark.parametrize(
    "address",
    [
        "us",
        "us@",
        "@clinic.example",
        "us@localhost",
        "a@b@clinic.example",
        "us@сlinic.example",
        "u s@clinic.example",
        "us@clinic..example",
        "us@\u200bclinic.example",
        "us\u202e@clinic.example",
        "a" * 250 + "@clinic.example",
    ],
)
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="Hint: ") as caught:
        mail_address(address)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "host", ["localhost", "printer.local", "clinic", "192.168.0.1", "127.0.0.1", "::1", "x.home.arpa"]
)
def test_a_host_of_one_s_own_network_is_not_public(host: str) -> None:
    assert not is_public(host)


def test_a_host_of_the_world_is_public() -> None:
    assert all(map(is_public, ("clinic.org", "www.nhs.uk", "8.8.8.8", "xn--mller-kva.de")))


def test_scripts_that_are_written_together_may_stand_together() -> None:
    assert ascii_host("東京タワーtokyo.jp").startswith("xn--")
    with pytest.raises(HostError):
        ascii_host("東京рим.jp")
