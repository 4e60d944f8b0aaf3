"""What one sentence claims: words to question, conditions that are not accepted, effects told as sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from handoutpress.editorial.packs import ClaimWords, Condition, Pack, WordGroup
from handoutpress.editorial.patterns import asks, attributed, denied, excused, expression, limited, mentions, warns

_SAFETY_SECTIONS = frozenset({"risks", "tell_us_first", "urgent_help", "after_care", "alternatives", "questions"})
"""Here conditions are named as risks or choices, not as something that the practice helps with."""

_SAFETY = re.compile(
    r"\b(?:tell|ask|call|contact|phone|see)\s+(?:us|your|a|the)\b|\bif you (?:have|are|take|get|feel)\b"
    r"(?![^.]{0,60}\b(?:acupuncture|needling|needles|we|it)\s+(?:can|will|helps?|works?|eases?|brings?|is\s+the)\b)"
    r"|\brisks?\b|\bside effects?\b|\bharm(?:s|ed)?\b"
    r"|\binjur(?:y|e|ed|ies) (?:to|a|of)\b|\bcan cause\b|\bget help\b|\bkeep taking\b|\bcannot promise\b"
    r"|\byour (?:doctor|surgeon|midwife|nurse|oncologist|consultant|pharmacist)\b"
    r"|\b(?:treated|checked|seen) by (?:a|your)\b",
    re.IGNORECASE,
)
_LESS_RISK = re.compile(r"\b(?:lower|reduc|cut|halv|less)\w*\s+(?:the|your)\s+risks?\b", re.IGNORECASE)
"""Sold as a benefit, and so no words about the safety of the practice."""
SHORT_TERM = re.compile(
    r"\bshort[\s-]+term\b|\bfor (?:a|some|several|up to|about) (?:short|few|while|time|days?|weeks?|week|\d)"
    r"|\bfor (?:some|a few) (?:days|weeks|time)\b"
    r"|\btemporar(?:y|ily)\b|\bup to (?:a|\d+|\w+) (?:days?|weeks?)\b"
    r"|\bfor (?:a )?(?:short )?(?:time|while)\b|\bin the short run\b|\bbrief",
    re.IGNORECASE,
)
HEDGE = re.compile(r"\b(?:may|might|could|some people|perhaps|sometimes|possibly)\b", re.IGNORECASE)
_OWN_CARE = re.compile(r"\b(?:acupunct\w+|needl\w+|we|our|us|it)\b", re.IGNORECASE)

_REACH = 90
"""Characters between a verb and the condition that it is about."""
_MOST_VERBS = 6
"""Of one sentence that are looked at, so that a hostile one takes no time."""


@dataclass(frozen=True)
class Claim:
    """Words in a sentence that break ``rule``: ``start`` counts characters of the sentence."""

    rule: str
    words: str
    start: int
    why: str
    better: str


def claims_in(
    sentence: str, section: str, practices: Iterable[str], pack: Pack, words: ClaimWords
) -> tuple[Claim, ...]:
    """Return what ``sentence`` of ``section`` claims and may not under ``pack``; one claim a rule at most."""
    found = [claim for rule, group in words.groups.items() if (claim := _group_claim(sentence, section, rule, group))]
    if _is_about_other_care(sentence, words):
        found = [claim for claim in found if claim.rule == "claim-medicine"]
    if section not in _SAFETY_SECTIONS and not (asks(sentence) or warns(sentence)):
        found += _condition_claims(sentence, _accepted(practices, sentence, pack), words)
        if "claim-treats" not in {claim.rule for claim in found}:
            found += _effect_claims(sentence, words)
    return tuple(sorted((claim for claim in found if claim.rule in pack.words), key=lambda claim: claim.start))


def _is_about_safety(sentence: str) -> bool:
    """Whether the sentence tells of risks or of whom to tell or see, where conditions are no benefit."""
    return _SAFETY.search(_LESS_RISK.sub(" ", sentence)) is not None


def _is_about_other_care(sentence: str, words: ClaimWords) -> bool:
    """Whether the sentence tells of exercise, medicines or a doctor alone, and not of the clinic's own practice."""
    return not _OWN_CARE.search(sentence) and any(mentions(words.other_care, sentence))


def _group_claim(sentence: str, section: str, rule: str, group: WordGroup) -> Claim | None:
    if section.replace("_", "-") in group.not_in:
        return None
    if group.with_any and not any(mentions(group.with_any, sentence)):
        return None
    found = sorted(mentions(group.words, sentence), key=lambda mark: mark.start())
    harmless = [mark.span() for mark in mentions(group.unless, sentence)] if found else []
    for mark in found:
        overlaps = any(start < mark.end() and mark.start() < end for start, end in harmless)
        if overlaps or excused(group.excused_by, sentence, mark.span()):
            continue
        return Claim(rule, " ".join(mark.group().split()), mark.start(), group.why, group.better)
    return None


def _accepted(practices: Iterable[str], sentence: str, pack: Pack) -> tuple[Condition, ...]:
    """The conditions accepted for what the sentence is about: the practices that it names, else the handout's."""
    known = sorted({*practices, *pack.accepted})
    named = [slug for slug in known if slug.replace("-", " ") in sentence.lower().replace("-", " ")]
    return tuple(condition for slug in named or practices for condition in pack.accepted.get(slug, ()))


def named_spans(condition: Condition, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where ``sentence`` names ``condition``, in characters: by any of its names, one or many."""
    for name in (condition.name, *condition.also):
        expression = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", name))
        yield from (mark.span() for mark in re.finditer(rf"\b{expression}s?\b", sentence, re.IGNORECASE))


def _condition_claims(sentence: str, accepted: tuple[Condition, ...], words: ClaimWords) -> Iterator[Claim]:
    """At most one claim: a condition that is not on the list, or one that is without its short term."""
    stated = (mark for mark in mentions(words.benefit_verbs, sentence) if not denied(sentence, *mark.span()))
    verbs = list(islice(stated, _MOST_VERBS))
    if not verbs or _is_about_safety(sentence) or any(mentions(words.other_care, sentence)):
        return
    on_list = [span for condition in accepted for span in named_spans(condition, sentence)]
    harmless = [mark.span() for mark in mentions(words.harmless_conditions, sentence)]
    for family, patterns in words.conditions.items():
        for mark in sorted(mentions(patterns, sentence), key=lambda mark: mark.start()):
            if any(start <= mark.start() and mark.end() <= end for start, end in (*on_list, *harmless)):
                continue
            if denied(sentence, *mark.span()) or _softened(family, sentence):
                continue
            if any(verb.span() != mark.span() and _close(verb.span(), mark.span()) for verb in verbs):
                yield Claim("claim-condition", mark.group(), mark.start(), *_condition_words(family))
                return
    if on_list and not any(softens(sentence) for softens in (SHORT_TERM.search, HEDGE.search, limited)):
        start, end = on_list[0]
        yield Claim(
            "claim-condition",
            sentence[start:end],
            start,
            "It promises relief without saying that it may be short.",
            'Write "may", and for how long. For example, "may give short-term relief".',
        )


def _softened(family: str, sentence: str) -> bool:
    """Whether limits or a named belief take the claim back; of a serious disease they do not."""
    return family != "serious-disease" and (limited(sentence) or (family == "body-systems" and attributed(sentence)))


def _close(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) - min(one[1], other[1]) <= _REACH


@lru_cache(maxsize=8)
def _effect(*parts: tuple[str, ...]) -> re.Pattern[str] | None:
    """A subject, a verb close behind it and what the verb is about, with no "if", "by" or "to" between."""
    if not all(parts):
        return None
    subject, verb, thing = ("|".join(map(expression, part)) for part in parts)
    near, word = (
        r"(?:[\s\-]+(?!and\b|or\b|not\b|never\b|cannot\b|aims?\b|tries\b|hopes?\b|has\b|have\b)[\w'’-]{1,20}){0,3}?",
        r"(?:[\s\-,]+(?!if\b|when\b|until\b|unless\b|by\b)[\w'’-]{1,20}){0,5}?",
    )
    return re.compile(rf"(?:{subject}){near}\s+(?:{verb}){word}[\s\-]+(?:{thing})", re.IGNORECASE)


def _effect_claims(sentence: str, words: ClaimWords) -> Iterator[Claim]:
    """At most one claim: an effect that is told as sure."""
    pattern = _effect(words.subjects, words.effect_verbs, words.effect_objects)
    softened = any(
        softens(sentence) for softens in (_is_about_safety, HEDGE.search, SHORT_TERM.search, limited, attributed)
    )
    if pattern is None or softened or any(mentions(words.other_care, sentence)):
        return
    for mark in pattern.finditer(sentence):
        if not denied(sentence, *mark.span()):
            group = words.groups["claim-treats"]
            yield Claim("claim-treats", mark.group(), mark.start(), group.why, group.better)
            return


def _condition_words(family: str) -> tuple[str, str]:
    why = "This condition is not on the accepted list for the practice."
    if family == "serious-disease":
        why = "It names a disease that needs a doctor, and such a claim may keep people from care."
    return why, "Leave it out, or say that there is not enough evidence."
