"""Characters that look like YAML and are none: the line that holds one is named, not the one where a parser gives up.

They come along when text is pasted from Word, a chat or a web page, or typed on a keyboard of another language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handoutpress.yamlfile.problems import MessageAndHint

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces, as a part of a pattern's brackets, that look like one and are none to YAML."""
_COLONS = "：﹕∶ː꞉︓"
_DASHES = "‐‑‒–—―−－"
_QUOTES = "“”„‟«»‘’‚＂＇"
_KEY = r"^(?P<before> *(?:- +)*)(?P<key>[A-Za-z_][\w-]{0,40})"
QUOTE_IT = 'put the whole text in double quotes, like title: "Acupuncture: what to expect".'


@dataclass(frozen=True)
class Suspect:
    """A character of a line, from 1 as its ``column`` is, that most likely is what YAML stumbles over."""

    line: int
    column: int
    words: MessageAndHint


def suspects(lines: Sequence[str], first: int, last: int) -> list[Suspect]:
    """Return what looks wrong in the lines from ``first`` to ``last``, both from 1, but for what stands in blocks.

    Only where there is nothing does a sign count that may stand there, if it stands in the ``last`` line.
    """
    numbers = list(_structural(lines, first, last))
    sure = [suspect for number in numbers if (suspect := _in_line(lines, number))]
    return sure or [suspect for number in numbers if number == last and (suspect := _where_it_stops(lines, number))]


def plain_spelling(word: str) -> str:
    """Return ``word`` with the keyboard's signs in place of those that look like them."""
    word = "".join("-" if sign in _DASHES else sign for sign in word if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", word.replace("、", ",")).strip(_QUOTES + "\"' ")


def _structural(lines: Sequence[str], first: int, last: int) -> Iterator[int]:
    """Yield the numbers of the lines outside block texts and comments."""
    block: int | None = None
    for number in range(first, min(last, len(lines)) + 1):
        line = lines[number - 1]
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or (block is not None and indent > block):
            continue
        block = indent if _BLOCK.search(line) else None
        if not line.lstrip().startswith("#"):
            yield number


_BLOCK = re.compile(r"(?::|^ *-) +[|>][-+0-9]{0,2} *(?: #.*)?$")
_BEGINS_VALUE = re.compile(rf"{_KEY}:(?: |$)|^ *-(?: |$)|^(?:---|\.\.\.)")
_INDENT = re.compile(rf"^[ \t]*(?P<sign>[{SPACES}])")
_LOOKS_LIKE_COLON = re.compile(rf"{_KEY}[ {SPACES}]?(?P<sign>[{_COLONS}])")
_BARE_COLON = re.compile(rf"{_KEY}:(?P<sign>(?![\s/:])(?<!mailto:)(?<!tel:)(?<!https:)(?<!http:)\S|[{SPACES}])")
_OTHER_COLON = re.compile(rf"{_KEY} ?(?P<sign>[;=])(?= |$)")
_LOOKS_LIKE_DASH = re.compile(rf"^ *(?P<sign>[{_DASHES}•·▪●])[ {SPACES}]")
_BARE_DASH = re.compile(r"^ *(?P<sign>-)(?=[^\W\d])")
_AFTER_BLOCK = re.compile(r": +(?P<sign>[|>])[-+]? +[^\s#]")
_FENCE = re.compile(r"^ *(?P<sign>```|~~~)")
_CURLY = re.compile(rf"(?:: +|^ *- +)(?P<sign>[{_QUOTES}])")
_SPECIAL = re.compile(r"(?:: +|^ *- +)(?P<sign>[*&!%@`\[{{?])")
_QUOTED = re.compile(r"(?:: +|^ *- +(?:[\w-]+: +)?)(?P<sign>[\"'])")


def _in_line(lines: Sequence[str], number: int) -> Suspect | None:
    line = lines[number - 1]
    for pattern, words in _ANYWHERE:
        if match := pattern.search(line):
            return _suspect(number, match, words)
    if _is_left_of_its_block(lines, number):
        return Suspect(number, len(line) - len(line.lstrip()) + 1, _LEFT_OF_BLOCK)
    if (match := _QUOTED.search(line)) and (quote_words := _quote_words(lines, number, match)):
        return Suspect(number, match.start("sign") + 1, quote_words)
    return None


def _where_it_stops(lines: Sequence[str], number: int) -> Suspect | None:
    for pattern, words in _WHERE_IT_STOPS:
        if match := pattern.search(lines[number - 1]):
            return _suspect(number, match, words)
    return None


def _is_left_of_its_block(lines: Sequence[str], number: int) -> bool:
    """Return whether a line belongs to the block text that the line above begins, and is not indented enough for it."""
    above = next((lines[index] for index in range(number - 2, -1, -1) if lines[index].strip()), "")
    return bool(_BLOCK.search(above)) and not _BEGINS_VALUE.match(lines[number - 1])


def _suspect(number: int, match: re.Match[str], words: MessageAndHint) -> Suspect:
    values = {"sign": match["sign"], "code": f"U+{ord(match['sign'][0]):04X}", "key": match.groupdict().get("key", "")}
    words = MessageAndHint(*(text.format_map(values) for text in words))
    return Suspect(number, match.start("sign") + 1, words)


def _quote_words(lines: Sequence[str], number: int, match: re.Match[str]) -> MessageAndHint | None:
    """Return what is wrong with a quote that opens in a line and does not close at the end of one."""
    quote, start = match["sign"], match.end()
    for index in range(number - 1, min(number + 19, len(lines))):
        line = lines[index][start:]
        start = 0
        if end := _CLOSING[quote].search(line):
            after = line[end.end() :].strip()
            if not after or after[0] in "#,]}:":
                return None
            if index == number - 1:
                sentence = f"The quote {quote} closes before the text ends."
                hint = f"put {quote} at both ends of the whole text alone, and “ ” or ’ within it."
                return MessageAndHint(sentence, hint)
            break
    sentence = f"This {quote} opens a quotation that does not close."
    return MessageAndHint(sentence, f"write ’ for an apostrophe, or put another {quote} at the end of the text.")


_CLOSING = {"'": re.compile(r"(?<!')'(?:'')*(?!')"), '"': re.compile(r'(?<!\\)"')}

_LEFT_OF_BLOCK = MessageAndHint(
    "This text is not indented more than the line above.", "move it two spaces further in, and all lines below it."
)
_SPACE_WORDS = MessageAndHint(
    "The line is indented with a space ({code}) that YAML does not know.",
    "delete what stands before its first word, and type ordinary spaces, two for each level.",
)
_ANYWHERE: tuple[tuple[re.Pattern[str], MessageAndHint], ...] = (
    (_INDENT, _SPACE_WORDS),
    (
        _LOOKS_LIKE_COLON,
        MessageAndHint(
            'The colon behind "{key}" is another character ({code}).',
            'write "{key}: " with the keyboard\'s colon and a space.',
        ),
    ),
    (
        _BARE_COLON,
        MessageAndHint('No ordinary space stands behind "{key}:".', 'write "{key}: ", with a space after the colon.'),
    ),
    (_OTHER_COLON, MessageAndHint('A "{sign}" stands behind "{key}".', 'write "{key}: ", with a colon and a space.')),
    (
        _LOOKS_LIKE_DASH,
        MessageAndHint(
            'The sign "{sign}" ({code}) begins no entry of a list.',
            'write "- ", with the short dash of the keyboard; if words stand above the list, put | behind their key.',
        ),
    ),
    (_BARE_DASH, MessageAndHint("No space stands behind the dash.", 'begin each entry of a list with "- ".')),
    (
        _AFTER_BLOCK,
        MessageAndHint("Text stands behind the {sign}.", "begin it on the next line, indented by two spaces more."),
    ),
    (_FENCE, MessageAndHint("{sign} is no YAML.", "delete the line; it came along from a chat or a web page.")),
)
_WHERE_IT_STOPS: tuple[tuple[re.Pattern[str], MessageAndHint], ...] = (
    (_CURLY, MessageAndHint("The quotation mark {sign} is none to YAML.", f"use the straight one: {QUOTE_IT}")),
    (_SPECIAL, MessageAndHint("The text begins with {sign}, which means something else to YAML.", QUOTE_IT)),
)
