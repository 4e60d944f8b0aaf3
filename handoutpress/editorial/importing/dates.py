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
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s+([A-Za-z]{3,9})\.?\s+(\d{1,2})(?!\d)")
_TIME_AT_THE_END = re.compile(r"(?:^|[\s,;|·•–(-]+)\d{1,3}[\s-]*min(?:ute)?s?\b[^.]{0,20}$", re.IGNORECASE)


@dataclass(frozen=True)
class DateInText:
    """A day in a line: the day taken, the other one that it might be, its words, and what remains of the line.

    Of a month without a day, ``day`` is the first one.
    """

    day: date
    other_day: date | None
    words: str
    remaining: str
    is_month: bool = False


def find_date(line: str) -> DateInText | None:
    """Return the day in ``line``; month before day is taken where both orders are possible."""
    if match := _ISO.search(line):
        days = [_day(match[1], match[2], match[3])]
    elif match := _NUMERIC.search(line):
        days = [_day(match[4], match[1], match[3]), _day(match[4], match[3], match[1])]
    elif (match := _YEAR_FIRST.search(line)) and match[2].lower() in _MONTHS:
        days = [_day(match[1], str(_MONTHS[match[2].lower()]), match[3])]
    elif (match := _WORDS.search(line)) and match[2].lower() in _MONTHS:
        days = [_day(match[4], str(_MONTHS[match[2].lower()]), match[1] or match[3] or "1")]
    else:
        return None
    valid_days = [day for day in dict.fromkeys(days) if day]
    if not valid_days:
        return None
    remaining = (line[: match.start()] + " " + line[match.end() :]).strip()
    is_month = match.re is _WORDS and not (match[1] or match[3])
    return DateInText(valid_days[0], valid_days[1] if len(valid_days) > 1 else None, match.group(), remaining, is_month)


def without_reading_time(words: str) -> str:
    """Return what a line says beside a day without the signs that part it, and without "· 4 min read" at its end."""
    return _TIME_AT_THE_END.sub("", words).strip(" ,;|·•–-")


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
