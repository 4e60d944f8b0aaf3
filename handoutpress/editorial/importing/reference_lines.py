"""Where an article's list of references begins, and which of its lines are one reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handoutpress.editorial.importing.bibliography import number_of
from handoutpress.editorial.importing.blocks import ArticleBlock

MAX_ENTRIES = 1_000
"""References of one article."""
MAX_ENTRY = 3_000
"""Characters of one reference."""

_REFERENCES = re.compile(
    r"^(?:(?:key|main|selected|further|list of|our|the|scientific|medical|suggested)\s+){0,2}"
    r"(?:references?(?:\s+(?:list|cited|and notes|and further reading))?|bibliography|sources?(?:\s+(?:used|cited))?"
    r"|works cited|literature(?:\s+cited)?|notes(?:\s+and references)?|citations?|endnotes|footnotes|further reading"
    r"|reading|evidence|referencias|bibliograf[ií]a|fuentes|références|bibliographie|sources et références|quellen"
    r"|literatur(?:verzeichnis)?|einzelnachweise|bibliografia|riferimenti|参考文献|مراجع|المراجع)\s*:?$",
    re.IGNORECASE,
)
_YEAR_OR_NUMBER = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b10\.\d{4}|\bPMID")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HEADING_NUMBER = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")


@dataclass(frozen=True)
class ReferenceLine:
    """One reference as it is printed, with the number that it is printed under, if it has one."""

    text: str
    number: int | None
    place: int


def body_and_references(blocks: Sequence[ArticleBlock]) -> tuple[Sequence[ArticleBlock], Sequence[ArticleBlock]]:
    """Return the body, and what stands behind the last heading "References" that references do follow."""
    starts = [
        number
        for number, block in enumerate(blocks)
        if len(block.text) <= 60 and _REFERENCES.match(_HEADING_NUMBER.sub("", block.text).strip())
    ]
    for start in reversed(starts):
        listed = blocks[start + 1 :]
        like_references = sum(_YEAR_OR_NUMBER.search(block.text) is not None for block in listed[:20])
        if listed and like_references * 3 >= len(listed[:20]):
            return blocks[:start], listed
    return blocks, ()


def reference_lines(listed: Sequence[ArticleBlock]) -> tuple[list[ReferenceLine], list[ArticleBlock]]:
    """Return the references of a list, and the blocks in it that are none."""
    is_numbered = sum(number_of(block.text) is not None for block in listed) * 2 > len(listed)
    groups: list[list[ArticleBlock]] = []
    others: list[ArticleBlock] = []
    for block in listed:
        goes_on = bool(groups) and block.kind == "paragraph" and _goes_on(groups[-1], block, is_numbered)
        if len(block.text) > MAX_ENTRY or (len(groups) >= MAX_ENTRIES and not goes_on):
            others.append(block)
        elif goes_on and sum(len(part.text) for part in groups[-1]) + len(block.text) <= MAX_ENTRY:
            groups[-1].append(block)
        elif len(block.text) >= 12 and (_YEAR_OR_NUMBER.search(block.text) or (is_numbered and number_of(block.text))):
            groups.append([block])
        else:
            others.append(block)
    return [_line(group) for group in groups], others


def _line(group: list[ArticleBlock]) -> ReferenceLine:
    return ReferenceLine(" ".join(block.text for block in group), number_of(group[0].text), group[0].place)


def _goes_on(group: list[ArticleBlock], block: ArticleBlock, is_numbered: bool) -> bool:
    """Return whether a block goes on with the reference above it.

    In a numbered list whatever has no number does; else a block does where one of the two has no year.
    """
    if is_numbered:
        return number_of(block.text) is None
    return not _YEAR.search(block.text) or not any(_YEAR_OR_NUMBER.search(part.text) for part in group)
