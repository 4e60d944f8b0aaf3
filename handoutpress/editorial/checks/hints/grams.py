"""A sentence as counts of its grams: words and pairs of words, and three to five letters within a word.

After Cavnar and Trenkle, "N-gram-based text categorization" (1994), with the usual damping of counts (Manning, Raghavan
and Schütze, "Introduction to Information Retrieval", 2008, section 6.4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

_TOKEN = re.compile(r"[^\W_][\w']*|[^\w\s]")
_NUMBER = re.compile(r"\d+")
_PLAIN_QUOTES = str.maketrans("’‘“”", "''\"\"")
_SHORTEST, _LONGEST = 3, 5
MOST_TOKENS = 120
"""Of one sentence that are looked at, so that an endless one takes no time."""

Counts = Mapping[str, int]


def tokens(sentence: str) -> list[re.Match[str]]:
    """Return the words and marks of ``sentence`` with their places, at most ``MOST_TOKENS`` of them."""
    found = []
    for match in _TOKEN.finditer(sentence.translate(_PLAIN_QUOTES)):
        found.append(match)
        if len(found) == MOST_TOKENS:
            break
    return found


def plain(token: str) -> str:
    """Return a word as it is counted: in small letters, every number as one sign."""
    return _NUMBER.sub("0", token.lower())


def word_grams(words: list[str]) -> Iterator[str]:
    """Yield each word and each pair of neighbours."""
    yield from words
    for left, right in pairwise(words):
        yield f"{left} {right}"


def letter_grams(word: str) -> Iterator[str]:
    """Yield what is three to five letters long of ``word``, with a space at each end of it."""
    padded = f" {word} "
    for length in range(_SHORTEST, _LONGEST + 1):
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]


def counts(sentence: str) -> tuple[Counts, Counts]:
    """Return how often each gram of words, and each of letters, stands in ``sentence``."""
    words = [plain(match.group()) for match in tokens(sentence)]
    return Counter(word_grams(words)), Counter(gram for word in words for gram in letter_grams(word))
