"""No text takes long to read: the editor on the strings that patterns fear."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from claim_shares import RULES
from growth import slow

from handoutpress.content.models.citations import blank_citations, drop_citations
from handoutpress.editorial.checks.characters import character_remarks
from handoutpress.editorial.checks.claims import claim_remarks
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.reading.readability import grades
from handoutpress.editorial.checks.reading.readable import readable
from handoutpress.editorial.checks.reading.sentences import split

FEARED = (
    *(
        "A. ",
        "a ",
        "a",
        "A",
        ".",
        "!",
        "? ",
        "[",
        "]",
        "](",
        "[a](",
        "[@",
        "[@a;",
        "[@a; @b",
        "(",
        ")",
        "*",
        "**",
        "*a",
        "_",
        "`",
    ),
    *(
        "- ",
        "-",
        "\n",
        "\n ",
        "\n\n",
        " ",
        "\t",
        "#",
        "# ",
        "> ",
        "| a ",
        "1. ",
        "1 in ",
        "1 in 10 ",
        "1,",
        "1.1.",
        "10% ",
        "&",
        "&#1",
        "&a",
    ),
    *(
        "<",
        "<a",
        "<a ",
        "</",
        "<!--",
        "$",
        "\\",
        "\\(",
        "{",
        "{{",
        "\u00ad",
        "\u200b",
        "\u0301",
        "ｃ",
        "с",
        "a\u0301",
        "’",
        "“",
        "“a",
    ),
    *(
        "not ",
        "no ",
        "never ",
        "but ",
        "in ",
        "if you ",
        "tell us ",
        "is ",
        "is not ",
        "patients ",
        "cure ",
        "for a ",
        "the ",
        "a b c d e ",
    ),
    *(
        "http://",
        "https://a.",
        "www.",
        "a@",
        "a@b.",
        "a.b.",
        "a-",
        "-a",
        "a/",
        "e.g. ",
        "Dr. ",
        "study ",
        "studies found ",
        "nobody ",
        "of the ",
    ),
)

READERS: dict[str, Callable[[str], object]] = {
    "sentences": split,
    "readable": readable,
    "citations": lambda text: (blank_citations(text), drop_citations(text)),
    "characters": lambda text: list(character_remarks(Prose(("title",), text + "é"))),
    "grades": lambda text: grades(text, "en"),
}


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_takes_four_times_the_time(name: str) -> None:
    growths = {piece: growth for piece in FEARED if (growth := slow(READERS[name], piece))}
    assert growths == {}


def test_time_that_grows_with_the_square_is_found() -> None:
    tries_every_end = re.compile("a*b")
    assert slow(lambda text: [tries_every_end.findall(text) for _ in range(10)], "a") is not None


def _claims(text: str) -> object:
    return list(claim_remarks(Prose(("what_it_is",), text), ("acupuncture", "cupping"), RULES["uk"]))


@pytest.mark.parametrize("piece", ["A. ", "restore the "])
def test_claims_in_what_repeats_itself_take_no_longer(piece: str) -> None:
    """The first took a minute where it had 18,000 characters; a text has 12,000 at most."""
    assert slow(_claims, piece) is None


@pytest.mark.soak
@pytest.mark.parametrize("piece", FEARED)
def test_claims_in_the_longest_text_take_no_longer(piece: str) -> None:
    assert slow(_claims, piece, 3_000) is None
