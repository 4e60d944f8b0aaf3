"""Benefits as data: each is compared with what the regulator accepts for its practice, and with its own evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handoutpress.content.models.benefits import Benefit
from handoutpress.content.models.handouts import Handout
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.editorial.checks.claims import HEDGE, SAFETY_SECTIONS, SHORT_TERM, named, named_spans
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.patterns import asks, denied, mentions, warns
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.reading.readable import readable
from handoutpress.editorial.checks.reading.sentences import split
from handoutpress.editorial.checks.rule_files import ClaimWords, Condition, RegulatorRules
from handoutpress.editorial.checks.subject import CheckSubject, EditorialRules
from handoutpress.editorial.translating.figures import figures
from handoutpress.yamlfile.source import Location

_PAIN = re.compile(r"\b(?:pains?|aches?|headaches?|migraines?|symptoms?|stiffness|sore(?:ness)?)\b", re.IGNORECASE)
_SIGNS_AND_CHOICES = frozenset({"tell_us_first", "call_us", "urgent_help", "alternatives", "questions"})
"""Sections that name illnesses, or other care."""
_MOST_VERBS = 6
"""Of one sentence that are looked at, so that a hostile one takes no time."""
_BEFORE, _AFTER = 50, 70
"""Characters before a verb in which its subject stands, and behind it in which stands what it is about."""
_CONDITION = re.compile(
    r"\b(?:if|when|until|unless|as (?:[\w ]{0,20}\b)?(?:pain|symptoms) (?:allow|permit|let)s?)\b", re.IGNORECASE
)


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Look at the benefits as data, and whether a handout without risks tells any in its texts."""
    yield from _benefit_remarks(subject)
    yield from _untold_figures(subject.handout)
    if subject.handout.risks is None:
        yield from _untold_risks(subject)


def _untold_figures(handout: Handout) -> Iterator[Remark]:
    """Yield each benefit whose sentence does not say what people are drawn for: paper that says two things is false."""
    for number, benefit in enumerate(handout.benefits.items if handout.benefits else ()):
        if benefit.count is None or benefit.compared_with is None or UNTRANSLATED in benefit.wording:
            continue
        told, location = figures(benefit.wording), ("benefits", "items", number)
        count, without = benefit.count, benefit.compared_with.count
        for value in dict.fromkeys((count, benefit.of, without)):
            if not any(str(value) in each.values for each in told):
                sentence = f"The data of this benefit say {value}, and its wording does not."
                hint = "correct the one that is wrong: the figures of the paper, in both."
                yield Remark("claim-figure", "error", location, sentence, hint, words=benefit.wording)
        order = [value for each in told for value in (count, without) if str(value) in each.values]
        if count != without and order[:1] == [without] and count in order:
            sentence = f"The wording says {without}, those without the practice, before the {count} with it."
            hint = '"count" is of those with the practice: tell of these first, in the wording as in the picture.'
            yield Remark("claim-figure", "error", location, sentence, hint, words=benefit.wording)


def _untold_risks(subject: CheckSubject) -> Iterator[Remark]:
    """Yield each sentence that tells a benefit where no risks are told: no kind of handout is a way around them."""
    for text in subject.texts:
        if text.section in _SIGNS_AND_CHOICES:
            continue
        for sentence in text.sentences:
            if verb := own_benefit(sentence.text, subject.practices_at(text.location), subject.rules):
                told = "This tells a benefit, and the handout tells no risks."
                hint = 'add "risks" with their references, and the benefit to "benefits"; or leave the sentence out.'
                place = sentence.start + verb.start()
                yield Remark("risk-missing", "error", text.location, told, hint, place, words=sentence.text)


def own_benefit(sentence: str, practices: tuple[str, ...], rules: EditorialRules) -> re.Match[str] | None:
    """Return the verb by which a sentence says that the clinic's care, or any practice, helps with a condition."""
    words = rules.claims_for(practices)
    if words is None or asks(sentence) or warns(sentence):
        return None
    every_practice = (*practices, *(slug for members in rules.practices.families.values() for slug in members))
    accepted = [entry for entries in rules.regulator.accepted.values() for entry in entries]
    subjects = [pattern for family in rules.family_words.values() for pattern in family.subjects]
    for verb in list(mentions(words.benefit_verbs, sentence))[:_MOST_VERBS]:
        before = sentence[max(0, verb.start() - _BEFORE) : verb.start()]
        after = _CONDITION.split(sentence[verb.end() : verb.end() + _AFTER])[0]
        is_own = any(mentions(subjects, before)) or named(every_practice, before)
        if is_own and not denied(sentence, *verb.span()) and _names_condition(after, words, accepted):
            return verb
    return None


def _names_condition(sentence: str, words: ClaimWords, accepted: Iterable[Condition]) -> bool:
    """Return whether a sentence names pain, a condition of ``words``, or one that a regulator has ``accepted``."""
    conditions = [pattern for patterns in words.conditions.values() for pattern in patterns]
    return (
        bool(_PAIN.search(sentence))
        or any(mentions(conditions, sentence))
        or any(any(named_spans(entry, sentence)) for entry in accepted)
    )


def tells_benefit(text: Prose, practices: tuple[str, ...], rules: EditorialRules) -> bool:
    """Return whether a text says anywhere that something helps with a condition or with pain."""
    words = rules.claims_for(practices)
    if words is None or text.section in SAFETY_SECTIONS:
        return False
    accepted = [entry for practice in practices for entry in rules.regulator.accepted.get(practice, ())]
    for sentence in text.sentences:
        verbs = list(mentions(words.benefit_verbs, sentence.text))[:_MOST_VERBS]
        is_told = any(not denied(sentence.text, *verb.span()) for verb in verbs)
        if is_told and _names_condition(sentence.text, words, accepted):
            return True
    return False


def _benefit_remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Compare each benefit with the conditions accepted for its practice, if there is a list for it."""
    handout, regulator, words = subject.handout, subject.rules.regulator, subject.rules.claims
    if handout.benefits is None or words is None:
        return
    for number, benefit in enumerate(handout.benefits.items):
        if UNTRANSLATED in f"{benefit.condition} {benefit.wording}":
            continue
        location: Location = ("benefits", "items", number)
        practice = benefit.practice or handout.practices[0]
        accepted = regulator.accepted.get(practice, ())
        conditions, unmatched = _matched(benefit.condition, accepted, words)
        if accepted and (unmatched or not conditions):
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
        spans = sorted(set(named_spans(condition, remaining_text)), key=lambda span: span[0] - span[1])
        if spans:
            matched.append(condition)
        for start, end in spans:
            remaining_text = remaining_text[:start] + " " * (end - start) + remaining_text[end:]
    unmatched_words = [word for word in re.findall(r"[\w']+", remaining_text) if word.lower() not in words.qualifiers]
    return tuple(matched), " ".join(unmatched_words)


def _not_accepted(location: Location, benefit: Benefit, practice: str, regulator: RegulatorRules) -> Remark:
    accepted_names = ", ".join(condition.name.lower() for condition in regulator.accepted.get(practice, ()))
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
    timed = SHORT_TERM.search(benefit.wording) or re.search(r"\bfor (?:a|some|up)\b", benefit.wording)
    if benefit.duration == "short-term" and not timed:
        sentence = "The benefit is short-term, and its wording does not say so."
        hint = 'add "short-term" or "for up to 12 weeks".'
        yield Remark("claim-duration", "error", wording, sentence, hint, words=words)
    if benefit.duration == "not-known" and not re.search(r"how long", benefit.wording):
        sentence = "Nobody knows how long the benefit lasts, and its wording does not say so."
        hint = 'add "We do not know for how long."'
        yield Remark("claim-duration", "warning", wording, sentence, hint, words=words)
    if benefit.evidence != "high" and not HEDGE.search(benefit.wording):
        sentence = f"The evidence is {benefit.evidence.replace('-', ' ')}, and the wording sounds certain."
        yield Remark("claim-evidence", "error", wording, sentence, 'write "may".', words=words)
