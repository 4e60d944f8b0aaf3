"""YAML files as plain data that knows where each value stands. The only place that reads files with PyYAML.

Safe by construction: only text, numbers, truth values, days, lists and mappings come out. Limits on size, depth and
aliases keep a hostile file from costing more than a sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from handoutpress.yamlfile.json_text import json_as_yaml
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.syntax import syntax_problems
from handoutpress.yamlfile.textfile import (
    INVISIBLE,
    MAX_BYTES,
    aligned,
    invisible_words,
    offset_of,
    place_at,
    read_text,
)

Position = tuple[int, int]
"""Line and column, both from 1."""
Location = tuple[str | int, ...]
"""The path to a value: keys and indexes from the top of the file."""
Scalar = str | int | float | bool | date | None

MAX_DEPTH = 40
"""Levels of nesting; a handout has six."""
KEPT = 64
"""Texts that are kept as they were read: each edit reads those of a project anew, and half its time went into that."""
MAX_SYNTAX_PROBLEMS = 10
MAX_PROBLEMS = 200
"""Most mistakes of a file that are told at once."""


@dataclass(frozen=True)
class YamlSource:
    """A YAML file that was read. ``path`` is its name in messages, ``digest`` the SHA-256 of its bytes in hex.

    Its values are never written to: who reads the same text again is given the same.
    """

    path: Path
    text: str
    digest: str
    root: Node

    @property
    def data(self) -> Any:
        return self.root.value

    def place(self, location: Location, *, key: bool = False) -> Position:
        """Return the line and column of the value at ``location``, or with ``key`` of its key.

        Where the location does not exist, the nearest one above it stands in.
        """
        parent = self.root.at(location[:-1])
        if key and location and location[-1] in parent.keys:
            return parent.keys[str(location[-1])]
        return self.root.at(location).place

    def written_at(self, place: Location) -> Location:
        """Return where the file has what its record has at ``place``: what may be left out there is skipped.

        A text or a list may stand for the one key of a group that it is (``text``, ``items``).
        """
        node = self.root
        location: Location = ()
        for step in place:
            if step in node.parts:
                node, location = node.parts[step], (*location, step)
        return location

    def place_in(self, location: Location, offset: int) -> Position:
        """Return where the character at ``offset`` of the text at ``location`` stands in the file.

        Exact for block, plain and quoted text; after an escape such as ``\\u00e9`` it is the nearest likely place.
        """
        node = self.root.at(location)
        return place_at(self.text, aligned(self.text, self._begin_of(node), node.word, offset))

    def lines_of(self, location: Location) -> list[str]:
        """Return the lines that the text at ``location`` is written in, as they stand in the file."""
        node = self.root.at(location)
        begin = self._begin_of(node)
        return self.text[begin : aligned(self.text, begin, node.word, len(node.word) - 1) + 1].splitlines()

    def _begin_of(self, node: Node) -> int:
        begin = offset_of(self.text, *node.place)
        return self.text.find("\n", begin) + 1 if node.style in ("|", ">") else begin

    def problem(self, location: Location, sentence: str, hint: str = "", *, key: bool = False) -> Problem:
        """Return a ``Problem`` at the value (or with ``key`` at the key) of ``location``."""
        return Problem(self.path, *self.place(location, key=key), sentence, hint)


def read_yaml(path: Path, display_path: Path | None = None) -> YamlSource:
    """Read the YAML or JSON file ``path``, in messages ``display_path``. Raises ``ContentError`` with all mistakes."""
    display_path = display_path or path
    file = read_text(path, display_path)
    text = json_as_yaml(file.text) if path.suffix.lower() == ".json" else file.text
    return yaml_source(text, display_path, file.digest)


@lru_cache(maxsize=KEPT)
def yaml_source(text: str, display_path: Path, digest: str) -> YamlSource:
    """Read YAML that was read from the file called ``display_path``. Raises ``ContentError`` with all mistakes."""
    root, problems = _compose(text, display_path)
    if root is None and not problems:
        problems = [Problem(display_path, 0, 0, "The file is empty.", "write its content, or delete it.")]
    if root is None or problems:
        raise ContentError(sorted(set(problems)))
    return YamlSource(display_path, text, digest, root)


def _compose(text: str, display_path: Path) -> tuple[Node | None, list[Problem]]:
    """Read ``text``; after a mistake in the syntax go on at the next top key, to tell further ones."""
    root, problems, fault = _read_from(text, display_path, 1)
    while fault is not None and len(problems) < MAX_SYNTAX_PROBLEMS:
        restart = _next_top_key(text, fault)
        if restart is None:
            break
        # As many empty lines stand for what was read, so that further mistakes keep their lines.
        first = place_at(text, restart)[0]
        text = "\n" * (first - 1) + text[restart:]
        _, further, fault = _read_from(text, display_path, first)
        lines = {problem.line for problem in problems}
        problems += [problem for problem in further if problem.line not in lines]
    return root, problems


def _read_from(text: str, display_path: Path, first: int) -> tuple[Node | None, list[Problem], int | None]:
    """Return the top value, the mistakes from line ``first`` on, and where the parser gave up, if it did."""
    composer = _Composer(text, display_path)
    try:
        return composer.document(), composer.problems, None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return None, composer.problems + syntax_problems(display_path, text, "", (1, 1), first), None
        problems = syntax_problems(display_path, text, error.problem or "", (mark.line + 1, mark.column + 1), first)
        return None, composer.problems + problems, mark.index
    except _GiveUpError:
        return None, composer.problems, None
    finally:
        composer.close()


_NONE: dict[Any, Any] = {}
"""Shared by all scalars, which are most nodes of a file; never written to."""


@dataclass(slots=True)
class Node:
    """One value: ``value`` is plain data, ``style`` is how a scalar is written (``|``, ``>``, quotes or nothing).

    ``size`` counts characters and parts with every alias written out. A mapping has ``keys`` and ``parts`` by key, a
    sequence has ``parts`` by index.
    """

    value: Any
    place: Position
    style: str = ""
    word: str = ""
    size: int = 1
    keys: dict[str, Position] = field(default_factory=lambda: _NONE)
    parts: dict[str | int, Node] = field(default_factory=lambda: _NONE)

    def at(self, location: Location) -> Node:
        """Return the part at ``location``, or the nearest one above it that exists."""
        node = self
        for step in location:
            if step not in node.parts:
                break
            node = node.parts[step]
        return node

    def texts(self, location: Location = ()) -> Iterator[tuple[Location, Node]]:
        """Yield every text within, in the file's order."""
        if isinstance(self.value, str):
            yield location, self
        for step, part in self.parts.items():
            yield from part.texts((*location, step))


_TAGS = {
    yaml.ScalarEvent: (None, "!", "tag:yaml.org,2002:str"),
    yaml.SequenceStartEvent: (None, "tag:yaml.org,2002:seq"),
    yaml.MappingStartEvent: (None, "tag:yaml.org,2002:map"),
}


_TAG_HINT = "put the whole text in double quotes if the ! belongs to it, else delete the word that begins with it."


class _GiveUpError(Exception):
    """Reading on would serve no one; the reason is among the problems."""


class _Composer:
    """Builds nodes from the parser's events, within the limits, and collects what is wrong with them."""

    def __init__(self, text: str, display_path: Path) -> None:
        self.problems: list[Problem] = []
        self._display_path = display_path
        self._text = text
        # libyaml's parser keeps line marks as well: 0.25 ms for a brand's file, where the one in Python takes 5.
        self._loader = yaml.CSafeLoader(text)
        self._next: Callable[[], Any] = self._loader.get_event
        self._anchors: dict[str, Node] = {}
        self._expanded = 0

    def document(self) -> Node | None:
        """Return the top node; None for a file without any value."""
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        root = self._node(self._next(), 1)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._report(after, "The file holds more than one document.", "delete the line --- and what follows it.")
        return None if root.value is None else root

    def close(self) -> None:
        self._loader.dispose()

    def _report(self, event: Any, sentence: str, hint: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self._display_path, *_place(event), sentence, hint))

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag not in _TAGS[type(event)]:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(event, f'The tag "{tag}" is not used here.', _TAG_HINT)
        if isinstance(event, yaml.ScalarEvent):
            node = _scalar(event)
            self._look_at(event)
        elif depth > MAX_DEPTH:
            self._report(event, f"The file is nested more than {MAX_DEPTH} levels deep.", "check its brackets.")
            raise _GiveUpError
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(event, depth)
        else:
            node = self._mapping(event, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _look_at(self, event: Any) -> None:
        """Report what of a scalar would be lost, or could not be seen."""
        if event.style == '"' and (invisible := INVISIBLE.search(event.value)):
            self._report(event, *invisible_words(invisible[0]))
        elif not event.style and (lost := _LOST.match(self._text, event.end_mark.index)):
            sentence = f'"{lost[1].strip()}" is a note to YAML, since it begins with #, and would not be printed.'
            hint = "put the whole text in double quotes; a note to yourself has a space behind the #."
            self._report(event, sentence, hint)

    def _alias(self, event: Any) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            self._report(event, f'"*{event.anchor}" repeats something that has no name.', "put the text in quotes.")
            return Node(None, _place(event))
        # Nine aliases of nine aliases of … grow beyond any memory, from a file of a few hundred bytes.
        self._expanded += node.size
        if self._expanded > MAX_BYTES:
            self._report(event, "Its aliases would blow this file up beyond 1 MB.", "write the values out instead.")
            raise _GiveUpError
        return node

    def _sequence(self, start: Any, depth: int) -> Node:
        values: list[Any] = []
        node = Node(values, _place(start), parts={})
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            part = self._node(event, depth + 1)
            node.parts[len(values)] = part
            values.append(part.value)
            node.size += part.size
        return node

    def _mapping(self, start: Any, depth: int) -> Node:
        values: dict[str, Any] = {}
        node = Node(values, _place(start), keys={}, parts={})
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, depth)
            part = self._node(self._next(), depth + 1)
            node.size += part.size + 1
            # Keys are unique (YAML 1.2.2, 3.2.1.1); PyYAML's own loader takes the last one and says nothing.
            if key in values:
                first = node.keys[key][0]
                self._report(event, f'"{key}" is given twice, first on line {first}.', "keep one of them.")
            elif key is not None:
                values[key] = part.value
                node.parts[key] = part
                node.keys[key] = _place(event)
        return node

    def _key(self, event: Any, depth: int) -> str | None:
        """Return a key as the text that it is written as, whatever it may look like (``on``, ``50``)."""
        if isinstance(event, yaml.ScalarEvent) and event.tag in _TAGS[yaml.ScalarEvent]:
            return str(event.value)
        self._report(event, "A key must be a plain word.", "put text that begins with {, [, * or ! in quotes.")
        self._node(event, depth + 1)
        return None


def _place(event: Any) -> Position:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _scalar(event: Any) -> Node:
    word: str = event.value
    is_unquoted = event.implicit[0] and not event.style and event.tag is None
    value = plain_value(word) if is_unquoted else word
    return Node(value, _place(event), event.style or "", word, len(word) + 1)


# What a word without quotes means: the core schema of YAML 1.2.2 (10.3), narrowed to what a handout needs. "yes", "no",
# "on" and "off" are text, unlike in YAML 1.1; so are hexadecimal numbers, infinities, and numbers too long to be
# anything but an identifier.
_PLAIN_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,18}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def plain_value(word: str) -> Scalar:
    """Return what the unquoted ``word`` stands for. A day that no calendar has (``2026-02-30``) stays text."""
    if word in _PLAIN_WORDS:
        return _PLAIN_WORDS[word]
    if word[0] not in "0123456789+-." or not word.isascii():
        return word
    if _INTEGER.fullmatch(word):
        return int(word)
    if _DAY.fullmatch(word):
        return _day(word)
    return _decimal(word) if _DECIMAL.fullmatch(word) else word


def _day(word: str) -> date | str:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return word


def _decimal(word: str) -> float | str:
    number = float(word)
    return number if math.isfinite(number) else word


_LOST = re.compile(r"[ \t]+(#(?![0-9A-Fa-f]{3,8}\s)\w.{0,30})")
"""A comment without a space behind its sign: a part of the text, as in ``Our #1 treatment``, but no colour."""
_TOP_KEY = re.compile(r"^[A-Za-z_][\w-]*:(?=\s)", re.MULTILINE)


def _next_top_key(text: str, offset: int) -> int | None:
    """Return where the first key in column 1 after ``offset`` stands: there reading can go on after a mistake."""
    line_end = text.find("\n", offset)
    match = _TOP_KEY.search(text, line_end + 1) if line_end >= 0 else None
    return match.start() if match else None
