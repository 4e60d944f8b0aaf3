"""Which step of help some words name: an emergency, a doctor or advice line for what can wait a little, or the clinic.

The words are a language's own (``HelpWords``); numbers that are an emergency's in some country count in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from handoutpress.content.models.languages import HelpPatterns, HelpWords

HelpStep = Literal["emergency", "lesser", "clinic"]

EMERGENCY_NUMBERS = frozenset({"000", "112", "911", "999"})
"""Numbers that nobody takes for a dose or a temperature; 15 and 103 are a country's as well, and are both."""
ADVICE_NUMBERS = frozenset({"111"})
_NO_DIGIT_BEFORE, _NO_DIGIT_BEHIND = r"(?<![\d.,:/+-])(?<!\d )", r"(?![\d/]|[.,:-]\d| \d|\s*(?:mg|mcg|g|ml|%|°))"
_BETWEEN = r"[^\w.!?;:\n]+"
_GAP = rf"(?:{_BETWEEN}\w+){{0,4}}?"
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CLAUSE_END = re.compile(r"[.!?;:,()–—。！？，；؛،।]|\n")
MAX_CALLED = 6
"""Digits of a number that is only one to call where a word says so."""
_BEGINNING = 40
"""Characters of a line that begin it."""
_OPEN = re.compile(r"(?:\b(?:the|a|an|your|nearest|to|and|or|of|at|with|for)|[,–—-])\s*$", re.IGNORECASE)
"""How a line ends in the middle of a sentence."""
_SENTENCE = re.compile(r"(?:^|(?<=[.!?。！？।]))[\s*+•>-]*(?:\d{1,3}[.)]\s+)?(?P<words>[^\n.!?。！？।]+)", re.MULTILINE)
_REACH = 45
"""Characters before a step in which a word may deny it: "do not wait to see your doctor"."""


_NO_WORDS = HelpWords(emergency=(), lesser=(), clinic=(), calls=(), denied=())


class HelpNumbers(NamedTuple):
    """Numbers that countries have besides those that are known everywhere, as their files write them."""

    emergency: frozenset[str] = frozenset()
    advice: frozenset[str] = frozenset()


NO_NUMBERS = HelpNumbers()


def steps_in(text: str, words: HelpWords | None, numbers: HelpNumbers = NO_NUMBERS) -> frozenset[HelpStep]:
    """Return the steps of help that ``text`` sends someone to; by numbers alone where no words are known."""
    words = words or _NO_WORDS
    called = {_digits(match["number"]) for match in numbers_called(text, words)}
    found: set[HelpStep] = set()
    if called & numbers.emergency or _is_named(text, words, EMERGENCY_NUMBERS, words.emergency):
        found.add("emergency")
    if called & numbers.advice or _is_named(text, words, ADVICE_NUMBERS | _long(numbers.advice), words.lesser):
        found.add("lesser")
    if _is_named(text, words, frozenset(), words.clinic):
        found.add("clinic")
    return frozenset(found)


def sends_to_unnamed(text: str, words: HelpWords | None) -> bool:
    """Return whether ``text`` sends to help and does not say to whose: "seek medical help"."""
    return words is not None and _is_named(text, words, frozenset(), words.unnamed)


def names_second_place(text: str, words: HelpWords | None) -> bool:
    """Return whether ``text`` joins an emergency to a place that is none: "the plaster room or Emergency Department".

    A number, and a place that is an emergency's as well, are no second place.
    """
    if words is None:
        return False
    named = [match.span() for each in words.emergency for match in _compiled(each).finditer(text)]
    named += [match.span() for match in _numbers(EMERGENCY_NUMBERS).finditer(text)]
    named += [match.span("number") for match in numbers_called(text, words)]
    joined = (match.span() for each in _joined(words.several, words.emergency) for match in each.finditer(text))
    return any(not any(start < end_of and begin < end for start, end in named) for begin, end_of in joined)


def forbidden(text: str, words: HelpWords | None) -> tuple[int, str] | None:
    """Return where the first sentence or line of ``text`` begins that forbids something, and its words; else None."""
    patterns = words.forbids if words is not None else ()
    for match in _SENTENCE.finditer(text) if patterns else ():
        if any(_forbids(match["words"], pattern) for pattern in patterns):
            return match.start("words"), match["words"].strip()
    return None


def _forbids(sentence: str, pattern: str) -> bool:
    if pattern.startswith("…"):
        return _compiled(pattern.removeprefix("…")).search(sentence) is not None
    return _compiled(pattern).match(sentence) is not None


@lru_cache(maxsize=64)
def _joined(several: HelpPatterns, emergency: HelpPatterns) -> tuple[re.Pattern[str], ...]:
    """Return what matches up to where an emergency is joined to what stands before it."""
    named = "|".join([_numbers(EMERGENCY_NUMBERS).pattern, *map(_expression, emergency)])
    return tuple(re.compile(rf"{_expression(each)}\s*(?={named})", re.IGNORECASE) for each in several)


def begins_with_step(before: str, line: str, words: HelpWords | None) -> bool:
    """Return whether ``line`` begins to send someone to a step of help, as a sentence of its own after ``before``.

    A line that a program broke within a sentence has no such beginning.
    """
    if _OPEN.search(before) or not line[:1].isupper() or line[1:2].isupper():
        return False
    return bool(steps_in(line[:_BEGINNING], words))


def _long(numbers: frozenset[str]) -> frozenset[str]:
    return frozenset(number for number in numbers if len(_digits(number)) > MAX_CALLED)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def _is_named(text: str, words: HelpWords, numbers: frozenset[str], patterns: Iterable[str]) -> bool:
    expressions = (*((_numbers(numbers),) if numbers else ()), *map(_compiled, patterns))
    return any(
        not _is_denied(text, match.start(), words.denied) for found in expressions for match in found.finditer(text)
    )


def _is_denied(text: str, at: int, denied: Iterable[str]) -> bool:
    before = _CLAUSE_END.split(text[max(0, at - _REACH) : at])[-1]
    return any(_compiled(pattern).search(before) for pattern in denied)


def numbers_called(text: str, words: HelpWords) -> Iterable[re.Match[str]]:
    """Return the places of numbers, of two to six digits, that ``text`` says to call; the group is ``number``."""
    return _called(words.calls).finditer(text) if words.calls else ()


@lru_cache(maxsize=64)
def _called(calls: HelpPatterns) -> re.Pattern[str]:
    verbs = "|".join(_expression(pattern) for pattern in calls)
    number = rf"(?P<number>\d(?: ?\d){{1,{MAX_CALLED - 1}}}){_NO_DIGIT_BEHIND}"
    return re.compile(rf"(?:{verbs})[^\d.!?;\n。！？]{{0,25}}?(?<![\d+]){number}", re.IGNORECASE)


@lru_cache(maxsize=64)
def _numbers(numbers: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"{_NO_DIGIT_BEFORE}(?:{'|'.join(sorted(numbers))}){_NO_DIGIT_BEHIND}", re.IGNORECASE)


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_expression(pattern), re.IGNORECASE)


def _expression(pattern: str) -> str:
    if _WITHOUT_SPACES.search(pattern):
        return _GAP.join(map(re.escape, pattern.split("…"))).replace(_GAP, r".{0,8}?")
    pieces = [_GAP if word == "…" else _choice(word) for word in pattern.split()]
    joined = _BETWEEN.join(pieces).replace(_BETWEEN + _GAP, _GAP)
    return rf"(?<!\w){joined}(?!\w)"


def _choice(word: str) -> str:
    choices = (_BETWEEN.join(map(re.escape, choice.split("_"))) for choice in word.split("|"))
    return "(?:" + "|".join(choices).replace(r"\*", r"\w{0,12}").replace("'", "['’]") + ")"
