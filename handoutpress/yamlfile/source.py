"""YAML files as plain data that knows where each value stands. The only place that imports PyYAML.

Safe by construction: only text, numbers, truth values, days, lists and mappings come out. Limits on size, depth and
aliases keep a hostile file from costing more than a sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from handoutpress.yamlfile.json_text import json_as_yaml
from handoutpress.yamlfile.problems import ContentError, MessageAndHint, Problem
from handoutpress.yamlfile.textfile import MAX_BYTES, MAX_REPEATS, aligned, offset_of, place_at, read_text

Position = tuple[int, int]
"""Line and column, both from 1."""
Location = tuple[str | int, ...]
"""The path to a value: keys and indexes from the top of the file."""
Scalar = str | int | float | bool | date | None

MAX_DEPTH = 40
"""Levels of nesting; a handout has six."""
MAX_SYNTAX_PROBLEMS = 10


@dataclass(frozen=True)
class YamlSource:
    """A YAML file that was read. ``path`` is its name in messages, ``digest`` the SHA-256 of its bytes in hex."""

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

    def place_in(self, location: Location, offset: int) -> Position:
        """Return where the character at ``offset`` of the text at ``location`` stands in the file.

        Exact for block, plain and quoted text; after an escape such as ``\\u00e9`` it is the nearest likely place.
        """
        node = self.root.at(location)
        begin = offset_of(self.text, *node.place)
        if node.style in ("|", ">"):
            begin = self.text.find("\n", begin) + 1
        return place_at(self.text, aligned(self.text, begin, node.word, offset))

    def problem(self, location: Location, sentence: str, hint: str = "", *, key: bool = False) -> Problem:
        """Return a ``Problem`` at the value (or with ``key`` at the key) of ``location``."""
        return Problem(self.path, *self.place(location, key=key), sentence, hint)


def read_yaml(path: Path, display_path: Path | None = None) -> YamlSource:
    """Read the YAML or JSON file ``path``, in messages ``display_path``. Raises ``ContentError`` with all mistakes."""
    display_path = display_path or path
    file = read_text(path, display_path)
    text = json_as_yaml(file.text) if path.suffix.lower() == ".json" else file.text
    root, problems = _compose(text, display_path)
    if root is None and not problems:
        problems = [Problem(display_path, 0, 0, "The file is empty.", "write its content, or delete it.")]
    if root is None or problems:
        raise ContentError(sorted(set(problems)))
    return YamlSource(display_path, text, file.digest, root)


def _compose(text: str, display_path: Path) -> tuple[Node | None, list[Problem]]:
    """Read ``text``; after a mistake in the syntax go on at the next top key, to tell further ones."""
    root, problems, fault = _read_from(text, display_path)
    while fault is not None and len(problems) < MAX_SYNTAX_PROBLEMS:
        restart = _next_top_key(text, fault)
        if restart is None:
            break
        # As many empty lines stand for what was read, so that further mistakes keep their lines.
        text = "\n" * (place_at(text, restart)[0] - 1) + text[restart:]
        _, further, fault = _read_from(text, display_path)
        lines = {problem.line for problem in problems}
        problems += [problem for problem in further if problem.line not in lines]
    return root, problems


def _read_from(text: str, display_path: Path) -> tuple[Node | None, list[Problem], int | None]:
    """Return the top value, the mistakes, and where in ``text`` the parser gave up, if it did."""
    composer = _Composer(text, display_path)
    try:
        return composer.document(), composer.problems, None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return None, [*composer.problems, _syntax_problem(display_path, "", 1, 1)], None
        tabs = _tab_problems(display_path, text, mark.line + 1)
        syntax = tabs or [_syntax_problem(display_path, error.problem or "", mark.line + 1, mark.column + 1)]
        return None, composer.problems + syntax, None if tabs else mark.index
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


class _GiveUpError(Exception):
    """Reading on would serve no one; the reason is among the problems."""


class _Composer:
    """Builds nodes from the parser's events, within the limits, and collects what is wrong with them."""

    def __init__(self, text: str, display_path: Path) -> None:
        self.problems: list[Problem] = []
        self._display_path = display_path
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
        self.problems.append(Problem(self._display_path, *_place(event), sentence, hint))

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag not in _TAGS[type(event)]:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(event, f'The tag "{tag}" is not used here.', "delete the word that begins with !.")
        if isinstance(event, yaml.ScalarEvent):
            node = _scalar(event)
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
    value = _plain_value(word) if is_unquoted else word
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


def _plain_value(word: str) -> Scalar:
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


# What the parser says of a mistake in the syntax, in plain words, and what to do about it.
_QUOTE_IT = 'put the whole text in double quotes, like title: "Acupuncture: what to expect".'
_BRACKETS = MessageAndHint("A bracket or brace here or above is not closed properly.", f"close it, or {_QUOTE_IT}")
_INDENT = MessageAndHint(
    "The indentation or punctuation does not fit the lines above.",
    "begin keys of one level in the same column, and close every quote above.",
)
_WORDS: dict[str, MessageAndHint] = {
    "mapping values are not allowed in this context": MessageAndHint("A colon stands where no key can be.", _QUOTE_IT),
    "could not find expected ':'": MessageAndHint(
        "A key without a colon.", 'write "key: value", with a space after the colon.'
    ),
    "did not find expected key": _INDENT,
    "did not find expected '-' indicator": _INDENT,
    "block sequence entries are not allowed in this context": _INDENT,
    "did not find expected ',' or ']'": _BRACKETS,
    "did not find expected ',' or '}'": _BRACKETS,
    "did not find expected node content": _BRACKETS,
    "found unexpected end of stream": MessageAndHint(
        "A quote is opened and never closed.", "close it with the same quote."
    ),
    "found character that cannot start any token": MessageAndHint("This character cannot begin a value.", _QUOTE_IT),
    "found unknown escape character": MessageAndHint(
        "A backslash in double quotes begins a sign that YAML does not know.",
        "use single quotes, or write the backslash twice.",
    ),
    "did not find expected <document start>": MessageAndHint("The text does not belong to any key.", _INDENT.hint),
}
_UNKNOWN = MessageAndHint(
    "This is not valid YAML.", "compare it with a line that works; text with : # [ ] { } needs quotes."
)
_TABBED = re.compile(r"^ *\t", re.MULTILINE)
_TOP_KEY = re.compile(r"^[A-Za-z_][\w-]*:(?=\s)", re.MULTILINE)


def _syntax_problem(display_path: Path, parser_words: str, line: int, column: int) -> Problem:
    """Return what libyaml's ``parser_words`` mean at ``line`` and ``column`` (from 1)."""
    words = _WORDS.get(parser_words, _UNKNOWN)
    return Problem(display_path, line, column, words.sentence, words.hint)


def _tab_problems(display_path: Path, text: str, line: int) -> list[Problem]:
    """Return every line indented with a tab, if ``line``, where the parser gave up, is one of them; else nothing."""
    tabbed = [number for number, words in enumerate(text.splitlines(), 1) if _TABBED.match(words)]
    if line not in tabbed:
        return []
    hint = "use spaces, two for each level."
    sentence = "The line is indented with a tab, which YAML does not allow."
    return [Problem(display_path, number, 1, sentence, hint) for number in tabbed[:MAX_REPEATS]]


def _next_top_key(text: str, offset: int) -> int | None:
    """Return where the first key in column 1 after ``offset`` stands: there reading can go on after a mistake."""
    line_end = text.find("\n", offset)
    match = _TOP_KEY.search(text, line_end + 1) if line_end >= 0 else None
    return match.start() if match else None
