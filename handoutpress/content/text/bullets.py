"""Lists as they come from Word, web pages and telephones, written as Markdown has them.

What begins a line of a list there (``•``, a long dash, a sign of the font Symbol, ``1)``) becomes ``- `` or ``1. ``;
every word stays, and so does every list that was right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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

_ALONE = (_SURE, _TICK, _OURS, _NUMBER)
"""Signs that begin an entry wherever they begin a line."""
_IN_COMPANY = (_LETTER, _DASH, _CLOSE, _NUMBER_CLOSE)
"""Signs that do so only where a line beside it begins in the same way: a line may begin with a dash by chance."""


def with_lists(text: str) -> str:
    """Return ``text`` with every pasted list as a list of Markdown."""
    lines = [part for line in text.split("\n") for part in _parted(line)]
    levels = _Levels()
    return "\n".join(levels.placed(line, _sign(lines, number)) for number, line in enumerate(lines))


def with_dashes(text: str) -> str:
    """Return ``text`` with a dash for each pasted sign and all else where it stood: for those who look at its words."""
    text = "\n".join(_IN_LINE.sub(_new_line, line) if _MANY_IN_LINE.search(line) else line for line in text.split("\n"))
    lines = text.split("\n")
    signs = [_sign(lines, number) for number in range(len(lines))]
    return "\n".join(
        "-".ljust(sign.end()) + line[sign.end() :] if sign and _is_pasted(sign) else line
        for line, sign in zip(lines, signs, strict=True)
    )


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
    return any(sign.match(line) and any(sign.match(other) for other in company) for sign in _IN_COMPANY)


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
        if match and (sign in _ALONE or _has_company(lines, number, sign)):
            return match
    return None


def _has_company(lines: Sequence[str], number: int, sign: re.Pattern[str]) -> bool:
    """Return whether the nearest line with words above or below begins with the same ``sign``, or with a sure one."""
    above = next((lines[index] for index in range(number - 1, -1, -1) if lines[index].strip()), "")
    below = next((lines[index] for index in range(number + 1, len(lines)) if lines[index].strip()), "")
    return any(other.match(line) for other in (sign, _SURE) for line in (above, below))


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
