"""Word patterns from the rule files, and what excuses them: negation, attribution, and limits that are told.

A pattern is words; ``*`` stands for any letters at the end or start of a word, ``…`` for up to six words between,
``a|b`` for either word, ``a_b`` for two words that make one choice, and ``^`` before the first for the beginning of the
sentence. It is compiled to a regular expression whose
every part is bounded, so no rule file can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

Excuse = Literal["negation", "attribution", "limits", "caution", "warning", "question", "harms"]

_LETTERS = 3
"""So many letters of a pattern are looked for before its words are."""
LONGEST_CLAUSE = 300
"""Characters before and after a match that are looked at."""

_GAP = r"(?:[^\w.!?;:]+[\w'’-]{1,30}){0,6}?"
_BETWEEN = r"[\s\-‐‑,“”\"%]{1,4}"
_SIGN = re.compile(r"[*_'-]")
_START = r"\A[\s“\"‘']{0,4}"

# A denial counts within its clause only: "it does not hurt, but it cures" is a claim.
_CLAUSE = re.compile(
    r"[;:–—]|\bbut\b|\bso\s+that\b|\bhowever\b|\balthough\b|\bthough\b|,\s*yet\b|,\s+(?:so|and\s+(?:it|we|you|acupuncture|dry))\b",
    re.I,
)

# Words of denial that deny nothing: "not only", "no doubt", "never fails".
_NO_DENIAL = re.compile(
    r"\bnot\s+(?:only|just|merely|simply)\b|\b(?:no|without|beyond)\s+(?:a\s+|any\s+)?(?:doubt|question|wonder|secret)\b|\bnever\s+fails?\b"
    r"|\bcan(?:no|['’])t\s+fail\b|\bno\s+(?:other|better|more|longer(?!\s*\Z))\b|\bnothing\s+(?:else|\w+er|works|beats)\b|\bwhy\s+not\b"
    r"|\b(?:do\s+not|don['’]t)\s+(?:wait|suffer|miss|hesitate|worry|live|let)\b|\bno\s+matter\b|\bnot\s+to\s+mention\b",
    re.I,
)
_DENIAL_BEFORE = re.compile(
    r"\b(?:not|never|no|nobody|none|nor|neither|cannot|nothing|without|unlikely|unproven|unclear|unknown|uncertain|unsure|doubt\w*"
    r"|rather\s+than|instead\s+of|hardly|(?:is|are|was|too)\s+weak|(?:little|insufficient|limited|poor|weak)(?:\s+(?:good|clear|strong|reliable|firm))?\s+evidence"
    r"|too\s+early\s+to|beware\s+of|be\s+wary\s+of|(?:false|misleading|untrue|myth)\b[^.]{0,30}?that|whether|stop\s+short\s+of)\b|n['’]t\b",
    re.I,
)
_DENIAL_AFTER = re.compile(
    r"\b(?:is|are|was|were|has|have|does|do|did|can|could|should|must|would)\b(?:\s+\w+){0,2}?\s*(?:\bnot\b|\bnever\b|n['’]t\b)"
    r"|\b(?:is|are|was|were|remains?)\s+(?:\w+\s+)?(?:unproven|unclear|unknown|uncertain|unsupported|untrue|false|weak|misleading|doubtful|poor|lacking"
    r"|missing|scarce|thin|mixed|disputed|debated|contested|low"
    r"|a\s+myth|not)\b|\bhave\s+no\s+(?:basis|support)\b|\blacks?\s+(?:good\s+)?(?:evidence|proof)\b|\bcannot\s+be\b",
    re.I,
)
_ATTRIBUTION = re.compile(
    r"\b(?:in|of|by|to|from)\s+(?:the\s+)?(?:theory\s+of\s+)?(?:traditional\s+|ancient\s+|classical\s+)?(?:chinese|eastern|oriental|east\s+asian)\s+(?:medicine|theory|thought|tradition)"
    r"|\bchinese\s+medicine,?\s+(?:\w+\s+)?(?:holds|teaches|says|describes|sees|speaks|explains|believes)|\bin\s+(?:that|this|the)\s+tradition\b"
    r"|\bchinese\s+(?:belief|view|idea|theory|thinking|teaching)s?\b|\btraditionally\b|\btraditional\s+(?:theory|teaching|belief|thinking|doctors?|practitioners?)\b|\b(?:is|are|was|were)\s+(?:traditionally\s+)?(?:said|believed|held|supposed|claimed|thought)\s+to\b"
    r"|\b(?:practitioners|acupuncturists|followers|(?:people|those)\s+who\s+(?:practi[sc]e|believe)\s+(?:it|in\s+\w+)|some|many|they|it\s+is|was)\s+(?:also\s+)?(?:believed?|held|holds?|think|thought|say|said|claim(?:ed)?)\b"
    r"|\baccording\s+to\s+(?:this|that|the|its|tcm|traditional|ancient|chinese)\b|\bthe\s+(?:idea|belief|theory|notion|thinking)\b|\bso-called\b|\b(?:thought|believed|held|taught|felt)\s+that\b"
    r"|\bbased\s+on\s+(?:the|a)\s+(?:belief|idea|theory|concept)\b|\bcalled\b|\bknown\s+as\b",
    re.I,
)
_LIMITS = re.compile(
    r"\bin\s+(?:mice|rats|animals?|(?:laborator(?:y|ies)|animal|early|small)\s+(?:studies|tests|trials|work))\b|\b(?:early|small|animal|laboratory)\s+studies\b"
    r"|\bhealthy\s+(?:adults|volunteers|people)\b|\bone\s+(?:idea|theory)\b|\bhypothes[ie]s\b"
    r"|\bmixed\s+results\b|\b(?:has|have)\s+been\s+(?:tested|studied|tried|looked\s+at)\b|\b(?:poor|low|weak)[\s-]+quality\b|\b(?:sham|dummy|placebo|fake)\b|\bmore\s+research\b|\bbetter\s+(?:trials|studies)\b",
    re.I,
)
_CAUTION = re.compile(
    r"\bwe\s+do\s+not\s+know\b|\bnobody\s+knows\b|\bnot\s+enough\b|\bask(?:s|ed)?\s+for\s+caution\b|\b(?:un|not\s+)known\b",
    re.I,
)
_WARNING = re.compile(
    r"\b(?:be\s+(?:wary|careful|sceptical|skeptical)|beware|watch\s+out|myths?|red\s+flags?|no\s+(?:one|clinic|treatment)\s+should)\b"
    r"|\b(?:any(?:one|body)|some(?:one|body)|a\s+(?:clinic|practitioner)|adverts?|clinics|websites?)\s+(?:who\s+|that\s+)?(?:say|claim|promis|offer|guarante|tell)\w*"
    r"|\b(?:claims?|statements?|adverts?)\s+(?:that|about|of|like|such\s+as)\b|\bthe\s+words?\s+[“\"‘']|\bdoes\s+not\s+(?:show|prove|mean|tell)\b"
    r"|\b(?:is|are|was|were)\s+no\s+(?:proof|guarantee|sign|evidence|substitute|replacement)\b|\bsays?\s+(?:nothing|little)\b|\bquestion\s+any\b|\bnot\s+(?:a|the)\s+word\b|\b(?:wrong|misleading|dishonest|unfair)\s+to\s+(?:say|claim|promise|tell)\b",
    re.I,
)
_QUESTION = re.compile(
    r"\A[\s“\"‘'(]*(?:is|are|does|do|did|can|could|will|would|should|may|must|has|have|how|what|which|who|where|when|am)\s"
    r"(?!you\s+(?:know|suffer|want|have|feel|struggl|need|wake|dream|wish|long|tired))[^?.!]{0,200}\?\W*\Z",
    re.I,
)
_HARMS = re.compile(
    r"\b(?:but|although|though|however|yet)\b[^.]{0,120}\b(?:harm(?:s|ed|ful)?|risks?|side\s+effects?|injur\w+|bruis\w+|bleed\w*|collapsed|serious)\b",
    re.I,
)


def expression(pattern: str) -> str:
    """Return one pattern of a rule file as a regular expression."""
    pieces = [_GAP if word == "…" else _choice(word) for word in pattern.lstrip("^").split()]
    joined = _BETWEEN.join(pieces).replace(_BETWEEN + _GAP, _GAP)
    start = _START if pattern.startswith("^") else r"(?<![\w-])"
    return rf"{start}{joined}(?![\w])"


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile one pattern of a rule file."""
    return re.compile(expression(pattern), re.I)


@lru_cache(maxsize=4096)
def _beginnings(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return for each word the letters, up to a sign, of each choice: a match must contain one of them."""
    words = (word for word in pattern.lstrip("^").split() if word != "…")
    return tuple(tuple(_SIGN.split(choice.lstrip("*"))[0].lower() for choice in word.split("|")) for word in words)


def mentions(patterns: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match of ``patterns`` in ``text``; one is compiled only if all its words may be there."""
    lowered = text.lower()
    for pattern in _may_be_among(tuple(patterns), lowered):
        if _may_be_in(lowered, pattern):
            yield from compiled(pattern).finditer(text)


def _may_be_among(patterns: tuple[str, ...], lowered: str) -> Iterator[str]:
    """Yield in order those of ``patterns`` whose longest word may be in a text, by three letters of it."""
    by_letters = _by_letters(patterns)
    found = {number for letters in by_letters.keys() & _letters(lowered) for number in by_letters[letters]}
    return (patterns[number] for number in sorted(found))


@lru_cache(maxsize=1024)
def _by_letters(patterns: tuple[str, ...]) -> Mapping[str, Sequence[int]]:
    """Return the numbers of patterns by letters of which a text must have some; by none, where words are shorter."""
    numbers: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        word = max(_beginnings(pattern), key=lambda choices: min(map(len, choices)))
        letters = {choice[:_LETTERS] for choice in word}
        for key in letters if min(map(len, letters)) == _LETTERS else ("",):
            numbers.setdefault(key, []).append(number)
    return numbers


@lru_cache(maxsize=4)
def _letters(lowered: str) -> frozenset[str]:
    return frozenset(["", *(lowered[start : start + _LETTERS] for start in range(len(lowered) - _LETTERS + 1))])


def _may_be_in(lowered: str, pattern: str) -> bool:
    """Return whether each word of a pattern may be there."""
    # Called a million times for the brands of a chain; these loops are twice as fast as any() and all().
    for choices in _beginnings(pattern):
        for beginning in choices:
            if beginning in lowered:
                break
        else:
            return False
    return True


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
    """Return whether the words from ``start`` to ``end`` are negated or doubted in their clause ("does not cure")."""
    before, after = clause(sentence, start, end)
    # Taken out first, so that "no doubt" is not read as a "no".
    before = _NO_DENIAL.sub(" ", before)
    return _DENIAL_BEFORE.search(before) is not None or _DENIAL_AFTER.search(after) is not None


def attributed(sentence: str) -> bool:
    """Return whether the sentence says whose belief it tells ("in traditional Chinese medicine … is said to")."""
    return _ATTRIBUTION.search(sentence) is not None


def limited(sentence: str) -> bool:
    """Return whether the sentence says how little is known ("in mice", "nobody knows")."""
    return _LIMITS.search(sentence) is not None or _is_cautious(sentence)


def _is_cautious(sentence: str) -> bool:
    """Return whether the sentence itself says that something is not known."""
    return _CAUTION.search(sentence) is not None


def warns(sentence: str) -> bool:
    """Return whether the sentence warns of such words or weighs them ("be wary of anyone who promises a cure")."""
    return _WARNING.search(sentence) is not None


def asks(sentence: str) -> bool:
    """Return whether the sentence is a patient's open question ("Is it safe?"), and not bait ("Do you suffer …?")."""
    return _QUESTION.search(sentence) is not None


def _tells_harms(sentence: str) -> bool:
    """Return whether the sentence goes on to what can go wrong ("safe, but a few people have been harmed")."""
    return _HARMS.search(sentence) is not None


_WHOLE_SENTENCE: Mapping[Excuse, Callable[[str], bool]] = {
    "attribution": attributed,
    "limits": limited,
    "caution": _is_cautious,
    "warning": warns,
    "question": asks,
    "harms": _tells_harms,
}


def excused(excuses: tuple[Excuse, ...], sentence: str, span: tuple[int, int]) -> bool:
    """Return whether one of ``excuses`` holds for the words at ``span`` of ``sentence``."""
    if "negation" in excuses and denied(sentence, *span):
        return True
    return any(_WHOLE_SENTENCE[excuse](sentence) for excuse in excuses if excuse != "negation")
