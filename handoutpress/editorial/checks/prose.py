"""The words of a handout that a patient reads, with the way to each and its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from handoutpress.editorial.checks.findings import Location
from handoutpress.editorial.checks.sentences import Sentence, split
from handoutpress.yamlfile.source import YamlSource
from handoutpress.yamlfile.textfile import place_at

UNREAD = frozenset(
    [
        "practice",
        "practices",
        "references",
        "version",
        "date",
        "author",
        "reviewed",
        "article",
        "accepted",
        "answers",
        "translation",
        "id",
        "after",
        "duration",
        "evidence",
        "severity",
        "per",
    ]
)
"""Keys whose values are data, names or addresses and not prose."""

_CITATION = re.compile(r"\[(?:@[\w-]+(?:\s*;\s*@[\w-]+)*)\]")
_LINK_END = re.compile(r"\]\([^)\s]*\)")
_MARKS = re.compile(r"\*\*|\*(?=\w)|(?<=[\w.!?])\*|^#{1,6}\s|^>\s|(?<=\s)\[|^\[", re.MULTILINE)


UNWRITTEN = "TO WRITE"
"""What stands in a draft where the article says nothing."""
UNTRANSLATED = "TO TRANSLATE"
"""What stands in a translation where a text, or its new wording, is still to be written."""


@dataclass(frozen=True)
class Prose:
    """One text. ``section`` is its top key, ``text`` our small Markdown as the file has it."""

    location: Location
    text: str

    @property
    def section(self) -> str:
        return str(self.location[0])

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
        """The text with marks and citations blanked out, so that every other character keeps its place."""
        blank = self.text
        for pattern in (_CITATION, _LINK_END, _MARKS):
            blank = pattern.sub(lambda mark: " " * len(mark.group()), blank)
        return blank

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return split(self.plain)


def prose(source: YamlSource) -> tuple[Prose, ...]:
    """Return what a patient reads of the handout in ``source``, in the file's order."""
    return tuple(Prose(location, text) for location, text in _texts(source.data, ()))


def _texts(value: object, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in UNREAD:
                yield from _texts(part, (*location, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*location, number))


def place(source: YamlSource, location: Location, at: int = 0) -> tuple[int, int]:
    """Return line and column, from 1, of character ``at`` of the text at ``location``.

    YAML folds lines and takes quotes away, but leaves the words in their order: the place is found by counting words.
    """
    node = source.root.at(location)
    if (at == 0 and node.style not in ("|", ">")) or not isinstance(node.value, str):
        return node.place
    before = node.value[:at]
    within = len(before) - len(before.rstrip()) if before[-1:].isspace() else 0
    index = len(before.split()) - (1 if before and not before[-1].isspace() else 0)
    inside = 0 if within or not before else len(before.split()[-1])
    start = _offset(source.text, node.place)
    tokens = re.finditer(r"\S+", source.text[start:])
    if node.style in ("|", ">"):
        next(tokens, None)
    for number, token in enumerate(tokens):
        if number == index:
            quote = 1 if node.style in ("'", '"') and index == 0 else 0
            return place_at(source.text, start + token.start() + inside + quote)
    return node.place


def _offset(text: str, where: tuple[int, int]) -> int:
    offset = 0
    for _ in range(where[0] - 1):
        offset = text.index("\n", offset) + 1
    return offset + where[1] - 1
