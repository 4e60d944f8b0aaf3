"""Translations: what is still untranslated, and whether the rest has the parts, figures and citations of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from handoutpress.content.models.benefits import Benefit
from handoutpress.content.models.citations import cited_keys
from handoutpress.content.models.handouts import Handout, Translation
from handoutpress.content.models.versions import version_order
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.content.text.markdown import CLINIC, PHONE, has_clinic, has_phone
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.editorial.translating.figures import NumberInText, lost
from handoutpress.editorial.translating.parts import TranslatableText, by_part, changed_parts, texts
from handoutpress.yamlfile.source import Location

COUNTED = ("count", "of", "per", "severity")


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Compare a translation with the handout that it says it was made from."""
    translation = subject.handout.translation
    if translation is None:
        return
    yield from _untranslated(subject)
    source = subject.translations.get(translation.of)
    if source is None:
        sentence = f'There is no handout in "{translation.of}" that this could translate.'
        yield Remark("translation-source", "error", ("translation", "of"), sentence, "name the language of the source.")
        return
    yield from _version(translation.version, source)
    yield from _changed_since(subject, translation, source)
    yield from _missing_and_added(subject, source)
    yield from _other_figures(subject.handout, source)
    yield from _text_differences(subject, source)


def _untranslated(subject: CheckSubject) -> Iterator[Remark]:
    """Yield one remark for all that is still to be translated, at the first of it."""
    all_texts = list(texts(subject.handout))
    untranslated = [text for text in all_texts if text.is_untranslated]
    if untranslated:
        numbers = Counter(text.part for text in untranslated)
        listed = ", ".join(f"{part} ({number})" if number > 1 else part for part, number in numbers.items())
        sentence = f"{len(untranslated)} of {len(all_texts)} texts are still to be translated: {listed}."
        yield Remark(
            "translation-left", "error", _location_in_file(subject, untranslated[0].place), sentence, "translate them."
        )
    translation = subject.handout.translation
    if translation and UNTRANSLATED in translation.by:
        sentence = "Nobody has said who translated this."
        yield Remark("translation-left", "error", ("translation", "by"), sentence, "write the translator's name.")


def _version(translated: str, source: Handout) -> Iterator[Remark]:
    place: Location = ("translation", "version")
    if version_order(translated) > version_order(source.version):
        sentence = f"This translates version {translated}, and the source has only come to {source.version}."
        yield Remark("translation-version", "error", place, sentence, "name a version that exists.")
    elif version_order(translated) < version_order(source.version):
        sentence = f"This translates version {translated}, and the source is at {source.version}."
        yield Remark("translation-behind", "warning", place, sentence, "bring the translation up to date.")


def _changed_since(subject: CheckSubject, translation: Translation, source: Handout) -> Iterator[Remark]:
    """Yield the parts that say something else in the source than what was translated, where that was noted."""
    there = by_part(subject.handout)
    for part in changed_parts(translation.seen, source) if translation.seen else ():
        if part in there:
            sentence = f'"{part}" of the source has changed since it was translated.'
            hint = "`handouts translate` with --update marks what to translate again."
            yield Remark("translation-behind", "warning", _location_of_part(subject, part, there), sentence, hint)


def _missing_and_added(subject: CheckSubject, source: Handout) -> Iterator[Remark]:
    """Yield the parts, rows and list entries that only one of the two has."""
    translated_parts, source_parts = by_part(subject.handout), by_part(source)
    for part, part_texts in source_parts.items():
        keys = {text.key for text in translated_parts.get(part, ())}
        missing = [text.key for text in part_texts if text.key not in keys and not text.is_short]
        if missing:
            sentence = f'"{part}" of the source is missing{_which_texts(missing, keys)}.'
            place = _location_of_part(subject, part, translated_parts)
            yield Remark("translation-part", "error", place, sentence, "translate what is missing.")
    for part, part_texts in translated_parts.items():
        keys = {text.key for text in source_parts.get(part, ())}
        added = [text for text in part_texts if text.key not in keys and not text.is_short]
        if added:
            sentence = f'"{part}" is not in the source{_which_texts([text.key for text in added], keys)}.'
            place = _location_in_file(subject, added[0].place)
            yield Remark("translation-part", "error", place, sentence, "leave out what the source does not say.")


def _which_texts(keys: list[Location], there: set[Location]) -> str:
    """Return in words which texts of a part are meant, unless it is all of them."""
    if not there:
        return ""
    return f", or some of it: {', '.join('.'.join(map(str, key[1:])) or str(key[0]) for key in keys)}"


def _other_figures(handout: Handout, source: Handout) -> Iterator[Remark]:
    for number, (risk, source_risk) in enumerate(zip(handout.harms, source.harms, strict=False)):
        for key in COUNTED:
            value, source_value = getattr(risk, key), getattr(source_risk, key)
            if value != source_value:
                sentence = f'"{key}" of this risk is {value}, and in the source {source_value}.'
                place: Location = ("risks", "items", number, "name")
                yield Remark("translation-figure", "error", place, sentence, "say what the source says.")
    pairs = zip(*(each.benefits.items if each.benefits else () for each in (handout, source)), strict=False)
    for number, (benefit, source_benefit) in enumerate(pairs):
        if _counts(benefit) != _counts(source_benefit):
            sentence = "The figures of this benefit are not those of the source."
            hint = 'give "count", "of" and "compared_with" as the source does.'
            yield Remark("translation-figure", "error", ("benefits", "items", number), sentence, hint)


def _counts(benefit: Benefit) -> tuple[int | None, ...]:
    compared = benefit.compared_with
    return (benefit.count, benefit.of, *((compared.count, compared.of) if compared else ()))


def _text_differences(subject: CheckSubject, source: Handout) -> Iterator[Remark]:
    translated_texts = {text.key: text for text in texts(subject.handout)}
    for source_text in texts(source):
        translated = translated_texts.get(source_text.key)
        if translated is None or translated.is_untranslated:
            continue
        place = _location_in_file(subject, translated.place)
        if missing := lost(source_text.words, translated.words):
            sentence = f"Figures of the source are not in this text: {_listed(missing)}."
            yield Remark("translation-figure", "error", place, sentence, "give the same figures.")
        if added := lost(translated.words, source_text.words):
            sentence = f"Figures of this text are not in the source: {_listed(added)}."
            yield Remark("translation-figure", "warning", place, sentence, "give the same figures.")
        cited_here = {key for key, _ in cited_keys(translated.words)}
        if lost_keys := {key for key, _ in cited_keys(source_text.words)} - cited_here:
            sentence = f"References of the source are not cited in this text: {', '.join(sorted(lost_keys))}."
            yield Remark("translation-citation", "error", place, sentence, "cite them where the source does.")
        if has_phone(source_text.words) and not has_phone(translated.words):
            sentence = (
                f"The source has the clinic's telephone number in this text, {PHONE}, and the translation has not."
            )
            yield Remark("translation-part", "error", place, sentence, f"end the same words with {PHONE}.")
        if has_clinic(source_text.words) and not has_clinic(translated.words):
            sentence = f"The source has the clinic's name in this text, {CLINIC}, and the translation has not."
            yield Remark("translation-part", "error", place, sentence, f"write {CLINIC} where the source has it.")


def _listed(numbers: list[NumberInText]) -> str:
    return ", ".join(sorted(figure.written for figure in numbers))


def _location_of_part(subject: CheckSubject, part: str, there: Mapping[str, list[TranslatableText]]) -> Location:
    """Return where a part stands, or would."""
    if part in there:
        return _location_in_file(subject, there[part][0].place)[:2]
    key = part.partition(".")[0]
    return (key,) if key in subject.source.root.parts else ("title",)


def _location_in_file(subject: CheckSubject, place: Location) -> Location:
    """Return the place, or the nearest key above it: a text may be written with or without a key for itself."""
    while place and place[-1] not in subject.source.root.at(place[:-1]).parts:
        place = place[:-1]
    return place
