"""What a clinic may claim: benefits as data against the accepted conditions, running text against words to question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handoutpress.content.handouts import Benefit, Handout
from handoutpress.editorial.dates import months_between
from handoutpress.editorial.findings import Location, Remark
from handoutpress.editorial.packs import ClaimWords, Condition, Pack
from handoutpress.editorial.prose import UNTRANSLATED, Prose
from handoutpress.editorial.sentence_claims import HEDGE, SHORT_TERM, claims_in, named_spans
from handoutpress.editorial.subject import Subject


def text_remarks(texts: Iterable[Prose], handout: Handout, pack: Pack, words: ClaimWords) -> Iterator[Remark]:
    """Question the running text of a handout, sentence by sentence."""
    for text in texts:
        practices = _practices_at(text.location, handout)
        for sentence in text.sentences:
            for claim in claims_in(sentence.text, text.section, practices, pack, words):
                stance = pack.words[claim.rule]
                told = f"“{claim.words}”: {claim.why[:1].lower()}{claim.why[1:]}"
                at = sentence.start + claim.start
                yield Remark(claim.rule, stance.level, text.location, told, claim.better, at)


def _practices_at(location: Location, handout: Handout) -> tuple[str, ...]:
    if location[:2] == ("benefits", "items") and handout.benefits:
        own = handout.benefits.items[int(location[2])].practice
        return (own,) if own else handout.practices
    return handout.practices


def benefit_remarks(handout: Handout, pack: Pack, words: ClaimWords) -> Iterator[Remark]:
    """Hold each benefit, as data, against the list of its own practice."""
    if handout.benefits is None:
        return
    for number, benefit in enumerate(handout.benefits.items):
        if UNTRANSLATED in f"{benefit.condition} {benefit.wording}":
            continue
        location: Location = ("benefits", "items", number)
        practice = benefit.practice or handout.practices[0]
        matched, rest = _match(benefit.condition, pack.accepted.get(practice, ()), words)
        if rest or not matched:
            yield _not_on_list(location, benefit, practice, pack)
        for condition in matched:
            yield from _terms_remarks(location, benefit, condition, handout)
        yield from _evidence_remarks(location, benefit)


def _match(named: str, accepted: tuple[Condition, ...], words: ClaimWords) -> tuple[tuple[Condition, ...], str]:
    """Return the accepted conditions that ``named`` consists of, and the words that are left over."""
    rest, matched = named, []
    for condition in accepted:
        spans = sorted(set(named_spans(condition, rest)), key=lambda span: span[0] - span[1])
        if spans:
            matched.append(condition)
        for start, end in spans:
            rest = rest[:start] + " " * (end - start) + rest[end:]
    left = [word for word in re.findall(r"[\w']+", rest) if word.lower() not in words.qualifiers]
    return tuple(matched), " ".join(left)


def _not_on_list(location: Location, benefit: Benefit, practice: str, pack: Pack) -> Remark:
    known = ", ".join(condition.name.lower() for condition in pack.accepted.get(practice, ())) or "none"
    sentence = f"“{benefit.condition}” is not accepted for {practice.replace('-', ' ')} by the rules of {pack.name}."
    return Remark("claim-condition", "error", (*location, "condition"), sentence, f"accepted are: {known}.")


def _terms_remarks(location: Location, benefit: Benefit, condition: Condition, handout: Handout) -> Iterator[Remark]:
    if benefit.duration not in condition.duration:
        sentence = f"{condition.name} is accepted as {condition.duration[0]} relief, not as {benefit.duration}."
        yield Remark("claim-duration", "error", (*location, "duration"), sentence, f"for example: {condition.wording}")
    if condition.only and not _says(benefit, condition.only):
        sentence = f"{condition.name} is accepted only for this form: {condition.only}."
        yield Remark("claim-form", "error", (*location, "condition"), sentence, f"for example: {condition.wording}")
    told = handout.benefits is not None and handout.benefits.limits is not None
    if condition.basis == "trials" and not told:
        sentence = f"No ruling names {condition.name.lower()}, so the limits of the trials must be told."
        yield Remark("claim-limits", "error", location, sentence, 'add "limits" to the benefits.')


def _says(benefit: Benefit, form: str) -> bool:
    said = f"{benefit.condition} {benefit.wording}".lower()
    return form.lower() in said or all(word in said for word in re.split(r"[\s-]+", form.lower()))


def _evidence_remarks(location: Location, benefit: Benefit) -> Iterator[Remark]:
    wording = (*location, "wording")
    timed = SHORT_TERM.search(benefit.wording) or re.search(r"\bfor (?:a|some|up)\b", benefit.wording)
    if benefit.duration == "short-term" and not timed:
        sentence = "The benefit is short-term, and its wording does not say so."
        yield Remark("claim-duration", "error", wording, sentence, 'add "short-term" or "for up to 12 weeks".')
    if benefit.duration == "not-known" and not re.search(r"how long", benefit.wording):
        sentence = "Nobody knows how long the benefit lasts, and its wording does not say so."
        yield Remark("claim-duration", "warning", wording, sentence, 'add "We do not know for how long."')
    if benefit.evidence != "high" and not HEDGE.search(benefit.wording):
        sentence = f"The evidence is {benefit.evidence.replace('-', ' ')}, and the wording sounds certain."
        yield Remark("claim-evidence", "error", wording, sentence, 'write "may".')


def remarks(subject: Subject) -> Iterator[Remark]:
    """Hold the benefits and the running text against the rules of the jurisdiction."""
    if subject.rules.claims is None:
        sentence = "There is no list of words to question in this language, so claims in running text are not checked."
        yield Remark("claim-not-checked", "note", ("title",), sentence, "have a native speaker read it for claims.")
        return
    yield from benefit_remarks(subject.handout, subject.rules.pack, subject.rules.claims)
    yield from text_remarks(subject.texts, subject.handout, subject.rules.pack, subject.rules.claims)
    yield from _stale(subject)


def _stale(subject: Subject) -> Iterator[Remark]:
    pack = subject.rules.pack
    if months_between(pack.checked, subject.today) >= pack.stale_after:
        sentence = f"The rules of {pack.name} were last looked at on {pack.checked.isoformat()}."
        yield Remark("rules-stale", "warning", ("title",), sentence, "see whether the regulator has changed them.")
