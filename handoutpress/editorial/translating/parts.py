"""The parts of a handout, each with the texts that a translator writes, and a short hash of what each part says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handoutpress.content.models.handouts import Handout
from handoutpress.editorial.checks.prose import UNREAD, UNTRANSLATED
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.source import Location

OWN_KEYS = frozenset(
    {"version", "date", "author", "reviewed", "translation", "article", "answers", "accepted", "claims_read"}
)
"""What a translation says for itself."""
FREE_SECTIONS = "sections"
"""The key of a handout's own sections, each of which is a part."""


@dataclass(frozen=True)
class TranslatableText:
    """One text of a part.

    ``place`` leads to it in the handout; ``key`` does so with the names of the handout's own sections for their
    numbers, so that the same text of two languages has the same key.
    """

    part: str
    place: Location
    key: Location
    words: str

    @property
    def is_short(self) -> bool:
        """Whether another text of the part says more: a language may do without it."""
        return "short" in self.key

    @property
    def is_untranslated(self) -> bool:
        """Whether it is still to be translated."""
        return UNTRANSLATED in self.words


def texts(handout: Handout) -> Iterator[TranslatableText]:
    """Yield every text that a translator writes, in the order of the model."""
    for name, value in handout.model_dump(exclude=set(OWN_KEYS)).items():
        if name != FREE_SECTIONS:
            yield from (TranslatableText(name, place, place, words) for place, words in _within(name, value, (name,)))
    for number, section in enumerate(handout.sections):
        part = f"{FREE_SECTIONS}.{section.id}"
        for place, words in _within(FREE_SECTIONS, section.model_dump(), (FREE_SECTIONS, number)):
            yield TranslatableText(part, place, (FREE_SECTIONS, section.id, *place[2:]), words)


def by_part(handout: Handout) -> dict[str, list[TranslatableText]]:
    """Return the texts of each part that has any."""
    parts: dict[str, list[TranslatableText]] = {}
    for text in texts(handout):
        parts.setdefault(text.part, []).append(text)
    return parts


def hashes(handout: Handout) -> dict[str, str]:
    """Return a short hash of each part's texts, eight hexadecimal digits. How lines are broken makes no difference."""
    return {part: _hash(part_texts) for part, part_texts in by_part(handout).items()}


def changed_parts(noted: Mapping[str, str], source: Handout) -> tuple[str, ...]:
    """Return the parts of ``source`` whose hash is not the one that was ``noted``, new ones among them."""
    return tuple(part for part, digest in hashes(source).items() if noted.get(part) != digest)


def _hash(part_texts: list[TranslatableText]) -> str:
    content = "\n".join(f"{text.key} {' '.join(text.words.split())}" for text in part_texts)
    return bytes_digest(content.encode())[:8]


def _within(name: str, value: Any, place: Location) -> Iterator[tuple[Location, str]]:
    if name in UNREAD or value is None:
        return
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _within(key, inner, (*place, key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _within(name, inner, (*place, number))
