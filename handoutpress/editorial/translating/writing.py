"""A handout's YAML in another language: keys and data as they are, its texts as comments above their translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handoutpress.content.models.handouts import Handout
from handoutpress.editorial.checks.prose import UNREAD, UNTRANSLATED
from handoutpress.editorial.translating.parts import FREE_SECTIONS, changed_parts, texts
from handoutpress.editorial.yaml_writing import comment, scalar, text_value
from handoutpress.yamlfile.source import Location

_SOFT_BREAK = re.compile(r"(?<!\n)\n(?!\n|\s*[-*] |\s*\d+[.)] )")


class TextChoice:
    """What to write for each text: its old translation, marked where its part has changed, or the mark alone."""

    def __init__(self, source: Handout, old: Handout | None = None, noted: Mapping[str, str] | None = None) -> None:
        self._ids = [section.id for section in source.sections]
        self._old = {text.key: text.words for text in texts(old)} if old else {}
        self._changed = set(changed_parts(noted or {}, source))

    def of(self, place: Location) -> str:
        """Return the words for the text at ``place`` of the source."""
        key = place
        if place[0] == FREE_SECTIONS:
            key = (FREE_SECTIONS, self._ids[int(place[1])], *place[2:])
        old = self._old.get(key) or self._old.get((*key, "text")) or ""
        part = f"{FREE_SECTIONS}.{key[1]}" if place[0] == FREE_SECTIONS else str(place[0])
        return f"{UNTRANSLATED} {old}".strip() if part in self._changed or not old else old


class KeyWriter:
    """Writes one top key after the other."""

    def __init__(self, texts: TextChoice) -> None:
        self._texts = texts

    def lines(self, key: str, value: Any) -> list[str]:
        """Return the lines of a top key with all that is in it."""
        return list(self._entry(f"{key}:", value, (key,), 0))

    def _entry(self, lead: str, value: Any, place: Location, indent: int) -> Iterator[str]:
        """Yield the lines of a value behind ``lead``, a key with its colon or a dash."""
        margin = " " * indent
        if _is_data(value, place):
            yield f"{margin}{lead} {_data(value)}"
        elif isinstance(value, str):
            yield from _commented(value, indent)
            yield from _text_lines(lead, self._texts.of(place), indent)
        elif lead == "-":
            yield from _listed(list(self._inner(value, place, indent + 2)), indent)
        else:
            yield f"{margin}{lead}"
            yield from self._inner(value, place, indent + 2)

    def _inner(self, value: Any, place: Location, indent: int) -> Iterator[str]:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in pairs:
            lead = f"{step}:" if isinstance(value, dict) else "-"
            yield from self._entry(lead, inner, (*place, step), indent)


def _is_data(value: Any, place: Location) -> bool:
    """Return whether a value is carried over: names, figures, references and addresses."""
    if isinstance(value, dict):
        return False
    return not isinstance(value, str | list) or any(step in UNREAD for step in place)


def _data(value: Any) -> str:
    return f"[{', '.join(map(scalar, value))}]" if isinstance(value, list) else scalar(value)


def _commented(text: str, indent: int) -> Iterator[str]:
    """Yield comment lines with a text's paragraphs and list entries."""
    for line in _SOFT_BREAK.sub(" ", text.strip()).split("\n"):
        yield from comment(line, indent) or [f"{' ' * indent}#"]


def _text_lines(lead: str, words: str, indent: int) -> list[str]:
    """Return the lines of a text; the mark alone needs no quotes."""
    return [f"{' ' * indent}{lead} {words}"] if words == UNTRANSLATED else text_value(lead, words, indent)


def _listed(lines: list[str], indent: int) -> Iterator[str]:
    """Yield the lines of a list's entry: comments before its dash, the dash before its first key."""
    margin = " " * indent
    first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    yield from (margin + line.lstrip() for line in lines[:first])
    yield f"{margin}- {lines[first].lstrip()}"
    yield from lines[first + 1 :]
