"""What a clinic may claim, by the rules of its regulator.

Running text is read sentence by sentence: words to question, conditions that are not accepted, effects told as sure.
Each benefit, as data, is compared with the conditions that are accepted for its practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from handoutpress.content.models.handouts import Benefit, Handout
from handoutpress.editorial.checks.dates import months_between
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.patterns import (
    asks,
    attributed,
    denied,
    excused,
    expression,
    limited,
    mentions,
    warns,
)
from handoutpress.editorial.checks.prose import UNTRANSLATED
from handoutpress.editorial.checks.readable import readable
from handoutpress.editorial.checks.rule_files import ClaimWords, Condition, RegulatorRules, WordGroup
from handoutpress.editorial.checks.sentences import split
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.yamlfile.source import Location

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
_SHORT_TERM = re.compile(
    r"\bshort[\s-]+term\b|\bfor (?:a|some|several|up to|about) (?:short|few|while|time|days?|weeks?|week|\d)"
    r"|\bfor (?:some|a few) (?:days|weeks|time)\b"
    r"|\btemporar(?:y|ily)\b|\bup to (?:a|\d+|\w+) (?:days?|weeks?)\b"
    r"|\bfor (?:a )?(?:short )?(?:time|while)\b|\bin the short run\b|\bbrief",
    re.IGNORECASE,
)
_HEDGE = re.compile(r"\b(?:may|might|could|some people|perhaps|sometimes|possibly)\b", re.IGNORECASE)
_OWN_CARE = re.compile(r"\b(?:acupunct\w+|needl\w+|we|our|us|it)\b", re.IGNORECASE)

_TO_VERB = r"(?:[\s\-]+(?!and\b|or\b|not\b|never\b|cannot\b|aims?\b|tries\b|hopes?\b|has\b|have\b)[\w'’-]{1,20}){0,3}?"
"""Up to three words between a subject and its verb, none of which denies, joins or weakens it."""
_TO_OBJECT = r"(?:[\s\-,]+(?!if\b|when\b|until\b|unless\b|by\b)[\w'’-]{1,20}){0,5}?"
"""Up to five words between a verb and what it is about, none of which begins a condition."""
_REACH = 90
"""Characters between a verb and the condition that it is about."""
_MOST_VERBS = 6
"""Of one sentence that are looked at, so that a hostile one takes no time."""


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Compare the benefits and the running text with the rules of the jurisdiction."""
    if subject.rules.claims is None:
        sentence = "There is no list of words to question in this language, so claims in running text are not checked."
        yield Remark("claim-not-checked", "note", ("title",), sentence, "have a native speaker read it for claims.")
        return
    yield from _benefit_remarks(subject.handout, subject.rules.regulator, subject.rules.claims)
    yield from _text_remarks(subject, subject.rules.claims)
    yield from _outdated_rules(subject)


def _outdated_rules(subject: CheckSubject) -> Iterator[Remark]:
    regulator = subject.rules.regulator
    if months_between(regulator.checked, subject.today) >= regulator.stale_after:
        sentence = f"The rules of {regulator.name} were last looked at on {regulator.checked.isoformat()}."
        yield Remark("rules-stale", "warning", ("title",), sentence, "see whether the regulator has changed them.")


def _text_remarks(subject: CheckSubject, words: ClaimWords) -> Iterator[Remark]:
    """Yield what the running text claims and may not, sentence by sentence."""
    regulator = subject.rules.regulator
    for text in subject.texts:
        practices = _practices_at(text.location, subject.handout)
        for sentence in text.sentences:
            for claim in claims_in(sentence.text, text.section, practices, regulator, words):
                level = regulator.words[claim.rule].level
                message = f"“{claim.words}”: {claim.why[:1].lower()}{claim.why[1:]}"
                at = sentence.start + claim.start
                yield Remark(claim.rule, level, text.location, message, claim.better, at, claim.words)


def _practices_at(location: Location, handout: Handout) -> tuple[str, ...]:
    """Return the practices that a text is about: a benefit may have one of its own."""
    if location[:2] == ("benefits", "items") and handout.benefits:
        benefit_practice = handout.benefits.items[int(location[2])].practice
        return (benefit_practice,) if benefit_practice else handout.practices
    return handout.practices


@dataclass(frozen=True)
class Claim:
    """Words in a sentence that break ``rule``, why, and what is better; ``start`` counts characters of the sentence."""

    rule: str
    words: str
    start: int
    why: str
    better: str


def claims_in(
    sentence: str, section: str, practices: Iterable[str], regulator: RegulatorRules, words: ClaimWords
) -> tuple[Claim, ...]:
    """Return what ``sentence`` of ``section`` claims and may not under ``regulator``; one claim a rule at most."""
    claims = [claim for rule, group in words.groups.items() if (claim := _group_claim(sentence, section, rule, group))]
    # What is said of other care ("exercise eases …") is no claim of the clinic. Words that may keep people from
    # medicine are questioned all the same (CAP Code 12.2).
    if _is_about_other_care(sentence, words):
        claims = [claim for claim in claims if claim.rule == "claim-medicine"]
    # An open question ("Is it safe?") or a warning ("be wary of anyone who …") claims nothing.
    if section not in _SAFETY_SECTIONS and not (asks(sentence) or warns(sentence)):
        claims += _condition_claims(sentence, _accepted(practices, sentence, regulator), words)
        if "claim-treats" not in {claim.rule for claim in claims}:
            claims += _effect_claims(sentence, words)
    return tuple(sorted((claim for claim in claims if claim.rule in regulator.words), key=lambda claim: claim.start))


def _group_claim(sentence: str, section: str, rule: str, group: WordGroup) -> Claim | None:
    """Return the first words of ``group`` in the sentence that nothing excuses."""
    if section.replace("_", "-") in group.not_in:
        return None
    if group.with_any and not any(mentions(group.with_any, sentence)):
        return None
    matches = sorted(mentions(group.words, sentence), key=lambda match: match.start())
    harmless = [match.span() for match in mentions(group.unless, sentence)] if matches else []
    for match in matches:
        overlaps = any(start < match.end() and match.start() < end for start, end in harmless)
        if overlaps or excused(group.excused_by, sentence, match.span()):
            continue
        return Claim(rule, " ".join(match.group().split()), match.start(), group.why, group.better)
    return None


def _is_about_other_care(sentence: str, words: ClaimWords) -> bool:
    """Return whether the sentence tells of exercise, medicines or a doctor alone, not of the clinic's practice."""
    return not _OWN_CARE.search(sentence) and any(mentions(words.other_care, sentence))


def _condition_claims(sentence: str, accepted: tuple[Condition, ...], words: ClaimWords) -> Iterator[Claim]:
    """Yield at most one claim: a condition that is not accepted, or one that is without its short term."""
    stated = (match for match in mentions(words.benefit_verbs, sentence) if not denied(sentence, *match.span()))
    verbs = list(islice(stated, _MOST_VERBS))
    if not verbs or _is_about_safety(sentence) or any(mentions(words.other_care, sentence)):
        return
    accepted_spans = [span for condition in accepted for span in _named_spans(condition, sentence)]
    harmless = [match.span() for match in mentions(words.harmless_conditions, sentence)]
    for family, patterns in words.conditions.items():
        for match in sorted(mentions(patterns, sentence), key=lambda match: match.start()):
            if any(start <= match.start() and match.end() <= end for start, end in (*accepted_spans, *harmless)):
                continue
            if denied(sentence, *match.span()) or _is_qualified(family, sentence):
                continue
            if any(verb.span() != match.span() and _close(verb.span(), match.span()) for verb in verbs):
                yield _unaccepted(family, match)
                return
    if accepted_spans and not (_SHORT_TERM.search(sentence) or _HEDGE.search(sentence) or limited(sentence)):
        start, end = accepted_spans[0]
        yield Claim(
            "claim-condition",
            words=sentence[start:end],
            start=start,
            why="It promises relief without saying that it may be short.",
            better='Write "may", and for how long. For example, "may give short-term relief".',
        )


def _accepted(practices: Iterable[str], sentence: str, regulator: RegulatorRules) -> tuple[Condition, ...]:
    """Return the conditions accepted for the practices that the sentence names, or else for those of the handout."""
    practice_slugs = sorted({*practices, *regulator.accepted})
    named_practices = [slug for slug in practice_slugs if slug.replace("-", " ") in sentence.lower().replace("-", " ")]
    return tuple(condition for slug in named_practices or practices for condition in regulator.accepted.get(slug, ()))


def _named_spans(condition: Condition, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where ``sentence`` names ``condition``, in characters: by any of its names, one or many."""
    for name in (condition.name, *condition.also):
        name_pattern = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", name))
        yield from (match.span() for match in re.finditer(rf"\b{name_pattern}s?\b", sentence, re.IGNORECASE))


def _is_about_safety(sentence: str) -> bool:
    """Return whether the sentence tells of risks or of whom to tell or see, where conditions are no benefit."""
    return _SAFETY.search(_LESS_RISK.sub(" ", sentence)) is not None


def _is_qualified(family: str, sentence: str) -> bool:
    """Return whether limits or a named belief take the claim back; of a serious disease they do not."""
    return family != "serious-disease" and (limited(sentence) or (family == "body-systems" and attributed(sentence)))


def _close(span: tuple[int, int], other_span: tuple[int, int]) -> bool:
    return max(span[0], other_span[0]) - min(span[1], other_span[1]) <= _REACH


def _unaccepted(family: str, match: re.Match[str]) -> Claim:
    """Return the claim that a condition of ``family``, which is not accepted, can be helped."""
    why = "This condition is not on the accepted list for the practice."
    if family == "serious-disease":
        why = "It names a disease that needs a doctor, and such a claim may keep people from care."
    better = "Leave it out, or say that there is not enough evidence."
    return Claim("claim-condition", match.group(), match.start(), why, better)


def _effect_claims(sentence: str, words: ClaimWords) -> Iterator[Claim]:
    """Yield at most one claim: an effect that is told as sure."""
    pattern = _effect(words.subjects, words.effect_verbs, words.effect_objects)
    if pattern is None or _is_about_safety(sentence) or any(mentions(words.other_care, sentence)):
        return
    if _HEDGE.search(sentence) or _SHORT_TERM.search(sentence) or limited(sentence) or attributed(sentence):
        return
    for match in pattern.finditer(sentence):
        if not denied(sentence, *match.span()):
            group = words.groups["claim-treats"]
            yield Claim("claim-treats", match.group(), match.start(), group.why, group.better)
            return


@lru_cache(maxsize=8)
def _effect(subjects: tuple[str, ...], verbs: tuple[str, ...], objects: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of a subject, a verb close behind it and what the verb is about.

    No "if", "by" or "to" stands between. None where the language has no such words.
    """
    if not (subjects and verbs and objects):
        return None
    subject, verb, effect_object = ("|".join(map(expression, patterns)) for patterns in (subjects, verbs, objects))
    return re.compile(rf"(?:{subject}){_TO_VERB}\s+(?:{verb}){_TO_OBJECT}[\s\-]+(?:{effect_object})", re.IGNORECASE)


def _benefit_remarks(handout: Handout, regulator: RegulatorRules, words: ClaimWords) -> Iterator[Remark]:
    """Compare each benefit, as data, with the conditions accepted for its practice."""
    if handout.benefits is None:
        return
    for number, benefit in enumerate(handout.benefits.items):
        if UNTRANSLATED in f"{benefit.condition} {benefit.wording}":
            continue
        location: Location = ("benefits", "items", number)
        practice = benefit.practice or handout.practices[0]
        conditions, unmatched = _matched(benefit.condition, regulator.accepted.get(practice, ()), words)
        if unmatched or not conditions:
            yield _not_accepted(location, benefit, practice, regulator)
        for condition in conditions:
            yield from _form_remarks(location, benefit, condition, handout)
        yield from _evidence_remarks(location, benefit)


def _matched(
    benefit_condition: str, accepted: tuple[Condition, ...], words: ClaimWords
) -> tuple[tuple[Condition, ...], str]:
    """Return the accepted conditions that a benefit names, and its words that belong to none of them."""
    remaining_text, matched = benefit_condition, []
    for condition in accepted:
        spans = sorted(set(_named_spans(condition, remaining_text)), key=lambda span: span[0] - span[1])
        if spans:
            matched.append(condition)
        for start, end in spans:
            remaining_text = remaining_text[:start] + " " * (end - start) + remaining_text[end:]
    unmatched_words = [word for word in re.findall(r"[\w']+", remaining_text) if word.lower() not in words.qualifiers]
    return tuple(matched), " ".join(unmatched_words)


def _not_accepted(location: Location, benefit: Benefit, practice: str, regulator: RegulatorRules) -> Remark:
    accepted_names = ", ".join(condition.name.lower() for condition in regulator.accepted.get(practice, ())) or "none"
    sentence = (
        f"“{benefit.condition}” is not accepted for {practice.replace('-', ' ')} by the rules of {regulator.name}."
    )
    hint = f"accepted are: {accepted_names}."
    return Remark("claim-condition", "error", (*location, "condition"), sentence, hint, words=benefit.condition)


def _form_remarks(location: Location, benefit: Benefit, condition: Condition, handout: Handout) -> Iterator[Remark]:
    """Yield where a benefit goes beyond how long, in which form and on which basis its condition is accepted."""
    # ASA 2017 accepts relief as short-term.
    if benefit.duration not in condition.duration:
        sentence = f"{condition.name} is accepted as {condition.duration[0]} relief, not as {benefit.duration}."
        hint = f"for example: {condition.wording}"
        yield Remark("claim-duration", "error", (*location, "duration"), sentence, hint, words=benefit.condition)
    if condition.only and not _names_form(benefit, condition.only):
        sentence = f"{condition.name} is accepted only for this form: {condition.only}."
        hint = f"for example: {condition.wording}"
        yield Remark("claim-form", "error", (*location, "condition"), sentence, hint, words=benefit.condition)
    limits_are_told = handout.benefits is not None and handout.benefits.limits is not None
    # With trials no ruling is known: the general rule holds (FTC guidance 2022, Ahpra on acceptable evidence 2020).
    if condition.basis == "trials" and not limits_are_told:
        sentence = f"No ruling names {condition.name.lower()}, so the limits of the trials must be told."
        hint = 'add "limits" to the benefits.'
        yield Remark("claim-limits", "error", location, sentence, hint, words=benefit.condition)


def _names_form(benefit: Benefit, form: str) -> bool:
    benefit_text = f"{benefit.condition} {benefit.wording}".lower()
    return form.lower() in benefit_text or all(word in benefit_text for word in re.split(r"[\s-]+", form.lower()))


def _evidence_remarks(location: Location, benefit: Benefit) -> Iterator[Remark]:
    """Yield where a benefit's wording hides that it is short or that the evidence is weak."""
    wording = (*location, "wording")
    words = next((sentence.text for sentence in split(readable(benefit.wording))), benefit.wording)
    timed = _SHORT_TERM.search(benefit.wording) or re.search(r"\bfor (?:a|some|up)\b", benefit.wording)
    if benefit.duration == "short-term" and not timed:
        sentence = "The benefit is short-term, and its wording does not say so."
        hint = 'add "short-term" or "for up to 12 weeks".'
        yield Remark("claim-duration", "error", wording, sentence, hint, words=words)
    if benefit.duration == "not-known" and not re.search(r"how long", benefit.wording):
        sentence = "Nobody knows how long the benefit lasts, and its wording does not say so."
        hint = 'add "We do not know for how long."'
        yield Remark("claim-duration", "warning", wording, sentence, hint, words=words)
    if benefit.evidence != "high" and not _HEDGE.search(benefit.wording):
        sentence = f"The evidence is {benefit.evidence.replace('-', ' ')}, and the wording sounds certain."
        yield Remark("claim-evidence", "error", wording, sentence, 'write "may".', words=words)
