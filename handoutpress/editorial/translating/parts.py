"""The parts of a handout, each with the texts that a translator writes, and a short hash of what each part says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import BODY
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.printed import printed_texts
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
    for place, words in printed_texts(handout):
        name = str(place[0])
        if name == FREE_SECTIONS:
            section = handout.sections[int(place[1])].id
            yield TranslatableText(f"{FREE_SECTIONS}.{section}", place, (name, section, *place[2:]), words)
        elif name == BODY:
            yield TranslatableText(block_part(int(place[1])), place, place, words)
        elif name not in OWN_KEYS:
            # Questions may be a list alone, and have the same keys then.
            key = (name, *place[2:]) if place[:2] == ("questions", "items") else place
            yield TranslatableText(name, place, key, words)


def block_part(number: int) -> str:
    """Return the part that is the block of this number, from 0."""
    return f"{BODY}.{number + 1}"


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
    """Return the parts of ``source`` whose hash is not the one that was ``noted``, new ones among them.

    A block that stands in another place has not changed.
    """
    noted_blocks = set(block_hashes(noted))
    return tuple(
        part
        for part, digest in hashes(source).items()
        if (digest not in noted_blocks if _is_block(part) else noted.get(part) != digest)
    )


def block_hashes(noted: Mapping[str, str]) -> list[str]:
    """Return the hashes of the blocks alone, in their order."""
    return [noted[part] for part in sorted(filter(_is_block, noted), key=lambda part: int(part.partition(".")[2]))]


def _is_block(part: str) -> bool:
    return part.startswith(f"{BODY}.")


def _hash(part_texts: list[TranslatableText]) -> str:
    # A shorter text stands behind what it shortens, and a block is the same wherever it stands.
    ordered = sorted(part_texts, key=lambda text: text.is_short)
    keys = (text.key[2:] if text.key[0] == BODY else text.key for text in ordered)
    content = "\n".join(f"{key} {' '.join(text.words.split())}" for key, text in zip(keys, ordered, strict=True))
    return bytes_digest(content.encode())[:8]
