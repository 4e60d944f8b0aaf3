"""The figures of a text, and whether its translation has the same: counts, telephone numbers, doses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from handoutpress.content.models.citations import blank_citations

_NUMBER = r"\d+(?:[.,\u066b\u066c'\u2019\u00a0\u2009\u202f ]\d+)*"
_SPACE = r"[\s\u00a0\u2009\u202f]*"
_GROUP = 3
"""Digits in a group: 7,629 may be seven thousand or, in another language, seven and a bit."""

UNITS = {
    "mg": ("mg", "мг", "ملغ", "ملغم", "مجم", "毫克", "मिग्रा", "मि.ग्रा", "मि॰ग्रा", "मिलीग्राम"),
    "µg": ("µg", "μg", "mcg", "мкг", "ميكروغرام", "مكغ", "微克", "माइक्रोग्राम"),
    "g": ("g", "г", "غ", "غرام", "克", "ग्राम"),
    "kg": ("kg", "кг", "كغ", "كجم", "كيلوغرام", "千克", "公斤", "किग्रा", "किलोग्राम"),
    "ml": ("ml", "мл", "مل", "毫升", "मिली", "मिलीलीटर"),
    "mm": ("mm", "мм", "مم", "毫米", "मिमी"),
    "cm": ("cm", "см", "سم", "厘米", "सेमी"),
    "%": ("%", "٪", "％"),
}
"""How doses and lengths are written: first in English, then in the languages of the project. Upper case counts, too."""
_BY_WORD = {word: unit for unit, words in UNITS.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<number>{_NUMBER})(?:{_SPACE}(?P<unit>{_WORDS})(?![a-z\u0400-\u04ff\u0600-\u06ff]))?", re.IGNORECASE
)


@dataclass(frozen=True)
class NumberInText:
    """A figure as it is written, the values that it may mean, and its unit, or "" where it has none that is listed."""

    written: str
    values: frozenset[str]
    unit: str

    def agrees(self, number: NumberInText) -> bool:
        """Return whether both may say the same. A unit that is not listed may be any."""
        units = {self.unit, number.unit} - {""}
        return not self.values.isdisjoint(number.values) and len(units) < 2


def figures(text: str) -> list[NumberInText]:
    """Return the figures of ``text`` in order, without those of citations."""
    return [
        NumberInText(
            match[0].strip(), frozenset(_values(match["number"])), _BY_WORD.get((match["unit"] or "").lower(), "")
        )
        for match in _FIGURE.finditer(blank_citations(text))
    ]


def lost(source: str, translation: str) -> list[NumberInText]:
    """Return the figures of ``source`` that ``translation`` lacks; one said twice must be there twice."""
    numbers, missing = figures(translation), []
    for source_number in figures(source):
        match = next((number for number in numbers if source_number.agrees(number)), None)
        if match is None:
            missing.append(source_number)
        else:
            numbers.remove(match)
    return missing


def _values(number: str) -> Iterator[str]:
    """Yield every value that a number may mean: a mark between digits may group thousands or begin decimals."""
    western_digits = "".join(str(unicodedata.digit(mark)) if mark.isdigit() else mark for mark in number)
    digits = re.sub(r"\D", "", western_digits)
    marks = re.findall(r"\D", western_digits)
    integer, _, decimals = western_digits.rpartition(marks[-1]) if marks else (western_digits, "", "")
    decimal = bool(marks) and marks[-1] in ".,\u066b" and marks.count(marks[-1]) == 1
    if not decimal or len(decimals) == _GROUP:
        yield digits
    if decimal:
        yield f"{re.sub(r'[^0-9]', '', integer)}.{decimals}".rstrip("0").rstrip(".")
