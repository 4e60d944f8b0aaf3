"""What a parser says of YAML that it cannot read, in plain words, at the place of the mistake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from handoutpress.yamlfile.look_alikes import QUOTE_IT, suspects
from handoutpress.yamlfile.problems import MessageAndHint, Problem
from handoutpress.yamlfile.textfile import MAX_REPEATS

# What the parser says of a mistake in the syntax, in plain words, and what to do about it.
_BRACKETS = MessageAndHint("A bracket or brace here or above is not closed properly.", f"close it, or {QUOTE_IT}")
_INDENT = MessageAndHint(
    "The indentation or punctuation does not fit the lines above.",
    "begin keys of one level in the same column, and close every quote above.",
)
_WORDS: dict[str, MessageAndHint] = {
    "mapping values are not allowed in this context": MessageAndHint("A colon stands where no key can be.", QUOTE_IT),
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
    "found character that cannot start any token": MessageAndHint("This character cannot begin a value.", QUOTE_IT),
    "found unknown escape character": MessageAndHint(
        "A backslash in double quotes begins a sign that YAML does not know.",
        "use single quotes, or write the backslash twice.",
    ),
    "did not find expected <document start>": MessageAndHint("The text does not belong to any key.", _INDENT.hint),
}
_WRITE_BELOW = "put | behind its key, and the whole text below it, each line indented by two spaces more."
"""In place of quotes for a text of several lines: within these, its paragraphs would be joined."""
_UNKNOWN = MessageAndHint(
    "This is not valid YAML.", "compare it with a line that works; text with : # [ ] { } needs quotes."
)
_TABBED = re.compile(r"^ *\t", re.MULTILINE)


def syntax_problems(
    display_path: Path, text: str, parser_words: str, place: tuple[int, int], first: int
) -> list[Problem]:
    """Return what is wrong where the parser gave up, at ``place``, with libyaml's ``parser_words``.

    All lines that are indented with a tab, or that look wrong from line ``first`` on, stand for what it says.
    """
    line, column = place
    words = _WORDS.get(parser_words, _UNKNOWN)
    return (
        _tab_problems(display_path, text, line)
        or _look_alikes(display_path, text, first, line)
        or [Problem(display_path, line, column, words.sentence, _for_all_lines(words.hint, text.split("\n"), line))]
    )


def _look_alikes(display_path: Path, text: str, first: int, last: int) -> list[Problem]:
    """Return what looks wrong in the lines up to the one where the parser gave up."""
    lines = text.split("\n")
    return [
        Problem(
            display_path,
            found.line,
            found.column,
            found.words.sentence,
            _for_all_lines(found.words.hint, lines, found.line),
        )
        for found in suspects(lines, first, last)[:MAX_REPEATS]
    ]


def _for_all_lines(hint: str, lines: Sequence[str], line: int) -> str:
    """Return ``hint`` for a text that begins in ``line``, from 1, and that may go on below it."""
    begun = lines[min(line, len(lines)) - 1]
    below = next((each for each in lines[line:] if each.strip()), "")
    goes_on = len(below) - len(below.lstrip()) > len(begun) - len(begun.lstrip())
    return hint.replace(QUOTE_IT, _WRITE_BELOW) if goes_on else hint


def _tab_problems(display_path: Path, text: str, line: int) -> list[Problem]:
    """Return every line indented with a tab, if ``line``, where the parser gave up, is one of them; else nothing."""
    tabbed = [number for number, words in enumerate(text.splitlines(), 1) if _TABBED.match(words)]
    if line not in tabbed:
        return []
    hint = "use spaces, two for each level."
    sentence = "The line is indented with a tab, which YAML does not allow."
    return [Problem(display_path, number, 1, sentence, hint) for number in tabbed[:MAX_REPEATS]]
