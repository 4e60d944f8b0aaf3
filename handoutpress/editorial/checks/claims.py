"""What a clinic may claim in running text, by the rules of its regulator.

It is read sentence by sentence: words to question, conditions that are not accepted, effects told as sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice

from handoutpress.editorial.checks.dates import months_between
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.hints.claim import Claim
from handoutpress.editorial.checks.hints.known_claims import KnownClaims
from handoutpress.editorial.checks.hints.weighing import HINT, weighed
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
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.rule_files import ClaimWords, Condition, RegulatorRules, WordGroup
from handoutpress.editorial.checks.subject import EditorialRules, TextSubject

Span = tuple[int, int]

SAFETY_SECTIONS = frozenset({"risks", "tell_us_first", "urgent_help", "after_care", "alternatives", "questions"})
"""Here conditions are named as risks or choices, not as something that the practice helps with."""

_ASKING_SECTIONS = frozenset({"tell_us_first", "urgent_help"})

_SAFETY = re.compile(
    r"\b(?:tell|ask|call|contact|phone|see)\s+(?:us|your|a|the)\b"
    r"|\bif you (?:have|are|take|get|feel|develop|notice|lose|cannot)\b"
    r"(?![^.]{0,60}\b(?:acupuncture|needling|needles|we|it)\s+(?:can|will|helps?|works?|eases?|brings?|is\s+the)\b)"
    r"|\brisks?\b|\bside effects?\b|\bharm(?:s|ed)?\b"
    r"|\binjur(?:y|e|ed|ies) (?:to|a|of)\b|\bcan cause\b|\bget (?:\w+ )?help\b"
    r"|\bgo to (?:a&e|hospital)\b|\bkeep taking\b|\bcannot promise\b"
    r"|\byour (?:doctor|surgeon|midwife|nurse|oncologist|consultant|pharmacist)\b"
    r"|\b(?:treated|checked|seen) by (?:a|your)\b",
    re.IGNORECASE,
)
_GOES_BY_ITSELF = re.compile(
    r"(?:\s+(?:often|usually|generally|mostly|slowly|will|can|may|tends? to)){0,2}"
    r"\s+(?:improves?|settles?|eases?|heals?|recovers?|clears?|passes|pass|fades?|lifts?|shrinks?|gets? better"
    r"|goes? away)\b",
    re.IGNORECASE,
)
"""Behind a trouble: how it goes, whatever is done about it."""
_PEOPLE = frozenset({"children", "babies", "everyone", "everybody", "smokers"})
"""Words among the conditions that name no trouble."""
_AFTER_CARE = re.compile(
    r"\b(?:after|with|through|following|thanks\s+to|once|when)\s+(?:[\w-]+\s+){0,3}"
    r"(?:sessions?|treatments?|visits?|therapy|courses?|drops|capsules|teas?|oils?|creams?|exercis\w+|stretch\w+|massages?|cups?)\b",
    re.IGNORECASE,
)
_LESS_RISK = re.compile(r"\b(?:lower|reduc|cut|halv|less)\w*\s+(?:the|your)\s+risks?\b", re.IGNORECASE)
"""Sold as a benefit, and so no words about the safety of the practice."""
SHORT_TERM = re.compile(
    r"\bshort[\s-]+term\b|\bfor (?:a|some|several|up to|about) (?:short|few|while|time|days?|weeks?|week|\d)"
    r"|\bfor (?:some|a few) (?:days|weeks|time)\b|\bfor the rest of the (?:day|week)\b"
    r"|\btemporar(?:y|ily)\b|\bup to (?:a|\d+|\w+) (?:days?|weeks?)\b"
    r"|\bfor (?:a )?(?:short )?(?:time|while)\b|\bin the short run\b|\bbrief",
    re.IGNORECASE,
)
HEDGE = re.compile(r"\b(?:may|might|could|some people|perhaps|sometimes|possibly)\b", re.IGNORECASE)
_OWN_CARE = re.compile(r"\b(?:acupunct\w+|needl\w+|we|our|us|it)\b", re.IGNORECASE)
_CLINIC = re.compile(r"\b(?:acupunct\w+|needl\w+|we|our|us)\b", re.IGNORECASE)
"""As before, where no practice is offered: "it" is the trouble there."""
_NO_PRACTICE = ("general",)
"""What a text is about that offers none."""

_TO_VERB = r"(?:[\s\-]+(?!and\b|or\b|not\b|never\b|cannot\b|aims?\b|tries\b|hopes?\b|has\b|have\b)[\w'’-]{1,20}){0,3}?"
"""Up to three words between a subject and its verb, none of which denies, joins or weakens it."""
_TO_OBJECT = r"(?:[\s\-,]+(?!if\b|when\b|until\b|unless\b|by\b)[\w'’-]{1,20}){0,5}?"
"""Up to five words between a verb and what it is about, none of which begins a condition."""
_ANY_VERB = (
    r"(?!is\b|was\b|has\b|does\b|as\b|needs\b|means\b|says\b|contains\b|includes\b|caus|rais|affect|harm|damag|irritat|hurts\b"
    r"|injur|spread|carries\b|upset|interact|worsen|touches\b|avoids\b|leaves\b|names\b|miss|lists\b|excludes\b)"
    r"(?:ha(?:s|ve)\s+\w{3,15}ed|\w{2,15}s)(?:\s+(?:up|down|out|back|away|off))?"
)
"""A verb of one subject, in the present or perfect tense, that tells no harm."""
_TO_ILLNESS = (
    r"(?:\s+(?!and\b|or\b|of\b|in\b|on\b|at\b|to\b|for\b|from\b|with\b|near\b|over\b|by\b|if\b|when\b|no\b|not\b|about\b)"
    r"[\w'’-]{1,15}){0,2}?"
)
"""Up to two words between that verb and an illness or organ, none of which says where or when."""
_STEM = 8
"""Letters of a practice's name by which it is known in all its forms."""
_REACH = 90
"""Characters between a verb and the condition that it is about."""
_MOST_VERBS = 6
"""Of one sentence that are looked at, so that a hostile one takes no time."""


def remarks(subject: TextSubject) -> Iterator[Remark]:
    """Compare the benefits and the running text with the rules of the jurisdiction."""
    if subject.rules.claims is None:
        sentence = "There is no list of words to question in this language, so claims in running text are not checked."
        if subject.claims_read is None:
            hint = 'have someone who speaks it read it for claims, and add "claims_read" with "by" and "on".'
            yield Remark("claim-not-checked", "note", ("title",), sentence, hint)
        return
    yield from _text_remarks(subject)
    yield from _unlisted_practices(subject)
    yield from _outdated_rules(subject)


def _unlisted_practices(subject: TextSubject) -> Iterator[Remark]:
    for number, practice in enumerate(subject.practices):
        if not subject.rules.regulator.accepted.get(practice):
            name = practice.replace("-", " ")
            sentence = f"We have no list of what may be claimed for {name}, so conditions are questioned only in part."
            hint = f"see that trials on people support what it says, and {_whom_to_ask(subject.rules.regulator)}."
            yield Remark("claim-no-list", "note", ("practices", number), sentence, hint)


def _whom_to_ask(regulator: RegulatorRules) -> str:
    if regulator.advice:
        return f"look at what {regulator.regulator} says of it: {regulator.advice}"
    return f"ask {regulator.regulator}"


def _outdated_rules(subject: TextSubject) -> Iterator[Remark]:
    regulator = subject.rules.regulator
    if months_between(regulator.checked, subject.today) >= regulator.stale_after:
        sentence = f"The rules of {regulator.name} were last looked at on {regulator.checked.isoformat()}."
        yield Remark("rules-stale", "warning", ("title",), sentence, "see whether the regulator has changed them.")


def _text_remarks(subject: TextSubject) -> Iterator[Remark]:
    """Yield what the running text claims and may not, sentence by sentence."""
    for text in (*subject.texts, *subject.names):
        yield from claim_remarks(text, subject.practices_at(text.location), subject.rules, subject.known_claims)


def claim_remarks(
    text: Prose, practices: tuple[str, ...], rules: EditorialRules, known: KnownClaims | None = None
) -> Iterator[Remark]:
    """Yield what ``text``, which is about ``practices``, claims and may not; what is ``known`` is not judged again."""
    for sentence in text.sentences:
        judge = partial(claims_in, sentence.text, text.section, practices, rules)
        for claim in known.of(sentence.text, text.section, practices, judge) if known else judge():
            if claim.rule == HINT and text.kind:
                continue  # Phrases, names and a brand's lines are too short to judge as wholes.
            level = rules.regulator.words[claim.rule].level
            if claim.is_unlisted and level == "error":
                level = "warning"
            if claim.is_doubted:
                level = "note"
            message = f"“{claim.words}”: {claim.why[:1].lower()}{claim.why[1:]}"
            at = sentence.start + claim.start
            yield Remark(claim.rule, level, text.location, message, claim.better, at, claim.words)


def claims_in(sentence: str, section: str, practices: tuple[str, ...], rules: EditorialRules) -> tuple[Claim, ...]:
    """Return what ``sentence`` of ``section`` claims of ``practices`` and may not; one claim a rule at most."""
    words = rules.claims_for(practices)
    if words is None:
        return ()
    claims = _claims_by_words(sentence, section, practices, rules, words)
    # What a patient is asked, and what needs help at once, hints at nothing.
    return claims if section in _ASKING_SECTIONS else weighed(claims, sentence, section, rules, words)


def _claims_by_words(
    sentence: str, section: str, practices: tuple[str, ...], rules: EditorialRules, words: ClaimWords
) -> tuple[Claim, ...]:
    """Return what the lists of words find in ``sentence``."""
    claims = [claim for rule, group in words.groups.items() if (claim := _group_claim(sentence, section, rule, group))]
    names_own = named(practices, sentence)
    # What is said of other care ("exercise eases …") is no claim of the clinic. Words that may keep people from
    # medicine are questioned all the same (CAP Code 12.2).
    if not names_own and _is_about_other_care(sentence, words):
        claims = [claim for claim in claims if claim.rule in ("claim-medicine", "claim-doctor")]
    # What a patient is asked, and what needs help at once, is full of illnesses; a cure is claimed there all the same.
    if section in _ASKING_SECTIONS:
        claims = [claim for claim in claims if claim.rule == "claim-cure" and names_own]
    # An open question ("Is it safe?") or a warning ("be wary of anyone who …") claims nothing.
    if section not in SAFETY_SECTIONS and not (asks(sentence) or warns(sentence)):
        claims += _condition_claims(sentence, practices, rules, words)
        if "claim-treats" not in {claim.rule for claim in claims}:
            named_effect = _effect(words.subjects, words.effect_verbs, words.effect_objects)
            claims += _effect_claims(sentence, practices, rules, words, named_effect)
        if not claims:
            on_illness = _effect_on_illness(words.subjects, words.illness_objects)
            claims += _effect_claims(sentence, practices, rules, words, on_illness)
    known = (claim for claim in claims if claim.rule in rules.regulator.words)
    return tuple(sorted(known, key=lambda claim: claim.start))


def named(practices: Iterable[str], sentence: str) -> bool:
    """Return whether a sentence names one of ``practices``, or who gives it: "osteopath" for osteopathy."""
    spoken = sentence.lower().replace("-", " ")
    return any(practice.replace("-", " ")[:_STEM] in spoken for practice in practices)


def _group_claim(sentence: str, section: str, rule: str, group: WordGroup) -> Claim | None:
    """Return the first words of ``group`` in the sentence that nothing excuses."""
    place = section.replace("_", "-")
    if place in group.not_in:
        return None
    if group.with_any and not any(mentions(group.with_any, sentence)):
        return None
    matches = sorted(mentions(group.words, sentence), key=lambda match: match.start())
    unless = (*group.unless, *group.unless_in.get(place, ()))
    harmless = [match.span() for match in mentions(unless, sentence)] if matches else []
    for match in matches:
        overlaps = any(start < match.end() and match.start() < end for start, end in harmless)
        if overlaps or excused(group.excused_by, sentence, match.span()):
            continue
        return Claim(rule, " ".join(match.group().split()), match.start(), group.why, group.better)
    return None


def _is_about_other_care(sentence: str, words: ClaimWords) -> bool:
    """Return whether the sentence tells of exercise, medicines or a doctor alone, not of the clinic's practice."""
    return not _OWN_CARE.search(sentence) and any(mentions(words.other_care, sentence))


def _tells_of_other_care(practices: tuple[str, ...], sentence: str, rules: EditorialRules, words: ClaimWords) -> bool:
    """Return whether other care is named: for what the handout is about, and has a list, "massage may …" is none."""
    own = practices if _is_listed(practices, rules) else ()
    return any(not named(own, match.group()) for match in mentions(words.other_care, sentence))


def _condition_claims(
    sentence: str, practices: tuple[str, ...], rules: EditorialRules, words: ClaimWords
) -> Iterator[Claim]:
    """Yield at most one claim: a condition that is not accepted, or one that is without its short term."""
    stated = (match for match in mentions(words.benefit_verbs, sentence) if not denied(sentence, *match.span()))
    verbs = list(islice(stated, _MOST_VERBS))
    if not verbs or _is_about_safety(sentence) or _tells_of_other_care(practices, sentence, rules, words):
        return
    accepted = _accepted(practices, sentence, rules.regulator)
    spans = [span for condition in accepted for span in named_spans(condition, sentence)]
    accepted_spans = [span for span in spans if not _goes_by_itself(span, practices, sentence)]
    for family, match in _conditions_named(sentence, spans, words):
        if _goes_by_itself(match.span(), practices, sentence):
            continue
        if any(verb.span() != match.span() and _close(verb.span(), match.span()) for verb in verbs):
            if claim := _unaccepted(family, match, sentence, is_listed=_is_listed(practices, rules)):
                yield claim
            return
    if accepted_spans and not (SHORT_TERM.search(sentence) or HEDGE.search(sentence) or limited(sentence)):
        start, end = accepted_spans[0]
        yield Claim(
            "claim-condition",
            words=sentence[start:end],
            start=start,
            why="It promises relief without saying that it may be short.",
            better='Write "may", and for how long. For example, "may give short-term relief".',
        )


def _goes_by_itself(span: Span, practices: tuple[str, ...], sentence: str) -> bool:
    """Return whether the sentence tells how a trouble goes, and of no care that would be the cause."""
    if sentence[slice(*span)].lower() in _PEOPLE or not _GOES_BY_ITSELF.match(sentence, span[1]):
        return False
    own_care = _CLINIC if practices == _NO_PRACTICE else _OWN_CARE
    return not (named(practices, sentence) or own_care.search(sentence) or _AFTER_CARE.search(sentence))


def _conditions_named(
    sentence: str, accepted_spans: Iterable[Span], words: ClaimWords
) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield each condition that the sentence names and that nothing excuses, with what it has in common with others."""
    harmless = [*accepted_spans, *(match.span() for match in mentions(words.harmless_conditions, sentence))]
    for family, patterns in words.conditions.items():
        for match in sorted(mentions(patterns, sentence), key=lambda match: match.start()):
            if any(start <= match.start() and match.end() <= end for start, end in harmless):
                continue
            if not (denied(sentence, *match.span()) or _is_qualified(family, sentence)):
                yield family, match


def _is_listed(practices: Iterable[str], rules: EditorialRules) -> bool:
    """Return whether a regulator's list says what may be claimed for any of ``practices``."""
    return any(rules.regulator.accepted.get(practice) for practice in practices)


def _accepted(practices: Iterable[str], sentence: str, regulator: RegulatorRules) -> tuple[Condition, ...]:
    """Return the conditions accepted for the practices that the sentence names, or else for those of the handout."""
    practice_slugs = sorted({*practices, *regulator.accepted})
    named_practices = [slug for slug in practice_slugs if slug.replace("-", " ") in sentence.lower().replace("-", " ")]
    return tuple(condition for slug in named_practices or practices for condition in regulator.accepted.get(slug, ()))


def named_spans(condition: Condition, sentence: str) -> Iterator[tuple[int, int]]:
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


def _unaccepted(family: str, match: re.Match[str], sentence: str, *, is_listed: bool) -> Claim | None:
    """Return the claim that a condition of ``family``, which is not accepted, can be helped."""
    better = "Leave it out, or say that there is not enough evidence."
    if family == "serious-disease":
        why = "It names a disease that needs a doctor, and such a claim may keep people from care."
    elif is_listed:
        why = "This condition is not on the accepted list for the practice."
    elif HEDGE.search(sentence) or limited(sentence):
        return None
    else:
        why = "It tells a benefit as sure, and we have no list of what is accepted for the practice."
        better = 'Write "may", and see that trials on people support it.'
    is_unlisted = not is_listed and family != "serious-disease"
    return Claim("claim-condition", match.group(), match.start(), why, better, is_unlisted)


def _effect_claims(
    sentence: str, practices: tuple[str, ...], rules: EditorialRules, words: ClaimWords, pattern: re.Pattern[str] | None
) -> Iterator[Claim]:
    """Yield at most one claim: an effect, as ``pattern`` finds it, that is told as sure."""
    if pattern is None or _is_about_safety(sentence) or _tells_of_other_care(practices, sentence, rules, words):
        return
    if HEDGE.search(sentence) or SHORT_TERM.search(sentence) or limited(sentence) or attributed(sentence):
        return
    harmless = [match.span() for match in mentions(words.harmless_conditions, sentence)]
    for match in pattern.finditer(sentence):
        overlaps = any(start < match.end() and match.start() < end for start, end in harmless)
        if not overlaps and not denied(sentence, *match.span()):
            group = words.groups["claim-treats"]
            is_unlisted = not _is_listed(practices, rules)
            yield Claim("claim-treats", match.group(), match.start(), group.why, group.better, is_unlisted)
            return


@lru_cache(maxsize=8)
def _effect(subjects: tuple[str, ...], verbs: tuple[str, ...], objects: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of a subject, a verb close behind it and what the verb is about.

    No "if", "by" or "to" stands between. None where the language has no such words.
    """
    if not (subjects and verbs and objects):
        return None
    subject, verb, effect_object = ("|".join(map(expression, patterns)) for patterns in (subjects, verbs, objects))
    named_effect = rf"{_TO_VERB}(?:\s+ha(?:s|ve))?\s+(?:{verb}){_TO_OBJECT}[\s\-]+(?:{effect_object})"
    return re.compile(rf"(?:{subject}){named_effect}", re.IGNORECASE)


@lru_cache(maxsize=8)
def _effect_on_illness(subjects: tuple[str, ...], illness_objects: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of a subject that does anything, but harm, to an illness or an organ ("it starves tumours").

    Whoever advertises finds a new verb; what it is done to is always the same.
    """
    if not (subjects and illness_objects):
        return None
    subject, illness = ("|".join(map(expression, patterns)) for patterns in (subjects, illness_objects))
    return re.compile(rf"(?:{subject})\s+{_ANY_VERB}{_TO_ILLNESS}\s+(?:{illness})", re.IGNORECASE)
