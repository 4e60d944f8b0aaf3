"""Citations in running text, ``[@key]`` and ``[@one; @two]``: the one grammar, for all who read a text.

What the press prints as a citation, the checks count as one, and nobody takes its keys for words or figures. A key is
whatever Zotero, Better BibTeX and Pandoc write: ``Doe2019NeedlingKnee``, ``who_2020``, ``http://zotero.org/…/AB12CD34``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from handoutpress.yamlfile.problems import MessageAndHint
from handoutpress.yamlfile.record import CITATION_KEY, NOT_PRINTED

BEGINNING = r"\[@"
"""The pattern by which a citation is meant, readable or not."""

_GAP = r"[^\S\n]*\n?[^\S\n]*"  # between two keys a line may end, but no paragraph
_READABLE = re.compile(rf"{BEGINNING}{CITATION_KEY}(?:;{_GAP}@{CITATION_KEY})*\]")
# In Markdown a backslash takes the meaning of the sign behind it: the two are read, and passed over, together.
_MEANT = re.compile(rf"\\.|({BEGINNING}(?:\\.|[^\[\]\\])*\]?)", re.DOTALL)
_KEY = re.compile(rf"@({CITATION_KEY})")


def _as_words(value: object) -> object:
    """Return a key that is a number (``2019``) as the text that it is cited by."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


CitationKey = Annotated[
    str,
    NOT_PRINTED,
    BeforeValidator(_as_words),
    StringConstraints(pattern=f"^{CITATION_KEY}$"),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{CITATION_KEY}$"}),
]
"""The key of a reference."""


class CitedKey(NamedTuple):
    """One key of a citation, with its @ ``offset`` characters into the text."""

    key: str
    offset: int


@dataclass(frozen=True)
class Citation:
    """One citation as it is ``written``, ``start`` characters into the text; without ``keys`` it cannot be read."""

    start: int
    written: str
    keys: tuple[CitedKey, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.written)


def citations(text: str) -> Iterator[Citation]:
    """Yield all that is meant as a citation in ``text``, in its order."""
    if "[@" in text:
        yield from (_citation(match[1], match.start()) for match in _MEANT.finditer(text) if match[1])


def cited_keys(text: str) -> Iterator[CitedKey]:
    """Yield every key that ``text`` cites, in its order."""
    for citation in citations(text):
        yield from citation.keys


def citation_at(text: str, start: int, end: int) -> Citation | None:
    """Return the readable citation that begins at ``start`` and ends by ``end``, if there is one."""
    match = _READABLE.match(text, start, end)
    return _citation(match[0], start) if match else None


def unreadable_citation(citation: Citation) -> MessageAndHint | None:
    """Return what is wrong if ``citation`` is meant as one and cannot be read, else None."""
    if citation.keys:
        return None
    written = " ".join(citation.written[:40].split())
    hint = "write [@key] or [@one; @two], each key as the library has it, without a page."
    return MessageAndHint(f'"{written}" is not a readable citation.', hint)


def blank_citations(text: str) -> str:
    """Return ``text`` with spaces in place of its citations, so that all else keeps its place."""
    pieces, start = [], 0
    for citation in citations(text):
        pieces += [text[start : citation.start], " " * len(citation.written)]
        start = citation.end
    return "".join(pieces) + text[start:]


def drop_citations(text: str) -> str:
    """Return ``text`` without its citations, each with the space before it."""
    if "[@" not in text:
        return text
    pieces, start = [], 0
    for citation in citations(text):
        pieces.append(text[start : citation.start].rstrip())
        start = citation.end
    return "".join(pieces) + text[start:]


def _citation(written: str, start: int) -> Citation:
    keys = _KEY.finditer(written) if _READABLE.fullmatch(written) else ()
    return Citation(start, written, tuple(CitedKey(key[1], start + key.start()) for key in keys))
