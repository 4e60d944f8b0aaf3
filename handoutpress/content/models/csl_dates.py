"""The dates of CSL data: as Zotero, Better BibTeX and Pandoc write them, and as a reference list prints them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SEASONS = ["Spring", "Summer", "Autumn", "Winter"]

_ONE_DATE = re.compile(r"(-?\d{1,4})(?:-(0?[1-9]|1[0-2]|2[1-4]))?(?:-(\d{1,2}))?(?:[T ]\d\d:\d\d\S*)?([~?%]?)")
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_NO_DATE = "This is not a date. Hint: write 2012, 2012-05 or 2012-05-31."


def csl_date(value: Any) -> Any:
    """Return a date as CSL data: ``{"date-parts": [[year, month, day]]}``, with two lists for a span, or ``literal``.

    Read are ``2012``, ``2012-05``, a day, spans and seasons of EDTF (``2012-03/2012-05``, ``2012-21``), ``~`` for
    about, ``year``/``month``/``day``/``season``, and words in which a year stands. Raises ``ValueError`` for what is
    no date.
    """
    if value is None or value == "":
        return None
    if isinstance(value, list):
        return _of_list(value)
    if not isinstance(value, dict):
        return _of_words(value.isoformat() if isinstance(value, date) else str(value))
    if isinstance(words := value.get("literal"), str) and words.strip():
        return {"literal": words}
    if isinstance(words := value.get("raw"), str) and words.strip():
        return _edtf(words) or {"literal": words}
    parts = value["date-parts"] if "date-parts" in value else [[value.get(name) for name in ("year", "month", "day")]]
    return _dated(_days(parts), value)


def csl_year(value: Any) -> int | None:
    """Return the year of a date as ``csl_date`` returns it; None where it has none."""
    if not isinstance(value, dict):
        return None
    if parts := value.get("date-parts"):
        return int(parts[0][0])
    match = _YEAR.search(str(value.get("literal", "")))
    return int(match[0]) if match else None


def date_words(value: Any, finest: str = "day") -> str:
    """Return a date as NLM prints it (``2019 Mar 1``, ``2019 Mar–Apr``), no finer than year, month or day."""
    if not isinstance(value, dict):
        return ""
    days = value.get("date-parts")
    if not days:
        return " ".join(str(value.get("literal", "")).split())
    length = ("year", "month", "day").index(finest) + 1
    ends = [_part_words(day, value.get("season"))[:length] for day in days]
    words = _span(*ends) if len(ends) == 2 else " ".join(ends[0])
    return f"[ca. {words}]" if value.get("circa") else words


def _of_list(dates: list[Any]) -> Any:
    """Read a list as Pandoc writes it: one date, or the two ends of a span."""
    if len(dates) == 1:
        return csl_date(dates[0])
    ends = [csl_date(part) for part in dates]
    if len(ends) != 2 or not all(isinstance(end, dict) and "date-parts" in end for end in ends):
        raise ValueError(_NO_DATE)
    return {"date-parts": [end["date-parts"][0] for end in ends]}


def _of_words(words: str) -> dict[str, Any]:
    if dated := _edtf(words):
        return dated
    if _YEAR.search(words):
        return {"literal": words}
    raise ValueError(_NO_DATE)


def _edtf(words: str) -> dict[str, Any] | None:
    """Read a date or a span of the Extended Date/Time Format; None for anything else."""
    ends = [_ONE_DATE.fullmatch(part.strip()) for part in words.removesuffix("/..").removesuffix("/").split("/")]
    if len(ends) > 2 or not all(ends):
        return None
    try:
        days = _days([list(end.groups()[:3]) for end in ends if end])
    except ValueError:
        return None
    return _dated(days, {"circa": any(end and end[4] for end in ends)})


def _dated(days: list[list[int]], about: dict[str, Any]) -> dict[str, Any]:
    season = str(about.get("season", ""))
    named = {"season": int(season)} if season.isdecimal() and 1 <= int(season) <= 4 else {}
    circa = about.get("circa") not in (None, False, 0, "", "false", "0")
    return {"date-parts": days, **named, **({"circa": True} if circa else {})}


def _days(parts: Any) -> list[list[int]]:
    """Return one day or a span of two, each of year, month and day as far as known; months over 12 are seasons."""
    if isinstance(parts, list) and parts and not isinstance(parts[0], list):
        parts = [parts]
    if not isinstance(parts, list) or len(parts) not in (1, 2):
        raise ValueError(_NO_DATE)
    return [_day(part) for part in parts]


def _day(parts: Any) -> list[int]:
    known = list(parts) if isinstance(parts, list) else []
    while known and known[-1] in (None, "", 0, "0"):
        known.pop()
    numbers = [int(part) for part in known if re.fullmatch(r"-?\d{1,4}", str(part))]
    limits = zip(numbers[1:], (24, 31), strict=False)
    if not 1 <= len(numbers) <= 3 or len(numbers) < len(known) or any(not 1 <= n <= most for n, most in limits):
        raise ValueError(_NO_DATE)
    return numbers


def _part_words(day: list[int], season: int | None) -> list[str]:
    year, *rest = day
    words = [f"{-year} BC" if year < 0 else str(year)]
    if rest:
        # Zotero writes a season as month 13 to 16, the Extended Date/Time Format as 21 to 24.
        words.append(MONTHS[rest[0] - 1] if rest[0] <= 12 else SEASONS[(rest[0] - 13) % 4])
        words += [str(number) for number in rest[1:]]
    elif season:
        words.append(SEASONS[season - 1])
    return words


def _span(begin: list[str], end: list[str]) -> str:
    """Return a span with what both ends share said once: ``2019 Mar 3–5``."""
    if begin == end:
        return " ".join(begin)
    shared = 0
    while shared < min(len(begin), len(end)) - 1 and begin[shared] == end[shared]:
        shared += 1
    return f"{' '.join(begin)}–{' '.join(end[shared:])}"
