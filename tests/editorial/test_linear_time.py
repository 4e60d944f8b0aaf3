"""No text takes long to read: the editor on the strings that patterns fear."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from claim_shares import RULES

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
SIZE = 1_500
"""Characters of the shorter string; the longer has four times as many."""
TIMES = 4
MOST_GROWTH = 8
"""Half-way between time that grows with the length (4 times) and with its square (16 times): noise reaches neither."""


def _seconds(read: Callable[[str], object], text: str) -> float:
    before = time.process_time()
    read(text)
    return time.process_time() - before


def _slow(read: Callable[[str], object], piece: str) -> float | None:
    """Return how much longer a string takes that is four times as long, if it takes long and much more than that."""
    short, long = ((piece * size)[:size] for size in (SIZE, TIMES * SIZE))
    if _seconds(read, long) < 0.05:
        return None
    # The least of several: other processes on the same core take their time, too.
    least = [min(_seconds(read, text) for _ in range(3)) for text in (short, long)]
    growth = least[1] / max(least[0], 0.001)
    return growth if growth > MOST_GROWTH else None


READERS: dict[str, Callable[[str], object]] = {
    "sentences": split,
    "readable": readable,
    "citations": lambda text: (blank_citations(text), drop_citations(text)),
    "characters": lambda text: list(character_remarks(Prose(("title",), text + "é"))),
    "grades": lambda text: grades(text, "en"),
}


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_takes_four_times_the_time(name: str) -> None:
    slow = {piece: growth for piece in FEARED if (growth := _slow(READERS[name], piece))}
    assert slow == {}


def test_time_that_grows_with_the_square_is_found() -> None:
    assert _slow(lambda text: [text.count("b") for _ in text for _ in range(4)], "a") is not None


def test_a_whole_text_of_full_stops_is_read_at_once() -> None:
    """A text has 12,000 characters at most; this one took a minute where it had 18,000."""
    text = Prose(("what_it_is",), "A. " * 4_000)
    assert _seconds(lambda _: list(claim_remarks(text, ("acupuncture",), RULES["uk"])), "") < 2


@pytest.mark.soak
@pytest.mark.parametrize("piece", FEARED)
def test_claims_are_read_in_bounded_time(piece: str) -> None:
    text = Prose(("what_it_is",), (piece * 12_000)[:12_000])
    assert _seconds(lambda _: list(claim_remarks(text, ("acupuncture", "cupping"), RULES["uk"])), "") < 5
