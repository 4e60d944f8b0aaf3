"""Syntax mistakes of YAML in plain words: what the parser means, and what to do about it."""

from __future__ import annotations

import re
from pathlib import Path

from handoutpress.content.problems import Problem
from handoutpress.content.texts import MAX_REPEATS

_QUOTE_IT = 'put the whole text in double quotes, like title: "Acupuncture: what to expect".'
_BRACKETS = ("A bracket or brace here or above is not closed properly.", f"close it, or {_QUOTE_IT}")
_INDENT = (
    "The indentation or punctuation does not fit the lines above.",
    "begin keys of one level in the same column, and close every quote above.",
)
_WORDS: dict[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": ("A colon stands where no key can be.", _QUOTE_IT),
    "could not find expected ':'": ("A key without a colon.", 'write "key: value", with a space after the colon.'),
    "did not find expected key": _INDENT,
    "did not find expected '-' indicator": _INDENT,
    "block sequence entries are not allowed in this context": _INDENT,
    "did not find expected ',' or ']'": _BRACKETS,
    "did not find expected ',' or '}'": _BRACKETS,
    "did not find expected node content": _BRACKETS,
    "found unexpected end of stream": ("A quote is opened and never closed.", "close it with the same quote."),
    "found character that cannot start any token": ("This character cannot begin a value.", _QUOTE_IT),
    "found unknown escape character": (
        "A backslash in double quotes begins a sign that YAML does not know.",
        "use single quotes, or write the backslash twice.",
    ),
    "did not find expected <document start>": ("The text does not belong to any key.", _INDENT[1]),
}
_OTHER = ("This is not valid YAML.", "compare it with a line that works; text with : # [ ] { } needs quotes.")
_TABBED = re.compile(r"^ *\t", re.MULTILINE)
_TOP_KEY = re.compile(r"^[A-Za-z_][\w-]*:(?=\s)", re.MULTILINE)


def syntax_problem(shown: Path, parser_words: str, line: int, column: int) -> Problem:
    """Say what libyaml's ``parser_words`` mean at ``line`` and ``column`` (from 1)."""
    sentence, hint = _WORDS.get(parser_words, _OTHER)
    return Problem(shown, line, column, sentence, hint)


def tab_problems(shown: Path, text: str, line: int) -> list[Problem]:
    """Return every line indented with a tab, if ``line``, where the parser gave up, is one of them; else nothing."""
    tabbed = [number for number, words in enumerate(text.splitlines(), 1) if _TABBED.match(words)]
    if line not in tabbed:
        return []
    hint = "use spaces, two for each level."
    sentence = "The line is indented with a tab, which YAML does not allow."
    return [Problem(shown, number, 1, sentence, hint) for number in tabbed[:MAX_REPEATS]]


def next_top_key(text: str, offset: int) -> int | None:
    """Return where the first key in column 1 after ``offset`` stands: there reading can go on after a mistake."""
    line_end = text.find("\n", offset)
    found = _TOP_KEY.search(text, line_end + 1) if line_end >= 0 else None
    return found.start() if found else None
