"""What the classifier adds to the lists of words: hints that these miss, and doubts about what they find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from handoutpress.editorial.checks.hints.claim import Claim
from handoutpress.editorial.checks.hints.weights import ClaimWeights
from handoutpress.editorial.checks.patterns import mentions
from handoutpress.editorial.checks.rule_files import ClaimWords
from handoutpress.editorial.checks.subject import EditorialRules

HINT = "claim-hint"
_DOUBTED_ERRORS = frozenset(
    {"claim-treats", "claim-lasting", "claim-boost", "claim-cause", "claim-detox", "claim-proven"}
)
"""Errors that are most often found in harmless sentences; they may be doubted as warnings are."""
_NEVER_DOUBTED = frozenset({"claim-best"})
"""Comparisons: what studies say of two treatments, and what a clinic says of itself, read alike."""
_SERIOUS = "serious-disease"
_NAMES = frozenset({"clinic_name", "address", "phone", "hours", "alt", "author", "reviewer"})
"""Sections of names and figures, which are no sentences."""
_PLAIN_QUESTION = re.compile(
    r"(?:\w[\w’' -]{0,30}:\s+)?(?:who|what|why|when|where|which|how)\b"
    r"(?!.*\b(?:you|your|yours|more|really|ever|let|wait)\b)[^.?!]{0,60}\?\s*",
    re.IGNORECASE | re.DOTALL,
)
"""A question as a heading has it, of the trouble and not of the reader: "Who gets it?"."""
_SENTENCE = re.compile(r"(?:\S+\s+){2,}\S*[.!?][\"”’)]*\s*$", re.DOTALL)
"""Three words or more and an end mark: headings and cells of tables are too short to judge."""

_NAMING = re.compile(
    r"(?:this|it|that) (?:is|can be|may be|might be|could be) (?:(?:called|known as) )?(?:an? |the )?"
    r"[\w’'-]+(?: [\w’'-]+){0,2}\.\s*",
    re.IGNORECASE,
)
"""A sentence that only says what something is: its few words are a name, which weighs like a claim of one."""

_MAY_STAY = re.compile(r"\b(?:can|may|might|could) be (?:permanent|lasting)\b", re.IGNORECASE)
"""What a list of words judges by what it is said of: relief or a harm."""


def weighed(
    claims: tuple[Claim, ...], sentence: str, section: str, rules: EditorialRules, words: ClaimWords
) -> tuple[Claim, ...]:
    """Return ``claims``, doubted where ``sentence`` surely reads like a harmless one; of none, whether it hints at one.

    ``rules`` without weights leave them as they are.
    """
    if rules.weights is None:
        return claims
    if not claims:
        return tuple(_hint(sentence, section, rules, rules.weights))
    # Two rules that find something are harder to doubt than one.
    is_harmless = rules.weights.score(sentence) <= rules.weights.harmless_at * len(claims)
    if not (is_harmless and _can_err(claims, sentence, rules, words)):
        return claims
    return tuple(replace(claim, is_doubted=True) for claim in claims)


def _can_err(claims: tuple[Claim, ...], sentence: str, rules: EditorialRules, words: ClaimWords) -> bool:
    """Return whether all ``claims`` may be doubted.

    None may that names a serious disease or what is not on a practice's list, or that may keep people from care.
    """
    levels = rules.regulator.words
    for claim in claims:
        is_error = levels[claim.rule].level == "error" and not claim.is_unlisted
        if claim.rule in _NEVER_DOUBTED or (is_error and claim.rule not in _DOUBTED_ERRORS):
            return False
    return not any(mentions(words.conditions.get(_SERIOUS, ()), sentence))


def _hint(sentence: str, section: str, rules: EditorialRules, weights: ClaimWeights) -> Iterator[Claim]:
    """Yield at most one claim: that the sentence surely reads like one, with the words that weigh most."""
    if HINT not in rules.regulator.words or section in _NAMES or not _SENTENCE.match(sentence):
        return
    if weights.score(sentence) > weights.sure_at and not _says_no_more(sentence):
        start, end = weights.heaviest(sentence)
        yield Claim(
            HINT,
            words=sentence[start:end],
            start=start,
            why="These words weigh most in a sentence that reads like a claim between the lines.",
            better="Say plainly what you do, or what studies found, and in whom.",
        )


def _says_no_more(sentence: str) -> bool:
    """Return whether a sentence only asks of the trouble, or only names it, or says what a list has judged."""
    return bool(_PLAIN_QUESTION.fullmatch(sentence) or _NAMING.fullmatch(sentence) or _MAY_STAY.search(sentence))
