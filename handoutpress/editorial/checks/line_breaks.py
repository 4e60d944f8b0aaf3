"""Line breaks that were meant and that nothing prints: lists without signs, tables pasted cell by line, headings.

A line that a text editor has broken had no room for the first word of the line below; one that had was ended by its
writer. Markdown joins both kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from handoutpress.content.text.bullets import bare_entries, begins_entry, has_room
from handoutpress.editorial.checks.findings import FindingLevel, Remark
from handoutpress.yamlfile.source import Location

HEADING_WORDS = 8
"""A line of at most so many words may be meant as a heading, or as an entry or cell of its own."""
CLAUSE_WORDS = 5
"""A line of at most so many words may be an entry where the next one begins with a small letter."""
_ENDS = '*_”’")»'
_QUESTION = ("?", "؟", "？")
_ADVICE = frozenset(
    """
    do, dos, do's, don't, don'ts, donts, dont, do not, avoid, never, always, yes, no, can, can't, cannot, should,
    shouldn't, allowed, not allowed, safe, not safe, unsafe, haga, no haga, hacer, no hacer, sí, evite, evitar,
    permitido, no permitido, faire, à faire, ne pas faire, à ne pas faire, oui, non, évitez, éviter, à éviter, افعل,
    لا تفعل, تجنب, تجنّب, نعم, لا, करें, न करें, हाँ, नहीं, क्या करें, क्या न करें, так, ні, можна, не можна, робіть, не робіть, 宜,
    忌, 不宜, 应该, 不应该, 要, 不要, 可以, 不可以, 禁止
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)
"""Heads above what to do and what not to do, in the shipped languages: read in one line, each turns round the rest."""


class JoinedLines(NamedTuple):
    """Lines that are printed as one: where the first begins, in characters, and each in its words."""

    offset: int
    lines: tuple[str, ...]

    @property
    def is_advice(self) -> bool:
        """Whether a line says of the others that they are to be done, or not to be done."""
        return any(_is_advice(line) for line in self.lines)


def joined_lines(lines: Sequence[str]) -> tuple[JoinedLines, ...]:
    """Return each run of lines that were ended and run on: three or more, or two of advice or behind tabs."""
    width = max(map(len, lines), default=0)
    found, run, offset = [], [0], 0
    starts, listed = [], bare_entries(lines)
    for number, line in enumerate(lines):
        starts.append(offset)
        offset += len(line) + 1
        if number not in listed and number + 1 < len(lines) and _was_ended(line, lines[number + 1], width):
            run.append(number + 1)
            continue
        joined = JoinedLines(starts[run[0]], tuple(lines[index].strip() for index in run))
        is_moved_in = all(lines[index].startswith("\t") for index in run)
        if len(run) > 2 or (len(run) > 1 and (joined.is_advice or is_moved_in)):
            found.append(joined)
        run = [number + 1]
    return tuple(found)


def line_break_remarks(location: Location, lines: Sequence[str], is_kept: bool) -> Iterator[Remark]:
    """Yield a remark for each run of ``lines`` that is printed as one; ``is_kept`` tells that places are as read."""
    for joined in joined_lines(lines):
        level: FindingLevel = "error" if joined.is_advice else "warning"
        told = " / ".join(joined.lines[:3])[:80]
        sentence = f"{len(joined.lines)} lines are printed as one, from “{told}” on."
        hint = (
            'write two lists, each below its heading: "**Do**", an empty line, "- Keep warm"; "**Don’t**", and so on.'
            if joined.is_advice
            else 'begin each line with "- "; or put an empty line between them.'
        )
        yield Remark("lines-joined", level, location, sentence, hint, joined.offset if is_kept else 0, words=told)
    yield from _parted_cells(location, lines, is_kept)


def lost_paragraph_remarks(location: Location, value: str) -> Iterator[Remark]:
    """Yield a remark for the first empty line that YAML took from a text without ``|``: it parts nothing any more."""
    for above, below in pairwise(value.split("\n")):
        if above.strip() and below.strip() and not begins_entry(above, (below,)) and not begins_entry(below, (above,)):
            words = " ".join(below.split()[:HEADING_WORDS])
            sentence = f"The empty line above “{words}” is lost, and the paragraphs are printed as one."
            hint = f'put | behind "{location[-1]}:", and the text below it without quotes, indented by two spaces more.'
            yield Remark("lines-joined", "warning", location, sentence, hint, words=words)
            return


def _parted_cells(location: Location, lines: Sequence[str], is_kept: bool) -> Iterator[Remark]:
    """Yield a remark where the two heads of a table stand one below the other, with an empty line between."""
    offset = 0
    written = []
    for line in lines:
        if line.strip():
            written.append((offset, line.strip()))
        offset += len(line) + 1
    for (at, line), (below_at, below) in pairwise(written):
        is_parted = below_at > at + len(line) + 1 and "\n\n" in "\n".join(lines)[at:below_at]
        if is_parted and _is_advice(line) and _is_advice(below):
            sentence = f"“{line}” and “{below}” head a table, whose cells are printed one below the other."
            hint = 'write a block "pairs" of "body" with "as: do-dont"; or two lists, below "**Do**" and "**Don’t**".'
            yield Remark("lines-joined", "error", location, sentence, hint, at if is_kept else 0, words=line)


def joined_headings(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield where each line begins, in characters, that is meant as a heading and runs on; and its words."""
    width = max(map(len, lines), default=0)
    in_runs = {joined.offset for joined in joined_lines(lines)}
    offset = 0
    for number, (line, below) in enumerate(pairwise(lines)):
        above = lines[number - 1].rstrip(_ENDS + " ") if number else ""
        begins = not above or not above[-1].isalnum()
        if begins and offset not in in_runs and _is_heading(line, below, width, is_first=not above):
            yield offset, line.strip().strip("*_")
        offset += len(line) + 1


def plain_questions(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield where each question begins that stands in a paragraph of its own, above its answer; and its words."""
    offset = 0
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        below = lines[number + 1 : number + 3]
        is_alone = not above.strip() and len(below) == 2 and not below[0].strip() and below[1].strip()
        if is_alone and _is_plain_question(line):
            yield offset, line.strip()
        offset += len(line) + 1


def _is_plain_question(line: str) -> bool:
    is_marked = line.lstrip().startswith(("#", "*", "_", ">", "|")) or begins_entry(line, (line,))
    return line.strip().endswith(_QUESTION) and _is_short(line) and not is_marked


def _is_short(line: str) -> bool:
    return len(line.split()) <= HEADING_WORDS


def _is_heading(line: str, below: str, width: int, *, is_first: bool) -> bool:
    """Return whether ``line`` is short, has no end mark, and was ended by its writer: ``width`` is the widest.

    A question may be one where it begins a paragraph.
    """
    if begins_entry(line, (below,)) or begins_entry(below, (line,)) or not below.strip() or not _is_short(line):
        return False
    if _has_cells(line) or _has_cells(below):
        return False
    if is_first and line.rstrip().endswith(_QUESTION):
        return has_room(line, below, width) and not _first_sign(below).islower()
    is_open = line.rstrip(_ENDS + " ")[-1:].isalnum()
    first = below.split(maxsplit=1)[0]
    return is_open and _first_sign(below).isupper() and len(line) + 1 + len(first) <= width


def _has_cells(line: str) -> bool:
    """Return whether tabs part the words of a line, which ``content.text.leftovers`` tells as a table."""
    return "\t" in line.strip()


def _first_sign(line: str) -> str:
    return line.strip().lstrip("*_“‘\"'(«¿¡")[:1]


def _was_ended(line: str, below: str, width: int) -> bool:
    """Return whether ``line`` is short, has no end mark, and ended before it was full, above no entry."""
    if not line.strip() or not below.strip() or not has_room(line, below, width):
        return False
    if begins_entry(line, (below,)) or begins_entry(below, (line,)) or _has_cells(line) or _has_cells(below):
        return False
    is_open = line.rstrip(_ENDS + " ")[-1:].isalnum()
    words = HEADING_WORDS if not _first_sign(below).islower() else CLAUSE_WORDS
    return is_open and len(line.split()) <= words


def _is_advice(line: str) -> bool:
    """Return whether a line is the head of a column or list of what to do or what not to do."""
    words = line.strip().strip("*_:.! ").replace("’", "'")
    return words.casefold() in _ADVICE
