"""Telephone numbers and addresses among words that are read from the right: they keep the order in which they are
dialled and typed (Unicode, UAX #9).

Their groups are parts of a line of their own, which would else stand from right to left: "187 960 01632".
"""

from __future__ import annotations

import re

from markupsafe import Markup

from handoutpress.content.models.languages import Language
from handoutpress.content.text.ties import FEWEST_DIGITS, LONGEST_NUMBER

ISOLATE, END_ISOLATE = "\u2066", "\u2069"
"""Keep what is between them in its own order (UAX #9, 2.3)."""
_PARTS = re.compile(
    r"https?://[^\s<>]+"
    r"|[\w.+%-]+@[\w.-]+\.\w+"
    r"|(?<![\w.])(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>]*)?"
    r"|(?<!\w)\+?\(?\d[\d \u00a0().-]*\d",
    re.ASCII,
)
_TAG = re.compile(r"(<[^>]*>)")


def isolated(html: Markup, language: Language) -> Markup:
    """Return ``html`` with an element around each number and address in it, if ``language`` is read from the right."""
    if language.direction != "rtl":
        return html
    parts = [part if part.startswith("<") else _PARTS.sub(_in_element, part) for part in _TAG.split(str(html))]
    return Markup("".join(parts))  # noqa: S704  parts of ``html``


def isolated_text(text: str, language: Language) -> str:
    """Return plain ``text`` with marks around each number and address in it, as ``isolated`` has elements."""
    return _PARTS.sub(_in_marks, text) if language.direction == "rtl" else text


def _in_element(match: re.Match[str]) -> str:
    if not _has_order(match[0]):
        return match[0]
    is_number = len(match[0]) <= LONGEST_NUMBER and not any(map(str.isalpha, match[0]))
    opened = '<span class="tie" dir="ltr">' if is_number else '<span dir="ltr">'
    return f"{opened}{match[0]}</span>"


def _in_marks(match: re.Match[str]) -> str:
    return f"{ISOLATE}{match[0]}{END_ISOLATE}" if _has_order(match[0]) else match[0]


def _has_order(part: str) -> bool:
    """Return whether ``part`` is an address, or a number that is written in groups."""
    is_number = not any(map(str.isalpha, part))
    return not is_number or (sum(map(str.isdigit, part)) >= FEWEST_DIGITS and not part.isdigit())
