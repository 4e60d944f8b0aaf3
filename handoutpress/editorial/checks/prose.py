"""The texts of a handout that a patient reads, each with its location and its place in the file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from handoutpress.content.skeletons import UNTRANSLATED, UNWRITTEN
from handoutpress.content.text.bullets import with_dashes
from handoutpress.editorial.checks.reading.readable import readable
from handoutpress.editorial.checks.reading.sentences import Sentence, split
from handoutpress.yamlfile.printed import printed_texts
from handoutpress.yamlfile.source import Location, Position, YamlSource

BESIDE = frozenset(
    ("version", "date", "author", "reviewed", "claims_read", "article", "accepted", "answers", "translation", "number")
)
"""Top keys whose words stand beside the running text: names, days, and notes for the editor."""


@dataclass(frozen=True)
class Prose:
    """One text. ``section`` is its ``kind``, else its top key; ``text`` our small Markdown as the file has it."""

    location: Location
    text: str
    kind: str = ""

    @property
    def section(self) -> str:
        return self.kind or str(self.location[0])

    @property
    def is_unwritten(self) -> bool:
        """Whether it is a draft's stand-in for text that someone has yet to write."""
        return UNWRITTEN in self.text

    @property
    def is_untranslated(self) -> bool:
        """Whether it is still to be translated."""
        return UNTRANSLATED in self.text

    @property
    def is_short(self) -> bool:
        """Whether another text of the same section says more."""
        return "short" in self.location

    @cached_property
    def plain(self) -> str:
        """The text as it is read: without marks, citations and what cannot be seen, each word where it stood."""
        return readable(with_dashes(self.text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return split(self.plain)


def prose(source: YamlSource, record: BaseModel) -> tuple[Prose, ...]:
    """Return what a patient reads of the handout ``record``, in the order of ``source``, its file."""
    printed = {source.written_at(place) for place, _ in printed_texts(record) if place[0] not in BESIDE}
    # A text may be a list in its file.
    within = (
        (location, node.value)
        for location, node in source.root.texts()
        if any(location[:length] in printed for length in range(1, len(location) + 1))
    )
    return tuple(Prose(location, text) for location, text in within)


def printed_prose(source: YamlSource, record: BaseModel) -> tuple[Prose, ...]:
    """Return every text of ``record``, read from ``source``, that reaches a patient; its kind is what it says."""
    return tuple(Prose(source.written_at(place), text, _kind(place)) for place, text in printed_texts(record))


def _kind(place: Location) -> str:
    """Return what a text is: the last key above it; of names what they name."""
    keys = [step for step in place if isinstance(step, str)]
    if keys[:2] == ["meta", "name"] or keys == ["meta", "contacts", "name"]:
        return "clinic_name"
    return keys[-2] if keys[-2:-1] == ["notes"] else keys[-1]


def position_of(source: YamlSource, location: Location, at: int = 0) -> Position:
    """Return line and column, from 1, of character ``at`` of the text at ``location``; of 0, where the value begins."""
    node = source.root.at(location)
    # Of a text in quotes or on its key's line the value itself is meant; a block begins on the next line.
    begins = at == 0 and node.style not in ("|", ">")
    return node.place if begins or not isinstance(node.value, str) else source.place_in(location, at)
