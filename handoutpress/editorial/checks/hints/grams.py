"""A sentence as counts of its grams: words, three to five letters within a word, and words that stand in it together.

After Cavnar and Trenkle, "N-gram-based text categorization" (1994), with the usual damping of counts (Manning, Raghavan
and Schütze, "Introduction to Information Retrieval", 2008, section 6.4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

_TOKEN = re.compile(r"[^\W_][\w']*|[^\w\s]")
_NUMBER = re.compile(r"\d+")
_PLAIN_QUOTES = str.maketrans("’‘“”", "''\"\"")
_SHORTEST, _LONGEST = 3, 5
MOST_TOKENS = 120
"""Of one sentence that are looked at, so that an endless one takes no time."""

Counts = Mapping[str, int]
PARTS = 3
"""The kinds of grams: of words, of letters, and pairs of words that need not be neighbours."""


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
    """Yield each word and each two neighbours."""
    yield from words
    for left, right in pairwise(words):
        yield f"{left} {right}"


def letter_grams(word: str) -> Iterator[str]:
    """Yield what is three to five letters long of ``word``, with a space at each end of it."""
    padded = f" {word} "
    for length in range(_SHORTEST, _LONGEST + 1):
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]


def pair(left: str, right: str) -> str:
    """Return the gram that says that two words stand in one sentence, in whatever order."""
    return f"{left} {right}" if left < right else f"{right} {left}"


def counts(sentence: str) -> tuple[Counts, ...]:
    """Return how often each gram of words, each of letters, and each pair of words stands in ``sentence``."""
    words = [plain(match.group()) for match in tokens(sentence)]
    letters = (gram for word in words for gram in letter_grams(word))
    together = (pair(left, right) for left, right in combinations(sorted(set(words)), 2))
    return Counter(word_grams(words)), Counter(letters), Counter(together)
