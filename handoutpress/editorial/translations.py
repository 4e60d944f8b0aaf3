"""Translations: whether one follows its source in version, parts, figures and citations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from handoutpress.content.citations import citations
from handoutpress.content.handouts import Handout
from handoutpress.editorial.findings import Location, Remark
from handoutpress.editorial.subject import Subject

OWN = frozenset({"version", "date", "author", "reviewed", "translation", "article", "accepted"})
"""What a translation says for itself."""
COUNTED = ("count", "of", "per", "severity")

_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")
_SEPARATORS = re.compile(r"\D")


def remarks(subject: Subject) -> Iterator[Remark]:
    """Compare a translation with the handout that it says it was made from."""
    translation = subject.handout.translation
    if translation is None:
        return
    source = subject.translations.get(translation.of)
    if source is None:
        sentence = f'There is no handout in "{translation.of}" that this could translate.'
        yield Remark("translation-source", "error", ("translation", "of"), sentence, "name the language of the source.")
        return
    yield from _version(translation.version, source)
    yield from _parts(subject, source)
    yield from _counts(subject.handout, source)
    yield from _texts(subject.handout, source)


def _version(translated: str, source: Handout) -> Iterator[Remark]:
    own, theirs = (tuple(map(int, version.split("."))) for version in (translated, source.version))
    place: Location = ("translation", "version")
    if own > theirs:
        sentence = f"This translates version {translated}, and the source has only come to {source.version}."
        yield Remark("translation-version", "error", place, sentence, "name a version that exists.")
    elif own < theirs:
        sentence = f"This translates version {translated}, and the source is at {source.version}."
        yield Remark("translation-behind", "warning", place, sentence, "bring the translation up to date.")


def _parts(subject: Subject, source: Handout) -> Iterator[Remark]:
    """Sections, rows and lists that the source has and the translation has not."""
    own = _shape(subject.handout)
    lost = [name for name, number in _shape(source).items() if own.get(name, 0) < number]
    for name in lost:
        key = name.partition(".")[0]
        place: Location = (key,) if key in subject.source.root.parts else ("title",)
        sentence = f'"{name}" of the source is missing, or some of it.'
        yield Remark("translation-part", "error", place, sentence, "translate what is missing.")


def _shape(handout: Handout) -> dict[str, int]:
    """How many of each part a handout has."""
    parts = {name: 1 for name, value in handout if name not in OWN and value}
    parts |= {f"sections.{section.id}": 1 for section in handout.sections}
    parts["questions"] = len(handout.questions)
    parts["risks"] = len(handout.risks.items)
    if handout.benefits:
        parts["benefits"] = len(handout.benefits.items)
    if handout.comparison:
        parts["comparison"] = len(handout.comparison.rows)
    return parts


def _counts(handout: Handout, source: Handout) -> Iterator[Remark]:
    for number, (own, theirs) in enumerate(zip(handout.risks.items, source.risks.items, strict=False)):
        for key in COUNTED:
            said, wanted = getattr(own, key), getattr(theirs, key)
            if said != wanted:
                sentence = f'"{key}" of this risk is {said}, and in the source {wanted}.'
                place: Location = ("risks", "items", number, "name")
                yield Remark("translation-figure", "error", place, sentence, "say what the source says.")


def _texts(handout: Handout, source: Handout) -> Iterator[Remark]:
    own = dict(_pairs(handout.model_dump(exclude=set(OWN))))
    for place, theirs in _pairs(source.model_dump(exclude=set(OWN))):
        said = own.get(place)
        if said is None:
            continue
        if lost := _figures(theirs) - _figures(said):
            listed = ", ".join(sorted(lost))
            sentence = f"Figures of the source are not in this text: {listed}."
            yield Remark("translation-figure", "error", _known(place), sentence, "give the same figures.")
        if lost_keys := {each.key for each in citations(theirs)} - {each.key for each in citations(said)}:
            sentence = f"References of the source are not cited in this text: {', '.join(sorted(lost_keys))}."
            yield Remark("translation-citation", "error", _known(place), sentence, "cite them where the source does.")


def _known(place: Location) -> Location:
    """The place itself, or the section: a section's text may be written with or without its key."""
    return place[:1] if len(place) == 2 and isinstance(place[1], str) else place


def _pairs(value: Any, place: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every text of a handout's data with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _pairs(inner, (*place, key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _pairs(inner, (*place, index))


def _figures(text: str) -> Counter[str]:
    """The figures of a text, without the marks that each language sets between their digits."""
    spoken = re.sub(r"\[@[^\]]*\]", " ", text)
    return Counter(_SEPARATORS.sub("", figure) for figure in _FIGURE.findall(spoken))
