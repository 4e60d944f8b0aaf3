"""Word patterns from the rule files, and what excuses them: negation, attribution, and limits that are told.

A pattern is words; ``*`` stands for any letters at the end or start of a word, ``…`` for up to six words between,
``a|b`` for either word, and ``a_b`` for two words that make one choice. It is compiled to a regular expression whose
every part is bounded, so no rule file can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

Excuse = Literal["negation", "attribution", "limits", "caution"]

LONGEST_CLAUSE = 300
"""Characters before and after a match that are looked at."""

_GAP = r"(?:[^\w.!?;:]+[\w'’-]{1,30}){0,6}?"
_BETWEEN = r"[\s\-‐‑,“”\"]{1,4}"

_CLAUSE = re.compile(
    r"[;:–—]|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\byet\b|,\s+(?:so|and\s+(?:it|we|you|acupuncture|dry))\b", re.I
)

_NO_DENIAL = re.compile(
    r"\bnot\s+(?:only|just|merely|simply)\b|\b(?:no|without|beyond)\s+(?:a\s+|any\s+)?(?:doubt|question|wonder|secret)\b|\bnever\s+fails?\b"
    r"|\bcan(?:no|['’])t\s+fail\b|\bno\s+(?:other|better|more|longer)\b|\bnothing\s+(?:else|\w+er|works|beats)\b|\bwhy\s+not\b"
    r"|\b(?:do\s+not|don['’]t)\s+(?:wait|suffer|miss|hesitate|worry|live|let)\b|\bno\s+matter\b|\bnot\s+to\s+mention\b",
    re.I,
)
_DENIAL_BEFORE = re.compile(
    r"\b(?:not|never|no|nobody|none|nor|neither|cannot|nothing|without|unlikely|unproven|unclear|unknown|uncertain|unsure|doubt\w*"
    r"|rather\s+than|instead\s+of|hardly|(?:is|are|was|too)\s+weak|(?:little|insufficient|limited|poor|weak)\s+evidence"
    r"|too\s+early\s+to|beware\s+of|be\s+wary\s+of|(?:false|misleading|untrue|myth)\b[^.]{0,30}?that|whether|stop\s+short\s+of)\b|n['’]t\b",
    re.I,
)
_DENIAL_AFTER = re.compile(
    r"\b(?:is|are|was|were|has|have|does|do|did|can|could|should|must|would)\b(?:\s+\w+){0,2}?\s*(?:\bnot\b|\bnever\b|n['’]t\b)"
    r"|\b(?:is|are|was|were|remains?)\s+(?:\w+\s+)?(?:unproven|unclear|unknown|uncertain|unsupported|untrue|false|weak|misleading|doubtful|poor"
    r"|a\s+myth|not)\b|\bhave\s+no\s+(?:basis|support)\b|\blacks?\s+(?:good\s+)?(?:evidence|proof)\b|\bcannot\s+be\b",
    re.I,
)
_ATTRIBUTION = re.compile(
    r"\b(?:in|of|by|to|from)\s+(?:the\s+)?(?:theory\s+of\s+)?(?:traditional\s+|ancient\s+|classical\s+)?(?:chinese|eastern|oriental|east\s+asian)\s+(?:medicine|theory|thought|tradition)"
    r"|\bchinese\s+medicine,?\s+(?:\w+\s+)?(?:holds|teaches|says|describes|sees|speaks|explains|believes)|\bin\s+(?:that|this|the)\s+tradition\b"
    r"|\btraditionally\b|\b(?:is|are|was|were)\s+(?:traditionally\s+)?(?:said|believed|held|supposed|claimed|thought)\s+to\b"
    r"|\b(?:practitioners|acupuncturists|followers|some|many|they|it\s+is|was)\s+(?:also\s+)?(?:believed?|held|holds?|think|thought|say|said|claim(?:ed)?)\b"
    r"|\baccording\s+to\s+(?:this|that|the|its|tcm|traditional|ancient|chinese)\b|\bthe\s+(?:idea|belief|theory|notion|thinking)\b|\bso-called\b"
    r"|\bbased\s+on\s+(?:the|a)\s+(?:belief|idea|theory|concept)\b|\bcalled\b|\bknown\s+as\b",
    re.I,
)
_LIMITS = re.compile(
    r"\bin\s+(?:mice|rats|animals?|(?:laborator(?:y|ies)|animal|early|small)\s+(?:studies|tests|trials|work))\b|\b(?:early|small|animal|laboratory)\s+studies\b"
    r"|\bhealthy\s+(?:adults|volunteers|people)\b|\bone\s+(?:idea|theory)\b|\bhypothes[ie]s\b",
    re.I,
)
_CAUTION = re.compile(
    r"\bwe\s+do\s+not\s+know\b|\bnobody\s+knows\b|\bnot\s+enough\b|\bask(?:s|ed)?\s+for\s+caution\b|\b(?:un|not\s+)known\b",
    re.I,
)


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile one pattern of a rule file."""
    pieces = [_GAP if word == "…" else _choice(word) for word in pattern.split()]
    expression = _BETWEEN.join(pieces).replace(_BETWEEN + _GAP, _GAP)
    return re.compile(rf"(?<![\w-]){expression}(?![\w])", re.I)


@lru_cache(maxsize=4096)
def _beginnings(pattern: str) -> tuple[str, ...]:
    """Of these a match must contain one: the letters of the first word, by choice, up to a sign."""
    return tuple(
        re.split(r"[*_'-]", choice.lstrip("*"))[0].lower() for choice in pattern.split(maxsplit=1)[0].split("|")
    )


def mentions(patterns: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match of ``patterns`` in ``text``; one is compiled only if its first word may be there."""
    lowered = text.lower()
    for pattern in patterns:
        if any(beginning in lowered for beginning in _beginnings(pattern)):
            yield from compiled(pattern).finditer(text)


def _choice(word: str) -> str:
    return "(?:" + "|".join(_word(choice) for choice in word.split("|")) + ")"


def _word(choice: str) -> str:
    return _BETWEEN.join(re.escape(word) for word in choice.split("_")).replace(r"\*", r"\w{0,15}").replace("'", "['’]")


def clause(sentence: str, start: int, end: int) -> tuple[str, str]:
    """Return the words of the match's own clause before ``start`` and after ``end``."""
    before = _CLAUSE.split(sentence[max(0, start - LONGEST_CLAUSE) : start])[-1]
    after = _CLAUSE.split(sentence[end : end + LONGEST_CLAUSE])[0]
    return before, after


def denied(sentence: str, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` are negated or doubted within their clause ("does not cure")."""
    before, after = clause(sentence, start, end)
    before = _NO_DENIAL.sub(" ", before)
    return _DENIAL_BEFORE.search(before) is not None or _DENIAL_AFTER.search(after) is not None


def attributed(sentence: str) -> bool:
    """Whether the sentence says whose belief it tells ("in traditional Chinese medicine … is said to")."""
    return _ATTRIBUTION.search(sentence) is not None


def limited(sentence: str) -> bool:
    """Whether the sentence says how little is known ("in mice", "nobody knows")."""
    return _LIMITS.search(sentence) is not None or cautious(sentence)


def cautious(sentence: str) -> bool:
    """Whether the sentence itself says that something is not known."""
    return _CAUTION.search(sentence) is not None


def excused(excuses: tuple[Excuse, ...], sentence: str, span: tuple[int, int]) -> bool:
    """Whether one of ``excuses`` holds for the words at ``span`` of ``sentence``."""
    return (
        ("negation" in excuses and denied(sentence, *span))
        or ("attribution" in excuses and attributed(sentence))
        or ("limits" in excuses and limited(sentence))
        or ("caution" in excuses and cautious(sentence))
    )
