"""Days as articles print them, with both readings where day and month could change places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NAMES = "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sep sept,october oct"
_MONTHS = {
    name: number
    for number, names in enumerate(f"{_NAMES},november nov,december dec".split(","), 1)
    for name in names.split()
}
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_WORDS = re.compile(rf"\b(?:{_ORDINAL}\s+)?([A-Za-z]{{3,9}})\.?\s+(?:{_ORDINAL},?\s+)?((?:19|20)\d\d)\b")
_READING_TIME = re.compile(r"^\s*\d{1,3}\s*(?:min(?:ute)?s?)\b[^.]{0,20}$", re.IGNORECASE)


@dataclass(frozen=True)
class Dated:
    """A day found in a line: the day taken, the other one it might be, its words, and what else the line says."""

    taken: date
    other: date | None
    words: str
    rest: str


def find_date(line: str) -> Dated | None:
    """Return the day in ``line``; month before day is taken where both orders are possible."""
    if mark := _ISO.search(line):
        days = [_day(mark[1], mark[2], mark[3])]
    elif mark := _NUMERIC.search(line):
        days = [_day(mark[4], mark[1], mark[3]), _day(mark[4], mark[3], mark[1])]
    elif (mark := _WORDS.search(line)) and mark[2].lower() in _MONTHS and (mark[1] or mark[3]):
        days = [_day(mark[4], str(_MONTHS[mark[2].lower()]), mark[1] or mark[3])]
    else:
        return None
    known = [day for day in dict.fromkeys(days) if day]
    if not known:
        return None
    rest = (line[: mark.start()] + " " + line[mark.end() :]).strip()
    return Dated(known[0], known[1] if len(known) > 1 else None, mark.group(), rest)


def is_reading_time(words: str) -> bool:
    """Whether ``words`` only say how long the article takes to read ("4 min read")."""
    return _READING_TIME.match(words) is not None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
