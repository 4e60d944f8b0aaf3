"""A text as a reader takes it in: what cannot be seen, and marks that only dress it, are gone from within its words.

The rules on words read this and not the file, so that no soft hyphen, full-width letter or star hides a word from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape

from handoutpress.content.models.citations import blank_citations

Span = tuple[int, int]

# Each part ends at a bracket, so that a thousand of them that never close take no time.
_LINK_END = r"\]\([^()\s\[\]]*(?:\([^()\s\[\]]*\)[^()\s\[\]]*)?\)"
_MARKS = re.compile(
    rf"{_LINK_END}|\*\*|\*(?=\w)|(?<=[\w.!?])\*|^#{{1,6}}\s|^>\s|\[(?=[^\[\]\n]{{0,200}}\]\()|(?<=\s)\[|^\[",
    re.MULTILINE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_SPELT_OUT = re.compile(r"(?<![^\W_])(?:[A-Za-z][ .·_\-]){4,}[A-Za-z](?![^\W_])")
_SEPARATOR = re.compile(r"[ .·_\-]")
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ACCENTED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_PLACEHOLDER = "\u2060"
"""Stands for what goes, until it is squeezed out with all that cannot be seen."""

_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһԛԝАВЕКМНОРСТХУІЈЅαορνικτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡɑ",
    "aeopcyxijsdhqwABEKMHOPCTXYIJSaopviktuABEZHIKMNOPTYXiga",
)
"""Cyrillic, Greek and phonetic letters that pass for Latin ones in print (Unicode UTS 39, the commonest)."""
_JOINERS = "\u200c\u200d"
_FIRST_JOINING_SCRIPT = "\u0590"
"""From here on lie the scripts in which a joiner decides what a word looks like."""
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks that print nothing."""
_LETTER_FORMS = ("<wide>", "<narrow>", "<font>", "<compat>", "<circle>", "<square>", "<super>", "<sub>")


def readable(text: str) -> str:
    """Return our small Markdown ``text`` as it is read; what is left stands where it stood, to a letter or two.

    Citations and marks become spaces. What is dropped from within a word becomes spaces behind it.
    """
    text = blank_citations(text)
    if not text.isascii():
        text = _plain_letters(squeezed(text, hidden(text)))
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity.group()).ljust(len(entity.group()), _PLACEHOLDER), text)
        text = squeezed(text, hidden(text))
    text = _without_marks(text)
    return squeezed(text, _separators(text))


def hidden(text: str) -> Iterator[Span]:
    """Yield each character of ``text`` that prints nothing, as a span; joiners of scripts that need them are none."""
    for match in _NOT_ASCII.finditer(text):
        character = match.group()
        if is_hidden(character) and not (character in _JOINERS and joins(text, match.start())):
            yield match.span()


def is_hidden(character: str) -> bool:
    """Return whether ``character`` prints nothing of its own: formats, fillers, variation selectors."""
    category = unicodedata.category(character)
    return category in ("Cf", "Cc", "Co", "Cn") or character in _FILLERS or "\ufe00" <= character <= "\ufe0f"


def joins(text: str, at: int) -> bool:
    """Return whether the joiner ``at`` stands behind a letter of a script that uses it, or between pictures."""
    before = text[at - 1 : at]
    return (before >= _FIRST_JOINING_SCRIPT and not is_hidden(before)) or before == "\ufe0f"


def mixes_alphabets(word: str) -> bool:
    """Return whether Latin letters and look-alikes of another alphabet stand in one word."""
    return re.search("[A-Za-z]", word) is not None and word.translate(_LOOK_ALIKES).isascii() and not word.isascii()


def squeezed(text: str, spans: Iterable[Span]) -> str:
    """Return ``text`` without ``spans``, which are in order, and with as many spaces behind the word of each."""
    pieces: list[str] = []
    start, owed = 0, 0
    for begin, end in (*spans, (len(text), len(text))):
        piece = text[start:begin]
        if owed and (space := _SPACE.search(piece)):
            piece = piece[: space.start()] + " " * owed + piece[space.start() :]
            owed = 0
        pieces.append(piece)
        owed += end - begin
        start = end
    return "".join(pieces) + " " * owed


def _without_marks(text: str) -> str:
    """Return ``text`` with spaces for its marks, those within a word behind it."""
    within: list[Span] = []
    pieces: list[str] = []
    start = 0
    for mark in _MARKS.finditer(text):
        begin, end = mark.span()
        if begin and text[begin - 1].isalnum() and text[end : end + 1].isalnum():
            within.append((begin, end))
            continue
        pieces += [text[start:begin], " " * (end - begin)]
        start = end
    blanked = "".join(pieces) + text[start:]
    return squeezed(blanked, within) if within else blanked


def _separators(text: str) -> Iterator[Span]:
    """Yield what stands between the letters of a word that is spelt out, "c u r e s"."""
    for spelt in _SPELT_OUT.finditer(text):
        for separator in _SEPARATOR.finditer(spelt.group()):
            yield spelt.start() + separator.start(), spelt.start() + separator.end()


def _plain_letters(text: str) -> str:
    """Return ``text`` with everyday letters for wide, ornamental and look-alike ones, and without bare accents."""
    text = _NOT_ASCII.sub(lambda match: _plain_letter(match.group()), text)
    text = _ACCENTED.sub(_composed, text)
    return _WORD.sub(lambda word: _latin(word.group()), squeezed(text, hidden(text)))


def _plain_letter(character: str) -> str:
    """Return the letters that a full-width, mathematical, raised or tied letter stands for, else ``character``."""
    form = unicodedata.decomposition(character).partition(" ")[0]
    is_letter = unicodedata.category(character)[0] == "L" or form in ("<circle>", "<square>")
    return unicodedata.normalize("NFKC", character) if is_letter and form in _LETTER_FORMS else character


def _composed(match: re.Match[str]) -> str:
    """Return a letter with its accents as one character where there is one; a Latin letter never keeps a bare one."""
    one = unicodedata.normalize("NFC", match.group())
    one = one[0] if one[0].isascii() else one
    return one.ljust(len(match.group()), _PLACEHOLDER)


def _latin(word: str) -> str:
    return word.translate(_LOOK_ALIKES) if mixes_alphabets(word) else word
