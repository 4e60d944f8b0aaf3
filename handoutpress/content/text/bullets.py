"""Lists as they come from Word, web pages and telephones, written as Markdown has them.

What begins a line of a list there (``•``, a long dash, a sign of the font Symbol, ``1)``) becomes ``- `` or ``1. ``;
short lines that only a tab or spaces begin, since their signs were lost, become a list, too. Every word stays, and so
does every list that was right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from handoutpress.yamlfile.look_alikes import SPACES

_GAP = rf"[ \t{SPACES}]"
_ROUND = "•‣⁃◦●○∙⦁⬤·▪▫■□▸►▶➢➤❖◆◇"
SYMBOL_FONT = "\uf0a7\uf0a8\uf0b7\uf076\uf071\uf0d8\uf0e0\uf0fc\uf02d"
"""What Word's lists begin with in the fonts Symbol and Wingdings."""
_TICKS = "✓✔✗✘✅❌"

_SURE = re.compile(rf"(?P<indent>{_GAP}*)[{_ROUND}{SYMBOL_FONT}]{_GAP}*(?=\S)")
_LETTER = re.compile(rf"(?P<indent>{_GAP}*)[oOØv§ü][\t{SPACES}]{_GAP}*(?=\S)")
_DASH = re.compile(rf"(?P<indent>{_GAP}*)(?:[‐‑‒–—―−－＊]|--|->|→){_GAP}+(?=\S)")
_CLOSE = re.compile(rf"(?P<indent>{_GAP}*)[-–](?=[^\W\d_])|(?P<star>{_GAP}*)\*(?=[^\W\d_][^*]*$)")
_OURS = re.compile(rf"(?P<indent>{_GAP}*)(?:[-*+]|(?P<number>\d{{1,9}})\.){_GAP}+(?=\S)")
_TICK = re.compile(rf"(?P<indent>{_GAP}*)(?=[{_TICKS}]\ufe0f?{_GAP}*\S)")
_NUMBER = re.compile(rf"(?P<indent>{_GAP}*)(?P<number>\d{{1,2}})[)．、]{_GAP}*(?=[^\s\d])")
_NUMBER_CLOSE = re.compile(
    rf"(?P<indent>{_GAP}*)(?:(?P<number>\d{{1,2}})\.(?=[^\W\d_])|\((?P<inner>\d{{1,2}})\){_GAP}*(?=\S))"
)
_ROUND_WITHIN = _ROUND.replace("·", "") + "\uf0b7\uf0a7"
"""Those that part nothing else within a line, as ``·`` does."""
_MANY_IN_LINE = re.compile(rf"(?:^|(?<=[.:!?;,؛،。：])){_GAP}*[{_ROUND_WITHIN}](?=.*{_GAP}[{_ROUND_WITHIN}]{_GAP})")
_IN_LINE = re.compile(rf"{_GAP}*(?<!\S)[{_ROUND_WITHIN}]{_GAP}+")

_INDENT = re.compile(rf"(?P<indent>(?:\t|{_GAP}{{2}}){_GAP}*)(?=\S)")
_LEAD_IN = (":", "：", "؛")
_NARROWEST = 40
"""Characters of the narrowest lines that a text editor breaks prose into: a shorter line was ended by its writer."""

_Signs = Sequence[re.Match[str] | None]
_ALONE = (_SURE, _TICK, _OURS, _NUMBER)
"""Signs that begin an entry wherever they begin a line."""
_IN_COMPANY = (_LETTER, _DASH, _CLOSE, _NUMBER_CLOSE)
"""Signs that do so only where a line beside it begins in the same way: a line may begin with a dash by chance."""


def with_lists(text: str) -> str:
    """Return ``text`` with every pasted list as a list of Markdown."""
    lines = [part for line in text.split("\n") for part in _parted(line)]
    levels = _Levels()
    signs = [_sign(lines, number) for number in range(len(lines))]
    bare = _bare_entries(lines, signs)
    placed = []
    for number, line in enumerate(lines):
        if number - 1 in bare and number not in bare and line.strip():
            # A sentence right below a list would be a part of its last entry.
            placed.append("")
        placed.append(levels.placed(line, bare.get(number) or signs[number]))
    return "\n".join(placed)


def with_dashes(text: str) -> str:
    """Return ``text`` with a dash for each pasted sign and all else where it stood: for those who look at its words."""
    text = "\n".join(_IN_LINE.sub(_new_line, line) if _MANY_IN_LINE.search(line) else line for line in text.split("\n"))
    lines = text.split("\n")
    signs = [_sign(lines, number) for number in range(len(lines))]
    bare = _bare_entries(lines, signs)
    return "\n".join(
        # A single tab has no room for a dash and a space: an empty line parts its entry from the one above as well.
        ("-".ljust(bare[number].end()) if bare[number].end() > 1 else "\n") + line[bare[number].end() :]
        if number in bare
        else "-".ljust(sign.end()) + line[sign.end() :]
        if sign and _is_pasted(sign)
        else line
        for number, (line, sign) in enumerate(zip(lines, signs, strict=True))
    )


def bare_entries(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that are entries of a list though only a tab or spaces begin them."""
    return frozenset(_bare_entries(lines, [_sign(lines, number) for number in range(len(lines))]))


def has_room(line: str, below: str, width: int) -> bool:
    """Return whether a line ended before it was full: the first word of the line ``below`` would have stood in it.

    ``width`` is that of the widest line beside it, in characters.
    """
    first = below.split(maxsplit=1)[0] if below.strip() else ""
    return len(line) + 1 + len(first) <= max(width, _NARROWEST)


def _bare_entries(lines: Sequence[str], signs: _Signs) -> dict[int, re.Match[str]]:
    """Return what begins each line that only a tab or spaces mark as an entry, by its number."""
    entries: dict[int, re.Match[str]] = {}
    width = max(map(len, lines), default=0)
    indents = [None if sign else _INDENT.match(line) for line, sign in zip(lines, signs, strict=True)]
    number = 0
    while number < len(lines):
        run = list(takewhile(bool, indents[number:]))
        if len(run) > 1 and _may_hold_list(lines, signs, number) and _were_ended(lines[number:][: len(run)], width):
            entries |= {number + index: match for index, match in enumerate(run) if match}
        number += len(run) or 1
    return entries


def _were_ended(run: Sequence[str], width: int) -> bool:
    return any(has_room(line, below, width) for line, below in pairwise(run))


def _may_hold_list(lines: Sequence[str], signs: _Signs, start: int) -> bool:
    """Return whether indented lines from ``start`` on go on with nothing: no sentence, and no entry of a list."""
    if start and lines[start - 1].strip() and not lines[start - 1].rstrip().endswith(_LEAD_IN):
        return False
    above = start - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    while above >= 0 and lines[above].strip():
        if signs[above]:
            return False
        above -= 1
    return True


def _new_line(gap: re.Match[str]) -> str:
    return ("\n-" if gap.start() else "-").ljust(len(gap[0]))


def _is_pasted(sign: re.Match[str]) -> bool:
    return sign.end() > 1 and sign.re not in (_OURS, _NUMBER, _NUMBER_CLOSE)


def without_bullet(line: str) -> str:
    """Return one line that is an entry already without the pasted bullet that it begins with."""
    match = _SURE.match(line) or _LETTER.match(line)
    return line[match.end() :] if match else line


def begins_entry(line: str, company: Sequence[str] = ()) -> bool:
    """Return whether ``line`` begins an entry of a list, ours or pasted; ``company`` are the lines beside it."""
    if any(sign.match(line) for sign in _ALONE):
        return True
    return any((match := sign.match(line)) and _keeps_company(match, company) for sign in _IN_COMPANY)


def _parted(line: str) -> list[str]:
    """Return ``line``, or its entries where YAML has put a whole pasted list into one line."""
    if not (match := _MANY_IN_LINE.search(line)):
        return [line]
    before, entries = line[: match.start()], line[match.start() :]
    return [
        *([before] if before.strip() else []),
        *(f"• {entry}" for entry in _IN_LINE.split(entries) if entry.strip()),
    ]


def _sign(lines: Sequence[str], number: int) -> re.Match[str] | None:
    """Return the sign by which a line begins an entry, if it does."""
    for sign in (*_ALONE, *_IN_COMPANY):
        match = sign.match(lines[number])
        if match and (sign in _ALONE or _has_company(lines, number, match)):
            return match
    return None


def _has_company(lines: Sequence[str], number: int, sign: re.Match[str]) -> bool:
    """Return whether the nearest line with words above or below begins an entry in its turn."""
    above = next((lines[index] for index in range(number - 1, -1, -1) if lines[index].strip()), "")
    below = next((lines[index] for index in range(number + 1, len(lines)) if lines[index].strip()), "")
    return _keeps_company(sign, (above, below))


def _keeps_company(sign: re.Match[str], company: Sequence[str]) -> bool:
    """Return whether a line of ``company`` begins with the same ``sign``, or as far out with another."""
    if any(other.match(line) for other in (sign.re, _SURE) for line in company):
        return True
    out = _width_before(sign[0]) - 1
    return any(
        other.match(line) and out <= _width_before(line) for other in (*_ALONE, *_IN_COMPANY) for line in company
    )


def _width_before(line: str) -> int:
    return len(line) - len(line.lstrip())


class _Levels:
    """The levels of the list around a line, by how far in the entries of each begin."""

    def __init__(self) -> None:
        self._indents: list[int] = []
        self._after_gap = False

    def placed(self, line: str, sign: re.Match[str] | None) -> str:
        """Return ``line`` as Markdown: an entry four columns further in than the level above."""
        if sign is None:
            if self._after_gap and line.strip() and not line[0].isspace():
                self._indents.clear()
            self._after_gap = not line.strip()
            return line
        groups = sign.groupdict()
        level = self._level(len((groups.get("indent") or groups.get("star") or "").expandtabs(4)))
        number = groups.get("number") or groups.get("inner")
        return f"{' ' * 4 * level}{f'{number}.' if number else '-'} {line[sign.end() :]}"

    def _level(self, indent: int) -> int:
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        # One column further in is the same level still (CommonMark 0.31, 5.2).
        if not self._indents or indent - self._indents[-1] > 1:
            self._indents.append(indent)
        return len(self._indents) - 1
