"""The types of what a patient reads: text with words that can be seen, within limits; a list is taken as one.

What is to be seen counts, not what is typed: a full stop, a space of no width and a citation are no words.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from handoutpress.content.models.citations import drop_citations
from handoutpress.content.text.bullets import without_bullet
from handoutpress.yamlfile.printed import MarkedText
from handoutpress.yamlfile.record import SingleLine

MAX_TEXT = 12_000
"""Characters in one text: about 2,000 words, where a whole leaflet holds 550."""
MAX_WORD = 100
"""Letters in one word. The longest in dictionaries have 85; typesetting a word takes time with its square."""


class MarkupKind(Enum):
    """What a text may hold: paragraphs and lists, what stands within a line, or words alone.

    An entry is a line as wide as the page, which the clinic's number may end.
    """

    PARAGRAPHS = "paragraphs"
    ENTRY = "entry"
    LINE = "line"
    WORDS = "words"


def markup_kind(text: MarkedText) -> MarkupKind:
    """Return what a printed text may hold: words alone, unless its type says otherwise."""
    return next((mark for mark in text.marks if isinstance(mark, MarkupKind)), MarkupKind.WORDS)


_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters to Unicode that show nothing (Default_Ignorable_Code_Point)."""
_ADDRESS = re.compile(r"\]\([^()\n]*\)")
_TWO_LETTERS = re.compile(r"[^\[\]]*?[A-Za-z][^\[\]]*?[A-Za-z]")
"""A text with a word before all citations and links, as most begin."""
_RUN = re.compile(rf"[^\W_]{{{MAX_WORD + 1},}}")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese."""


def seen_letters(text: str) -> str:
    """Return the letters of ``text`` that a reader can see, without citations and the addresses of links."""
    words = _ADDRESS.sub(" ", drop_citations(text))
    return "".join(sign for sign in words if unicodedata.category(sign)[0] == "L" and sign not in _FILLERS)


def has_words(text: str) -> bool:
    """Return whether a reader sees a word in ``text``: two letters, or one of a script that writes words so."""
    if _TWO_LETTERS.match(text):
        return True
    letters = seen_letters(text)
    return len(letters) > 1 or bool(_UNSPACED.search(letters))


def _words(text: str) -> str:
    if not has_words(text):
        raise PydanticCustomError("no_words", "no words")
    return _bounded(text)


def _name(text: str) -> str:
    if not has_words(text):
        raise PydanticCustomError("no_name", "no name")
    return _bounded(text)


def _seen(text: str) -> str:
    if not any(unicodedata.category(sign)[0] in "LNPS" and sign not in _FILLERS for sign in drop_citations(text)):
        raise PydanticCustomError("no_words", "no words")
    return _bounded(text)


def in_pieces(text: str) -> str:
    """Return ``text`` with a space within each word of more letters than ``MAX_WORD``, as often as it takes."""
    return _RUN.sub(lambda run: run[0] if _UNSPACED.search(run[0]) else " ".join(_pieces(run[0])), text)


def _pieces(word: str) -> list[str]:
    return [word[start : start + MAX_WORD] for start in range(0, len(word), MAX_WORD)]


def _bounded(text: str) -> str:
    for run in _RUN.finditer(text):
        if not _UNSPACED.search(run[0]):
            raise PydanticCustomError("long_word", "long word", {"length": len(run[0]), "most": MAX_WORD})
    return text


def _as_text(value: Any) -> Any:
    """Take a YAML list for the list of Markdown that it stands for."""
    if not isinstance(value, list) or not value:
        return value
    for number, entry in enumerate(value):
        if isinstance(entry, bool) or not isinstance(entry, str | int | float):
            raise PydanticCustomError("entry_type", "entry", {"place": (number,), "value": entry})
    return "\n".join(_list_entry(str(entry)) for entry in value)


def _list_entry(words: str) -> str:
    # The lines below the first belong to the entry where they stand as far in as its words (CommonMark 0.31, 5.2).
    return "- " + without_bullet(words.strip()).replace("\n", "\n  ")


def _as_line(value: Any) -> Any:
    return without_bullet(value.strip()) if isinstance(value, str) else value


_Text = StringConstraints(min_length=1, max_length=MAX_TEXT)

Markdown = Annotated[
    str,
    _Text,
    BeforeValidator(_as_text, json_schema_input_type=str | list[str]),
    AfterValidator(_words),
    MarkupKind.PARAGRAPHS,
]
"""Our small Markdown: paragraphs, strong, emphasis, lists, links and ``[@key]`` citations."""
MarkdownLine = Annotated[str, _Text, AfterValidator(_words), MarkupKind.LINE]
"""The same within a paragraph, a line of a list or a cell: without paragraphs and lists of its own."""
MarkdownEntry = Annotated[str, _Text, AfterValidator(_words), MarkupKind.ENTRY]
"""A ``MarkdownLine`` as wide as the page, which may end with ``{phone}``."""
Cell = Annotated[str, _Text, AfterValidator(_seen), MarkupKind.LINE]
"""What a cell of a table holds: a ``MarkdownLine`` that may be a sign or a number."""
Words = Annotated[SingleLine, BeforeValidator(_as_line), AfterValidator(_words), MarkupKind.WORDS]
"""One line of plain words."""
Label = Annotated[SingleLine, AfterValidator(_seen), MarkupKind.WORDS]
"""One line that may be a number: the label of a table's row, the head of its column."""
PersonName = Annotated[SingleLine, AfterValidator(_name), MarkupKind.WORDS]
"""Who wrote or reviewed something."""
