"""Translations: what of one is still to be done, and whether it follows its source in parts, figures and citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from handoutpress.content.models.citations import citations
from handoutpress.content.models.handouts import Handout, Translation
from handoutpress.editorial.checks.findings import Location, Remark
from handoutpress.editorial.checks.prose import UNTRANSLATED
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.editorial.translating.figures import NumberInText, lost
from handoutpress.editorial.translating.parts import TranslatableText, by_part, changed_parts, texts

COUNTED = ("count", "of", "per", "severity")


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Compare a translation with the handout that it says it was made from."""
    translation = subject.handout.translation
    if translation is None:
        return
    yield from _left(subject)
    source = subject.translations.get(translation.of)
    if source is None:
        sentence = f'There is no handout in "{translation.of}" that this could translate.'
        yield Remark("translation-source", "error", ("translation", "of"), sentence, "name the language of the source.")
        return
    yield from _version(translation.version, source)
    yield from _behind(subject, translation, source)
    yield from _parts(subject, source)
    yield from _counts(subject.handout, source)
    yield from _texts(subject, source)


def _left(subject: CheckSubject) -> Iterator[Remark]:
    """One finding for all that is still to be translated, at the first of it."""
    every = list(texts(subject.handout))
    left = [text for text in every if text.is_left]
    if left:
        numbers = Counter(text.part for text in left)
        listed = ", ".join(f"{part} ({number})" if number > 1 else part for part, number in numbers.items())
        sentence = f"{len(left)} of {len(every)} texts are still to be translated: {listed}."
        yield Remark("translation-left", "error", _known(subject, left[0].place), sentence, "translate them.")
    translation = subject.handout.translation
    if translation and UNTRANSLATED in translation.by:
        sentence = "Nobody has said who translated this."
        yield Remark("translation-left", "error", ("translation", "by"), sentence, "write the translator's name.")


def _version(translated: str, source: Handout) -> Iterator[Remark]:
    own, theirs = (tuple(map(int, version.split("."))) for version in (translated, source.version))
    place: Location = ("translation", "version")
    if own > theirs:
        sentence = f"This translates version {translated}, and the source has only come to {source.version}."
        yield Remark("translation-version", "error", place, sentence, "name a version that exists.")
    elif own < theirs:
        sentence = f"This translates version {translated}, and the source is at {source.version}."
        yield Remark("translation-behind", "warning", place, sentence, "bring the translation up to date.")


def _behind(subject: CheckSubject, translation: Translation, source: Handout) -> Iterator[Remark]:
    """The parts that say something else in the source than what was translated, where that was noted."""
    there = by_part(subject.handout)
    for part in changed_parts(translation.seen, source) if translation.seen else ():
        if part in there:
            sentence = f'"{part}" of the source has changed since it was translated.'
            hint = "`handouts translate` with --update marks what to translate again."
            yield Remark("translation-behind", "warning", _of_part(subject, part, there), sentence, hint)


def _parts(subject: CheckSubject, source: Handout) -> Iterator[Remark]:
    """Parts, rows and list entries that only one of the two has."""
    own, theirs = by_part(subject.handout), by_part(source)
    for part, found in theirs.items():
        there = {text.key for text in own.get(part, ())}
        missing = [text.key for text in found if text.key not in there and not text.is_short]
        if missing:
            sentence = f'"{part}" of the source is missing{_some(missing, there)}.'
            place = _of_part(subject, part, own)
            yield Remark("translation-part", "error", place, sentence, "translate what is missing.")
    for part, found in own.items():
        there = {text.key for text in theirs.get(part, ())}
        more = [text for text in found if text.key not in there and not text.is_short]
        if more:
            sentence = f'"{part}" is not in the source{_some([text.key for text in more], there)}.'
            place = _known(subject, more[0].place)
            yield Remark("translation-part", "error", place, sentence, "leave out what the source does not say.")


def _some(keys: list[Location], there: set[Location]) -> str:
    """Which texts of a part are meant, unless it is all of them."""
    if not there:
        return ""
    return f", or some of it: {', '.join('.'.join(map(str, key[1:])) or str(key[0]) for key in keys)}"


def _counts(handout: Handout, source: Handout) -> Iterator[Remark]:
    for number, (own, theirs) in enumerate(zip(handout.risks.items, source.risks.items, strict=False)):
        for key in COUNTED:
            said, wanted = getattr(own, key), getattr(theirs, key)
            if said != wanted:
                sentence = f'"{key}" of this risk is {said}, and in the source {wanted}.'
                place: Location = ("risks", "items", number, "name")
                yield Remark("translation-figure", "error", place, sentence, "say what the source says.")


def _texts(subject: CheckSubject, source: Handout) -> Iterator[Remark]:
    own = {text.key: text for text in texts(subject.handout)}
    for theirs in texts(source):
        said = own.get(theirs.key)
        if said is None or said.is_left:
            continue
        place = _known(subject, said.place)
        if missing := lost(theirs.words, said.words):
            sentence = f"Figures of the source are not in this text: {_listed(missing)}."
            yield Remark("translation-figure", "error", place, sentence, "give the same figures.")
        if added := lost(said.words, theirs.words):
            sentence = f"Figures of this text are not in the source: {_listed(added)}."
            yield Remark("translation-figure", "warning", place, sentence, "give the same figures.")
        if lost_keys := {each.key for each in citations(theirs.words)} - {each.key for each in citations(said.words)}:
            sentence = f"References of the source are not cited in this text: {', '.join(sorted(lost_keys))}."
            yield Remark("translation-citation", "error", place, sentence, "cite them where the source does.")


def _listed(found: list[NumberInText]) -> str:
    return ", ".join(sorted(figure.written for figure in found))


def _of_part(subject: CheckSubject, part: str, there: Mapping[str, list[TranslatableText]]) -> Location:
    """Where a part stands, or would."""
    if part in there:
        return _known(subject, there[part][0].place)[:2]
    key = part.partition(".")[0]
    return (key,) if key in subject.source.root.parts else ("title",)


def _known(subject: CheckSubject, place: Location) -> Location:
    """The place itself, or the part: its text may be written with or without a key of its own."""
    while place and place[-1] not in subject.source.root.at(place[:-1]).parts:
        place = place[:-1]
    return place
