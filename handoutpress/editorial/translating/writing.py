"""A handout's YAML in another language: keys and data as they are, its texts as comments above their translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import BODY
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.editorial.translating.parts import block_hashes, block_part, changed_parts, hashes, texts
from handoutpress.editorial.yaml_writing import comment, scalar, text_value
from handoutpress.yamlfile.source import Location, YamlSource

_SOFT_BREAK = re.compile(r"(?<!\n)\n(?!\n|\s*[-*] |\s*\d+[.)] )")


class TextChoice:
    """What to write for each text: its old translation, marked where its part has changed, or the mark alone."""

    def __init__(
        self, file: YamlSource, source: Handout, old: Handout | None = None, noted: Mapping[str, str] | None = None
    ) -> None:
        """``file`` is that of ``source``."""
        self._texts = {file.written_at(text.place): text for text in texts(source)}
        self._old = {text.key: text.words for text in texts(old)} if old else {}
        self._changed = set(changed_parts(noted or {}, source))
        self._old_blocks = _old_blocks(source, old, noted or {})

    def of(self, place: Location) -> str:
        """Return the words for the text at ``place`` of the file."""
        text = self._texts.get(place)
        old = self._old.get(self._old_key(text.key)) if text else None
        if not text or not old:
            return UNTRANSLATED
        return f"{UNTRANSLATED} {old}" if text.part in self._changed else old

    def holds(self, place: Location) -> bool:
        """Return whether there is a text at ``place`` of the file, within it, or around it."""
        return any(place[: len(text)] == text or text[: len(place)] == place for text in self._texts)

    def _old_key(self, key: Location) -> Location:
        """Return the key that a text had: a block may stand elsewhere now."""
        if key[0] != BODY:
            return key
        return (BODY, self._old_blocks.get(int(key[1]), -1), *key[2:])


def _old_blocks(source: Handout, old: Handout | None, noted: Mapping[str, str]) -> dict[int, int]:
    """Return which number a block of ``source`` had, from 0: by what it says, else the next of its type."""
    now, before = hashes(source), block_hashes(noted)
    known = {
        number: before.index(digest)
        for number in range(len(source.body))
        if (digest := now.get(block_part(number), "")) in before
    }
    left = [number for number in range(len(old.body) if old else 0) if number not in known.values()]
    for number, block in enumerate(source.body):
        alike = next((other for other in left if old and old.body[other].type == block.type), None)
        if number not in known and alike is not None:
            known[number] = alike
            left.remove(alike)
    return known


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
        if self._is_data(value, place):
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

    def _is_data(self, value: Any, place: Location) -> bool:
        """Return whether a value is carried over: names, figures, references and addresses."""
        if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict) for part in value)):
            return False
        return not isinstance(value, str | list) or not self._texts.holds(place)


def _data(value: Any) -> str:
    return f"[{', '.join(map(_data, value))}]" if isinstance(value, list) else scalar(value)


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
